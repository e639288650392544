"""Lets a version of a code say who wrote it and who retired it, and why; both languages or neither in every part."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("risk", "0003_catalogue_keeps_its_meaning"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="catalogueentry",
            name="origin",
            field=models.CharField(
                choices=[("reference", "Reference file"), ("editor", "Administrator")],
                default="reference",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="catalogueentry",
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
            model_name="catalogueentry",
            name="why",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="catalogueentry",
            name="why_retired",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="catalogueentry",
            name="written_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="catalogueentry",
            name="provenance",
            field=models.CharField(
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
        migrations.AddConstraint(
            model_name="catalogueentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("definition_en", ""), ("definition_fr", "")),
                    models.Q(
                        models.Q(("definition_en", ""), _negated=True), models.Q(("definition_fr", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="definition_speaks_both_languages",
            ),
        ),
        migrations.AddConstraint(
            model_name="catalogueentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("category_en", ""), ("category_fr", "")),
                    models.Q(
                        models.Q(("category_en", ""), _negated=True), models.Q(("category_fr", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="category_speaks_both_languages",
            ),
        ),
    ]
