"""Row-level security on the coded record: kept by whoever decides at its table, read in bulk by the statistics role.

The lifecycle writes it as the member who decides, so a seat that decides reaches the records of its table; a manager
has no row (domain.md, "People": never any single situation) and gets totals made by st_statistics. Nobody deletes: a
record is brought up to date. The list of versions is only ever added to.
"""

from django.db import migrations

from privacy.rowpolicies import ME

_DECIDES = (
    "(table_id = ANY (ARRAY(SELECT table_id FROM agencies_standing"
    f" WHERE member_id = {ME} AND role IN"
    " ('representative', 'alternate', 'agency_lead', 'facilitator', 'recorder'))))"
)
UP = f"""
ALTER TABLE reports_codedrecord ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON reports_codedrecord FOR SELECT TO st_app USING ({_DECIDES});
CREATE POLICY opened ON reports_codedrecord FOR INSERT TO st_app WITH CHECK ({_DECIDES});
CREATE POLICY updated ON reports_codedrecord FOR UPDATE TO st_app USING ({_DECIDES}) WITH CHECK ({_DECIDES});
CREATE POLICY statistics ON reports_codedrecord FOR SELECT TO st_statistics USING (true);
REVOKE DELETE ON reports_codedrecord FROM st_app;
ALTER TABLE reports_codedrecordversion ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON reports_codedrecordversion FOR SELECT TO st_app USING ({_DECIDES});
CREATE POLICY added ON reports_codedrecordversion FOR INSERT TO st_app WITH CHECK ({_DECIDES});
REVOKE UPDATE, DELETE ON reports_codedrecordversion FROM st_app;
GRANT SELECT ON reports_codedrecord, agencies_table, agencies_sector TO st_statistics;
"""
DOWN = """
REVOKE SELECT ON reports_codedrecord, agencies_table, agencies_sector FROM st_statistics;
DROP POLICY read ON reports_codedrecordversion; DROP POLICY added ON reports_codedrecordversion;
ALTER TABLE reports_codedrecordversion DISABLE ROW LEVEL SECURITY;
GRANT UPDATE, DELETE ON reports_codedrecordversion TO st_app;
DROP POLICY read ON reports_codedrecord; DROP POLICY opened ON reports_codedrecord;
DROP POLICY updated ON reports_codedrecord; DROP POLICY statistics ON reports_codedrecord;
ALTER TABLE reports_codedrecord DISABLE ROW LEVEL SECURITY;
GRANT DELETE ON reports_codedrecord TO st_app;
"""


class Migration(migrations.Migration):
    dependencies = (("reports", "0001_initial"), ("privacy", "0002_access_rows_follow_seats"))
    operations = (migrations.RunSQL(UP, DOWN),)
