"""Counts how a table's meetings go, for who keeps the table: which agencies come, how long a situation takes.

Attendance is an agency's, never a person's. The rows of situations stay where they are: how many agencies brought one is
told in steps of five, because with the sectors of what was accepted an exact number could tell that a sector brought none.
Only what lies within the span is counted; an urgent meeting is nobody's to have come to, and one of which no presence was
recorded tells nothing of who did.
"""

from django.db import migrations

from privacy.rowpolicies import ME

_KEEPS = f"""EXISTS (SELECT 1 FROM public.agencies_standing k WHERE k.member_id = {ME} AND k.table_id = p_table
    AND k.role IN ('facilitator', 'recorder', 'manager', 'privacy_officer', 'administrator'))"""
UP = f"""
CREATE FUNCTION reports_attendance(p_table bigint, p_since date)
    RETURNS TABLE (agency_id bigint, held bigint, came bigint, missed_in_a_row bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH meetings AS (
        SELECT m.id, (m.starts_at AT TIME ZONE t.time_zone)::date AS day
          FROM public.situations_meeting m JOIN public.agencies_table t ON t.id = m.table_id
         WHERE m.table_id = p_table AND m.state = 'held' AND NOT m.urgent AND {_KEEPS}
           AND EXISTS (SELECT 1 FROM public.situations_meetingpresence x WHERE x.meeting_id = m.id)
    ), came AS (
        SELECT DISTINCT p.agency_id, m.id, m.day FROM public.situations_meetingpresence p
          JOIN meetings m ON m.id = p.meeting_id WHERE NOT p.guest
    ), belongs AS (
        SELECT s.agency_id, min(s.starts_on) AS since FROM public.agencies_seat s
         WHERE s.table_id = p_table AND s.role IN ('representative', 'alternate', 'agency_lead') AND {_KEEPS}
           AND s.accepted_by_lead_at IS NOT NULL AND s.accepted_by_member_at IS NOT NULL
           AND s.starts_on <= current_date AND (s.ends_on IS NULL OR s.ends_on >= current_date)
         GROUP BY s.agency_id
    )
    SELECT b.agency_id,
           (SELECT count(*) FROM meetings m WHERE m.day >= greatest(p_since, b.since)),
           (SELECT count(*) FROM came c WHERE c.agency_id = b.agency_id AND c.day >= greatest(p_since, b.since)),
           (SELECT count(*) FROM meetings m WHERE m.day >= b.since AND m.day > coalesce(
               (SELECT max(c.day) FROM came c WHERE c.agency_id = b.agency_id), '-infinity'::date))
      FROM belongs b
     WHERE NOT EXISTS (SELECT 1 FROM public.agencies_oncall o WHERE o.agency_id = b.agency_id AND o.table_id = p_table
                        AND o.since <= current_date AND (o.until IS NULL OR o.until > current_date)) $$;
CREATE FUNCTION reports_meetings(p_table bigint, p_since date)
    RETURNS TABLE (held bigint, presences bigint, items bigint, timed bigint, seconds bigint, bringing_fives bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH meetings AS (
        SELECT m.id FROM public.situations_meeting m JOIN public.agencies_table t ON t.id = m.table_id
         WHERE m.table_id = p_table AND m.state = 'held' AND NOT m.urgent
           AND (m.starts_at AT TIME ZONE t.time_zone)::date >= p_since
    ), items AS (
        SELECT i.spent_seconds FROM public.situations_agendaitem i JOIN meetings m ON m.id = i.meeting_id
         WHERE i.closed_at IS NOT NULL
    )
    SELECT (SELECT count(*) FROM meetings),
           (SELECT count(*) FROM (SELECT DISTINCT p.meeting_id, p.agency_id
              FROM public.situations_meetingpresence p JOIN meetings m ON m.id = p.meeting_id WHERE NOT p.guest) x),
           (SELECT count(*) FROM items),
           (SELECT count(*) FROM items WHERE spent_seconds > 0),
           (SELECT coalesce(sum(spent_seconds), 0) FROM items),
           (SELECT count(DISTINCT s.originating_agency_id) / 5 FROM public.situations_situation s
             WHERE s.table_id = p_table AND s.presented AND s.presented_at >= p_since)
     WHERE {_KEEPS} $$;
REVOKE ALL ON FUNCTION reports_attendance, reports_meetings FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reports_attendance, reports_meetings TO st_app;
"""
DOWN = "DROP FUNCTION reports_meetings(bigint, date); DROP FUNCTION reports_attendance(bigint, date);"


class Migration(migrations.Migration):
    dependencies = (
        ("reports", "0012_a_committee_keeps_its_own_judgement"),
        ("situations", "0012_counts_leave_out_what_one_stepped_away_from"),
    )
    operations = (migrations.RunSQL(UP, DOWN),)
