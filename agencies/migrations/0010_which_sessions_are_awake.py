"""Which sessions still stand, for the live streams: signed in, not locked, not idle. Asked for many people at once.

Row policies let a member reach own rows only; the question of a heartbeat is asked for everybody who follows, and is
answered with nothing but the keys that were given.
"""

from django.db import migrations

UP = """
CREATE FUNCTION agencies_awake_sessions(keys text[]) RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
    SELECT s.session_key FROM public.agencies_signin s
      JOIN public.django_session d ON d.session_key = s.session_key AND d.expire_date > now()
     WHERE s.session_key = ANY (keys) AND s.locked_at IS NULL
       AND s.seen_at >= now() - make_interval(mins => s.idle_minutes::integer);
$$;
REVOKE ALL ON FUNCTION agencies_awake_sessions(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION agencies_awake_sessions(text[]) TO st_app;
"""


class Migration(migrations.Migration):
    dependencies = (("agencies", "0009_sign_ins_are_ones_own_and_end_with_the_account"),)
    operations = (migrations.RunSQL(UP, "DROP FUNCTION agencies_awake_sessions(text[]);"),)
