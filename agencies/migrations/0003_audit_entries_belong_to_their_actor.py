"""Row-level security on django-auditlog's entries: a disclosure's creation names a situation by reference.

Everybody may append; one reads back what one did oneself, and without a member what nobody did (administration by
commands). The auditor role reads all.
"""

from django.db import migrations

ME = "NULLIF(current_setting('st.member', true), '')::bigint"
UP = f"""
ALTER TABLE auditlog_logentry ENABLE ROW LEVEL SECURITY;
CREATE POLICY appended ON auditlog_logentry FOR INSERT TO st_app WITH CHECK (actor_id IS NOT DISTINCT FROM {ME});
CREATE POLICY own ON auditlog_logentry FOR SELECT TO st_app USING (actor_id IS NOT DISTINCT FROM {ME});
CREATE POLICY auditor ON auditlog_logentry FOR SELECT TO st_auditor USING (true);
GRANT SELECT ON auditlog_logentry TO st_auditor;
REVOKE UPDATE, DELETE ON auditlog_logentry FROM st_app;
"""
DOWN = """
DROP POLICY appended ON auditlog_logentry; DROP POLICY own ON auditlog_logentry;
DROP POLICY auditor ON auditlog_logentry; ALTER TABLE auditlog_logentry DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = (("agencies", "0002_standing_is_one_view"), ("auditlog", "0017_add_actor_email"))
    operations = (migrations.RunSQL(UP, DOWN),)
