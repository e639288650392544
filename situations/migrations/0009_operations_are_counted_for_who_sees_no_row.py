"""Counts what is open, late and owed at a table, for those who may not see which (screens.md: "it is a count").

Rows of an intervention stay with its named persons; the numbers go to who keeps the table: facilitator, recorder,
manager, privacy officer in good standing. Everybody else gets no row. The owner of the tables counts, past row policies.
"""

from django.db import migrations

from privacy.rowpolicies import ME

_OPERATIONS = f"""
CREATE FUNCTION situations_operations(p_table bigint)
    RETURNS TABLE (situations_open bigint, contacts_late bigint, notices_open bigint, notices_late bigint, meetings bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT
      (SELECT count(*) FROM public.situations_situation s
        WHERE s.table_id = t.id AND s.state IN ('presented', 'choosing', 'limited', 'intervening')),
      (SELECT count(*) FROM public.situations_intervention i JOIN public.situations_situation s ON s.id = i.situation_id
        WHERE i.table_id = t.id AND s.state = 'intervening' AND i.first_contact_at IS NULL AND i.contact_due_at < now()),
      (SELECT count(*) FROM public.situations_noticetask n JOIN public.situations_situation s ON s.id = n.situation_id
        WHERE n.table_id = t.id AND n.closed_at IS NULL AND s.state IN ('limited', 'intervening')),
      (SELECT count(*) FROM public.situations_noticetask n JOIN public.situations_situation s ON s.id = n.situation_id
        WHERE n.table_id = t.id AND n.closed_at IS NULL AND s.state IN ('limited', 'intervening')
          AND n.due_on < (now() AT TIME ZONE t.time_zone)::date),
      (SELECT count(*) FROM public.situations_meeting m
        WHERE m.table_id = t.id AND m.state = 'held' AND m.starts_at > now() - interval '90 days')
      FROM public.agencies_table t
     WHERE t.id = p_table
       AND EXISTS (SELECT 1 FROM public.agencies_standing a WHERE a.member_id = {ME} AND a.table_id = t.id
                    AND a.role IN ('facilitator', 'recorder', 'manager', 'privacy_officer')) $$;
REVOKE ALL ON FUNCTION situations_operations FROM PUBLIC;
GRANT EXECUTE ON FUNCTION situations_operations TO st_app;
"""


class Migration(migrations.Migration):
    dependencies = (
        ("situations", "0007_situation_rows_keep_their_plan"),
        ("agencies", "0007_standing_reads_the_papers"),
    )
    operations = (migrations.RunSQL(_OPERATIONS, "DROP FUNCTION situations_operations(bigint);"),)
