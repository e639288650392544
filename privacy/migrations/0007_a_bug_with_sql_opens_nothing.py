"""Closes the moves by which a bug with SQL in its hand would turn a visible row into identity or destroyed evidence.

Row-level security lets whoever sees a row write it (a policy on the stage would make the move of the stage fail), so
what must not be written is named here: a situation keeps its table and agency and never returns through the door; a
disclosure is its agency's own and shows only what that agency wrote; a recall is final; freeze and hold are the privacy
officer's; a tombstone needs an end; the ledger takes a fact only from a role that can have done it; the worker deletes
rows of access and rewrites none. (architecture.md, "Row-level security", "Gate", "Ledger")
"""

from django.db import migrations

from privacy.rowpolicies import ME, follows

_OWN = (
    "((table_id, agency_id) IN (SELECT table_id, agency_id FROM agencies_standing"
    f" WHERE member_id = {ME} AND role IN ('representative', 'alternate', 'agency_lead')))"
)
_BY_STATE = follows("privacy_accessstate", "ref", "access_id")
_BY_DISCLOSURE = follows("privacy_disclosure", "id", "disclosure_id")

_STATE = f"""
CREATE FUNCTION privacy_state_moves_on() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (NEW.ref, NEW.table_id, NEW.originating_agency_id) IS DISTINCT FROM (OLD.ref, OLD.table_id, OLD.originating_agency_id)
    THEN RAISE insufficient_privilege USING MESSAGE = 'a situation keeps its table and its agency'; END IF;
    IF NEW.filter <> OLD.filter AND (
        (OLD.filter IN ('f3b', 'f4', 'concluded') AND NEW.filter IN ('f1', 'f2', 'f3a', 'closed'))
        OR OLD.filter IN ('closed', 'destroyed')
        OR (NEW.filter = 'destroyed' AND current_setting('role') <> 'st_worker'))
    THEN RAISE insufficient_privilege USING MESSAGE = 'not a way a situation goes'; END IF;
    IF (NEW.frozen, NEW.held) IS DISTINCT FROM (OLD.frozen, OLD.held) AND NOT EXISTS (
        SELECT 1 FROM public.agencies_standing p WHERE p.member_id = {ME} AND p.table_id = OLD.table_id
           AND p.role = 'privacy_officer')
    THEN RAISE insufficient_privilege USING MESSAGE = 'the privacy officer freezes and holds'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER moves_on BEFORE UPDATE ON privacy_accessstate FOR EACH ROW EXECUTE FUNCTION privacy_state_moves_on();
"""
_NO_STATE = "DROP TRIGGER moves_on ON privacy_accessstate; DROP FUNCTION privacy_state_moves_on();"

_DISCLOSURES = f"""
DROP POLICY seen ON privacy_disclosure;
CREATE POLICY seen ON privacy_disclosure FOR SELECT TO st_app USING ({_BY_STATE});
CREATE POLICY own ON privacy_disclosure FOR INSERT TO st_app
    WITH CHECK ({_BY_STATE} AND discloser_id = {ME} AND {_OWN});
CREATE POLICY recalled ON privacy_disclosure FOR UPDATE TO st_app USING ({_BY_STATE}) WITH CHECK (recalled_at IS NOT NULL);
REVOKE UPDATE, DELETE ON privacy_disclosure FROM st_app;
GRANT UPDATE (recalled_at) ON privacy_disclosure TO st_app;
DROP POLICY seen ON privacy_disclosurerecipient;
CREATE POLICY seen ON privacy_disclosurerecipient FOR SELECT TO st_app USING ({_BY_DISCLOSURE});
CREATE POLICY own ON privacy_disclosurerecipient FOR INSERT TO st_app WITH CHECK (
    EXISTS (SELECT 1 FROM privacy_disclosure d WHERE d.id = disclosure_id AND d.discloser_id = {ME}));
CREATE POLICY answered ON privacy_disclosurerecipient FOR UPDATE TO st_app USING ({_OWN}) WITH CHECK ({_OWN});
REVOKE UPDATE, DELETE ON privacy_disclosurerecipient FROM st_app;
GRANT UPDATE (answer, answered_at) ON privacy_disclosurerecipient TO st_app;
REVOKE UPDATE ON privacy_compartment, privacy_engagement, privacy_disclosure, privacy_disclosurerecipient,
    privacy_compartmentgrant, privacy_authorityonrecord FROM st_worker;
"""
_NO_DISCLOSURES = f"""
GRANT UPDATE, DELETE ON privacy_disclosure, privacy_disclosurerecipient TO st_app;
DROP POLICY seen ON privacy_disclosure; DROP POLICY own ON privacy_disclosure; DROP POLICY recalled ON privacy_disclosure;
CREATE POLICY seen ON privacy_disclosure FOR ALL TO st_app USING ({_BY_STATE}) WITH CHECK ({_BY_STATE});
DROP POLICY seen ON privacy_disclosurerecipient; DROP POLICY own ON privacy_disclosurerecipient;
DROP POLICY answered ON privacy_disclosurerecipient;
CREATE POLICY seen ON privacy_disclosurerecipient FOR ALL TO st_app USING ({_BY_DISCLOSURE}) WITH CHECK ({_BY_DISCLOSURE});
GRANT UPDATE ON privacy_compartment, privacy_engagement, privacy_disclosure, privacy_disclosurerecipient,
    privacy_compartmentgrant, privacy_authorityonrecord TO st_worker;
"""

_TOMBSTONE = """
DROP POLICY written ON privacy_tombstone;
CREATE POLICY written ON privacy_tombstone FOR INSERT TO st_app WITH CHECK (
    EXISTS (SELECT 1 FROM privacy_accessstate s WHERE s.ref = privacy_tombstone.ref
            AND s.table_id = privacy_tombstone.table_id AND NOT s.held AND s.filter IN ('f1', 'closed')));
"""
_OLD_TOMBSTONE = f"""
DROP POLICY written ON privacy_tombstone;
CREATE POLICY written ON privacy_tombstone FOR INSERT TO st_app WITH CHECK ({ME} IS NOT NULL);
"""

# The reverse leaves the stricter functions: nothing depends on the wider ones.
_FUNCTIONS = r"""
SET LOCAL ROLE st_vault;
CREATE OR REPLACE FUNCTION vault.elements_for(p_compartment uuid, p_agency bigint) RETURNS text[]
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(array_agg(v.item ORDER BY v.item), ARRAY[]::text[])
      FROM vault.sealed v JOIN public.privacy_compartment c ON c.id = p_compartment
     WHERE v.ref = c.access_id AND v.level = 'c:' || c.id::text
       AND (v.agency_id = p_agency OR EXISTS (
            SELECT 1 FROM public.privacy_disclosure d JOIN public.privacy_disclosurerecipient r ON r.disclosure_id = d.id
             WHERE d.compartment_id = c.id AND d.agency_id = v.agency_id AND d.recalled_at IS NULL
               AND v.item = ANY (d.elements) AND r.agency_id = p_agency AND r.answer <> 'not_ours')) $$;

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
        WHEN p_kind = 'erased' THEN acting || ARRAY['facilitator', 'privacy_officer']
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

-- Nobody is told whether an item exists that they may not know: the note is refused before anything is looked up.
CREATE OR REPLACE FUNCTION ledger.note_open(p_ref uuid) RETURNS boolean
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE me bigint := vault.me();
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.privacy_accessstate s WHERE s.ref = p_ref AND s.presented)
    THEN RAISE insufficient_privilege USING MESSAGE = 'not yours'; END IF;
    IF EXISTS (SELECT 1 FROM ledger.entry e WHERE e.ref = p_ref AND (
        (e.kind = 'opened' AND e.actor_id = me) OR (e.kind = 'presented' AND me = ANY (e.recipients))))
    THEN RETURN false; END IF;
    PERFORM ledger.record('opened', p_ref, NULL, '', '{}', '{}', '{summary}', '', '', 'screen', '', '');
    RETURN true;
END $$;
RESET ROLE;
"""


class Migration(migrations.Migration):
    dependencies = (("privacy", "0006_worker_ends_authorities"),)
    operations = (
        migrations.RunSQL(_STATE, _NO_STATE),
        migrations.RunSQL(_DISCLOSURES, _NO_DISCLOSURES),
        migrations.RunSQL(_TOMBSTONE, _OLD_TOMBSTONE),
        migrations.RunSQL(_FUNCTIONS, migrations.RunSQL.noop),
    )
