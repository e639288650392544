"""Gives youth-justice notes walls of their own: who writes them, who reads them, and until when (R47, R48).

Their compartment ends on a day that only ever moves nearer, and goes with retention alone. Only an agency bound by the
Youth Criminal Justice Act writes in it, and such a note is sealed nowhere else. Who reads it knows who the person is and
is on its list; of what passed, the ledger tells a named person who is not on the list nothing: that there are such
notes says that there is a record (YCJA s. 118).
"""

from django.db import migrations

_ENDS = """
CREATE FUNCTION privacy_youth_notes_end() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.kind = 'youth' AND current_user = 'st_app'
        THEN RAISE insufficient_privilege USING MESSAGE = 'youth-justice notes end with retention'; END IF;
        RETURN OLD;
    END IF;
    IF (NEW.id, NEW.access_id, NEW.kind, NEW.subject) IS DISTINCT FROM (OLD.id, OLD.access_id, OLD.kind, OLD.subject)
       OR (OLD.readable_until IS NOT NULL AND (NEW.readable_until IS NULL OR NEW.readable_until > OLD.readable_until))
    THEN RAISE insufficient_privilege USING MESSAGE = 'a compartment stays what it is, and ends no later'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ends_no_later BEFORE UPDATE OR DELETE ON privacy_compartment
    FOR EACH ROW EXECUTE FUNCTION privacy_youth_notes_end();
"""
_NO_ENDS = """
DROP TRIGGER ends_no_later ON privacy_compartment;
DROP FUNCTION privacy_youth_notes_end();
"""

_ELEMENTS = """
CREATE OR REPLACE FUNCTION vault.elements_for(p_compartment uuid, p_agency bigint) RETURNS text[]
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(array_agg(v.item ORDER BY v.item), ARRAY[]::text[])
      FROM vault.sealed v JOIN public.privacy_compartment c ON c.id = p_compartment
     WHERE v.ref = c.access_id AND v.level = 'c:' || c.id::text
       AND (v.agency_id = p_agency OR (CASE c.kind
            WHEN 'subject' THEN vault.knows(c.access_id, p_agency, c.subject){youth}
            WHEN 'plan' THEN vault.knows(c.access_id, p_agency, coalesce(nullif(split_part(v.item, ':', 3), '')::int, 0))
            ELSE true END AND EXISTS (
            SELECT 1 FROM public.privacy_disclosure d JOIN public.privacy_disclosurerecipient r ON r.disclosure_id = d.id
             WHERE d.compartment_id = c.id AND d.agency_id = v.agency_id AND d.recalled_at IS NULL
               AND v.item = ANY (d.elements) AND r.agency_id = p_agency AND r.answer <> 'not_ours'))) $$;
"""
_YOUTH_KNOWS = "\n            WHEN 'youth' THEN vault.knows(c.access_id, p_agency, c.subject)"

_SEAL = """
CREATE OR REPLACE FUNCTION vault.seal(p_ref uuid, p_level text, p_item text, p_version integer, p_nonce bytea,
    p_ciphertext bytea)
    RETURNS boolean LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    s public.privacy_accessstate; me bigint := vault.me(); agency bigint; room text;
BEGIN
    SELECT * INTO s FROM public.privacy_accessstate WHERE ref = p_ref;
    IF NOT FOUND OR me IS NULL THEN RAISE insufficient_privilege USING MESSAGE = 'not yours'; END IF;
    IF p_level IN ('f1', 'f2') THEN
        -- Screening and summary are written by the originating agency while it is its draft.
        IF s.filter = 'f1' THEN
            agency := vault.sits_for(me, s.table_id, s.originating_agency_id,
                                     ARRAY['representative', 'alternate', 'agency_lead']);
        END IF;
    ELSIF p_level LIKE 'c:%' AND s.filter IN ('f3b', 'f4') THEN
        SELECT c.kind INTO room FROM public.privacy_compartment c
         WHERE 'c:' || c.id::text = p_level AND c.access_id = p_ref;
        IF FOUND THEN agency := vault.may_open(substr(p_level, 3)::uuid, me); END IF;
        -- Identifiers are entered by the originating agency alone.
        IF p_item IN ('name', 'birth', 'location') AND agency IS DISTINCT FROM s.originating_agency_id THEN
            agency := NULL;
        END IF;{youth}
    END IF;
    IF agency IS NULL THEN RAISE insufficient_privilege USING MESSAGE = 'not yours'; END IF;
    IF p_version = 1 THEN
        INSERT INTO vault.sealed (ref, level, item, version, nonce, ciphertext, member_id, agency_id)
        VALUES (p_ref, p_level, p_item, 1, p_nonce, p_ciphertext, me, agency) ON CONFLICT DO NOTHING;
    ELSE
        UPDATE vault.sealed v SET version = p_version, nonce = p_nonce, ciphertext = p_ciphertext, member_id = me,
               agency_id = agency, at = clock_timestamp()
         WHERE v.ref = p_ref AND v.level = p_level AND v.item = p_item AND v.version = p_version - 1
           AND (v.agency_id = agency OR (p_item = 'safe_contact' AND NOT vault.acts(p_ref, v.agency_id)
                AND (agency = s.originating_agency_id OR EXISTS (SELECT 1 FROM public.privacy_engagement e
                     WHERE e.access_id = p_ref AND e.agency_id = agency AND e.status = 'engaged'
                       AND e.lead_confirmed_at IS NOT NULL))));
    END IF;
    RETURN FOUND;
END $$;
"""
_YOUTH_SEALS = """
        -- Youth-justice notes: in their own compartment and nowhere else, by an agency that the Act binds.
        IF (room = 'youth') <> (p_item LIKE 'youth:%' OR (room = 'youth' AND p_item LIKE 'grounds:%'))
           OR (room = 'youth' AND NOT EXISTS (SELECT 1 FROM public.agencies_agency a
                                               WHERE a.id = agency AND 'ycja' = ANY (a.statutes))) THEN
            agency := NULL;
        END IF;"""

_READ = """
CREATE OR REPLACE FUNCTION ledger.read(p_ref uuid) RETURNS SETOF ledger.entry
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT e.* FROM ledger.entry e JOIN public.privacy_accessstate s ON s.ref = e.ref
     WHERE e.ref = p_ref AND NOT vault.recused(p_ref, vault.me()) AND (
        vault.sits_for(vault.me(), s.table_id, NULL, ARRAY['privacy_officer']) IS NOT NULL AND s.presented
        OR (s.filter IN ('f2', 'f3a') AND vault.sits_for(vault.me(), s.table_id, s.originating_agency_id,
            ARRAY['representative', 'alternate', 'agency_lead']) IS NOT NULL)
        OR EXISTS (SELECT 1 FROM public.privacy_engagement g WHERE g.access_id = s.ref AND g.person_id = vault.me()
            AND g.status = 'engaged' AND s.filter IN ('f3b', 'f4', 'concluded') AND vault.sits_for(vault.me(),
            s.table_id, g.agency_id, ARRAY['representative', 'alternate', 'agency_lead']) IS NOT NULL{youth})
        OR EXISTS (SELECT 1 FROM public.agencies_standing p WHERE p.member_id = vault.me() AND p.table_id = s.table_id
            AND p.role = 'privacy_lead' AND s.presented
            AND (p.agency_id = e.agency_id OR p.agency_id = ANY (e.recipient_agencies))))
     ORDER BY e.id $$;
"""
_YOUTH_READS = """
            AND NOT EXISTS (SELECT 1 FROM public.privacy_compartment c
                WHERE c.access_id = s.ref AND c.kind = 'youth' AND c.id::text = e.compartment
                  AND NOT (vault.me() = e.actor_id OR vault.me() = ANY (e.recipients)))"""


def _functions(*, youth: bool) -> str:
    made = (
        _ELEMENTS.format(youth=_YOUTH_KNOWS if youth else ""),
        _SEAL.format(youth=_YOUTH_SEALS if youth else ""),
        _READ.format(youth=_YOUTH_READS if youth else ""),
    )
    return "SET LOCAL ROLE st_vault;\n" + "\n".join(made) + "\nRESET ROLE;"


class Migration(migrations.Migration):
    dependencies = (("privacy", "0015_grounds_of_a_transfer_outlive_the_item"),)
    operations = (
        migrations.RunSQL(_ENDS, _NO_ENDS),
        migrations.RunSQL(_functions(youth=True), _functions(youth=False)),
    )
