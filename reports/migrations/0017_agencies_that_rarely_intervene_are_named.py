"""Names the agencies that intervened in almost nothing for a year of whole quarters, for who reads how the table works.

Who intervenes where is known past the door alone, and the committee is told sectors from five on. So no count leaves
here: an agency is named where it was engaged in fewer than five of at least twenty-five accepted situations, which says
no more than that a count of it would be withheld. Whole quarters, because a number that is read while it grows tells how
each one goes on. Only who has sat there for all of it is looked at, and nobody who is on call.
"""

from django.db import migrations

from privacy.rowpolicies import ME

_READS = f"""EXISTS (SELECT 1 FROM public.agencies_standing k WHERE k.member_id = {ME} AND k.table_id = p_table
    AND k.role IN ('facilitator', 'recorder', 'manager', 'privacy_officer'))"""
UP = f"""
CREATE FUNCTION reports_rarely_intervening(p_table bigint)
    RETURNS TABLE (agency_id bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH span AS (
        SELECT (date_trunc('quarter', now() AT TIME ZONE t.time_zone) - interval '1 year')::date AS first,
               date_trunc('quarter', now() AT TIME ZONE t.time_zone)::date AS until
          FROM public.agencies_table t WHERE t.id = p_table AND {_READS}
    ), accepted AS (
        SELECT s.id FROM span, public.situations_situation s
          JOIN public.reports_codedrecord r ON r.statistics_id = s.statistics_id
         WHERE s.table_id = p_table AND r.accepted AND r.decided_on >= span.first AND r.decided_on < span.until
    ), belongs AS (
        SELECT s.agency_id FROM span, public.agencies_seat s
         WHERE s.table_id = p_table AND s.role IN ('representative', 'alternate', 'agency_lead')
           AND s.accepted_by_lead_at IS NOT NULL AND s.accepted_by_member_at IS NOT NULL
           AND s.starts_on <= current_date AND (s.ends_on IS NULL OR s.ends_on >= current_date)
         GROUP BY s.agency_id, span.first HAVING min(s.starts_on) <= span.first
    )
    SELECT b.agency_id FROM belongs b
     WHERE (SELECT count(*) FROM accepted) >= 25
       AND (SELECT count(*) FROM accepted a JOIN public.privacy_engagement e ON e.access_id = a.id
             WHERE e.agency_id = b.agency_id AND e.status <> 'chosen') < 5
       AND NOT EXISTS (SELECT 1 FROM public.agencies_oncall o WHERE o.agency_id = b.agency_id AND o.table_id = p_table
                        AND o.since <= current_date AND (o.until IS NULL OR o.until > current_date)) $$;
REVOKE ALL ON FUNCTION reports_rarely_intervening FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reports_rarely_intervening TO st_app;
"""


class Migration(migrations.Migration):
    dependencies = (
        ("reports", "0016_issues_of_meetings_are_counted"),
        ("privacy", "0019_the_last_day_is_the_tables_own"),
    )
    operations = (migrations.RunSQL(UP, "DROP FUNCTION reports_rarely_intervening(bigint);"),)
