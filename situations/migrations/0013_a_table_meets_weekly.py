"""A table meets weekly; meetings have a number and a length; a member's calendar reads them by a secret address.

The clock makes the meetings of a series, in the worker's role: it may put meetings and agenda items down and read what
is open, and no more of a meeting than that. Whose feed an address is, a function of the owner says: nobody is signed in
when a calendar asks, so the row policy, which shows a member the own row, would show none.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from privacy.rowpolicies import ME, disable, enable, seated_kept

_NUMBERS = """
UPDATE situations_meeting m SET number = n.number
  FROM (SELECT id, row_number() OVER (PARTITION BY table_id ORDER BY starts_at, id) AS number FROM situations_meeting) n
 WHERE n.id = m.id;
"""
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
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                (
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("since", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.AddField(
            model_name="meeting",
            name="invited_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="meeting",
            name="minutes",
            field=models.PositiveSmallIntegerField(default=90),
        ),
        migrations.AddField(
            model_name="meeting",
            name="moves",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="meeting",
            name="number",
            field=models.PositiveIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.RunSQL(_NUMBERS, migrations.RunSQL.noop),
        migrations.AddField(
            model_name="meeting",
            name="series_day",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="meeting",
            name="state",
            field=models.CharField(
                choices=[("planned", "Planned"), ("sitting", "Sitting"), ("held", "Held"), ("cancelled", "Cancelled")],
                default="planned",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="outbox",
            name="kind",
            field=models.CharField(
                choices=[
                    ("shred", "Delete the keys of an erased situation"),
                    ("tell", "Tell a person that something waits"),
                    ("meeting", "Tell a person when a meeting is"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="outbox",
            name="message",
            field=models.CharField(
                blank=True,
                choices=[
                    ("named", "You have been named to act"),
                    ("disclosed", "Something was disclosed to you"),
                    ("returned", "A situation was returned to your agency"),
                    ("lead_proposed", "Your agency is proposed to lead"),
                    ("ended", "Your access has ended"),
                    ("meeting", "The table meets."),
                    ("meeting_urgent", "The table is called to an urgent discussion."),
                    ("meeting_moved", "A meeting of the table is at another time."),
                    ("meeting_cancelled", "A meeting of the table is cancelled."),
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="MeetingSeries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("weekday", models.PositiveSmallIntegerField()),
                ("at", models.TimeField()),
                ("minutes", models.PositiveSmallIntegerField(default=90)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                (
                    "skipped",
                    django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), default=list, size=None),
                ),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.table"
                    ),
                ),
            ],
            options={
                "ordering": ("starts_on",),
            },
        ),
        migrations.AddField(
            model_name="meeting",
            name="series",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="meetings",
                to="situations.meetingseries",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(fields=("table", "number"), name="meeting_number_once"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(fields=("series", "series_day"), name="once_a_day_of_a_series"),
        ),
        migrations.AddConstraint(
            model_name="meetingseries",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on__isnull", True)), fields=("table",), name="one_series_goes_on"
            ),
        ),
        migrations.AddConstraint(
            model_name="meetingseries",
            constraint=models.CheckConstraint(condition=models.Q(("weekday__lte", 6)), name="a_week_has_seven_days"),
        ),
        migrations.RunSQL(enable("situations_meetingseries", seated_kept()), disable("situations_meetingseries")),
        migrations.RunSQL(_WORKER, _NO_WORKER),
        migrations.RunSQL(_FEEDS, _NO_FEEDS),
    ]
