"""A decision names the facilitator whose it is and, where the recorder typed it, the recorder (docs/adr/0054).

What the recorder may type has to be carried out as well: an item that is rejected or stopped is forgotten by whoever
ends it, so the function that forgets lets the recorder do it. The column is taken out of acts that name an agency.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from privacy.rowpolicies import ME

_DECIDING = (
    "'present', 'discard', 'return', 'withdraw', 'accept', 'reject', 'stop', 'defer', 'transfer', 'pass_door',"
    " 'confirm_lead', 'conclude', 'stop_intervention', 'transfer_intervention', 'freeze', 'unfreeze', 'hold', 'release'"
)
_FORGET = f"""
CREATE OR REPLACE FUNCTION situations_forget(p_id uuid) RETURNS void
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE s public.privacy_accessstate;
BEGIN
    SELECT * INTO s FROM public.privacy_accessstate WHERE ref = p_id;
    IF NOT FOUND OR NOT (
        (s.filter IN ('closed', 'destroyed') AND (current_setting('role') = 'st_worker' OR EXISTS (
            SELECT 1 FROM public.agencies_standing t WHERE t.member_id = {ME} AND t.table_id = s.table_id
               AND t.role IN ('representative', 'alternate', 'agency_lead', 'facilitator'%(also)s))))
        OR (s.filter = 'f1' AND EXISTS (
            SELECT 1 FROM public.agencies_standing t WHERE t.member_id = {ME} AND t.table_id = s.table_id
               AND t.agency_id = s.originating_agency_id
               AND t.role IN ('representative', 'alternate', 'agency_lead'))))
    THEN RAISE insufficient_privilege USING MESSAGE = 'not yours'; END IF;
    UPDATE public.situations_history SET by_id = NULL%(chair)s WHERE situation_id = p_id AND act NOT IN ({_DECIDING});
    DELETE FROM public.situations_performed WHERE ref = p_id AND act NOT IN ({_DECIDING});
    DELETE FROM public.situations_outbox WHERE ref = p_id AND kind = 'tell';
END $$;
"""


def _who() -> models.ForeignKey:
    return models.ForeignKey(
        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
        to=settings.AUTH_USER_MODEL,
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0020_the_recorder_destroys_what_it_ends"),
        ("situations", "0017_a_transfer_asks_for_an_agreement_in_force"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("determination", "typed_by", _who()),
        migrations.AddField("history", "chair", _who()),
        migrations.AddField("meeting", "handed_by", _who()),
        migrations.RunSQL(
            _FORGET % {"also": ", 'recorder'", "chair": ", chair_id = NULL"}, _FORGET % {"also": "", "chair": ""}
        ),
    ]
