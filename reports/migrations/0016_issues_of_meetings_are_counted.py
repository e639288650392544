"""Counts what a table named at its meetings, for who reads its plan: by kind and sector, how often, since when, open or not.

Who keeps the rows sits at the table; a manager does not. An issue has no words and no situation: codes and counts are
all there is of it. Named again after it was closed, it is the same issue, raised once more.
"""

from django.db import migrations

from privacy.rowpolicies import ME

_READS = f"""EXISTS (SELECT 1 FROM public.agencies_standing k WHERE k.member_id = {ME} AND k.table_id = p_table
    AND k.role IN ('facilitator', 'recorder', 'manager', 'privacy_officer'))"""
UP = f"""
CREATE FUNCTION reports_issues(p_table bigint)
    RETURNS TABLE (kind varchar, sector varchar, raised bigint, since date, meetings bigint, open boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH issues AS (
        SELECT i.kind, s.code AS sector, i.closed_in_id IS NULL AS open, f.starts_at AS first, c.starts_at AS last
          FROM public.situations_systemicissue i
          JOIN public.agencies_sector s ON s.id = i.sector_id
          JOIN public.situations_meeting f ON f.id = i.meeting_id
          LEFT JOIN public.situations_meeting c ON c.id = i.closed_in_id
         WHERE i.table_id = p_table AND {_READS}
    )
    SELECT i.kind, i.sector, count(*), (min(i.first) AT TIME ZONE t.time_zone)::date,
           (SELECT count(*) FROM public.situations_meeting m
             WHERE m.table_id = p_table AND m.state IN ('held', 'sitting')
               AND EXISTS (SELECT 1 FROM issues x WHERE x.kind = i.kind AND x.sector = i.sector
                            AND m.starts_at BETWEEN x.first AND coalesce(x.last, 'infinity'))),
           bool_or(i.open)
      FROM issues i, public.agencies_table t
     WHERE t.id = p_table
     GROUP BY i.kind, i.sector, t.time_zone $$;
REVOKE ALL ON FUNCTION reports_issues FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reports_issues TO st_app;
"""
DOWN = "DROP FUNCTION reports_issues(bigint);"


class Migration(migrations.Migration):
    dependencies = (
        ("reports", "0015_an_issue_is_taken_up_once"),
        ("situations", "0014_records_are_confirmed_and_corrected"),
    )
    operations = (migrations.RunSQL(UP, DOWN),)
