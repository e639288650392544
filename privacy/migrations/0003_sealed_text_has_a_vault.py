"""Gives sealed text a schema of its own that no role the application runs as can read: functions only.

Everything is owned by the NOLOGIN role st_vault. `seal` and `read_screened` decide by the member of the transaction;
`may_open` and `elements_for` are the one rule that authorise and reveal (0005) share.
"""

from django.db import migrations

UP = r"""
SET LOCAL ROLE st_vault;
CREATE SCHEMA vault;
REVOKE ALL ON SCHEMA vault FROM PUBLIC;
GRANT USAGE ON SCHEMA vault TO st_app, st_worker;

CREATE TABLE vault.sealed (
    ref uuid NOT NULL, level text NOT NULL, item text NOT NULL, version integer NOT NULL CHECK (version > 0),
    nonce bytea NOT NULL, ciphertext bytea NOT NULL,
    member_id bigint NOT NULL, agency_id bigint NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (ref, level, item)
);

CREATE FUNCTION vault.me() RETURNS bigint LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
    AS $$ SELECT NULLIF(current_setting('st.member', true), '')::bigint $$;

-- The agency for which the member sits at a table in one of these roles (NULL: none).
CREATE FUNCTION vault.sits_for(p_member bigint, p_table bigint, p_agency bigint, p_roles text[]) RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT s.agency_id FROM public.agencies_standing s
     WHERE s.member_id = p_member AND s.table_id = p_table AND s.role = ANY (p_roles)
       AND (p_agency IS NULL OR s.agency_id = p_agency) ORDER BY s.seat_id LIMIT 1 $$;

CREATE FUNCTION vault.recused(p_ref uuid, p_member bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM public.privacy_recusal r WHERE r.access_id = p_ref AND r.member_id = p_member) $$;

-- The agency for which a member may open a compartment now (NULL: may not). Grant, engagement, seat, stage, freeze,
-- recusal and the end date of youth-justice notes all have to hold.
CREATE FUNCTION vault.may_open(p_compartment uuid, p_member bigint) RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT e.agency_id
      FROM public.privacy_compartment c
      JOIN public.privacy_accessstate s ON s.ref = c.access_id
      JOIN public.privacy_engagement e ON e.access_id = s.ref AND e.person_id = p_member AND e.status = 'engaged'
      JOIN public.privacy_compartmentgrant g ON g.content_object_id = c.id AND g.user_id = p_member
      JOIN public.auth_permission p ON p.id = g.permission_id AND p.codename = 'open_compartment'
     WHERE c.id = p_compartment AND s.filter IN ('f3b', 'f4', 'concluded') AND NOT s.frozen
       AND (c.readable_until IS NULL OR c.readable_until >= CURRENT_DATE)
       AND NOT vault.recused(s.ref, p_member)
       AND vault.sits_for(p_member, s.table_id, e.agency_id, ARRAY['representative', 'alternate', 'agency_lead'])
           IS NOT NULL
     LIMIT 1 $$;

-- What of a compartment an agency may read: what it wrote itself, and what was disclosed to it and not recalled.
-- Grounds are read by the agency that wrote them only. Nothing is inherited by an agency added later (R21).
CREATE FUNCTION vault.elements_for(p_compartment uuid, p_agency bigint) RETURNS text[]
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(array_agg(v.item ORDER BY v.item), ARRAY[]::text[])
      FROM vault.sealed v JOIN public.privacy_compartment c ON c.id = p_compartment
     WHERE v.ref = c.access_id AND v.level = 'c:' || c.id::text
       AND (v.agency_id = p_agency OR EXISTS (
            SELECT 1 FROM public.privacy_disclosure d JOIN public.privacy_disclosurerecipient r ON r.disclosure_id = d.id
             WHERE d.compartment_id = c.id AND d.recalled_at IS NULL AND v.item = ANY (d.elements)
               AND r.agency_id = p_agency AND r.answer <> 'not_ours')) $$;

CREATE FUNCTION vault.seal(p_ref uuid, p_level text, p_item text, p_version integer, p_nonce bytea, p_ciphertext bytea)
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
               at = clock_timestamp()
         WHERE v.ref = p_ref AND v.level = p_level AND v.item = p_item AND v.version = p_version - 1
           AND v.agency_id = agency;
    END IF;
    RETURN FOUND;
END $$;

CREATE FUNCTION vault.read_screened(p_ref uuid, p_level text)
    RETURNS TABLE (item text, version integer, nonce bytea, ciphertext bytea)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT v.item, v.version, v.nonce, v.ciphertext
      FROM vault.sealed v JOIN public.privacy_accessstate s ON s.ref = v.ref
     WHERE v.ref = p_ref AND v.level = p_level AND NOT vault.recused(p_ref, vault.me())
       AND CASE p_level
           -- The agency's own screening, until the door.
           WHEN 'f1' THEN s.filter IN ('f1', 'f2', 'f3a')
                AND vault.sits_for(vault.me(), s.table_id, s.originating_agency_id,
                                   ARRAY['representative', 'alternate', 'agency_lead']) IS NOT NULL
           -- The screened summary: everybody seated before the door, guests while their meeting sits, then the named.
           WHEN 'f2' THEN
                (s.filter IN ('f2', 'f3a') AND vault.sits_for(vault.me(), s.table_id, NULL,
                    ARRAY['representative', 'alternate', 'agency_lead', 'facilitator', 'recorder']) IS NOT NULL)
                OR (s.filter = 'f2' AND EXISTS (SELECT 1 FROM public.agencies_standing g
                    WHERE g.member_id = vault.me() AND g.role = 'guest' AND g.meeting = s.meeting
                      AND g.table_id = s.table_id))
                OR (s.filter IN ('f3b', 'f4', 'concluded') AND EXISTS (SELECT 1 FROM public.privacy_engagement e
                    WHERE e.access_id = s.ref AND e.person_id = vault.me() AND e.status = 'engaged'
                      AND vault.sits_for(vault.me(), s.table_id, e.agency_id,
                                         ARRAY['representative', 'alternate', 'agency_lead']) IS NOT NULL))
           ELSE false END $$;

-- Destroys the sealed rows of a situation that has ended or of one's own draft; refused under a hold (R44).
CREATE FUNCTION vault.destroy(p_ref uuid) RETURNS integer
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
                              'facilitator', 'privacy_officer']) IS NOT NULL)))
    THEN RAISE insufficient_privilege USING MESSAGE = 'not yours'; END IF;
    DELETE FROM vault.sealed WHERE ref = p_ref;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA vault FROM PUBLIC;
GRANT EXECUTE ON FUNCTION vault.seal, vault.read_screened, vault.destroy TO st_app;
GRANT EXECUTE ON FUNCTION vault.destroy TO st_worker;
RESET ROLE;
"""


class Migration(migrations.Migration):
    dependencies = (("privacy", "0002_access_rows_follow_seats"),)
    operations = (migrations.RunSQL(UP, "DROP SCHEMA vault CASCADE;"),)
