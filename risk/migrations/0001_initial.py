"""Makes the table of the catalogue: one row per version of a code, in two languages (docs/adr/0052)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CatalogueEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code_list",
                    models.CharField(
                        choices=[
                            ("risk_factor", "Risk factors"),
                            ("protective_factor", "Protective factors"),
                            ("study_flag", "Study flags"),
                            ("discussion_type", "Types of discussion"),
                            ("age_group", "Age groups"),
                            ("sex", "Sex"),
                            ("service_category", "Kinds of service"),
                            ("mobilization_type", "How services were mobilized"),
                            ("conclusion_reason", "Reasons for a conclusion"),
                        ],
                        max_length=20,
                    ),
                ),
                ("category_code", models.SlugField(blank=True, db_index=False, max_length=60)),
                ("code", models.SlugField(db_index=False, max_length=100)),
                ("label_en", models.CharField(max_length=160)),
                ("label_fr", models.CharField(max_length=160)),
                ("category_en", models.CharField(blank=True, max_length=80)),
                ("category_fr", models.CharField(blank=True, max_length=80)),
                ("definition_en", models.CharField(blank=True, max_length=400)),
                ("definition_fr", models.CharField(blank=True, max_length=400)),
                (
                    "provenance",
                    models.CharField(
                        choices=[
                            ("exact", "Exact: seen at a public source"),
                            ("reconstructed", "Reconstructed from public reports; wording unconfirmed"),
                            ("inferred", "Inferred: our own placeholder"),
                            ("read", "Read: the passage was seen"),
                            ("recalled", "Recalled from a named document; still to be checked"),
                            ("local", "Local: worded by an administrator here"),
                        ],
                        max_length=20,
                    ),
                ),
                ("french_provenance", models.CharField(default="project translation", max_length=40)),
                ("hidden_for_youth", models.BooleanField(default=False)),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("valid_from", models.DateField()),
                ("retired_on", models.DateField(blank=True, null=True)),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "origin",
                    models.CharField(
                        choices=[("reference", "Reference file"), ("editor", "Administrator")],
                        default="reference",
                        max_length=10,
                    ),
                ),
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
                "verbose_name": "catalogue entry",
                "verbose_name_plural": "catalogue entries",
                "ordering": ("code_list", "position", "version"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code_list", "category_code", "code", "version"), name="code_once_per_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("retired_on__isnull", True)),
                        fields=("code_list", "category_code", "code"),
                        name="one_version_in_force_per_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("retired_on__isnull", True), ("retired_on__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="retired_after_it_was_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("label_en", ""), _negated=True), models.Q(("label_fr", ""), _negated=True)
                        ),
                        name="entry_speaks_both_languages",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("definition_en", ""), ("definition_fr", "")),
                            models.Q(
                                models.Q(("definition_en", ""), _negated=True),
                                models.Q(("definition_fr", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="definition_speaks_both_languages",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("category_en", ""), ("category_fr", "")),
                            models.Q(
                                models.Q(("category_en", ""), _negated=True),
                                models.Q(("category_fr", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="category_speaks_both_languages",
                    ),
                ],
            },
        ),
    ]
