"""Makes situations, meetings and all that is written in them: every table of this app as it is now (docs/adr/0052)."""

import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_initial"),
        ("risk", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                (
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("since", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name="Situation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("presented", "Presented"),
                            ("choosing", "Choosing agencies"),
                            ("limited", "In the huddle"),
                            ("intervening", "Intervening"),
                            ("concluded", "Concluded"),
                            ("rejected", "Rejected"),
                            ("withdrawn", "Withdrawn"),
                            ("stopped", "Stopped"),
                            ("transferred", "Transferred"),
                            ("destroyed", "Destroyed"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("presented", models.BooleanField(default=False)),
                ("meeting", models.UUIDField(blank=True, null=True)),
                ("number", models.CharField(blank=True, max_length=20)),
                (
                    "screening",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12), blank=True, default=list, size=None
                    ),
                ),
                ("duty_to_report_acknowledged", models.BooleanField(default=False)),
                ("opened_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("summary_written", models.BooleanField(default=False)),
                ("saved_at", models.DateTimeField(blank=True, null=True)),
                ("presented_at", models.DateTimeField(blank=True, null=True)),
                ("discussed_at", models.DateTimeField(blank=True, null=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("concluded_at", models.DateTimeField(blank=True, null=True)),
                ("ending_group", models.CharField(blank=True, max_length=40)),
                ("ending_reason", models.CharField(blank=True, max_length=100)),
                ("deferrals", models.PositiveSmallIntegerField(default=0)),
                ("objections_counted", models.PositiveSmallIntegerField(default=0)),
                ("transferred_from", models.CharField(blank=True, max_length=5)),
                ("statistics_id", models.UUIDField(blank=True, default=uuid.uuid4, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "discussion_type",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="risk.catalogueentry",
                    ),
                ),
                ("likely_agencies", models.ManyToManyField(blank=True, related_name="+", to="agencies.agency")),
                (
                    "originating_agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
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
                "indexes": [
                    models.Index(fields=["table", "state"], name="situation_by_table"),
                    models.Index(fields=["table", "-opened_at", "-id"], name="situation_newest"),
                    django.contrib.postgres.indexes.BrinIndex(fields=["opened_at"], name="situation_opened_brin"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True), fields=("number",), name="number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("presented", False), ("state", "draft")),
                            models.Q(("presented", True), models.Q(("state", "draft"), _negated=True)),
                            _connector="OR",
                        ),
                        name="presented_means_not_a_draft",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("starts_at", models.DateTimeField()),
                ("minutes", models.PositiveSmallIntegerField(default=90)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("sitting", "Sitting"),
                            ("held", "Held"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("urgent", models.BooleanField(default=False)),
                ("series_day", models.DateField(blank=True, null=True)),
                ("on_paper", models.BooleanField(default=False)),
                ("invited_at", models.DateTimeField(blank=True, null=True)),
                ("moves", models.PositiveSmallIntegerField(default=0)),
                ("current_since", models.DateTimeField(blank=True, null=True)),
                ("slips", models.JSONField(blank=True, default=list)),
                (
                    "chair",
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
                "ordering": ("-starts_at",),
            },
        ),
        migrations.CreateModel(
            name="History",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("act", models.CharField(max_length=30)),
                (
                    "from_state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("presented", "Presented"),
                            ("choosing", "Choosing agencies"),
                            ("limited", "In the huddle"),
                            ("intervening", "Intervening"),
                            ("concluded", "Concluded"),
                            ("rejected", "Rejected"),
                            ("withdrawn", "Withdrawn"),
                            ("stopped", "Stopped"),
                            ("transferred", "Transferred"),
                            ("destroyed", "Destroyed"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "to_state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("presented", "Presented"),
                            ("choosing", "Choosing agencies"),
                            ("limited", "In the huddle"),
                            ("intervening", "Intervening"),
                            ("concluded", "Concluded"),
                            ("rejected", "Rejected"),
                            ("withdrawn", "Withdrawn"),
                            ("stopped", "Stopped"),
                            ("transferred", "Transferred"),
                            ("destroyed", "Destroyed"),
                        ],
                        max_length=12,
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "by",
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
                    "situation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="history", to="situations.situation"
                    ),
                ),
            ],
            options={
                "ordering": ("at", "id"),
            },
        ),
        migrations.CreateModel(
            name="FirstContact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.PositiveSmallIntegerField()),
                ("contacted_at", models.DateTimeField()),
                (
                    "result",
                    models.CharField(
                        choices=[("reached", "Reached the person"), ("attempted", "Tried, not reached")], max_length=10
                    ),
                ),
                (
                    "consent_outcome",
                    models.CharField(
                        choices=[
                            ("given", "Consent given"),
                            ("refused", "Consent refused"),
                            ("not_sought", "Consent could not be sought"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "not_sought_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_reached", "The person was not reached"),
                            ("no_capacity", "The person could not understand the question at the time"),
                            ("unsafe", "Asking would have put somebody in danger"),
                        ],
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "member",
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
                    "situation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="contacts", to="situations.situation"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("consent_outcome", "not_sought"), _negated=True),
                            models.Q(("not_sought_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="not_sought_says_why",
                    )
                ],
                "ordering": ("contacted_at", "id"),
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("subject", models.PositiveSmallIntegerField()),
                ("given_on", models.DateField()),
                (
                    "giver",
                    models.CharField(
                        choices=[("person", "The person"), ("substitute", "A substitute decision-maker")], max_length=12
                    ),
                ),
                ("form", models.CharField(choices=[("oral", "Oral"), ("written", "Written")], max_length=10)),
                (
                    "scope",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), size=None),
                ),
                ("purpose", models.CharField(max_length=20)),
                ("expires_on", models.DateField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("recipients", models.ManyToManyField(related_name="+", to="agencies.agency")),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.table"
                    ),
                ),
                (
                    "situation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="consents", to="situations.situation"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_on__gte", models.F("given_on"))),
                        name="consent_expires_after_giving",
                    )
                ],
                "ordering": ("at", "id"),
            },
        ),
        migrations.CreateModel(
            name="CodedFact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="risk.catalogueentry"
                    ),
                ),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.table"
                    ),
                ),
                (
                    "situation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="facts", to="situations.situation"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("situation", "entry"), name="fact_once")],
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("follow_up", "Follow-up"), ("deferred", "Deferred"), ("new", "New")], max_length=10
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("planned_minutes", models.PositiveSmallIntegerField(default=7)),
                ("reported_at", models.DateTimeField(blank=True, null=True)),
                ("spent_seconds", models.PositiveIntegerField(default=0)),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.table"
                    ),
                ),
                (
                    "situation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agenda_items",
                        to="situations.situation",
                    ),
                ),
            ],
            options={
                "ordering": ("position",),
            },
        ),
        migrations.CreateModel(
            name="AffectedPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ordinal", models.PositiveSmallIntegerField()),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("subject", "Person at risk"),
                            ("harmed", "Person harmed"),
                            ("harming", "Person causing harm"),
                        ],
                        default="subject",
                        max_length=10,
                    ),
                ),
                (
                    "age_group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="risk.catalogueentry"
                    ),
                ),
                (
                    "sex",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="risk.catalogueentry"
                    ),
                ),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.table"
                    ),
                ),
                (
                    "situation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="persons", to="situations.situation"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("situation", "ordinal"), name="person_once")],
                "ordering": ("ordinal",),
            },
        ),
        migrations.CreateModel(
            name="ItemPresence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "room",
                    models.CharField(
                        choices=[("main", "Main meeting"), ("huddle", "Huddle")], default="main", max_length=10
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[("room", "In the room"), ("phone", "By phone")], default="room", max_length=10
                    ),
                ),
                ("guest", models.BooleanField(default=False)),
                ("arrived_at", models.DateTimeField()),
                ("left_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="presences",
                        to="situations.agendaitem",
                    ),
                ),
                (
                    "member",
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("left_at__isnull", True)),
                        fields=("item", "member"),
                        name="in_one_room_at_a_time",
                    )
                ],
            },
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
            ],
        ),
        migrations.AddField(
            model_name="meeting",
            name="current",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="situations.agendaitem",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="driver",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="table",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.table"),
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "answer",
                    models.CharField(
                        choices=[("done", "Done"), ("not_possible", "Not possible"), ("not_done", "Not done yet")],
                        max_length=15,
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "member",
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
                    "situation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follow_ups",
                        to="situations.situation",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="situations.meeting",
                    ),
                ),
            ],
            options={
                "ordering": ("at", "id"),
            },
        ),
        migrations.CreateModel(
            name="Determination",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("act", models.CharField(max_length=30)),
                ("reason", models.CharField(blank=True, max_length=100)),
                ("significant_interest", models.BooleanField(null=True)),
                ("high_probability", models.BooleanField(null=True)),
                ("severe_intensity", models.BooleanField(null=True)),
                ("multi_agency", models.BooleanField(null=True)),
                (
                    "agencies_present",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("dissent", models.PositiveSmallIntegerField(default=0)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "chair",
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
                    "situation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="determinations",
                        to="situations.situation",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="situations.meeting",
                    ),
                ),
            ],
            options={
                "ordering": ("at", "id"),
            },
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="items", to="situations.meeting"
            ),
        ),
        migrations.CreateModel(
            name="MeetingPresence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mode",
                    models.CharField(
                        choices=[("room", "In the room"), ("phone", "By phone")], default="room", max_length=10
                    ),
                ),
                ("guest", models.BooleanField(default=False)),
                ("left_at", models.DateTimeField(blank=True, null=True)),
                ("leaves_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="presences", to="situations.meeting"
                    ),
                ),
                (
                    "member",
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
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("meeting", "member"), name="present_once")],
            },
        ),
        migrations.CreateModel(
            name="MeetingSeries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("weekday", models.PositiveSmallIntegerField()),
                ("at", models.TimeField()),
                ("minutes", models.PositiveSmallIntegerField(default=90)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                (
                    "skipped",
                    django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), default=list, size=None),
                ),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.table"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on__isnull", True)), fields=("table",), name="one_series_goes_on"
                    ),
                    models.CheckConstraint(condition=models.Q(("weekday__lte", 6)), name="a_week_has_seven_days"),
                ],
                "ordering": ("starts_on",),
            },
        ),
        migrations.AddField(
            model_name="meeting",
            name="series",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="meetings",
                to="situations.meetingseries",
            ),
        ),
        migrations.CreateModel(
            name="NoticeTask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "duty",
                    models.CharField(
                        choices=[
                            ("none", "Nothing"),
                            ("mailed-notice", "Written notice to the person's last known address"),
                            ("written-notice-without-delay", "Written notice without delay"),
                            ("notice-recommended", "Notice is recommended"),
                            ("separate-storage", "Keep separate and destroy when no longer needed"),
                        ],
                        max_length=30,
                    ),
                ),
                ("authority", models.CharField(max_length=40)),
                ("subject", models.PositiveSmallIntegerField(default=1)),
                ("due_on", models.DateField()),
                ("done_on", models.DateField(blank=True, null=True)),
                (
                    "method",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("mailed", "Mailed"),
                            ("handed", "Handed over in person"),
                            ("counsel", "Through the person's lawyer or advocate"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "excuse",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("danger", "Notice would put somebody in danger"),
                            ("unknown_address", "No address is known and the person could not be found"),
                            ("deceased", "The person has died"),
                        ],
                        max_length=20,
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "situation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notices", to="situations.situation"
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
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=("situation", "agency", "duty", "subject"),
                        name="one_open_notice",
                    )
                ],
                "ordering": ("due_on", "id"),
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("resolved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "situation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="objections",
                        to="situations.situation",
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
                "constraints": [models.UniqueConstraint(fields=("situation", "agency"), name="agency_objects_once")],
            },
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "necessity",
                    models.CharField(
                        choices=[
                            ("brought_it", "It brought the situation and discloses"),
                            ("provides_service", "It provides a service this situation needs"),
                            ("known_expertise", "It has the expertise this harm calls for"),
                            ("legal_duty", "It has a legal duty here"),
                            ("cultural_support", "It can offer support in the person's language or culture"),
                            ("offered", "It said it should be involved"),
                        ],
                        max_length=30,
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "situation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="offers", to="situations.situation"
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
                "constraints": [models.UniqueConstraint(fields=("situation", "agency"), name="agency_offers_once")],
            },
        ),
        migrations.CreateModel(
            name="Outbox",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("shred", "Delete the keys of an erased situation"),
                            ("tell", "Tell a person that something waits"),
                            ("meeting", "Tell a person when a meeting is"),
                        ],
                        max_length=10,
                    ),
                ),
                ("ref", models.UUIDField()),
                ("member_id", models.BigIntegerField(default=0)),
                (
                    "message",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("named", "You have been named to act"),
                            ("disclosed", "Something was disclosed to you"),
                            ("returned", "A situation was returned to your agency"),
                            ("lead_proposed", "Your agency is proposed to lead"),
                            ("ended", "Your access has ended"),
                            ("meeting", "The table meets."),
                            ("meeting_urgent", "The table is called to an urgent discussion."),
                            ("meeting_moved", "A meeting of the table is at another time."),
                            ("meeting_cancelled", "A meeting of the table is cancelled."),
                        ],
                        max_length=20,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("processed_at", models.DateTimeField(blank=True, null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("tried_at", models.DateTimeField(blank=True, null=True)),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.table"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("processed_at__isnull", True)),
                        fields=["created_at"],
                        name="outbox_unprocessed",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Performed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64)),
                ("act", models.CharField(max_length=30)),
                ("ref", models.UUIDField()),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("member", "key"), name="performed_once")],
            },
        ),
        migrations.CreateModel(
            name="PlanEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("due_on", models.DateField()),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("not_possible", models.BooleanField(default=False)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "situation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="plan", to="situations.situation"
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
                "constraints": [models.UniqueConstraint(fields=("situation", "number"), name="plan_number_once")],
                "ordering": ("number",),
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
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
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
                "ordering": ("at", "id"),
            },
        ),
        migrations.CreateModel(
            name="ServiceMobilized",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="risk.catalogueentry"
                    ),
                ),
                (
                    "result",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="risk.catalogueentry"
                    ),
                ),
                (
                    "situation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="services", to="situations.situation"
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
            name="Stand",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stance",
                    models.CharField(
                        choices=[("accept", "We stand behind it"), ("reject", "We agree to reject it")], max_length=10
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "situation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="stands", to="situations.situation"
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
                "constraints": [models.UniqueConstraint(fields=("situation", "agency"), name="agency_stands_once")],
            },
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
            name="DiscussionCounter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.table"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("table", "year"), name="counter_once")],
            },
        ),
        migrations.CreateModel(
            name="Intervention",
            fields=[
                (
                    "situation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="intervention",
                        serialize=False,
                        to="situations.situation",
                    ),
                ),
                ("lead_confirmed_at", models.DateTimeField()),
                ("contact_due_at", models.DateTimeField()),
                ("first_contact_at", models.DateTimeField(blank=True, null=True)),
                (
                    "mail_blocked_for",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "safe_contact_for",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "declined_by",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "lead_agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
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
        migrations.AddField(
            model_name="recordconfirmation",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="recordconfirmation",
            name="confirmed_in",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="situations.meeting"
            ),
        ),
        migrations.AddField(
            model_name="recordconfirmation",
            name="table",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.table"),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(fields=("meeting", "situation"), name="on_agenda_once"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(fields=("table", "number"), name="meeting_number_once"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(fields=("series", "series_day"), name="once_a_day_of_a_series"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "sitting")), fields=("table",), name="one_sitting_meeting"
            ),
        ),
    ]
