"""What names agencies beside an item goes with its six groups: from the history, the outbox and the idempotency keys.

The act "name_person" by a member of an agency says that this agency was chosen; "object" says who objected, where only
the count may remain (domain.md, "Exits"; R12). Those rows belong to others than whoever ends the item, so a function of
the table owner does it, for items that have ended only. The names of deciding acts stay: who decided is on record.
"""

from django.db import migrations

from privacy.rowpolicies import ME

_WORKER_TABLES = ("situations_stand", "situations_objection", "situations_situation_likely_agencies")
_DECIDING = (
    "'present', 'discard', 'return', 'withdraw', 'accept', 'reject', 'stop', 'defer', 'transfer', 'pass_door',"
    " 'confirm_lead', 'conclude', 'stop_intervention', 'transfer_intervention', 'freeze', 'unfreeze', 'hold', 'release'"
)

UP = "\n".join(
    f"CREATE POLICY worker ON {t} TO st_worker USING (true) WITH CHECK (true);"
    f" GRANT SELECT, UPDATE, DELETE ON {t} TO st_worker;"
    for t in _WORKER_TABLES
)
DOWN = "\n".join(f"DROP POLICY worker ON {t}; REVOKE ALL ON {t} FROM st_worker;" for t in _WORKER_TABLES)

_FORGET = f"""
CREATE FUNCTION situations_forget(p_id uuid) RETURNS void
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE s public.privacy_accessstate;
BEGIN
    SELECT * INTO s FROM public.privacy_accessstate WHERE ref = p_id;
    IF NOT FOUND OR NOT (
        (s.filter IN ('closed', 'destroyed') AND (current_setting('role') = 'st_worker' OR EXISTS (
            SELECT 1 FROM public.agencies_standing t WHERE t.member_id = {ME} AND t.table_id = s.table_id
               AND t.role IN ('representative', 'alternate', 'agency_lead', 'facilitator'))))
        OR (s.filter = 'f1' AND EXISTS (
            SELECT 1 FROM public.agencies_standing t WHERE t.member_id = {ME} AND t.table_id = s.table_id
               AND t.agency_id = s.originating_agency_id
               AND t.role IN ('representative', 'alternate', 'agency_lead'))))
    THEN RAISE insufficient_privilege USING MESSAGE = 'not yours'; END IF;
    UPDATE public.situations_history SET by_id = NULL WHERE situation_id = p_id AND act NOT IN ({_DECIDING});
    DELETE FROM public.situations_performed WHERE ref = p_id AND act NOT IN ({_DECIDING});
    DELETE FROM public.situations_outbox WHERE ref = p_id AND kind = 'tell';
END $$;
REVOKE ALL ON FUNCTION situations_forget FROM PUBLIC;
GRANT EXECUTE ON FUNCTION situations_forget TO st_app, st_worker;
"""


class Migration(migrations.Migration):
    dependencies = (("situations", "0002_situation_rows_follow_seats"),)
    operations = (
        migrations.RunSQL(UP, DOWN),
        migrations.RunSQL(_FORGET, "DROP FUNCTION situations_forget(uuid);"),
    )
