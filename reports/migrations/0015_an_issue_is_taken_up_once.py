"""A systemic issue named at meetings is taken up under its kind and sector instead of words, and once for each table."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0014_good_standing_keeps_its_plan"),
        ("reports", "0014_own_figures_are_read_by_the_lead_afterwards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="matter",
            name="issue_kind",
            field=models.CharField(
                blank=True,
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
        migrations.AddField(
            model_name="matter",
            name="issue_sector",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AlterField(
            model_name="matter",
            name="words",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("issue_kind", ""), ("issue_sector", ""), models.Q(("words", ""), _negated=True)),
                    models.Q(
                        ("kind", "systemic"),
                        ("words", ""),
                        models.Q(("issue_kind", ""), _negated=True),
                        models.Q(("issue_sector", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_matter_has_words_or_an_issue",
            ),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.UniqueConstraint(
                condition=models.Q(("issue_kind", ""), _negated=True),
                fields=("table", "issue_kind", "issue_sector"),
                name="an_issue_is_taken_up_once",
            ),
        ),
    ]
