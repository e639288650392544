"""Leaves what the reader stepped away from out of the counts of a table: a count of one would follow it to its end."""

from django.db import migrations

from privacy.rowpolicies import ME

_OPERATIONS = """
CREATE OR REPLACE FUNCTION situations_operations(p_table bigint)
    RETURNS TABLE (situations_open bigint, contacts_late bigint, notices_open bigint, notices_late bigint, meetings bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT
      (SELECT count(*) FROM public.situations_situation s
        WHERE s.table_id = t.id AND s.state IN ('presented', 'choosing', 'limited', 'intervening'){not_mine}),
      (SELECT count(*) FROM public.situations_intervention i JOIN public.situations_situation s ON s.id = i.situation_id
        WHERE i.table_id = t.id AND s.state = 'intervening' AND i.first_contact_at IS NULL AND i.contact_due_at < now(){not_mine}),
      (SELECT count(*) FROM public.situations_noticetask n JOIN public.situations_situation s ON s.id = n.situation_id
        WHERE n.table_id = t.id AND n.closed_at IS NULL AND s.state IN ('limited', 'intervening'){not_mine}),
      (SELECT count(*) FROM public.situations_noticetask n JOIN public.situations_situation s ON s.id = n.situation_id
        WHERE n.table_id = t.id AND n.closed_at IS NULL AND s.state IN ('limited', 'intervening')
          AND n.due_on < (now() AT TIME ZONE t.time_zone)::date{not_mine}),
      (SELECT count(*) FROM public.situations_meeting m
        WHERE m.table_id = t.id AND m.state = 'held' AND m.starts_at > now() - interval '90 days')
      FROM public.agencies_table t
     WHERE t.id = p_table
       AND EXISTS (SELECT 1 FROM public.agencies_standing a WHERE a.member_id = {me} AND a.table_id = t.id
                    AND a.role IN ('facilitator', 'recorder', 'manager', 'privacy_officer')) $$;
"""
_NOT_MINE = f" AND NOT EXISTS (SELECT 1 FROM public.privacy_recusal r WHERE r.access_id = s.id AND r.member_id = {ME})"


class Migration(migrations.Migration):
    dependencies = (
        ("situations", "0011_agencies_offer_themselves"),
        ("privacy", "0017_privacy_officer_counts_marked"),
    )
    operations = (
        migrations.RunSQL(
            _OPERATIONS.format(me=ME, not_mine=_NOT_MINE), _OPERATIONS.format(me=ME, not_mine="")
        ),
    )  # fmt: skip
