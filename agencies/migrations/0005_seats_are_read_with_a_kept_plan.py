"""Lets row-level policies ask for a member's seats in functions, whose plan PostgreSQL keeps for the connection.

The view of good standing joins five tables. Written into a policy it was planned anew, up to three times, for every
query of every page: 1.4 of the 2.5 ms of a list of one table among a million situations. A function in PL/pgSQL is
planned once a connection; called in an uncorrelated sub-select it is evaluated once a query. The rule is unchanged.
"""

from django.db import migrations

_ME = "NULLIF(current_setting('st.member', true), '')::bigint"

UP = f"""
CREATE FUNCTION agencies_tables_in_roles(p_roles text[]) RETURNS bigint[]
    LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN ARRAY(SELECT s.table_id FROM public.agencies_standing s WHERE s.member_id = {_ME} AND s.role = ANY (p_roles));
END $$;

CREATE FUNCTION agencies_meetings_as_guest() RETURNS uuid[]
    LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN ARRAY(SELECT s.meeting FROM public.agencies_standing s WHERE s.member_id = {_ME} AND s.role = 'guest');
END $$;

CREATE FUNCTION agencies_seats_for_agencies() RETURNS TABLE (at_table bigint, for_agency bigint)
    LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 3 AS $$
BEGIN
    RETURN QUERY SELECT s.table_id, s.agency_id FROM public.agencies_standing s
     WHERE s.member_id = {_ME} AND s.role IN ('representative', 'alternate', 'agency_lead');
END $$;
GRANT EXECUTE ON FUNCTION agencies_tables_in_roles, agencies_meetings_as_guest, agencies_seats_for_agencies TO st_app;
"""
DOWN = """
DROP FUNCTION agencies_seats_for_agencies(); DROP FUNCTION agencies_meetings_as_guest();
DROP FUNCTION agencies_tables_in_roles(text[]);
"""


class Migration(migrations.Migration):
    dependencies = (("agencies", "0003_audit_entries_belong_to_their_actor"),)
    operations = (migrations.RunSQL(UP, DOWN),)
