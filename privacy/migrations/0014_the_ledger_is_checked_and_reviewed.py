"""Keeps what came of each check of the ledger, and lets the privacy officer ask for unusual reveals (R36, R38).

The function answers the privacy officer of the table alone, as `ledger.read_table` does; hours are the table's own.
"""

from django.db import migrations

_UNUSUAL = r"""
SET LOCAL ROLE st_vault;
CREATE FUNCTION ledger.unusual(p_table bigint, p_zone text, p_since timestamptz, p_from integer, p_to integer,
                               p_many integer) RETURNS SETOF ledger.entry
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH shown AS (
        SELECT e.id, extract(hour FROM e.at AT TIME ZONE p_zone)::integer AS hour,
               count(*) OVER (PARTITION BY e.actor_id, (e.at AT TIME ZONE p_zone)::date) AS that_day
          FROM ledger.entry e
         WHERE e.table_id = p_table AND e.kind = 'revealed' AND e.at >= p_since
           AND vault.sits_for(vault.me(), p_table, NULL, ARRAY['privacy_officer']) IS NOT NULL)
    SELECT e.* FROM ledger.entry e JOIN shown s ON s.id = e.id
     WHERE s.hour < p_from OR s.hour >= p_to OR s.that_day > p_many
     ORDER BY e.id DESC LIMIT 500 $$;
REVOKE ALL ON FUNCTION ledger.unusual FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.unusual TO st_app;
RESET ROLE;
"""
_NOT_UNUSUAL = "SET LOCAL ROLE st_vault; DROP FUNCTION ledger.unusual; RESET ROLE;"


class Migration(migrations.Migration):
    dependencies = (("privacy", "0013_a_mistake_takes_what_followed"),)
    operations = (
        # What was found stays as it was found.
        migrations.RunSQL("REVOKE UPDATE ON privacy_ledgercheck FROM st_app;", migrations.RunSQL.noop),
        migrations.RunSQL(_UNUSUAL, _NOT_UNUSUAL),
    )
