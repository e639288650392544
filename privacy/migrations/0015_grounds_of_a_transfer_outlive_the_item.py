"""Keeps the grounds of a transfer beside the ledger row they belong to, apart from the item's own sealed text (R32, R64).

A transfer before the door erases everything the item said, and its keys. Why the agency's authority held is evidence of
a disclosure that happened, so its words are sealed under the receipt of that ledger row and a key of their own: the
item's key can go at once, these go when the table's retention period is over. Written in the transaction of the
disclosure by whoever made it; read by its author and the own agency's privacy lead; destroyed by the worker.
"""

from django.db import migrations

_UP = r"""
SET LOCAL ROLE st_vault;
CREATE FUNCTION vault.seal_grounds(p_receipt uuid, p_nonce bytea, p_ciphertext bytea) RETURNS void
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO vault.sealed (ref, level, item, version, nonce, ciphertext, member_id, agency_id)
    SELECT e.receipt, 'grounds', 'grounds', 1, p_nonce, p_ciphertext, e.actor_id, e.agency_id
      FROM ledger.entry e
     WHERE e.receipt = p_receipt AND e.kind = 'disclosed' AND e.elements = ARRAY['coded']
       AND e.actor_id = vault.me() AND e.xid = pg_current_xact_id();
    IF NOT FOUND THEN RAISE insufficient_privilege USING MESSAGE = 'not yours'; END IF;
END $$;

CREATE FUNCTION vault.read_grounds(p_receipt uuid)
    RETURNS TABLE (item text, version integer, nonce bytea, ciphertext bytea)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT v.item, v.version, v.nonce, v.ciphertext
      FROM vault.sealed v JOIN ledger.entry e ON e.receipt = v.ref
     WHERE v.ref = p_receipt AND v.level = 'grounds' AND NOT vault.recused(e.ref, vault.me())
       AND (vault.sits_for(vault.me(), e.table_id, v.agency_id, ARRAY['privacy_lead']) IS NOT NULL
            OR (v.member_id = vault.me() AND vault.sits_for(vault.me(), e.table_id, v.agency_id,
                ARRAY['representative', 'alternate', 'agency_lead']) IS NOT NULL)) $$;

-- Those of one table that are older than its retention period; a hold on the item they speak of keeps them (R44).
CREATE FUNCTION vault.destroy_grounds(p_table bigint, p_before timestamptz) RETURNS SETOF uuid
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DELETE FROM vault.sealed v USING ledger.entry e
     WHERE v.level = 'grounds' AND e.receipt = v.ref AND e.table_id = p_table AND e.at < p_before
       AND NOT EXISTS (SELECT 1 FROM public.privacy_accessstate s WHERE s.ref = e.ref AND s.held)
    RETURNING v.ref $$;

REVOKE ALL ON FUNCTION vault.seal_grounds, vault.read_grounds, vault.destroy_grounds FROM PUBLIC;
GRANT EXECUTE ON FUNCTION vault.seal_grounds, vault.read_grounds TO st_app;
GRANT EXECUTE ON FUNCTION vault.destroy_grounds TO st_worker;
RESET ROLE;
"""
_DOWN = """
SET LOCAL ROLE st_vault;
DROP FUNCTION vault.seal_grounds, vault.read_grounds, vault.destroy_grounds;
RESET ROLE;
"""


class Migration(migrations.Migration):
    dependencies = (("privacy", "0014_the_ledger_is_checked_and_reviewed"),)
    operations = (migrations.RunSQL(_UP, _DOWN),)
