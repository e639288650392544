"""Youth-justice notes are open on their last day by the table's own calendar, as everything else at a table (R48).

The day was PostgreSQL's (UTC): from the evening of the last day nobody could read them, while the program said they could.
"""

from django.db import migrations

_MAY_OPEN = """
SET LOCAL ROLE st_vault;
CREATE OR REPLACE FUNCTION vault.may_open(p_compartment uuid, p_member bigint) RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT e.agency_id
      FROM public.privacy_compartment c
      JOIN public.privacy_accessstate s ON s.ref = c.access_id
      JOIN public.privacy_engagement e ON e.access_id = s.ref AND e.person_id = p_member AND e.status = 'engaged'
      JOIN public.privacy_compartmentgrant g ON g.content_object_id = c.id AND g.user_id = p_member
      JOIN public.auth_permission p ON p.id = g.permission_id AND p.codename = 'open_compartment'
     WHERE c.id = p_compartment AND s.filter IN ('f3b', 'f4', 'concluded') AND NOT s.frozen
       AND (c.readable_until IS NULL OR c.readable_until >= {today})
       AND NOT vault.recused(s.ref, p_member)
       AND vault.sits_for(p_member, s.table_id, e.agency_id, ARRAY['representative', 'alternate', 'agency_lead'])
           IS NOT NULL
     LIMIT 1 $$;
RESET ROLE;
"""
_AT_THE_TABLE = "(SELECT (now() AT TIME ZONE t.time_zone)::date FROM public.agencies_table t WHERE t.id = s.table_id)"


class Migration(migrations.Migration):
    dependencies = (
        ("agencies", "0001_initial"),
        ("privacy", "0018_youth_notes_are_apart_by_writer"),
    )
    operations = (migrations.RunSQL(_MAY_OPEN.format(today=_AT_THE_TABLE), _MAY_OPEN.format(today="CURRENT_DATE")),)
