"""Tells an agency's lead what their agency did in a quarter that has ended, and nobody else, nothing earlier.

Read while it grows, a count of what colleagues lead or help with tells one who is not named in it how each one goes on:
counted is what was concluded, in a whole calendar quarter that is over. What came of it is not counted: an agency's own,
taken from the table's published total, is what came of everybody else's. What the reader stepped away from is in none.
"""

from django.db import migrations

from privacy.rowpolicies import ME

UP = f"""
CREATE OR REPLACE FUNCTION reports_own_figures(p_table bigint, p_agency bigint, p_first date, p_last date)
    RETURNS TABLE (figure text, many bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH records AS (
        SELECT s.id, s.originating_agency_id = p_agency AS own, r.*
          FROM public.situations_situation s JOIN public.reports_codedrecord r ON r.statistics_id = s.statistics_id
          JOIN public.agencies_table t ON t.id = s.table_id
         WHERE s.table_id = p_table AND r.status <> 'returned'
           AND p_first = date_trunc('quarter', p_first)::date AND p_last = (p_first + interval '3 months')::date - 1
           AND p_last < (now() AT TIME ZONE t.time_zone)::date
           AND EXISTS (SELECT 1 FROM public.agencies_standing a WHERE a.member_id = {ME} AND a.table_id = p_table
                        AND a.agency_id = p_agency AND a.role = 'agency_lead')
           AND NOT EXISTS (SELECT 1 FROM public.privacy_recusal c WHERE c.access_id = s.id AND c.member_id = {ME})
    ), brought AS (
        SELECT * FROM records WHERE own
    ), concluded AS (
        SELECT * FROM records WHERE status = 'concluded' AND closed_on BETWEEN p_first AND p_last
    )
    SELECT 'brought', count(*) FROM brought WHERE opened_on BETWEEN p_first AND p_last
    UNION ALL SELECT 'met', count(*) FROM brought WHERE accepted AND decided_on BETWEEN p_first AND p_last
    UNION ALL SELECT 'rejected', count(*) FROM brought
               WHERE status = 'rejected' AND decided_on BETWEEN p_first AND p_last
    UNION ALL SELECT 'ended', count(*) FROM concluded WHERE own
    UNION ALL SELECT 'led', count(*) FROM concluded x JOIN public.situations_intervention i ON i.situation_id = x.id
               WHERE i.lead_agency_id = p_agency
    UNION ALL SELECT 'assisted', count(*) FROM concluded x JOIN public.privacy_engagement e ON e.access_id = x.id
               WHERE e.agency_id = p_agency AND e.status = 'engaged' AND e.lead_confirmed_at IS NULL
                 AND NOT e.proposed_lead AND NOT x.own $$;
"""


class Migration(migrations.Migration):
    dependencies = (("reports", "0013_a_table_looks_at_its_meetings"),)
    # Backwards the narrower function stays until 0010 drops it.
    operations = (migrations.RunSQL(UP, migrations.RunSQL.noop),)
