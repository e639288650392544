"""Lets the retention worker end the authorities on record: without it no situation that had any was ever destroyed."""

from django.db import migrations

UP = """
CREATE POLICY worker ON privacy_authorityonrecord TO st_worker USING (true) WITH CHECK (true);
GRANT SELECT, UPDATE, DELETE ON privacy_authorityonrecord TO st_worker;
"""
DOWN = """
DROP POLICY worker ON privacy_authorityonrecord; REVOKE ALL ON privacy_authorityonrecord FROM st_worker;
"""


class Migration(migrations.Migration):
    dependencies = (("privacy", "0005_reveal_needs_a_committed_receipt"),)
    operations = (migrations.RunSQL(UP, DOWN),)
