"""Who reaches the exports of a table and what was entered? Its recorder prepares, takes and enters; others approve.

The second person is a constraint of the table, so that no code can be the first and the second at once. What was
prepared is not changed: only approval and taking are ever written to a row, and no row is deleted.
"""

from django.db import migrations

_READS = "(table_id = ANY ((SELECT agencies_tables_in_roles(ARRAY['recorder', 'facilitator', 'manager']))::bigint[]))"
_RECORDS = "(table_id = ANY ((SELECT agencies_tables_in_roles(ARRAY['recorder']))::bigint[]))"
UP = f"""
ALTER TABLE reports_recordexport ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON reports_recordexport FOR SELECT TO st_app USING ({_READS});
CREATE POLICY prepared ON reports_recordexport FOR INSERT TO st_app
    WITH CHECK ({_RECORDS} AND approved_by_id IS NULL AND taken_by_id IS NULL);
CREATE POLICY decided ON reports_recordexport FOR UPDATE TO st_app USING ({_READS}) WITH CHECK ({_READS});
REVOKE UPDATE, DELETE ON reports_recordexport FROM st_app;
GRANT UPDATE (approved_by_id, approved_at, taken_by_id, taken_at) ON reports_recordexport TO st_app;
ALTER TABLE reports_recordentry ENABLE ROW LEVEL SECURITY;
CREATE POLICY kept ON reports_recordentry TO st_app USING ({_RECORDS}) WITH CHECK ({_RECORDS});
REVOKE DELETE ON reports_recordentry FROM st_app;
GRANT SELECT, DELETE ON reports_recordentry TO st_worker;
CREATE POLICY imported ON reports_recordentry TO st_worker
    USING (EXISTS (SELECT 1 FROM reports_codedrecord r WHERE r.statistics_id = record_id AND r.batch_id IS NOT NULL));
"""
DOWN = """
DROP POLICY imported ON reports_recordentry; REVOKE ALL ON reports_recordentry FROM st_worker;
GRANT DELETE ON reports_recordentry TO st_app;
DROP POLICY kept ON reports_recordentry; ALTER TABLE reports_recordentry DISABLE ROW LEVEL SECURITY;
REVOKE UPDATE (approved_by_id, approved_at, taken_by_id, taken_at) ON reports_recordexport FROM st_app;
GRANT UPDATE, DELETE ON reports_recordexport TO st_app;
DROP POLICY decided ON reports_recordexport; DROP POLICY prepared ON reports_recordexport;
DROP POLICY seen ON reports_recordexport; ALTER TABLE reports_recordexport DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = (
        ("reports", "0006_releases_are_kept_by_the_statistics_role"),
        ("privacy", "0011_access_rows_keep_their_plan"),
    )
    operations = (migrations.RunSQL(UP, DOWN),)
