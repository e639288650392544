"""The gate: commit, then reveal, in two requests, enforced by PostgreSQL.

`authorise` appends the ledger row; `reveal` hands out sealed rows only for a receipt that another, committed
transaction wrote, by the same member, younger than 30 seconds, used once, while the right still holds. Reading and
auditing in one transaction leaks: a rollback after reading leaves no row (architecture.md, "Gate").
"""

from django.db import migrations

UP = r"""
SET LOCAL ROLE st_vault;
CREATE TABLE vault.used_receipt (receipt uuid PRIMARY KEY, at timestamptz NOT NULL DEFAULT clock_timestamp());

CREATE FUNCTION vault.authorise(p_compartment uuid, p_purpose text) RETURNS uuid
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    me bigint := vault.me(); agency bigint; elements text[]; receipt uuid;
BEGIN
    agency := vault.may_open(p_compartment, me);
    IF agency IS NULL THEN RAISE insufficient_privilege USING MESSAGE = 'not yours'; END IF;
    elements := vault.elements_for(p_compartment, agency);
    IF cardinality(elements) = 0 OR p_purpose = '' THEN
        RAISE insufficient_privilege USING MESSAGE = 'nothing disclosed';
    END IF;
    INSERT INTO ledger.entry AS e (table_id, ref, kind, filter, actor_id, agency_id, compartment, recipients,
        recipient_agencies, elements, purpose, medium)
    SELECT s.table_id, s.ref, 'revealed', s.filter, me, agency, p_compartment::text, ARRAY[me], ARRAY[agency], elements,
        p_purpose, 'screen'
      FROM public.privacy_compartment c JOIN public.privacy_accessstate s ON s.ref = c.access_id
     WHERE c.id = p_compartment
    RETURNING e.receipt INTO receipt;
    RETURN receipt;
END $$;

CREATE FUNCTION vault.reveal(p_receipt uuid)
    RETURNS TABLE (ref uuid, compartment uuid, item text, version integer, nonce bytea, ciphertext bytea)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    e ledger.entry; agency bigint;
BEGIN
    SELECT * INTO e FROM ledger.entry x WHERE x.receipt = p_receipt AND x.kind = 'revealed' AND x.actor_id = vault.me();
    IF NOT FOUND
       OR e.xid = pg_current_xact_id()
       OR pg_xact_status(e.xid) IS DISTINCT FROM 'committed'
       OR clock_timestamp() - e.at > interval '30 seconds'
    THEN RAISE insufficient_privilege USING MESSAGE = 'no valid receipt'; END IF;
    agency := vault.may_open(e.compartment::uuid, e.actor_id);
    IF agency IS NULL OR agency <> e.agency_id THEN
        RAISE insufficient_privilege USING MESSAGE = 'the right has ended';
    END IF;
    INSERT INTO vault.used_receipt (receipt) VALUES (p_receipt) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN RAISE insufficient_privilege USING MESSAGE = 'receipt already used'; END IF;
    RETURN QUERY SELECT v.ref, e.compartment::uuid, v.item, v.version, v.nonce, v.ciphertext
      FROM vault.sealed v
     WHERE v.ref = e.ref AND v.level = 'c:' || e.compartment AND v.item = ANY (e.elements)
       AND v.item = ANY (vault.elements_for(e.compartment::uuid, agency));
END $$;

-- Which texts of a compartment the member could reveal now: names and versions of items, nothing sealed.
CREATE FUNCTION vault.revealable(p_compartment uuid) RETURNS TABLE (item text, version integer)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT v.item, v.version FROM vault.sealed v JOIN public.privacy_compartment c ON c.id = p_compartment
     WHERE v.ref = c.access_id AND v.level = 'c:' || c.id::text
       AND v.item = ANY (vault.elements_for(c.id, vault.may_open(c.id, vault.me()))) $$;

REVOKE ALL ON FUNCTION vault.authorise, vault.reveal, vault.revealable FROM PUBLIC;
GRANT EXECUTE ON FUNCTION vault.authorise, vault.reveal, vault.revealable TO st_app;
RESET ROLE;
"""
DOWN = """
DROP FUNCTION vault.authorise, vault.reveal, vault.revealable; DROP TABLE vault.used_receipt;
"""


class Migration(migrations.Migration):
    dependencies = (("privacy", "0004_ledger_is_append_only"),)
    operations = (migrations.RunSQL(UP, DOWN),)
