"""Says what each compartment holds now: safe contact stands with its person, no longer with the plan (R51). No SQL."""

from django.db import migrations, models

_KINDS = [
    ("subject", "One person: safe contact and who it is"),
    ("plan", "Plan and actions"),
    ("youth", "Youth-justice notes"),
]


class Migration(migrations.Migration):
    dependencies = (("privacy", "0007_a_bug_with_sql_opens_nothing"),)
    operations = (migrations.AlterField("compartment", "kind", models.CharField(choices=_KINDS, max_length=10)),)
