"""Gives agreements and undertakings their texts, signatures what was signed, and agencies on call their days and calls."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0005_seats_are_read_with_a_kept_plan"),
    ]

    operations = [
        migrations.CreateModel(
            name="AgreementInForce",
            fields=[
                (
                    "agreement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="agencies.sharingagreement",
                    ),
                ),
            ],
            options={
                "db_table": "agencies_agreement_in_force",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("meeting", models.UUIDField()),
                ("item", models.UUIDField(blank=True, null=True)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("mandate", "Its mandate covers what is discussed"),
                            ("service", "A service it offers may be needed"),
                            ("advice", "Its advice is needed"),
                        ],
                        max_length=12,
                    ),
                ),
                ("called_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="ExpiryNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("agreement", "Sharing agreement"), ("undertaking", "Confidentiality undertaking")],
                        max_length=12,
                    ),
                ),
                ("paper", models.BigIntegerField()),
                ("days", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="OnCall",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                ("set_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="PaperText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("agreement", "Sharing agreement"), ("undertaking", "Confidentiality undertaking")],
                        max_length=12,
                    ),
                ),
                ("version", models.PositiveSmallIntegerField()),
                ("body_en", models.TextField(blank=True)),
                ("body_fr", models.TextField(blank=True)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("term_days", models.PositiveSmallIntegerField(default=365)),
                ("reviewed", models.CharField(blank=True, max_length=200)),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("valid_from", models.DateField(blank=True, null=True)),
                ("sign_again_from", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ("table", "kind", "-version"),
            },
        ),
        migrations.CreateModel(
            name="PreparedAgreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("signatory_email", models.EmailField(blank=True, max_length=254)),
                ("language", models.CharField(default="en", max_length=2)),
                ("prepared_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="seat",
            name="seat_once",
        ),
        migrations.AddField(
            model_name="seat",
            name="item",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="sector",
            name="retired_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sector",
            name="why",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="sector",
            name="why_retired",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="sector",
            name="written_by",
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
            name="ended_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="sharingagreement",
            name="ended_by",
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
            name="language",
            field=models.CharField(blank=True, max_length=2),
        ),
        migrations.AddField(
            model_name="sharingagreement",
            name="prepared_by",
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
            name="signatory_office",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="sharingagreement",
            name="signed_by",
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
            name="text_hash",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="undertaking",
            name="language",
            field=models.CharField(blank=True, max_length=2),
        ),
        migrations.AddField(
            model_name="undertaking",
            name="text_hash",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AlterField(
            model_name="sharingagreement",
            name="text_version",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AlterField(
            model_name="undertaking",
            name="text_version",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.UniqueConstraint(
                fields=("member", "table", "agency", "role", "meeting", "item"), name="seat_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(("item__isnull", True), ("meeting__isnull", False), _connector="OR"),
                name="an_item_is_of_a_meeting",
            ),
        ),
        migrations.AddConstraint(
            model_name="sector",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("label_en", ""), _negated=True), models.Q(("label_fr", ""), _negated=True)
                ),
                name="sector_speaks_both_languages",
            ),
        ),
        migrations.AddField(
            model_name="call",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="agencies.agency"
            ),
        ),
        migrations.AddField(
            model_name="call",
            name="called_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="call",
            name="table",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="agencies.table"),
        ),
        migrations.AddConstraint(
            model_name="expirynotice",
            constraint=models.UniqueConstraint(fields=("kind", "paper", "days"), name="told_once"),
        ),
        migrations.AddField(
            model_name="oncall",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="on_call", to="agencies.agency"
            ),
        ),
        migrations.AddField(
            model_name="oncall",
            name="set_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="oncall",
            name="table",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="on_call", to="agencies.table"
            ),
        ),
        migrations.AddField(
            model_name="papertext",
            name="table",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="texts", to="agencies.table"
            ),
        ),
        migrations.AddField(
            model_name="papertext",
            name="written_by",
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
            name="text",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="agreements",
                to="agencies.papertext",
            ),
        ),
        migrations.AddField(
            model_name="undertaking",
            name="text",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="undertakings",
                to="agencies.papertext",
            ),
        ),
        migrations.AddConstraint(
            model_name="sharingagreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("signed_by__isnull", True),
                    ("prepared_by__isnull", True),
                    models.Q(("signed_by", models.F("prepared_by")), _negated=True),
                    _connector="OR",
                ),
                name="who_prepares_does_not_sign",
            ),
        ),
        migrations.AddField(
            model_name="preparedagreement",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="agencies.agency"
            ),
        ),
        migrations.AddField(
            model_name="preparedagreement",
            name="agreement",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="agencies.sharingagreement",
            ),
        ),
        migrations.AddField(
            model_name="preparedagreement",
            name="prepared_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="preparedagreement",
            name="signatory",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="preparedagreement",
            name="table",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="prepared_agreements", to="agencies.table"
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.UniqueConstraint(
                fields=("agency", "meeting", "item"), name="called_once", nulls_distinct=False
            ),
        ),
        migrations.AddIndex(
            model_name="oncall",
            index=models.Index(fields=["agency", "table"], name="on_call_by_agency"),
        ),
        migrations.AddConstraint(
            model_name="oncall",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until__isnull", True)), fields=("agency", "table"), name="on_call_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="oncall",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                name="on_call_ends_later",
            ),
        ),
        migrations.AddIndex(
            model_name="papertext",
            index=models.Index(
                condition=models.Q(("sign_again_from__isnull", False)),
                fields=["table", "kind", "sign_again_from"],
                name="text_signed_again",
            ),
        ),
        migrations.AddConstraint(
            model_name="papertext",
            constraint=models.UniqueConstraint(fields=("table", "kind", "version"), name="text_once_per_version"),
        ),
        migrations.AddConstraint(
            model_name="papertext",
            constraint=models.UniqueConstraint(
                condition=models.Q(("published_at__isnull", True)), fields=("table", "kind"), name="one_draft_of_a_text"
            ),
        ),
        migrations.AddConstraint(
            model_name="papertext",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_at__isnull", True),
                    models.Q(
                        models.Q(("body_en", ""), _negated=True),
                        models.Q(("body_fr", ""), _negated=True),
                        models.Q(("digest", ""), _negated=True),
                        ("valid_from__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="published_text_speaks_both_languages",
            ),
        ),
        migrations.AddConstraint(
            model_name="papertext",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sign_again_from__isnull", True),
                    models.Q(("published_at__isnull", False), ("sign_again_from__gte", models.F("valid_from"))),
                    _connector="OR",
                ),
                name="signed_again_once_it_is_there",
            ),
        ),
        migrations.AddConstraint(
            model_name="papertext",
            constraint=models.CheckConstraint(condition=models.Q(("term_days__gte", 1)), name="text_has_a_term"),
        ),
        migrations.AddConstraint(
            model_name="preparedagreement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("agreement__isnull", True), ("withdrawn_at__isnull", True)),
                fields=("agency", "table"),
                name="one_agreement_waits",
            ),
        ),
        migrations.AddConstraint(
            model_name="preparedagreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="prepared_ends_after_start"
            ),
        ),
        migrations.AddConstraint(
            model_name="preparedagreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("signatory__isnull", False), models.Q(("signatory_email", ""), _negated=True), _connector="OR"
                ),
                name="somebody_is_to_sign",
            ),
        ),
        migrations.AddConstraint(
            model_name="preparedagreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("signatory__isnull", True),
                    models.Q(("signatory", models.F("prepared_by")), _negated=True),
                    _connector="OR",
                ),
                name="who_prepares_is_not_asked_to_sign",
            ),
        ),
    ]
