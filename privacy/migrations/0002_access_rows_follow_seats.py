"""Row-level security on the access state: a row is one's own agency's, or presented at a table where one sits (R55)."""

from django.db import migrations

from privacy.rowpolicies import ME, disable, enable, follows, visible_state

_BY_STATE = follows("privacy_accessstate", "ref", "access_id")
_BY_COMPARTMENT = follows("privacy_compartment", "id", "content_object_id")
_BY_DISCLOSURE = follows("privacy_disclosure", "id", "disclosure_id")

TABLES = (
    ("privacy_accessstate", visible_state(), True, True),
    ("privacy_compartment", _BY_STATE, True, True),
    ("privacy_engagement", _BY_STATE, True, True),
    ("privacy_recusal", _BY_STATE, True, False),
    ("privacy_authorityonrecord", _BY_STATE, False, False),
    ("privacy_disclosure", _BY_STATE, True, True),
    ("privacy_disclosurerecipient", _BY_DISCLOSURE, True, True),
    ("privacy_compartmentgrant", _BY_COMPARTMENT, True, True),
)

# A tombstone is written by whoever ends a situation, and read by the worker that deletes the keys.
_TOMBSTONE = f"""
ALTER TABLE privacy_tombstone ENABLE ROW LEVEL SECURITY;
CREATE POLICY written ON privacy_tombstone FOR INSERT TO st_app WITH CHECK ({ME} IS NOT NULL);
CREATE POLICY worker ON privacy_tombstone TO st_worker USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON privacy_tombstone TO st_worker;
"""
_NO_TOMBSTONE = """
DROP POLICY written ON privacy_tombstone; DROP POLICY worker ON privacy_tombstone;
ALTER TABLE privacy_tombstone DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = (("privacy", "0001_initial"), ("agencies", "0002_standing_is_one_view"))
    operations = (
        *(
            migrations.RunSQL(enable(table, rule, vault=vault, worker=worker), disable(table))
            for table, rule, vault, worker in TABLES
        ),
        migrations.RunSQL(_TOMBSTONE, _NO_TOMBSTONE),
        migrations.RunSQL(
            "GRANT SELECT ON auth_permission TO st_vault;", "REVOKE SELECT ON auth_permission FROM st_vault;"
        ),
    )
