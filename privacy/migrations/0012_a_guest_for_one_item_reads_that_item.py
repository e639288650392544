"""Lets a guest who was called for one item read the summary of that item only (R57, R59).

Row-level security stays coarse (a guest's rows are those on the agenda of the meeting that sits); which of them a
guest for one item knows is the projection's business, and of sealed text this function's.
"""

from django.db import migrations

_READ = r"""
SET LOCAL ROLE st_vault;
CREATE OR REPLACE FUNCTION vault.read_screened(p_ref uuid, p_level text)
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
                      AND g.table_id = s.table_id ONE_ITEM))
                OR (s.filter IN ('f3b', 'f4', 'concluded') AND EXISTS (SELECT 1 FROM public.privacy_engagement e
                    WHERE e.access_id = s.ref AND e.person_id = vault.me() AND e.status = 'engaged'
                      AND vault.sits_for(vault.me(), s.table_id, e.agency_id,
                                         ARRAY['representative', 'alternate', 'agency_lead']) IS NOT NULL))
           ELSE false END $$;
RESET ROLE;
"""


class Migration(migrations.Migration):
    dependencies = (
        ("privacy", "0011_access_rows_keep_their_plan"),
        ("agencies", "0007_standing_reads_the_papers"),
    )
    operations = (
        migrations.RunSQL(
            _READ.replace("ONE_ITEM", "AND (g.item IS NULL OR g.item = s.ref)"), _READ.replace(" ONE_ITEM", "")
        ),
    )
