"""Who took a file of coded records is written once for each time, and stays.

It stood in the row of the export, where the next taking wrote over it. An approval is signed by whoever is acting.
"""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from privacy.rowpolicies import ME

_READS = "(table_id = ANY ((SELECT agencies_tables_in_roles(ARRAY['recorder', 'facilitator', 'manager']))::bigint[]))"
_RECORDS = "(table_id = ANY ((SELECT agencies_tables_in_roles(ARRAY['recorder']))::bigint[]))"
_APPROVED = (
    "EXISTS (SELECT 1 FROM reports_recordexport e WHERE e.id = export_id"
    " AND e.table_id = reports_exporttaking.table_id AND e.approved_by_id IS NOT NULL)"
)
_MOVE = """
INSERT INTO reports_exporttaking (id, export_id, table_id, taken_by_id, taken_at, form)
SELECT gen_random_uuid(), id, table_id, taken_by_id, taken_at, '' FROM reports_recordexport WHERE taken_by_id IS NOT NULL;
SET CONSTRAINTS ALL IMMEDIATE;
"""
_BACK = """
UPDATE reports_recordexport e SET taken_by_id = t.taken_by_id, taken_at = t.taken_at
FROM (SELECT DISTINCT ON (export_id) * FROM reports_exporttaking ORDER BY export_id, taken_at DESC) t
WHERE t.export_id = e.id;
SET CONSTRAINTS ALL IMMEDIATE;
"""
_NOT_TAKEN_YET = f"""
DROP POLICY prepared ON reports_recordexport;
CREATE POLICY prepared ON reports_recordexport FOR INSERT TO st_app WITH CHECK ({_RECORDS} AND approved_by_id IS NULL);
ALTER POLICY decided ON reports_recordexport WITH CHECK ({_READS} AND approved_by_id = {ME});
"""
_TAKEN_THERE = f"""
DROP POLICY prepared ON reports_recordexport;
CREATE POLICY prepared ON reports_recordexport FOR INSERT TO st_app
    WITH CHECK ({_RECORDS} AND approved_by_id IS NULL AND taken_by_id IS NULL);
ALTER POLICY decided ON reports_recordexport WITH CHECK ({_READS});
GRANT UPDATE (taken_by_id, taken_at) ON reports_recordexport TO st_app;
"""
_WALL = f"""
ALTER TABLE reports_exporttaking ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON reports_exporttaking FOR SELECT TO st_app USING ({_READS});
CREATE POLICY taken ON reports_exporttaking FOR INSERT TO st_app
    WITH CHECK ({_RECORDS} AND taken_by_id = {ME} AND {_APPROVED});
REVOKE UPDATE, DELETE ON reports_exporttaking FROM st_app;
"""
_NO_WALL = """
GRANT UPDATE, DELETE ON reports_exporttaking TO st_app;
DROP POLICY taken ON reports_exporttaking; DROP POLICY seen ON reports_exporttaking;
ALTER TABLE reports_exporttaking DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = (("agencies", "0001_initial"), ("reports", "0025_records_stand_in_the_order_of_their_file"))
    operations = (
        migrations.CreateModel(
            name="ExportTaking",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("taken_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("form", models.CharField(max_length=4)),
                (
                    "export",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="takings", to="reports.recordexport"
                    ),
                ),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.table"
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.member"
                    ),
                ),
            ],
            options={"ordering": ("taken_at",)},
        ),
        migrations.RunSQL(_MOVE, _BACK),
        migrations.RunSQL(_NOT_TAKEN_YET, _TAKEN_THERE),
        migrations.RemoveConstraint("recordexport", "export_taken_once_approved"),
        migrations.RemoveField("recordexport", "taken_by"),
        migrations.RemoveField("recordexport", "taken_at"),
        migrations.RunSQL(_WALL, _NO_WALL),
    )
