"""Decides good standing in a function whose plan PostgreSQL keeps, instead of a view of eight tables planned anew.

The rule is unchanged (R55, R56, R59). As a view it was expanded into every query that asked for a seat: 1.6 to 2.2 ms of
planning, once or twice in every request. The view now reads one table and asks the function of each seat it finds. The
plan is generic from the first call: every look-up in it goes by an index, whoever is asked about.
"""

from importlib import import_module

from django.db import migrations

_WAS = import_module("agencies.migrations.0007_standing_reads_the_papers").STANDING

STANDS = """
CREATE FUNCTION agencies_seat_stands(
    p_member bigint, p_table bigint, p_agency bigint, p_role text, p_starts date, p_ends date
) RETURNS boolean
    LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000 SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    today date;
    on_call boolean;
BEGIN
    SELECT (now() AT TIME ZONE t.time_zone)::date,
           EXISTS (SELECT 1 FROM public.agencies_oncall c
                    WHERE c.agency_id = p_agency AND c.table_id = p_table
                      AND c.since <= (now() AT TIME ZONE t.time_zone)::date
                      AND (c.until IS NULL OR c.until > (now() AT TIME ZONE t.time_zone)::date))
      INTO today, on_call
      FROM public.agencies_table t
     WHERE t.id = p_table
       AND EXISTS (SELECT 1 FROM public.agencies_member m WHERE m.id = p_member AND m.is_active)
       AND EXISTS (SELECT 1 FROM public.agencies_agency a WHERE a.id = p_agency AND a.is_active);
    RETURN today IS NOT NULL
       AND p_starts <= today AND (p_ends IS NULL OR p_ends >= today)
       AND NOT (on_call AND p_role IN ('representative', 'alternate', 'agency_lead'))
       AND EXISTS (SELECT 1 FROM public.agencies_undertaking u
                    WHERE u.member_id = p_member AND u.table_id = p_table
                      AND u.signed_on <= today AND u.ends_on >= today
                      AND NOT EXISTS (SELECT 1 FROM public.agencies_papertext x
                                       WHERE x.table_id = u.table_id AND x.kind = 'undertaking'
                                         AND x.sign_again_from <= today AND x.version > u.text_version))
       AND ((p_role = 'guest' AND NOT on_call)
            OR EXISTS (SELECT 1 FROM public.agencies_agreement_in_force g
                        WHERE g.agency_id = p_agency AND g.table_id = p_table));
END $$;
GRANT EXECUTE ON FUNCTION agencies_seat_stands TO st_app, st_vault, st_worker;

CREATE OR REPLACE VIEW agencies_standing WITH (security_invoker = true) AS
SELECT s.id AS seat_id, s.member_id, s.table_id, s.agency_id, s.role, s.meeting, s.item
  FROM agencies_seat s
 WHERE s.accepted_by_lead_at IS NOT NULL
   AND s.accepted_by_member_at IS NOT NULL
   AND agencies_seat_stands(s.member_id, s.table_id, s.agency_id, s.role, s.starts_on, s.ends_on);
"""


class Migration(migrations.Migration):
    dependencies = (("agencies", "0012_an_accepted_seat_stays_what_it_is"),)
    operations = (
        migrations.RunSQL(
            STANDS, _WAS + "DROP FUNCTION agencies_seat_stands(bigint, bigint, bigint, text, date, date);"
        ),
    )
