"""A correction of an ending is added by whose it is to correct, and says what stands there.

Whoever saw the situation could add one: a bug with SQL could have written for any seat what an outcome had said before,
and with it what the record of its meeting says. The facilitator corrects a rejection, who is named an outcome.
"""

from django.db import migrations

from privacy.rowpolicies import ME, follows

_CHAIRS = "s.table_id = ANY ((SELECT agencies_tables_in_roles(ARRAY['facilitator']))::bigint[])"
_NAMED = (
    "s.id = ANY (ARRAY(SELECT e.access_id FROM privacy_engagement e"
    f" WHERE e.person_id = {ME} AND e.status = 'engaged'))"
)
_ITS_OWN = f"""EXISTS (SELECT 1 FROM situations_situation s WHERE s.id = situation_id
    AND s.table_id = situations_endingcorrection.table_id AND s.ending_group = was_group AND s.ending_reason = was_reason
    AND ((s.state = 'rejected' AND {_CHAIRS}) OR (s.state = 'concluded' AND {_NAMED})))"""
_WHOEVER_SEES = follows("situations_situation", "id", "situation_id")


def _added(rule: str) -> str:
    return f"ALTER POLICY added ON situations_endingcorrection WITH CHECK ({rule});"


class Migration(migrations.Migration):
    dependencies = (("situations", "0021_guests_are_shown_what_is_on_the_agenda"),)
    operations = (migrations.RunSQL(_added(_ITS_OWN), _added(_WHOEVER_SEES)),)
