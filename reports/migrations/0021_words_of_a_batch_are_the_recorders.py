"""What the words of an imported file meant is read by the table's recorder alone.

It stood in the row of the batch, which facilitator and managers read too: they may know that a file came in, not how
somebody wrote in it. It moves to a row with a policy of its own, that of the table's own words (0004).
"""

import django.db.models.deletion
from django.db import migrations, models

_RECORDERS = "(table_id = ANY ((SELECT agencies_tables_in_roles(ARRAY['recorder']))::bigint[]))"
_WALL = f"""
ALTER TABLE reports_batchwords ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON reports_batchwords FOR SELECT TO st_app USING ({_RECORDERS});
CREATE POLICY worker ON reports_batchwords TO st_worker USING (true) WITH CHECK (true);
REVOKE INSERT, UPDATE, DELETE ON reports_batchwords FROM st_app;
GRANT SELECT, INSERT ON reports_batchwords TO st_worker;
"""
_NO_WALL = """
DROP POLICY worker ON reports_batchwords; DROP POLICY seen ON reports_batchwords;
ALTER TABLE reports_batchwords DISABLE ROW LEVEL SECURITY;
"""
_MOVE = """
INSERT INTO reports_batchwords (batch_id, table_id, words)
SELECT id, table_id, words FROM reports_importbatch WHERE words <> '{}'::jsonb;
SET CONSTRAINTS ALL IMMEDIATE;
"""
_BACK = """
UPDATE reports_importbatch b SET words = w.words FROM reports_batchwords w WHERE w.batch_id = b.id;
"""


class Migration(migrations.Migration):
    dependencies = (("agencies", "0001_initial"), ("reports", "0020_a_batch_keeps_what_its_words_meant"))
    operations = (
        migrations.CreateModel(
            name="BatchWords",
            fields=[
                (
                    "batch",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="said",
                        serialize=False, to="reports.importbatch",
                    ),
                ),
                ("words", models.JSONField(default=dict)),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agencies.table"
                    ),
                ),
            ],
        ),
        migrations.RunSQL(_MOVE, _BACK),
        migrations.RemoveField("importbatch", "words"),
        migrations.RunSQL(_WALL, _NO_WALL),
    )  # fmt: skip
