"""Counts what an agency brought, led and helped with, for the people who sit for that agency at the table.

The coded record knows sectors, never agencies; who brought and who led is read from the situations themselves as long as
their link to the record stands. An agency's own people know all it brought; what colleagues lead or help with they learn
as a number only. For another agency, or without a seat in good standing for this one, there is no row.
"""

from django.db import migrations

from privacy.rowpolicies import ME

UP = f"""
CREATE FUNCTION reports_own_figures(p_table bigint, p_agency bigint, p_first date, p_last date)
    RETURNS TABLE (figure text, many bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH records AS (
        SELECT s.id, s.originating_agency_id = p_agency AS own, r.*
          FROM public.situations_situation s JOIN public.reports_codedrecord r ON r.statistics_id = s.statistics_id
         WHERE s.table_id = p_table AND r.status <> 'returned'
           AND EXISTS (SELECT 1 FROM public.agencies_standing a WHERE a.member_id = {ME} AND a.table_id = p_table
                        AND a.agency_id = p_agency AND a.role IN ('representative', 'alternate', 'agency_lead'))
    ), brought AS (
        SELECT * FROM records WHERE own
    ), led AS (
        SELECT x.* FROM records x JOIN public.situations_intervention i ON i.situation_id = x.id
         WHERE i.lead_agency_id = p_agency AND x.accepted
    ), helped AS (
        SELECT x.* FROM records x JOIN public.privacy_engagement e ON e.access_id = x.id
         WHERE e.agency_id = p_agency AND e.status = 'engaged' AND e.lead_confirmed_at IS NULL
           AND NOT e.proposed_lead AND NOT x.own AND x.accepted
    )
    SELECT 'brought', count(*) FROM brought WHERE opened_on BETWEEN p_first AND p_last
    UNION ALL SELECT 'met', count(*) FROM brought WHERE accepted AND decided_on BETWEEN p_first AND p_last
    UNION ALL SELECT 'rejected', count(*) FROM brought
               WHERE status = 'rejected' AND decided_on BETWEEN p_first AND p_last
    UNION ALL SELECT 'ended', count(*) FROM brought WHERE status = 'concluded' AND closed_on BETWEEN p_first AND p_last
    UNION ALL SELECT 'ended-lowered', count(*) FROM brought WHERE status = 'concluded'
                 AND conclusion_group = 'overall-risk-lowered' AND closed_on BETWEEN p_first AND p_last
    UNION ALL SELECT 'led', count(*) FROM led WHERE decided_on BETWEEN p_first AND p_last
    UNION ALL SELECT 'contacted', count(*) FROM led
               WHERE hours_to_first_contact IS NOT NULL AND decided_on BETWEEN p_first AND p_last
    UNION ALL SELECT 'in-48-hours', count(*) FROM led
               WHERE hours_to_first_contact <= 48 AND decided_on BETWEEN p_first AND p_last
    UNION ALL SELECT 'concluded', count(*) FROM led WHERE status = 'concluded' AND closed_on BETWEEN p_first AND p_last
    UNION ALL SELECT 'lowered', count(*) FROM led WHERE status = 'concluded'
                 AND conclusion_group = 'overall-risk-lowered' AND closed_on BETWEEN p_first AND p_last
    UNION ALL SELECT 'assisted', count(*) FROM helped WHERE decided_on BETWEEN p_first AND p_last $$;
REVOKE ALL ON FUNCTION reports_own_figures FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reports_own_figures TO st_app;
"""


class Migration(migrations.Migration):
    dependencies = (
        ("reports", "0008_what_left_is_read_by_its_table"),
        ("situations", "0012_counts_leave_out_what_one_stepped_away_from"),
        ("agencies", "0012_an_accepted_seat_stays_what_it_is"),
    )
    operations = (migrations.RunSQL(UP, "DROP FUNCTION reports_own_figures(bigint, bigint, date, date);"),)
