"""Says of contacts, consents and services which person they are about: two are kept apart in these too (R51).

That, and when, another agency reached the person harmed was readable to whoever serves the person causing harm. What
was recorded before is the only person's; where there are several it names nobody (0) and stays with its own agency
where two are kept apart.
"""

import django.contrib.postgres.fields
from django.db import migrations, models

_NUMBER = models.PositiveSmallIntegerField(default=0)
_ONLY_PERSON = "(SELECT count(*) FROM situations_affectedperson p WHERE p.situation_id = x.situation_id) = 1"
_CARRY_OVER = "\n".join(
    [
        *(
            f"UPDATE {table} x SET subject = 1 WHERE {_ONLY_PERSON};"  # names written here
            for table in ("situations_firstcontact", "situations_consent", "situations_servicemobilized")
        ),
        # Who declined is not known person by person: nothing about anybody is shared on consent until they say yes.
        (
            "UPDATE situations_intervention i SET declined_by = ARRAY(SELECT p.ordinal FROM situations_affectedperson p"
            " WHERE p.situation_id = i.situation_id ORDER BY p.ordinal) WHERE declined;"
        ),
    ]
)


class Migration(migrations.Migration):
    dependencies = (("situations", "0007_situation_rows_keep_their_plan"),)
    operations = (
        migrations.AddField("firstcontact", "subject", _NUMBER, preserve_default=False),
        migrations.AddField("consent", "subject", _NUMBER.clone(), preserve_default=False),
        migrations.AddField("servicemobilized", "subject", _NUMBER.clone(), preserve_default=False),
        migrations.AddField(
            "intervention",
            "declined_by",
            django.contrib.postgres.fields.ArrayField(models.PositiveSmallIntegerField(), default=list, size=None),
        ),
        migrations.RunSQL(_CARRY_OVER, migrations.RunSQL.noop),
        migrations.RemoveField("intervention", "declined"),
    )
