"""Who reaches imported records in bulk: the worker role, rows of a batch only; members see the batches of their table.

A member's own policies on the coded record stand as they are: a seat that decides writes the record of its decision and
deletes none. Importing and taking back go through verbs that check the recorder's seat and then step down to the worker
role, to which rows the lifecycle keeps do not exist.
"""

from django.db import migrations

from privacy.rowpolicies import ME

_READS = "(table_id = ANY ((SELECT agencies_tables_in_roles(ARRAY['recorder', 'facilitator', 'manager']))::bigint[]))"
_OWN_WORDS = "(table_id = ANY ((SELECT agencies_tables_in_roles(ARRAY['recorder']))::bigint[]))"
_OF_A_BATCH = (
    "EXISTS (SELECT 1 FROM reports_codedrecord r WHERE r.statistics_id = record_id AND r.batch_id IS NOT NULL)"
)
UP = f"""
CREATE POLICY imported ON reports_codedrecord TO st_worker USING (batch_id IS NOT NULL) WITH CHECK (batch_id IS NOT NULL);
CREATE POLICY imported ON reports_codedrecordversion TO st_worker USING ({_OF_A_BATCH}) WITH CHECK ({_OF_A_BATCH});
GRANT SELECT, INSERT, DELETE ON reports_codedrecord, reports_codedrecordversion TO st_worker;
ALTER TABLE reports_importbatch ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON reports_importbatch FOR SELECT TO st_app USING ({_READS});
CREATE POLICY worker ON reports_importbatch TO st_worker USING (true) WITH CHECK (true);
REVOKE INSERT, UPDATE, DELETE ON reports_importbatch FROM st_app;
GRANT SELECT, INSERT, UPDATE ON reports_importbatch TO st_worker;
ALTER TABLE reports_importword ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON reports_importword TO st_app USING ({_OWN_WORDS} AND {ME} IS NOT NULL) WITH CHECK ({_OWN_WORDS});
CREATE POLICY worker ON reports_importword FOR SELECT TO st_worker USING (true);
GRANT SELECT ON reports_importword TO st_worker;
"""
DOWN = """
REVOKE ALL ON reports_importword, reports_importbatch FROM st_worker;
DROP POLICY worker ON reports_importword; DROP POLICY own ON reports_importword;
ALTER TABLE reports_importword DISABLE ROW LEVEL SECURITY;
GRANT INSERT, UPDATE, DELETE ON reports_importbatch TO st_app;
DROP POLICY worker ON reports_importbatch; DROP POLICY seen ON reports_importbatch;
ALTER TABLE reports_importbatch DISABLE ROW LEVEL SECURITY;
REVOKE ALL ON reports_codedrecord, reports_codedrecordversion FROM st_worker;
DROP POLICY imported ON reports_codedrecordversion; DROP POLICY imported ON reports_codedrecord;
"""


class Migration(migrations.Migration):
    dependencies = (("reports", "0002_records_follow_deciding_seats"), ("privacy", "0011_access_rows_keep_their_plan"))
    operations = (migrations.RunSQL(UP, DOWN),)
