"""Makes access states, compartments, disclosures and what they stand on: every table of this app (docs/adr/0052)."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agencies", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessState",
            fields=[
                ("ref", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "filter",
                    models.CharField(
                        choices=[
                            ("f1", "Filter 1 - screening"),
                            ("f2", "Filter 2 - de-identified"),
                            ("f3a", "Filter 3 - choosing agencies"),
                            ("f3b", "Filter 3 - limited identifiers"),
                            ("f4", "Filter 4 - intervening"),
                            ("concluded", "Concluded"),
                            ("closed", "Closed before the door"),
                            ("destroyed", "Destroyed"),
                        ],
                        default="f1",
                        max_length=10,
                    ),
                ),
                ("presented", models.BooleanField(default=False)),
                ("frozen", models.BooleanField(default=False)),
                ("held", models.BooleanField(default=False)),
                ("meeting", models.UUIDField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
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
                "indexes": [models.Index(fields=["table", "filter"], name="access_by_table")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("filter", "f1"), ("presented", False)),
                            models.Q(("filter", "f1"), _negated=True),
                            _connector="OR",
                        ),
                        name="a_draft_is_not_presented",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Compartment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("subject", "One person: safe contact and who it is"),
                            ("plan", "Plan and actions"),
                            ("youth", "Youth-justice notes"),
                        ],
                        max_length=10,
                    ),
                ),
                ("subject", models.PositiveSmallIntegerField(default=0)),
                ("readable_until", models.DateField(blank=True, null=True)),
                (
                    "access",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="compartments",
                        to="privacy.accessstate",
                    ),
                ),
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
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.table"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("access", "kind", "subject", "agency"), name="compartment_once", nulls_distinct=False
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "youth"), _negated=True),
                            ("readable_until__isnull", False),
                            _connector="OR",
                        ),
                        name="youth_notes_have_an_end_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "youth"), ("agency__isnull", True), _connector="XOR"),
                        name="notes_have_writer",
                    ),
                ],
                "permissions": (("open_compartment", "May open the compartment"),),
            },
        ),
        migrations.CreateModel(
            name="CompartmentGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "content_object",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="privacy.compartment"),
                ),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Disclosure",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "elements",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), size=None),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("recognise", "Recognise whether the person is already known to us"),
                            ("plan_contact", "Plan first contact"),
                            ("make_contact", "Make or follow up contact"),
                            ("provide_service", "Provide a service"),
                            ("give_notice", "Give the written notice that is owed"),
                            ("correct", "Check or correct what we recorded"),
                            ("access_request", "Answer the person's access request"),
                        ],
                        max_length=20,
                    ),
                ),
                ("medium", models.CharField(choices=[("screen", "On screen"), ("voice", "By voice")], max_length=10)),
                (
                    "filter",
                    models.CharField(
                        choices=[
                            ("f1", "Filter 1 - screening"),
                            ("f2", "Filter 2 - de-identified"),
                            ("f3a", "Filter 3 - choosing agencies"),
                            ("f3b", "Filter 3 - limited identifiers"),
                            ("f4", "Filter 4 - intervening"),
                            ("concluded", "Concluded"),
                            ("closed", "Closed before the door"),
                            ("destroyed", "Destroyed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("consent", models.CharField(blank=True, max_length=36)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("recalled_at", models.DateTimeField(blank=True, null=True)),
                ("in_error", models.BooleanField(default=False)),
                (
                    "access",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="disclosures",
                        to="privacy.accessstate",
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "compartment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="disclosures",
                        to="privacy.compartment",
                    ),
                ),
                (
                    "discloser",
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
                "ordering": ("at", "id"),
            },
        ),
        migrations.CreateModel(
            name="DisclosureRecipient",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("pending", "Not answered yet"),
                            ("ours", "We will act"),
                            ("involved", "Already involved"),
                            ("not_ours", "Not ours"),
                        ],
                        default="pending",
                        max_length=10,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "disclosure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="recipients", to="privacy.disclosure"
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
                "indexes": [models.Index(fields=["member", "disclosure"], name="recipient_by_member")],
                "constraints": [models.UniqueConstraint(fields=("disclosure", "member"), name="recipient_once")],
            },
        ),
        migrations.CreateModel(
            name="Engagement",
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
                        max_length=20,
                    ),
                ),
                ("proposed_lead", models.BooleanField(default=False)),
                ("lead_confirmed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[("chosen", "Chosen"), ("engaged", "Engaged"), ("ended", "Ended")],
                        default="chosen",
                        max_length=10,
                    ),
                ),
                (
                    "access",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="engagements",
                        to="privacy.accessstate",
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="engagements",
                        to=settings.AUTH_USER_MODEL,
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
                "indexes": [models.Index(fields=["person", "status"], name="engagement_by_person")],
                "constraints": [
                    models.UniqueConstraint(fields=("access", "agency"), name="agency_engaged_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("lead_confirmed_at__isnull", False)),
                        fields=("access",),
                        name="one_confirmed_lead",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("proposed_lead", True)), fields=("access",), name="one_proposed_lead"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LedgerCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("rows", models.PositiveBigIntegerField()),
                ("faults", models.PositiveIntegerField()),
            ],
            options={
                "ordering": ("-at",),
                "indexes": [models.Index(fields=["-at"], name="ledger_check_newest")],
            },
        ),
        migrations.CreateModel(
            name="LegalAuthority",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40)),
                ("label_en", models.CharField(max_length=120)),
                ("label_fr", models.CharField(max_length=120)),
                (
                    "statute",
                    models.CharField(
                        choices=[
                            ("fippa", "FIPPA"),
                            ("mfippa", "MFIPPA"),
                            ("phipa", "PHIPA (health information custodian)"),
                            ("cyfsa", "CYFSA Part X"),
                            ("ycja", "YCJA"),
                            ("pipeda", "PIPEDA"),
                            ("cspa", "Community Safety and Policing Act"),
                            ("none", "No disclosure statute"),
                        ],
                        max_length=10,
                    ),
                ),
                ("test_en", models.TextField()),
                ("test_fr", models.TextField()),
                (
                    "after_duty",
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
                ("after_duty_en", models.TextField(blank=True)),
                ("after_duty_fr", models.TextField(blank=True)),
                ("needs_grounds", models.BooleanField(default=False)),
                ("is_consent", models.BooleanField(default=False)),
                ("secondary_use", models.BooleanField(default=False)),
                ("provenance", models.CharField(max_length=20)),
                ("french_provenance", models.CharField(default="project translation", max_length=40)),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("valid_from", models.DateField()),
                ("retired_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ("statute", "code"),
                "constraints": [models.UniqueConstraint(fields=("code", "version"), name="authority_once_per_version")],
            },
        ),
        migrations.AddField(
            model_name="disclosure",
            name="authority",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.legalauthority"
            ),
        ),
        migrations.CreateModel(
            name="AuthorityOnRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "access",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="authorities",
                        to="privacy.accessstate",
                    ),
                ),
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
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.table"
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="privacy.legalauthority"
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "-id"),
            },
        ),
        migrations.CreateModel(
            name="Recusal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "access",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="recusals", to="privacy.accessstate"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
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
                "constraints": [models.UniqueConstraint(fields=("access", "member"), name="recused_once")],
            },
        ),
        migrations.CreateModel(
            name="Tombstone",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("ref", models.UUIDField()),
                ("level", models.CharField(blank=True, max_length=40)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("shredded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.table"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["ref"], name="tombstone_by_ref")],
            },
        ),
        migrations.AlterUniqueTogether(
            name="compartmentgrant",
            unique_together={("user", "permission", "content_object")},
        ),
    ]
