"""What the words of a file meant goes when its import is taken back, by whoever takes it back."""

from django.db import migrations

UP = """
GRANT DELETE ON reports_batchwords, reports_importword TO st_worker;
CREATE POLICY forgotten ON reports_importword FOR DELETE TO st_worker USING (true);
DELETE FROM reports_batchwords w USING reports_importbatch b WHERE b.id = w.batch_id AND b.undone_at IS NOT NULL;
"""
DOWN = """
DROP POLICY forgotten ON reports_importword;
REVOKE DELETE ON reports_batchwords, reports_importword FROM st_worker;
"""


class Migration(migrations.Migration):
    dependencies = (("reports", "0026_each_taking_of_a_file_stays_known"),)
    operations = (migrations.RunSQL(UP, DOWN),)
