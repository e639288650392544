"""Beside the record of a meeting: that the next one confirmed it, corrections, and what stands in the way of many.

Confirmations and corrections are added and never changed: the application has no policy to update or delete them.
"""

from django.conf import settings
from django.db import migrations

from privacy.rowpolicies import disable, enable, seated_kept

_SEATED = seated_kept()
_ADDED_ONLY = ("situations_recordconfirmation", "situations_recordcorrection")
_ADDED = "".join(
    f"ALTER TABLE {t} ENABLE ROW LEVEL SECURITY;"
    f"CREATE POLICY seen ON {t} FOR SELECT TO st_app USING ({_SEATED});"
    f"CREATE POLICY added ON {t} FOR INSERT TO st_app WITH CHECK ({_SEATED});"
    for t in _ADDED_ONLY
)
_NOT_ADDED = "".join(
    f"DROP POLICY seen ON {t}; DROP POLICY added ON {t}; ALTER TABLE {t} DISABLE ROW LEVEL SECURITY;"
    for t in _ADDED_ONLY
)


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0012_an_accepted_seat_stays_what_it_is"),
        ("situations", "0013_a_table_meets_weekly"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(_ADDED, _NOT_ADDED),
        migrations.RunSQL(enable("situations_systemicissue", _SEATED), disable("situations_systemicissue")),
    ]
