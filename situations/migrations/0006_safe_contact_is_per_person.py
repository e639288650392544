"""Remembers person by person whether safe contact is written and mail is blocked: two are kept apart (R30, R51, R52)."""

import django.contrib.postgres.fields
from django.db import migrations, models

_NUMBERS = django.contrib.postgres.fields.ArrayField(
    base_field=models.PositiveSmallIntegerField(), default=list, size=None
)
#: What was written before named no person; the first one is the one it was written for where there is only one.
_CARRY_OVER = """
UPDATE situations_intervention i SET
    safe_contact_for = CASE WHEN safe_contact_recorded THEN '{1}'::smallint[] ELSE '{}' END,
    mail_blocked_for = CASE WHEN mail_blocked THEN '{1}'::smallint[] ELSE '{}' END
"""


class Migration(migrations.Migration):
    dependencies = (("situations", "0005_a_meeting_claims_no_reading"),)
    operations = (
        migrations.AddField("intervention", "mail_blocked_for", _NUMBERS),
        migrations.AddField("intervention", "safe_contact_for", _NUMBERS.clone()),
        migrations.RunSQL(_CARRY_OVER, migrations.RunSQL.noop),
        migrations.RemoveField("intervention", "mail_blocked"),
        migrations.RemoveField("intervention", "safe_contact_recorded"),
    )
