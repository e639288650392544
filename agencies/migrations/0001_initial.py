"""Makes who belongs, signs, sits and signs in: every table of this app as it is now (docs/adr/0052)."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="SharingAgreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("signatory_name", models.CharField(max_length=120)),
                ("signatory_office", models.CharField(blank=True, max_length=120)),
                ("signatory_email", models.EmailField(blank=True, max_length=254)),
                ("text_version", models.PositiveSmallIntegerField(default=1)),
                ("text_hash", models.CharField(blank=True, max_length=64)),
                ("language", models.CharField(blank=True, max_length=2)),
                ("signed_on", models.DateField()),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="agreement_ends_after_start"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("representative", "Agency representative"),
                            ("alternate", "Alternate representative"),
                            ("agency_lead", "Agency lead"),
                            ("privacy_lead", "Agency privacy lead"),
                            ("facilitator", "Facilitator"),
                            ("recorder", "Recorder"),
                            ("manager", "Manager"),
                            ("privacy_officer", "Privacy officer"),
                            ("administrator", "Administrator"),
                            ("guest", "Guest"),
                        ],
                        max_length=20,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("accepted_by_lead_at", models.DateTimeField(blank=True, null=True)),
                ("accepted_by_member_at", models.DateTimeField(blank=True, null=True)),
                ("meeting", models.UUIDField(blank=True, null=True)),
                ("item", models.UUIDField(blank=True, null=True)),
                (
                    "confirmed_as",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("lead", "The agency’s lead"),
                            ("signatory", "The agreement’s signatory"),
                            ("first_run", "The first-run page"),
                            ("new_table", "Whoever added the table"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "covers",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="agencies.seat",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("meeting__isnull", False), ("role", "guest")),
                            models.Q(models.Q(("role", "guest"), _negated=True), ("meeting__isnull", True)),
                            _connector="OR",
                        ),
                        name="only_guests_sit_for_one_meeting",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("item__isnull", True), ("meeting__isnull", False), _connector="OR"),
                        name="an_item_is_of_a_meeting",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("name", models.CharField(max_length=120)),
                (
                    "language",
                    models.CharField(choices=[("en", "English"), ("fr", "Français")], default="en", max_length=2),
                ),
                ("phone", models.CharField(blank=True, max_length=30)),
                ("is_active", models.BooleanField(default=True)),
                ("joined_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("is_superuser", False)), name="nobody_is_a_superuser"),
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"), name="email_once_without_case"
                    ),
                ],
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="Agency",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name_en", models.CharField(max_length=160)),
                ("name_fr", models.CharField(blank=True, max_length=160)),
                (
                    "statutes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
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
                        default=list,
                        size=None,
                    ),
                ),
                ("public_contact", models.CharField(blank=True, max_length=300)),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "verbose_name": "agency",
                "verbose_name_plural": "agencies",
                "ordering": ("name_en",),
            },
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
                "constraints": [
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sign_again_from__isnull", True),
                            models.Q(("published_at__isnull", False), ("sign_again_from__gte", models.F("valid_from"))),
                            _connector="OR",
                        ),
                        name="signed_again_once_it_is_there",
                    ),
                    models.CheckConstraint(condition=models.Q(("term_days__gte", 1)), name="text_has_a_term"),
                ],
                "ordering": ("table", "kind", "-version"),
            },
        ),
        migrations.CreateModel(
            name="Tries",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("count", models.PositiveSmallIntegerField(default=0)),
                ("since", models.DateTimeField()),
                ("locked_until", models.DateTimeField(blank=True, null=True)),
                ("locks", models.PositiveSmallIntegerField(default=0)),
            ],
        ),
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
            name="Standing",
            fields=[
                (
                    "seat",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="agencies.seat",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("representative", "Agency representative"),
                            ("alternate", "Alternate representative"),
                            ("agency_lead", "Agency lead"),
                            ("privacy_lead", "Agency privacy lead"),
                            ("facilitator", "Facilitator"),
                            ("recorder", "Recorder"),
                            ("manager", "Manager"),
                            ("privacy_officer", "Privacy officer"),
                            ("administrator", "Administrator"),
                            ("guest", "Guest"),
                        ],
                        max_length=20,
                    ),
                ),
                ("meeting", models.UUIDField(null=True)),
                ("item", models.UUIDField(null=True)),
            ],
            options={
                "db_table": "agencies_standing",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="SecondFactor",
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
                ("secret", models.BinaryField()),
                ("last_step", models.BigIntegerField(default=0)),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
            ],
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
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="seats", to=settings.AUTH_USER_MODEL
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
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="agreements", to="agencies.agency"
            ),
        ),
        migrations.AddField(
            model_name="seat",
            name="agency",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="seats", to="agencies.agency"
            ),
        ),
        migrations.AddField(
            model_name="member",
            name="agency",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="members",
                to="agencies.agency",
            ),
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
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "paper", "days"), name="told_once")],
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
                    "handed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
        migrations.CreateModel(
            name="RecoveryCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("member", "digest"), name="recovery_code_once")],
            },
        ),
        migrations.CreateModel(
            name="Sector",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=60)),
                ("label_en", models.CharField(max_length=120)),
                ("label_fr", models.CharField(max_length=120)),
                ("examples_en", models.CharField(blank=True, max_length=300)),
                ("examples_fr", models.CharField(blank=True, max_length=300)),
                ("provenance", models.CharField(max_length=20)),
                ("french_provenance", models.CharField(default="project translation", max_length=40)),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("valid_from", models.DateField()),
                ("retired_on", models.DateField(blank=True, null=True)),
                ("why", models.CharField(blank=True, max_length=200)),
                ("why_retired", models.CharField(blank=True, max_length=200)),
                (
                    "retired_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "written_by",
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
                    models.UniqueConstraint(fields=("code", "version"), name="sector_once_per_version"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("label_en", ""), _negated=True), models.Q(("label_fr", ""), _negated=True)
                        ),
                        name="sector_speaks_both_languages",
                    ),
                ],
                "ordering": ("label_en",),
            },
        ),
        migrations.AddField(
            model_name="agency",
            name="sector",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="agencies", to="agencies.sector"
            ),
        ),
        migrations.CreateModel(
            name="SignIn",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("session_key", models.CharField(max_length=40, unique=True)),
                ("device", models.CharField(blank=True, max_length=40)),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                ("seen_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("confirmed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("second_factor", models.BooleanField(default=False)),
                ("locked_at", models.DateTimeField(blank=True, null=True)),
                ("presenting_since", models.DateTimeField(blank=True, null=True)),
                ("idle_minutes", models.PositiveSmallIntegerField(default=15)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["member"], name="sign_in_by_member")],
            },
        ),
        migrations.CreateModel(
            name="Table",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=5, unique=True)),
                ("name_en", models.CharField(max_length=160)),
                ("name_fr", models.CharField(max_length=160)),
                ("region_en", models.CharField(max_length=160)),
                ("region_fr", models.CharField(max_length=160)),
                ("time_zone", models.CharField(default="America/Toronto", max_length=40)),
                (
                    "quorum",
                    models.PositiveSmallIntegerField(
                        default=5, help_text="Agencies that must be present for a decision."
                    ),
                ),
                ("contact_clock_hours", models.PositiveSmallIntegerField(default=48)),
                ("contact_clock_counts_weekends", models.BooleanField(default=True)),
                ("retention_days", models.PositiveSmallIntegerField(default=365)),
                ("retention_basis", models.CharField(blank=True, max_length=200)),
                ("youth_codes_before_f4", models.BooleanField(default=False)),
                ("youth_codes_assessment", models.CharField(blank=True, max_length=80)),
                ("idle_minutes", models.PositiveSmallIntegerField(default=15)),
                ("review_after_meetings", models.PositiveSmallIntegerField(default=6)),
            ],
            options={
                "ordering": ("code",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("youth_codes_before_f4", False),
                            models.Q(("youth_codes_assessment", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="wider_youth_codes_need_an_assessment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("retention_days__gte", 365),
                            models.Q(("retention_basis", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="shorter_retention_needs_a_basis",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("idle_minutes__gte", 1), ("idle_minutes__lte", 120)),
                        name="idle_lock_is_not_switched_off",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="sharingagreement",
            name="table",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="agreements", to="agencies.table"
            ),
        ),
        migrations.AddField(
            model_name="seat",
            name="table",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="seats", to="agencies.table"
            ),
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
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "agreement",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="agencies.sharingagreement",
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "signatory",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="prepared_agreements",
                        to="agencies.table",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("agreement__isnull", True), ("withdrawn_at__isnull", True)),
                        fields=("agency", "table"),
                        name="one_agreement_waits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="prepared_ends_after_start"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signatory__isnull", False),
                            models.Q(("signatory_email", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="somebody_is_to_sign",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signatory__isnull", True),
                            models.Q(("signatory", models.F("prepared_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="who_prepares_is_not_asked_to_sign",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="papertext",
            name="table",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="texts", to="agencies.table"
            ),
        ),
        migrations.CreateModel(
            name="OnCall",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                ("set_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="on_call", to="agencies.agency"
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="on_call", to="agencies.table"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["agency", "table"], name="on_call_by_agency")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)), fields=("agency", "table"), name="on_call_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                        name="on_call_ends_later",
                    ),
                ],
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
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="agencies.agency"
                    ),
                ),
                (
                    "called_by",
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
                    models.UniqueConstraint(
                        fields=("agency", "meeting", "item"), name="called_once", nulls_distinct=False
                    )
                ],
            },
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
                "constraints": [models.UniqueConstraint(fields=("agency", "table"), name="belongs_once")],
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="Undertaking",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text_version", models.PositiveSmallIntegerField(default=1)),
                ("text_hash", models.CharField(blank=True, max_length=64)),
                ("language", models.CharField(blank=True, max_length=2)),
                ("signed_on", models.DateField()),
                ("ends_on", models.DateField()),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="undertakings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="undertakings", to="agencies.table"
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undertakings",
                        to="agencies.papertext",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["member", "table", "ends_on"], name="undertaking_in_force")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("signed_on"))),
                        name="undertaking_ends_after_signing",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="sharingagreement",
            index=models.Index(fields=["agency", "table", "ends_on"], name="agreement_in_force"),
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
        migrations.AddIndex(
            model_name="seat",
            index=models.Index(fields=["member", "table"], name="seat_by_member"),
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
                condition=models.Q(
                    ("confirmed_by__isnull", True),
                    models.Q(("confirmed_by", models.F("member")), _negated=True),
                    _connector="OR",
                ),
                name="nobody_confirms_an_own_seat",
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
    ]
