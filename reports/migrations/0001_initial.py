"""Creates the coded record and its list of versions."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0003_audit_entries_belong_to_their_actor"),
    ]

    operations = [
        migrations.CreateModel(
            name="CodedRecord",
            fields=[
                (
                    "statistics_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("presented", "Presented"),
                            ("returned", "Returned to the agency"),
                            ("deferred", "Deferred"),
                            ("accepted", "Threshold met"),
                            ("withdrawn", "Withdrawn"),
                            ("rejected", "Rejected"),
                            ("stopped", "Stopped"),
                            ("transferred", "Transferred to another table"),
                            ("concluded", "Concluded"),
                        ],
                        max_length=12,
                    ),
                ),
                ("opened_on", models.DateField()),
                ("quarter", models.CharField(max_length=6)),
                ("decided_on", models.DateField(blank=True, null=True)),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("accepted", models.BooleanField(default=False)),
                ("discussion_type", models.CharField(blank=True, max_length=100)),
                ("originating_sector", models.CharField(blank=True, max_length=60)),
                ("lead_sector", models.CharField(blank=True, max_length=60)),
                ("conclusion_group", models.CharField(blank=True, max_length=60)),
                ("conclusion_reason", models.CharField(blank=True, max_length=100)),
                (
                    "assisting_sectors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, null=True, size=None
                    ),
                ),
                (
                    "risk_factors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=161), blank=True, null=True, size=None
                    ),
                ),
                (
                    "study_flags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100), blank=True, null=True, size=None
                    ),
                ),
                (
                    "protective_factors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=161), blank=True, null=True, size=None
                    ),
                ),
                ("persons", models.JSONField(blank=True, null=True)),
                ("services", models.JSONField(blank=True, null=True)),
                ("deferrals", models.PositiveSmallIntegerField(default=0)),
                ("objections_counted", models.PositiveSmallIntegerField(default=0)),
                ("hours_to_first_contact", models.PositiveIntegerField(blank=True, null=True)),
                ("days_open", models.PositiveIntegerField(blank=True, null=True)),
                ("catalogue_on", models.DateField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("updated_on", models.DateField(default=django.utils.timezone.localdate)),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.table"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CodedRecordVersion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField()),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("presented", "Presented"),
                            ("returned", "Returned to the agency"),
                            ("deferred", "Deferred"),
                            ("accepted", "Threshold met"),
                            ("withdrawn", "Withdrawn"),
                            ("rejected", "Rejected"),
                            ("stopped", "Stopped"),
                            ("transferred", "Transferred to another table"),
                            ("concluded", "Concluded"),
                        ],
                        max_length=12,
                    ),
                ),
                ("on", models.DateField(default=django.utils.timezone.localdate)),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="reports.codedrecord"
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
                "ordering": ("version",),
            },
        ),
        migrations.AddIndex(
            model_name="codedrecord",
            index=models.Index(fields=["table", "opened_on"], name="record_by_opening"),
        ),
        migrations.AddIndex(
            model_name="codedrecord",
            index=models.Index(fields=["table", "decided_on"], name="record_by_decision"),
        ),
        migrations.AddIndex(
            model_name="codedrecord",
            index=models.Index(fields=["table", "closed_on"], name="record_by_closing"),
        ),
        migrations.AddConstraint(
            model_name="codedrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("accepted", True),
                        ("assisting_sectors__isnull", False),
                        ("persons__isnull", False),
                        ("protective_factors__isnull", False),
                        ("risk_factors__isnull", False),
                        ("services__isnull", False),
                        ("study_flags__isnull", False),
                    ),
                    models.Q(
                        ("accepted", False),
                        ("hours_to_first_contact__isnull", True),
                        ("lead_sector", ""),
                        ("assisting_sectors__isnull", True),
                        ("persons__isnull", True),
                        ("protective_factors__isnull", True),
                        ("risk_factors__isnull", True),
                        ("services__isnull", True),
                        ("study_flags__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="six_groups_only_once_accepted",
            ),
        ),
        migrations.AddConstraint(
            model_name="codedrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("accepted", True),
                        models.Q(
                            ("status__in", ("presented", "returned", "deferred", "withdrawn", "rejected")),
                            _negated=True,
                        ),
                    ),
                    models.Q(("accepted", False), models.Q(("status__in", ("accepted", "concluded")), _negated=True)),
                    _connector="OR",
                ),
                name="status_agrees_with_acceptance",
            ),
        ),
        migrations.AddConstraint(
            model_name="codedrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("accepted", True), ("status", "rejected"), _connector="OR"),
                        ("decided_on__isnull", False),
                    ),
                    models.Q(
                        ("accepted", False),
                        ("decided_on__isnull", True),
                        models.Q(("status", "rejected"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="decided_means_met_or_rejected",
            ),
        ),
        migrations.AddConstraint(
            model_name="codedrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_on__isnull", False),
                        ("days_open__isnull", False),
                        ("status__in", ("withdrawn", "rejected", "stopped", "transferred", "concluded")),
                    ),
                    models.Q(
                        models.Q(
                            ("status__in", ("withdrawn", "rejected", "stopped", "transferred", "concluded")),
                            _negated=True,
                        ),
                        ("closed_on__isnull", True),
                        ("conclusion_reason", ""),
                        ("days_open__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="ended_has_a_closing_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="codedrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_on__isnull", True), ("closed_on__gte", models.F("opened_on")), _connector="OR"
                ),
                name="closed_after_opened",
            ),
        ),
        migrations.AddConstraint(
            model_name="codedrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("quarter__regex", "^\\d{4}Q[1-4]$")), name="quarter_is_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="codedrecordversion",
            constraint=models.UniqueConstraint(fields=("record", "version"), name="record_version_once"),
        ),
    ]
