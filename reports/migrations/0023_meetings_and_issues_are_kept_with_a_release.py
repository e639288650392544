"""How a table's meetings went, and what stood in the way of many, are kept with a release.

Counted between two days for the statistics role, which decides releases and asks nobody's seat: the meetings as who
keeps the table reads them of a year (0013, 0019), and the issues that were raised. What may be told of meetings is
decided with the page; who reads a release, and that it is frozen, are of the row (0006).
"""

from importlib import import_module

from django.db import migrations, models

from privacy.rowpolicies import ME

_BEFORE = import_module("reports.migrations.0019_days_of_meetings_are_the_tables_own")
_KEEPS = f"""EXISTS (SELECT 1 FROM public.agencies_standing k WHERE k.member_id = {ME} AND k.table_id = p_table
    AND k.role IN ('facilitator', 'recorder', 'manager', 'privacy_officer', 'administrator'))"""
_DAY = "AT TIME ZONE (SELECT z.time_zone FROM public.agencies_table z WHERE z.id = p_table))::date"
_RETURNS = (
    "RETURNS TABLE (held bigint, presences bigint, items bigint, timed bigint, seconds bigint, bringing_fives bigint)"
)
UP = f"""
CREATE FUNCTION reports_meetings_between(p_table bigint, p_first date, p_last date) {_RETURNS}
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH meetings AS (
        SELECT m.id, m.on_paper FROM public.situations_meeting m
         WHERE m.table_id = p_table AND m.state = 'held' AND NOT m.urgent
           AND (m.starts_at {_DAY} BETWEEN p_first AND p_last
    ), items AS (
        SELECT CASE WHEN m.on_paper THEN 0 ELSE i.spent_seconds END AS spent_seconds
          FROM public.situations_agendaitem i JOIN meetings m ON m.id = i.meeting_id
         WHERE i.closed_at IS NOT NULL
    )
    SELECT (SELECT count(*) FROM meetings),
           (SELECT count(*) FROM (SELECT DISTINCT p.meeting_id, p.agency_id
              FROM public.situations_meetingpresence p JOIN meetings m ON m.id = p.meeting_id WHERE NOT p.guest) x),
           (SELECT count(*) FROM items),
           (SELECT count(*) FROM items WHERE spent_seconds > 0),
           (SELECT coalesce(sum(spent_seconds), 0) FROM items),
           (SELECT count(DISTINCT s.originating_agency_id) / 5 FROM public.situations_situation s
             WHERE s.table_id = p_table AND s.presented AND (s.presented_at {_DAY} BETWEEN p_first AND p_last) $$;
CREATE OR REPLACE FUNCTION reports_meetings(p_table bigint, p_since date) {_RETURNS}
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT * FROM public.reports_meetings_between(p_table, p_since, 'infinity') WHERE {_KEEPS} $$;
CREATE FUNCTION reports_issues_between(p_table bigint, p_first date, p_last date)
    RETURNS TABLE (kind varchar, sector varchar, open boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT i.kind, s.code, bool_or(i.closed_in_id IS NULL)
      FROM public.situations_systemicissue i
      JOIN public.agencies_sector s ON s.id = i.sector_id
      JOIN public.situations_meeting m ON m.id = i.meeting_id
     WHERE i.table_id = p_table
     GROUP BY i.kind, s.code
    HAVING bool_or((m.starts_at {_DAY} BETWEEN p_first AND p_last) $$;
REVOKE ALL ON FUNCTION reports_meetings_between, reports_issues_between FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reports_meetings_between, reports_issues_between TO st_statistics;
GRANT SELECT ON reports_matter TO st_statistics;
CREATE POLICY statistics ON reports_matter FOR SELECT TO st_statistics USING (true);
"""
DOWN = f"""
DROP POLICY statistics ON reports_matter; REVOKE SELECT ON reports_matter FROM st_statistics;
{_BEFORE._by_the_tables_day(_BEFORE._BEFORE)}
DROP FUNCTION reports_issues_between(bigint, date, date); DROP FUNCTION reports_meetings_between(bigint, date, date);
"""


class Migration(migrations.Migration):
    dependencies = (("reports", "0022_consent_and_notice_are_coded"),)
    operations = (
        migrations.AddField("release", "meetings", models.JSONField(null=True, blank=True)),
        migrations.AddField("release", "issues", models.JSONField(null=True, blank=True)),
        migrations.RunSQL(UP, DOWN),
    )
