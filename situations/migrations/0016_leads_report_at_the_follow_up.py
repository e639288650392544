"""Leads report at the follow-up: their answer is for the named persons, the table's item says only that they did (R39)."""

from django.conf import settings
from django.db import migrations

from privacy.rowpolicies import disable, enable

_TABLE = "situations_followup"
# As the other rows of an intervention (0007): a function whose plan is kept says where the member is engaged.
_ENGAGED = "(situation_id = ANY ((SELECT situations_engaged_in())::uuid[]))"


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0012_an_accepted_seat_stays_what_it_is"),
        ("situations", "0014_records_are_confirmed_and_corrected"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(enable(_TABLE, _ENGAGED, worker=True), disable(_TABLE)),
    ]
