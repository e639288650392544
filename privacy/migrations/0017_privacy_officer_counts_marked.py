"""Lets a table's privacy officer count the summaries that were presented with marked words left, without reading them all."""

from django.db import migrations

_COUNT = """
SET LOCAL ROLE st_vault;
CREATE FUNCTION ledger.marked_of_table(p_table bigint) RETURNS integer
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT count(*)::integer FROM ledger.entry e
     WHERE e.table_id = p_table AND e.kind = 'override' AND e.at > now() - interval '1 year'
       AND vault.sits_for(vault.me(), p_table, NULL, ARRAY['privacy_officer']) IS NOT NULL $$;
REVOKE ALL ON FUNCTION ledger.marked_of_table(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.marked_of_table(bigint) TO st_app;
RESET ROLE;
"""
_GONE = "SET LOCAL ROLE st_vault; DROP FUNCTION ledger.marked_of_table(bigint); RESET ROLE;"


class Migration(migrations.Migration):
    dependencies = (("privacy", "0016_youth_justice_has_walls_of_its_own"),)
    operations = (migrations.RunSQL(_COUNT, _GONE),)
