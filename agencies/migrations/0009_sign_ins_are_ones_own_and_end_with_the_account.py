"""Row-level security on sessions, factors and recovery codes; sessions end where an account or its password does.

A member reaches own rows only. A trigger ends every session of an account that is deactivated or whose password
changes: no verb can forget it, and a reactivated account finds no old session waiting. It runs as the owner, because
whoever deactivates is somebody else.
"""

from django.db import migrations

ME = "NULLIF(current_setting('st.member', true), '')::bigint"
OWN = ("agencies_signin", "agencies_secondfactor", "agencies_recoverycode")
ROWS_UP = "".join(
    f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
    f"CREATE POLICY own ON {table} TO st_app USING (member_id = {ME}) WITH CHECK (member_id = {ME});"
    for table in OWN
)
ROWS_DOWN = "".join(f"DROP POLICY own ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;" for table in OWN)
ENDS_UP = """
CREATE FUNCTION agencies_end_sign_ins() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM public.django_session d USING public.agencies_signin s
     WHERE s.member_id = NEW.id AND d.session_key = s.session_key;
    DELETE FROM public.agencies_signin WHERE member_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER sign_ins_end AFTER UPDATE OF is_active, password ON agencies_member FOR EACH ROW
    WHEN ((OLD.is_active AND NOT NEW.is_active) OR OLD.password IS DISTINCT FROM NEW.password)
    EXECUTE FUNCTION agencies_end_sign_ins();
CREATE FUNCTION agencies_forget_sign_ins() RETURNS bigint LANGUAGE sql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp AS $$
    WITH gone AS (
        DELETE FROM public.agencies_signin s
         WHERE NOT EXISTS (SELECT 1 FROM public.django_session d
                            WHERE d.session_key = s.session_key AND d.expire_date > now())
         RETURNING 1)
    SELECT count(*) FROM gone;
$$;
REVOKE ALL ON FUNCTION agencies_end_sign_ins(), agencies_forget_sign_ins() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION agencies_forget_sign_ins() TO st_app;
"""
ENDS_DOWN = """
DROP TRIGGER sign_ins_end ON agencies_member; DROP FUNCTION agencies_end_sign_ins();
DROP FUNCTION agencies_forget_sign_ins();
"""


class Migration(migrations.Migration):
    dependencies = (("agencies", "0007_standing_reads_the_papers"), ("sessions", "0001_initial"))
    operations = (migrations.RunSQL(ROWS_UP, ROWS_DOWN), migrations.RunSQL(ENDS_UP, ENDS_DOWN))
