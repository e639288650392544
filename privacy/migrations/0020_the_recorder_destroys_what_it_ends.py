"""The recorder types the decision that ends an item, so its sealed text is destroyed on the recorder's behalf too.

As for everybody else at the table: only of items that are closed, never under a hold, and the ledger keeps that it
happened. Who may end which item is the lifecycle's to say (docs/adr/0054).
"""

from django.db import migrations

_FUNCTIONS = r"""
SET LOCAL ROLE st_vault;
CREATE OR REPLACE FUNCTION vault.destroy(p_ref uuid) RETURNS integer
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    s public.privacy_accessstate; gone integer;
BEGIN
    SELECT * INTO s FROM public.privacy_accessstate WHERE ref = p_ref;
    IF NOT FOUND OR s.held THEN RAISE insufficient_privilege USING MESSAGE = 'held or not yours'; END IF;
    IF NOT (
        (s.filter = 'f1' AND vault.sits_for(vault.me(), s.table_id, s.originating_agency_id,
                                            ARRAY['representative', 'alternate', 'agency_lead']) IS NOT NULL)
        OR (s.filter IN ('closed', 'destroyed') AND (current_setting('role') = 'st_worker'
            OR vault.sits_for(vault.me(), s.table_id, NULL, ARRAY['representative', 'alternate', 'agency_lead',
                              'facilitator', %(also)s'privacy_officer']) IS NOT NULL)))
    THEN RAISE insufficient_privilege USING MESSAGE = 'not yours'; END IF;
    DELETE FROM vault.sealed WHERE ref = p_ref;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;

CREATE OR REPLACE FUNCTION ledger.record(p_kind text, p_ref uuid, p_agency bigint, p_compartment text, p_recipients bigint[],
    p_recipient_agencies bigint[], p_elements text[], p_purpose text, p_authority text, p_medium text, p_consent text,
    p_meeting text) RETURNS uuid
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    s public.privacy_accessstate; me bigint := vault.me(); agency bigint; receipt uuid;
    acting text[] := ARRAY['representative', 'alternate', 'agency_lead'];
    roles text[] := CASE
        WHEN p_kind = 'opened' THEN acting || ARRAY['privacy_lead', 'facilitator', 'recorder', 'privacy_officer', 'guest']
        WHEN p_kind = 'presented' THEN ARRAY['facilitator', 'recorder']
        WHEN p_kind = 'recused' THEN acting || ARRAY['facilitator', 'recorder']
        WHEN p_kind = 'erased' THEN acting || ARRAY['facilitator', %(also)s'privacy_officer']
        WHEN p_kind IN ('frozen', 'unfrozen', 'held', 'released') THEN ARRAY['privacy_officer']
        WHEN p_kind IN ('disclosed', 'granted', 'ended', 'override', 'recalled') THEN acting END;
BEGIN
    SELECT * INTO s FROM public.privacy_accessstate WHERE ref = p_ref;
    IF NOT FOUND OR roles IS NULL THEN RAISE insufficient_privilege USING MESSAGE = 'not yours'; END IF;
    IF me IS NULL AND current_setting('role') = 'st_worker' AND p_kind = 'erased' THEN
        me := 0; agency := 0;
    ELSE
        agency := vault.sits_for(me, s.table_id, p_agency, roles);
        -- Of another agency's draft nobody else can learn that it exists (R1).
        IF agency IS NULL OR (NOT s.presented AND vault.sits_for(me, s.table_id, s.originating_agency_id, acting) IS NULL)
        THEN RAISE insufficient_privilege USING MESSAGE = 'not yours'; END IF;
    END IF;
    INSERT INTO ledger.entry AS e (table_id, ref, kind, filter, actor_id, agency_id, compartment, recipients,
        recipient_agencies, elements, purpose, authority, medium, consent, meeting)
    VALUES (s.table_id, p_ref, p_kind, s.filter, me, agency, p_compartment, p_recipients, p_recipient_agencies,
        p_elements, p_purpose, p_authority, p_medium, p_consent, p_meeting)
    RETURNING e.receipt INTO receipt;
    RETURN receipt;
END $$;
RESET ROLE;
"""


class Migration(migrations.Migration):
    dependencies = (("privacy", "0019_the_last_day_is_the_tables_own"),)
    operations = (migrations.RunSQL(_FUNCTIONS % {"also": "'recorder', "}, _FUNCTIONS % {"also": ""}),)
