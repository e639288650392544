"""Lets somebody rewrite safe-contact instructions whose author's agency can no longer act (R52).

Nobody overwrites another agency's words - as long as that agency has a named person with a seat. Where it has none
(access ended, seat ended, stepped away) the instructions would stay as they are for ever, and wrong ones are a danger:
the confirmed lead rewrites them, or the agency that brought the situation. The words then are the new writer's.
"""

from django.db import migrations

_SEAL = """
CREATE OR REPLACE FUNCTION vault.seal(p_ref uuid, p_level text, p_item text, p_version integer, p_nonce bytea,
    p_ciphertext bytea)
    RETURNS boolean LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    s public.privacy_accessstate; me bigint := vault.me(); agency bigint;
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
        IF EXISTS (SELECT 1 FROM public.privacy_compartment c WHERE 'c:' || c.id::text = p_level AND c.access_id = p_ref)
        THEN agency := vault.may_open(substr(p_level, 3)::uuid, me); END IF;
        -- Identifiers are entered by the originating agency alone.
        IF p_item IN ('name', 'birth', 'location') AND agency IS DISTINCT FROM s.originating_agency_id THEN
            agency := NULL;
        END IF;
    END IF;
    IF agency IS NULL THEN RAISE insufficient_privilege USING MESSAGE = 'not yours'; END IF;
    IF p_version = 1 THEN
        INSERT INTO vault.sealed (ref, level, item, version, nonce, ciphertext, member_id, agency_id)
        VALUES (p_ref, p_level, p_item, 1, p_nonce, p_ciphertext, me, agency) ON CONFLICT DO NOTHING;
    ELSE
        UPDATE vault.sealed v SET version = p_version, nonce = p_nonce, ciphertext = p_ciphertext, member_id = me,
               {agency}at = clock_timestamp()
         WHERE v.ref = p_ref AND v.level = p_level AND v.item = p_item AND v.version = p_version - 1
           AND {owner};
    END IF;
    RETURN FOUND;
END $$;
"""
_OWN = "v.agency_id = agency"
_OWN_OR_LEFT = """(v.agency_id = agency OR (p_item = 'safe_contact' AND NOT vault.acts(p_ref, v.agency_id)
                AND (agency = s.originating_agency_id OR EXISTS (SELECT 1 FROM public.privacy_engagement e
                     WHERE e.access_id = p_ref AND e.agency_id = agency AND e.status = 'engaged'
                       AND e.lead_confirmed_at IS NOT NULL))))"""

_FUNCTIONS = """
-- Whether an agency has a named person who can act in a situation: engaged, seated, not stepped away.
CREATE FUNCTION vault.acts(p_ref uuid, p_agency bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM public.privacy_engagement e
         WHERE e.access_id = p_ref AND e.agency_id = p_agency AND e.status = 'engaged'
           AND NOT vault.recused(p_ref, e.person_id)
           AND vault.sits_for(e.person_id, e.table_id, p_agency, ARRAY['representative', 'alternate', 'agency_lead'])
               IS NOT NULL) $$;

-- Which agency wrote a text of a compartment the member may open, in which version, and whether it can still act.
CREATE FUNCTION vault.written(p_compartment uuid, p_item text)
    RETURNS TABLE (agency_id bigint, version integer, acts boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT v.agency_id, v.version, vault.acts(v.ref, v.agency_id)
      FROM vault.sealed v JOIN public.privacy_compartment c ON c.id = p_compartment
     WHERE v.ref = c.access_id AND v.level = 'c:' || c.id::text AND v.item = p_item
       AND vault.may_open(c.id, vault.me()) IS NOT NULL $$;
REVOKE ALL ON FUNCTION vault.acts, vault.written FROM PUBLIC;
GRANT EXECUTE ON FUNCTION vault.written TO st_app;
"""


def _as_vault(sql: str) -> str:
    return f"SET LOCAL ROLE st_vault;\n{sql}\nRESET ROLE;"


class Migration(migrations.Migration):
    dependencies = (("privacy", "0009_what_followed_ends_with_knowing"),)
    operations = (
        migrations.RunSQL(
            _as_vault(_FUNCTIONS + _SEAL.format(agency="agency_id = agency, ", owner=_OWN_OR_LEFT)),
            _as_vault(_SEAL.format(agency="", owner=_OWN) + "DROP FUNCTION vault.written, vault.acts;"),
        ),
    )
