"""A table meets weekly; meetings have a number and a length; a member's calendar reads them by a secret address.

The clock makes the meetings of a series, in the worker's role: it may put meetings and agenda items down and read what
is open, and no more of a meeting than that. Whose feed an address is, a function of the owner says: nobody is signed in
when a calendar asks, so the row policy, which shows a member the own row, would show none.
"""

from django.conf import settings
from django.db import migrations

from privacy.rowpolicies import ME, disable, enable, seated_kept

_WORKER = """
CREATE POLICY worker ON situations_meeting TO st_worker USING (true) WITH CHECK (true);
CREATE POLICY worker ON situations_agendaitem TO st_worker USING (true) WITH CHECK (true);
GRANT SELECT, INSERT ON situations_meeting, situations_agendaitem TO st_worker;
GRANT UPDATE (invited_at) ON situations_meeting TO st_worker;
GRANT SELECT ON situations_meetingseries TO st_worker;
CREATE POLICY worker ON situations_meetingseries FOR SELECT TO st_worker USING (true);
"""
_NO_WORKER = """
DROP POLICY worker ON situations_meeting; DROP POLICY worker ON situations_agendaitem;
DROP POLICY worker ON situations_meetingseries;
REVOKE ALL ON situations_meeting, situations_agendaitem, situations_meetingseries FROM st_worker;
"""
_FEEDS = f"""
ALTER TABLE situations_calendarfeed ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON situations_calendarfeed TO st_app USING (member_id = {ME}) WITH CHECK (member_id = {ME});
CREATE FUNCTION situations_feed_of(p_digest text) RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT f.member_id FROM public.situations_calendarfeed f WHERE f.digest = p_digest $$;
REVOKE ALL ON FUNCTION situations_feed_of FROM PUBLIC;
GRANT EXECUTE ON FUNCTION situations_feed_of TO st_app;
"""
_NO_FEEDS = """
DROP FUNCTION situations_feed_of(text);
DROP POLICY own ON situations_calendarfeed; ALTER TABLE situations_calendarfeed DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0012_an_accepted_seat_stays_what_it_is"),
        ("situations", "0012_counts_leave_out_what_one_stepped_away_from"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(enable("situations_meetingseries", seated_kept()), disable("situations_meetingseries")),
        migrations.RunSQL(_WORKER, _NO_WORKER),
        migrations.RunSQL(_FEEDS, _NO_FEEDS),
    ]
