"""What a check of the ledger found stays: the application adds checks and reads them, and takes none away (R36).

Checks older than what is kept are let go by one function, which knows no other rows. And the worker, which answers
whether an agency still acts before somebody is told so, reads who stepped away: to them it is not told (R58).
"""

from django.db import migrations

#: For how long a check is kept.
_KEPT = "400 days"
_CHECKS = f"""
REVOKE UPDATE, DELETE, TRUNCATE ON privacy_ledgercheck FROM st_app;
CREATE FUNCTION privacy_old_checks_go() RETURNS void
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DELETE FROM public.privacy_ledgercheck WHERE at < now() - interval '{_KEPT}' $$;
REVOKE ALL ON FUNCTION privacy_old_checks_go FROM PUBLIC;
GRANT EXECUTE ON FUNCTION privacy_old_checks_go TO st_app;
"""
_NO_CHECKS = "DROP FUNCTION privacy_old_checks_go(); GRANT DELETE ON privacy_ledgercheck TO st_app;"
_AWAY = """
CREATE POLICY worker ON privacy_recusal FOR SELECT TO st_worker USING (true);
GRANT SELECT ON privacy_recusal TO st_worker;
"""
_NOT_AWAY = "REVOKE SELECT ON privacy_recusal FROM st_worker; DROP POLICY worker ON privacy_recusal;"


class Migration(migrations.Migration):
    dependencies = (("privacy", "0021_corrections_stand_in_the_ledger"),)
    operations = (migrations.RunSQL(_CHECKS, _NO_CHECKS), migrations.RunSQL(_AWAY, _NOT_AWAY))
