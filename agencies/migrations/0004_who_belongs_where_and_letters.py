"""Says which agency belongs to which table, who confirmed a seat, and which letters are owed (docs/adr/0023)."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

# Whoever has signed belongs, since the first signature.
BACKFILL = """
INSERT INTO agencies_belonging (agency_id, table_id, since)
SELECT agency_id, table_id, min(starts_on) FROM agencies_sharingagreement GROUP BY agency_id, table_id
 ORDER BY min(starts_on), agency_id;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0003_audit_entries_belong_to_their_actor"),
    ]

    operations = [
        migrations.AddField(
            model_name="seat",
            name="confirmed_as",
            field=models.CharField(
                blank=True,
                choices=[
                    ("lead", "The agency’s lead"),
                    ("signatory", "The agreement’s signatory"),
                    ("first_run", "The first-run page"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="seat",
            name="confirmed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="seat",
            name="proposed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sharingagreement",
            name="signatory_email",
            field=models.EmailField(blank=True, max_length=254),
        ),
        migrations.AddField(
            model_name="table",
            name="review_after_meetings",
            field=models.PositiveSmallIntegerField(default=6),
        ),
        migrations.CreateModel(
            name="Belonging",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField(default=django.utils.timezone.localdate)),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="belongings", to="agencies.agency"
                    ),
                ),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="belongings", to="agencies.table"
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
                "constraints": [models.UniqueConstraint(fields=("agency", "table"), name="belongs_once")],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("address", models.EmailField(blank=True, max_length=254)),
                ("language", models.CharField(default="en", max_length=2)),
                ("subject", models.BigIntegerField(default=0)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("token_hash", models.CharField(blank=True, max_length=64)),
                ("expires_at", models.DateTimeField(blank=True, null=True)),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("sent_at__isnull", True)), fields=["created_at"], name="letter_unsent"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("member__isnull", False), models.Q(("address", ""), _negated=True), _connector="OR"
                        ),
                        name="letter_goes_to_somebody",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("token_hash", ""), _negated=True),
                        fields=("token_hash",),
                        name="letter_token_once",
                    ),
                ],
            },
        ),
        migrations.RunSQL(BACKFILL, migrations.RunSQL.noop),
    ]
