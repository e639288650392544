"""Gives the ledger a schema of its own in which rows are only ever added.

Facts are plain inserts through `ledger.record` and `ledger.note_open`; a batch sealer numbers and chains every
committed row that has no seal yet, one chain a table. Revoked rights come first; the ENABLE ALWAYS triggers stand
behind them. No foreign keys: the ledger outlives what it speaks of. No names, no narrative (R34, R36, R37).
"""

from django.db import migrations

UP = r"""
SET LOCAL ROLE st_vault;
CREATE SCHEMA ledger;
REVOKE ALL ON SCHEMA ledger FROM PUBLIC;
GRANT USAGE ON SCHEMA ledger TO st_app, st_worker, st_auditor;

CREATE DOMAIN ledger.code AS text CHECK (VALUE ~ '^[a-z0-9_.:-]{0,60}$');
CREATE TABLE ledger.entry (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    receipt uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    table_id bigint NOT NULL,
    ref uuid NOT NULL,
    kind ledger.code NOT NULL,
    filter ledger.code NOT NULL,
    actor_id bigint NOT NULL,
    agency_id bigint NOT NULL,
    compartment ledger.code NOT NULL DEFAULT '',
    recipients bigint[] NOT NULL DEFAULT '{}',
    recipient_agencies bigint[] NOT NULL DEFAULT '{}',
    elements text[] NOT NULL DEFAULT '{}' CHECK (array_to_string(elements, '') ~ '^[a-z0-9_.:-]*$'),
    purpose ledger.code NOT NULL DEFAULT '',
    authority ledger.code NOT NULL DEFAULT '',
    medium ledger.code NOT NULL DEFAULT '',
    consent ledger.code NOT NULL DEFAULT '',
    meeting ledger.code NOT NULL DEFAULT ''
);
CREATE INDEX entry_by_ref ON ledger.entry (ref, id);
CREATE INDEX entry_by_table ON ledger.entry (table_id, id);
CREATE TABLE ledger.seal (
    entry_id bigint PRIMARY KEY,
    table_id bigint NOT NULL,
    number bigint NOT NULL,
    hash bytea NOT NULL,
    sealed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (table_id, number)
);

CREATE FUNCTION ledger.refuse() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
    $$ BEGIN RAISE insufficient_privilege USING MESSAGE = 'the ledger is append-only'; END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ledger.entry FOR EACH ROW EXECUTE FUNCTION ledger.refuse();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON ledger.entry FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ledger.seal FOR EACH ROW EXECUTE FUNCTION ledger.refuse();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON ledger.seal FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse();
ALTER TABLE ledger.entry ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE ledger.entry ENABLE ALWAYS TRIGGER never_emptied;
ALTER TABLE ledger.seal ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE ledger.seal ENABLE ALWAYS TRIGGER never_emptied;

-- The exact text that is hashed. Codes cannot hold the separator and nothing is NULL, so it is unambiguous.
CREATE FUNCTION ledger.canonical(e ledger.entry) RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT concat_ws('|', e.id, e.receipt, (extract(epoch FROM e.at) * 1000000)::bigint, e.xid, e.table_id, e.ref,
        e.kind, e.filter, e.actor_id, e.agency_id, e.compartment, array_to_string(e.recipients, ','),
        array_to_string(e.recipient_agencies, ','), array_to_string(e.elements, ','), e.purpose, e.authority,
        e.medium, e.consent, e.meeting) $$;

-- Appends one fact on behalf of the member of this transaction, who must sit at the situation's table. Table, stage and
-- actor are taken from the database, never from the caller. Reveals are recorded by vault.authorise alone.
CREATE FUNCTION ledger.record(p_kind text, p_ref uuid, p_agency bigint, p_compartment text, p_recipients bigint[],
    p_recipient_agencies bigint[], p_elements text[], p_purpose text, p_authority text, p_medium text, p_consent text,
    p_meeting text) RETURNS uuid
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    s public.privacy_accessstate; me bigint := vault.me(); agency bigint; receipt uuid;
BEGIN
    SELECT * INTO s FROM public.privacy_accessstate WHERE ref = p_ref;
    IF NOT FOUND OR p_kind = 'revealed' THEN RAISE insufficient_privilege USING MESSAGE = 'not yours'; END IF;
    IF me IS NULL AND current_setting('role') = 'st_worker' THEN
        me := 0; agency := 0;
    ELSE
        agency := vault.sits_for(me, s.table_id, p_agency, ARRAY['representative', 'alternate', 'agency_lead',
            'privacy_lead', 'facilitator', 'recorder', 'privacy_officer', 'guest']);
        IF agency IS NULL THEN RAISE insufficient_privilege USING MESSAGE = 'not yours'; END IF;
    END IF;
    INSERT INTO ledger.entry AS e (table_id, ref, kind, filter, actor_id, agency_id, compartment, recipients,
        recipient_agencies, elements, purpose, authority, medium, consent, meeting)
    VALUES (s.table_id, p_ref, p_kind, s.filter, me, agency, p_compartment, p_recipients, p_recipient_agencies,
        p_elements, p_purpose, p_authority, p_medium, p_consent, p_meeting)
    RETURNING e.receipt INTO receipt;
    RETURN receipt;
END $$;

-- One row the first time a person opens an item other than by being present when it was presented; none per refresh.
CREATE FUNCTION ledger.note_open(p_ref uuid) RETURNS boolean
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE me bigint := vault.me();
BEGIN
    IF EXISTS (SELECT 1 FROM ledger.entry e WHERE e.ref = p_ref AND (
        (e.kind = 'opened' AND e.actor_id = me) OR (e.kind = 'presented' AND me = ANY (e.recipients))))
    THEN RETURN false; END IF;
    PERFORM ledger.record('opened', p_ref, NULL, '', '{}', '{}', '{summary}', '', '', 'screen', '', '');
    RETURN true;
END $$;

-- Who has seen this: by role. Named persons and (before the door) the originating agency see the situation's rows, the
-- privacy officer every row of the table, an agency's privacy lead the rows that concern the own agency.
CREATE FUNCTION ledger.read(p_ref uuid) RETURNS SETOF ledger.entry
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT e.* FROM ledger.entry e JOIN public.privacy_accessstate s ON s.ref = e.ref
     WHERE e.ref = p_ref AND NOT vault.recused(p_ref, vault.me()) AND (
        vault.sits_for(vault.me(), s.table_id, NULL, ARRAY['privacy_officer']) IS NOT NULL AND s.presented
        OR (s.filter IN ('f2', 'f3a') AND vault.sits_for(vault.me(), s.table_id, s.originating_agency_id,
            ARRAY['representative', 'alternate', 'agency_lead']) IS NOT NULL)
        OR EXISTS (SELECT 1 FROM public.privacy_engagement g WHERE g.access_id = s.ref AND g.person_id = vault.me()
            AND g.status = 'engaged' AND s.filter IN ('f3b', 'f4', 'concluded') AND vault.sits_for(vault.me(),
            s.table_id, g.agency_id, ARRAY['representative', 'alternate', 'agency_lead']) IS NOT NULL)
        OR EXISTS (SELECT 1 FROM public.agencies_standing p WHERE p.member_id = vault.me() AND p.table_id = s.table_id
            AND p.role = 'privacy_lead' AND s.presented
            AND (p.agency_id = e.agency_id OR p.agency_id = ANY (e.recipient_agencies))))
     ORDER BY e.id $$;

-- Every row of the tables where the member is privacy officer, newest first, before an id (keyset).
CREATE FUNCTION ledger.read_table(p_table bigint, p_before bigint, p_limit integer) RETURNS SETOF ledger.entry
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT e.* FROM ledger.entry e
     WHERE e.table_id = p_table AND e.id < p_before
       AND vault.sits_for(vault.me(), p_table, NULL, ARRAY['privacy_officer']) IS NOT NULL
     ORDER BY e.id DESC LIMIT least(p_limit, 500) $$;

-- Numbers and chains committed rows that have no seal yet; one sealer at a time. Returns how many it sealed.
CREATE FUNCTION ledger.seal_batch(p_max integer) RETURNS integer
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    e ledger.entry; n bigint; h bytea; done integer := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(7261001);
    FOR e IN SELECT x.* FROM ledger.entry x WHERE NOT EXISTS (SELECT 1 FROM ledger.seal s WHERE s.entry_id = x.id)
             ORDER BY x.id LIMIT p_max
    LOOP
        n := NULL; h := NULL;
        SELECT s.number, s.hash INTO n, h FROM ledger.seal s WHERE s.table_id = e.table_id
         ORDER BY s.number DESC LIMIT 1;
        n := coalesce(n, 0) + 1;
        INSERT INTO ledger.seal (entry_id, table_id, number, hash)
        VALUES (e.id, e.table_id, n,
                sha256(coalesce(h, ''::bytea) || convert_to(n::text || '|' || ledger.canonical(e), 'UTF8')));
        done := done + 1;
    END LOOP;
    RETURN done;
END $$;

-- Whether identity was revealed since a moment: retention runs from the last use (R43).
CREATE FUNCTION ledger.used_since(p_ref uuid, p_since timestamptz) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM ledger.entry e WHERE e.ref = p_ref AND e.kind = 'revealed' AND e.at >= p_since) $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.record, ledger.note_open, ledger.read, ledger.read_table TO st_app;
GRANT EXECUTE ON FUNCTION ledger.record, ledger.seal_batch, ledger.used_since TO st_worker;
GRANT SELECT ON ledger.entry, ledger.seal TO st_auditor;
GRANT EXECUTE ON FUNCTION ledger.canonical TO st_auditor;
RESET ROLE;
"""


class Migration(migrations.Migration):
    dependencies = (("privacy", "0003_sealed_text_has_a_vault"),)
    operations = (migrations.RunSQL(UP, "DROP SCHEMA ledger CASCADE;"),)
