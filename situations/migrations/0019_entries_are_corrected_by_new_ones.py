"""An outcome or a contact recorded wrongly is corrected by a new entry, with a reason (domain.md, "Mistakes").

What an outcome said before is added and never changed: the application has no policy to update or delete it.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Now

from privacy.rowpolicies import follows

_WHY = [
    ("mistyped", "It was typed wrongly"),
    ("forgotten", "It was not typed"),
    ("misheard", "It was misunderstood in the room"),
    ("mixed_up", "Two situations, persons or agencies were mixed up"),
]
_SEEN = follows("situations_situation", "id", "situation_id")
_ADDED = f"""
ALTER TABLE situations_endingcorrection ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON situations_endingcorrection FOR SELECT TO st_app USING ({_SEEN});
CREATE POLICY added ON situations_endingcorrection FOR INSERT TO st_app WITH CHECK ({_SEEN});
"""
_NOT_ADDED = """
DROP POLICY seen ON situations_endingcorrection; DROP POLICY added ON situations_endingcorrection;
ALTER TABLE situations_endingcorrection DISABLE ROW LEVEL SECURITY;
"""


def _to(model: str, name: str = "+") -> models.ForeignKey:
    deleted = django.db.models.deletion.PROTECT if name == "+" else django.db.models.deletion.CASCADE
    return models.ForeignKey(on_delete=deleted, related_name=name, to=model)


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0021_corrections_stand_in_the_ledger"),
        ("situations", "0018_the_recorder_types_for_the_chair"),
    ]

    operations = [
        migrations.CreateModel(
            name="EndingCorrection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("was_group", models.CharField(max_length=40)),
                ("was_reason", models.CharField(max_length=100)),
                ("now_group", models.CharField(max_length=40)),
                ("now_reason", models.CharField(max_length=100)),
                ("why", models.CharField(choices=_WHY, max_length=15)),
                ("at", models.DateTimeField(db_default=Now())),
                ("situation", _to("situations.situation", "corrections")),
                ("table", _to("agencies.table")),
            ],
            options={"ordering": ("at", "id")},
        ),
        migrations.AddField(
            "firstcontact",
            "corrects",
            models.OneToOneField(
                blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name="corrected_by",
                to="situations.firstcontact",
            ),
        ),
        migrations.AddField("firstcontact", "why", models.CharField(blank=True, choices=_WHY, max_length=15)),
        migrations.AlterField("recordcorrection", "reason", models.CharField(choices=_WHY, max_length=15)),
        migrations.AddConstraint(
            "firstcontact",
            models.CheckConstraint(
                condition=models.Q(corrects__isnull=True, why="")
                | models.Q(models.Q(corrects__isnull=False), ~models.Q(why="")),
                name="a_corrected_contact_says_why",
            ),
        ),
        migrations.RunSQL(_ADDED, _NOT_ADDED),
    ]  # fmt: skip
