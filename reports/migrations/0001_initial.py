"""Makes the coded record, its batches, releases, costs and notes: every table of this app (docs/adr/0052)."""

import uuid

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Release",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("scope", models.CharField(max_length=170)),
                ("tables", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ("audience", models.CharField(max_length=10)),
                ("period", models.CharField(max_length=12)),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("draft", "Draft"),
                            ("checked", "Checked"),
                            ("signed", "Signed off"),
                            ("released", "Released"),
                        ],
                        max_length=8,
                    ),
                ),
                ("number", models.PositiveIntegerField(blank=True, null=True)),
                ("told", models.JSONField()),
                ("durations", models.JSONField(default=dict)),
                ("evaluation", models.JSONField(blank=True, null=True)),
                ("code_lists_of", models.DateField(blank=True, null=True)),
                ("decided_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("prepared_at", models.DateTimeField(blank=True, null=True)),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                ("released_at", models.DateTimeField(blank=True, null=True)),
                ("letters_of", models.CharField(blank=True, max_length=8)),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="reports.release",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaces__isnull", True)),
                        fields=("scope", "audience", "first_day", "last_day"),
                        name="page_is_decided_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("number__isnull", False)),
                        fields=("scope", "audience", "number"),
                        name="release_number_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number__isnull", False), ("released_at__isnull", False), ("state", "released")),
                            models.Q(
                                models.Q(("state", "released"), _negated=True),
                                ("number__isnull", True),
                                ("released_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="released_has_its_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("signed", "released")), _negated=True),
                            models.Q(("checked_at__isnull", False), ("signed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="signed_off_after_a_check",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signed_by__isnull", True),
                            ("prepared_by__isnull", True),
                            models.Q(("signed_by", models.F("prepared_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="signed_off_by_a_second_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signed_by__isnull", True),
                            ("checked_by__isnull", True),
                            models.Q(("signed_by", models.F("checked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="signed_off_by_nobody_who_checked",
                    ),
                ],
                "ordering": ("-released_at", "-prepared_at"),
            },
        ),
        migrations.CreateModel(
            name="EvaluationNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("words", models.CharField(max_length=1000)),
                (
                    "marks_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("common-words", "They are ordinary words, not a name or a number"),
                            ("public-place", "They name a public place or a service that many people use"),
                            ("agency", "They name an agency or a role, not a person"),
                            ("needed", "The table cannot judge the risk without them"),
                            ("other", "Another reason"),
                        ],
                        max_length=12,
                    ),
                ),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="agencies.table"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ("first_day", "id"),
            },
        ),
        migrations.CreateModel(
            name="ImportBatch",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("digest", models.CharField(max_length=64)),
                ("rows", models.PositiveIntegerField()),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("imported_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "imported_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.table"
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at__isnull", True)),
                        fields=("table", "digest"),
                        name="file_imported_once",
                    )
                ],
                "ordering": ("-imported_at",),
            },
        ),
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
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="records",
                        to="reports.importbatch",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["table", "opened_on"], name="record_by_opening"),
                    models.Index(fields=["table", "decided_on"], name="record_by_decision"),
                    models.Index(fields=["table", "closed_on"], name="record_by_closing"),
                ],
                "constraints": [
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("accepted", True),
                                models.Q(
                                    ("status__in", ("presented", "returned", "deferred", "withdrawn", "rejected")),
                                    _negated=True,
                                ),
                            ),
                            models.Q(
                                ("accepted", False), models.Q(("status__in", ("accepted", "concluded")), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="status_agrees_with_acceptance",
                    ),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on__isnull", True), ("closed_on__gte", models.F("opened_on")), _connector="OR"
                        ),
                        name="closed_after_opened",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quarter__regex", "^\\d{4}Q[1-4]$")), name="quarter_is_one"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("list", models.CharField(blank=True, max_length=30)),
                ("said", models.CharField(max_length=120)),
                ("means", models.CharField(max_length=161)),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="agencies.table"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("table", "list", "said"), name="import_word_once")],
            },
        ),
        migrations.CreateModel(
            name="Matter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("gap", "A service is missing"), ("systemic", "A systemic issue")], max_length=8
                    ),
                ),
                ("words", models.CharField(max_length=500)),
                (
                    "marks_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("common-words", "They are ordinary words, not a name or a number"),
                            ("public-place", "They name a public place or a service that many people use"),
                            ("agency", "They name an agency or a role, not a person"),
                            ("needed", "The table cannot judge the risk without them"),
                            ("other", "Another reason"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "area",
                    models.CharField(
                        choices=[
                            ("social", "Social development"),
                            ("prevention", "Prevention"),
                            ("intervention", "Risk intervention"),
                            ("response", "Incident response"),
                        ],
                        max_length=12,
                    ),
                ),
                ("service", models.CharField(blank=True, max_length=60)),
                (
                    "why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unavailable", "Unavailable here"),
                            ("waiting", "The wait is too long"),
                            ("eligibility", "Declined: the rules of the service exclude people who need it"),
                            ("refused", "Declined by the people it is meant for"),
                            ("reach", "Out of reach: distance, hours or transport"),
                            ("language", "Not in the language or culture of those who need it"),
                            ("cost", "It costs too much"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("raised", "Raised"),
                            ("in-hand", "In hand"),
                            ("settled", "Settled"),
                            ("set-aside", "Set aside"),
                        ],
                        default="raised",
                        max_length=10,
                    ),
                ),
                ("raised_on", models.DateField()),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agencies.agency",
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="agencies.table"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "gap"),
                                models.Q(("why", ""), _negated=True),
                                models.Q(("service", ""), _negated=True),
                            ),
                            models.Q(("kind", "systemic"), ("service", ""), ("why", "")),
                            _connector="OR",
                        ),
                        name="a_gap_says_which_service_and_why",
                    )
                ],
                "ordering": ("-raised_on", "-id"),
            },
        ),
        migrations.CreateModel(
            name="Proxy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("met", "Situations accepted"),
                            ("concluded", "Situations concluded"),
                            ("risk-lowered", "Situations with overall risk lowered"),
                            ("persons", "Persons in accepted situations"),
                            ("connected", "Connections to a service"),
                        ],
                        max_length=12,
                    ),
                ),
                ("title", models.CharField(max_length=160)),
                ("low", models.DecimalField(decimal_places=2, max_digits=10)),
                ("central", models.DecimalField(decimal_places=2, max_digits=10)),
                ("high", models.DecimalField(decimal_places=2, max_digits=10)),
                (
                    "currency",
                    models.CharField(
                        choices=[("CAD", "Canadian dollars"), ("USD", "US dollars")], default="CAD", max_length=3
                    ),
                ),
                ("claimed", models.PositiveSmallIntegerField(default=100)),
                ("source", models.CharField(max_length=300)),
                ("source_year", models.PositiveSmallIntegerField()),
                ("entered_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="agencies.table"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("central__gte", models.F("low")), ("high__gte", models.F("central")), ("low__gte", 0)
                        ),
                        name="low_central_high",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("claimed__gte", 1), ("claimed__lte", 100)), name="claimed_is_a_share"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True), name="proxy_has_a_source"
                    ),
                ],
                "ordering": ("outcome", "title", "id"),
            },
        ),
        migrations.CreateModel(
            name="QuarterCounts",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_day", models.DateField()),
                ("counts", models.JSONField()),
                ("days_open", models.JSONField()),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.table"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("table", "first_day"), name="quarter_is_counted_once")],
            },
        ),
        migrations.CreateModel(
            name="RecordEntry",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField()),
                ("entered_on", models.DateField(default=django.utils.timezone.localdate)),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="entry", to="reports.codedrecord"
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
            name="RecordExport",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("period", models.CharField(max_length=9)),
                ("rows", models.PositiveIntegerField()),
                ("still_open", models.PositiveIntegerField()),
                ("problems", models.JSONField(default=dict)),
                ("digest", models.CharField(max_length=64)),
                ("prepared_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("taken_at", models.DateTimeField(blank=True, null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.table"
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by__isnull", True),
                            models.Q(("approved_by", models.F("prepared_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="export_approved_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("taken_by__isnull", True), ("approved_by__isnull", False), _connector="OR"),
                        name="export_taken_once_approved",
                    ),
                ],
                "ordering": ("-prepared_at",),
            },
        ),
        migrations.CreateModel(
            name="ReleaseReasons",
            fields=[
                (
                    "release",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="reasons",
                        serialize=False,
                        to="reports.release",
                    ),
                ),
                ("withheld", models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name="AreaOfRisk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("category", models.CharField(max_length=60)),
                (
                    "area",
                    models.CharField(
                        choices=[
                            ("social", "Social development"),
                            ("prevention", "Prevention"),
                            ("intervention", "Risk intervention"),
                            ("response", "Incident response"),
                        ],
                        max_length=12,
                    ),
                ),
                ("set_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="agencies.table"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("table", "category"), name="one_area_a_risk")],
            },
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
                "constraints": [models.UniqueConstraint(fields=("record", "version"), name="record_version_once")],
            },
        ),
        migrations.CreateModel(
            name="Cost",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("staff", "Staff"),
                            ("vehicles", "Vehicles and travel"),
                            ("consultant", "Consultant"),
                            ("training", "Training"),
                            ("in-kind", "Hours given by agencies"),
                            ("other", "Other costs"),
                        ],
                        max_length=12,
                    ),
                ),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, validators=[django.core.validators.MinValueValidator(0)]
                    ),
                ),
                ("hours", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "currency",
                    models.CharField(
                        choices=[("CAD", "Canadian dollars"), ("USD", "US dollars")], default="CAD", max_length=3
                    ),
                ),
                ("entered_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="agencies.table"
                    ),
                ),
            ],
            options={
                "ordering": ("first_day", "kind", "id"),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="cost_is_not_negative"),
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gt", models.F("first_day"))), name="cost_has_its_days"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("hours__isnull", False), ("kind", "in-kind")),
                            models.Q(models.Q(("kind", "in-kind"), _negated=True), ("hours__isnull", True)),
                            _connector="OR",
                        ),
                        name="hours_are_given_in_kind",
                    ),
                ],
            },
        ),
    ]
