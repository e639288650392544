"""Beside the record of a meeting: that the next one confirmed it, corrections, and what stands in the way of many.

Confirmations and corrections are added and never changed: the application has no policy to update or delete them.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from privacy.rowpolicies import disable, enable, seated_kept

_SEATED = seated_kept()
_ADDED_ONLY = ("situations_recordconfirmation", "situations_recordcorrection")
_ADDED = "".join(
    f"ALTER TABLE {t} ENABLE ROW LEVEL SECURITY;"
    f"CREATE POLICY seen ON {t} FOR SELECT TO st_app USING ({_SEATED});"
    f"CREATE POLICY added ON {t} FOR INSERT TO st_app WITH CHECK ({_SEATED});"
    for t in _ADDED_ONLY
)
_NOT_ADDED = "".join(
    f"DROP POLICY seen ON {t}; DROP POLICY added ON {t}; ALTER TABLE {t} DISABLE ROW LEVEL SECURITY;"
    for t in _ADDED_ONLY
)


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0012_an_accepted_seat_stays_what_it_is"),
        ("situations", "0013_a_table_meets_weekly"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="meeting",
            name="on_paper",
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name="RecordConfirmation",
            fields=[
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="confirmation",
                        serialize=False,
                        to="situations.meeting",
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "confirmed_in",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="situations.meeting"
                    ),
                ),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.table"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SystemicIssue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("absent", "There is no such service here"),
                            ("waiting", "The wait is too long"),
                            ("shut_out", "Its conditions shut people out"),
                            ("hours", "It is not open when it is needed"),
                            ("reach", "It cannot be reached without a car"),
                            ("language", "It is not offered in the language or culture needed"),
                            ("sharing", "What may be shared is not clear"),
                            ("cost", "It costs too much"),
                        ],
                        max_length=15,
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "closed_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="situations.meeting",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="issues", to="situations.meeting"
                    ),
                ),
                (
                    "sector",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.sector"
                    ),
                ),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.table"
                    ),
                ),
            ],
            options={
                "ordering": ("at", "id"),
            },
        ),
        migrations.CreateModel(
            name="RecordCorrection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("present", "An agency was present"),
                            ("absent", "An agency was not present"),
                            ("decision", "The decision on an item was another one"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("mistyped", "It was typed wrongly"),
                            ("forgotten", "It was not typed"),
                            ("misheard", "It was misunderstood in the room"),
                        ],
                        max_length=15,
                    ),
                ),
                (
                    "decided",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accept", "Threshold met"),
                            ("reject", "Rejected"),
                            ("stop", "Stopped"),
                            ("defer", "Deferred"),
                            ("withdraw", "Withdrawn by its agency"),
                            ("transfer", "Transferred to another table"),
                            ("pass_door", "Handed to the intervening agencies"),
                            ("conclude", "Concluded"),
                            ("stop_intervention", "Stopped"),
                            ("transfer_intervention", "Transferred to another table"),
                        ],
                        max_length=25,
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="situations.agendaitem",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="corrections", to="situations.meeting"
                    ),
                ),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.table"
                    ),
                ),
            ],
            options={
                "ordering": ("at", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("item__isnull", False), ("kind", "decision")),
                            models.Q(
                                models.Q(("kind", "decision"), _negated=True),
                                ("agency__isnull", False),
                                ("item__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="a_correction_says_of_what",
                    )
                ],
            },
        ),
        migrations.RunSQL(_ADDED, _NOT_ADDED),
        migrations.RunSQL(enable("situations_systemicissue", _SEATED), disable("situations_systemicissue")),
    ]
