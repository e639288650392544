"""Makes PostgreSQL itself refuse to delete or truncate the catalogue: old records keep their meaning.

The trigger holds for everybody, the owner included. Foreign keys already protect rows in use; this protects the rest.
"""

from django.db import migrations

REFUSE = """
CREATE FUNCTION risk_catalogue_is_never_deleted() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    RAISE EXCEPTION 'an entry of a code list is retired, never deleted' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER catalogue_is_never_deleted BEFORE DELETE ON risk_catalogueentry
    FOR EACH ROW EXECUTE FUNCTION risk_catalogue_is_never_deleted();
CREATE TRIGGER catalogue_is_never_truncated BEFORE TRUNCATE ON risk_catalogueentry
    FOR EACH STATEMENT EXECUTE FUNCTION risk_catalogue_is_never_deleted();
ALTER TABLE risk_catalogueentry ENABLE ALWAYS TRIGGER catalogue_is_never_deleted;
ALTER TABLE risk_catalogueentry ENABLE ALWAYS TRIGGER catalogue_is_never_truncated;
"""
ALLOW = """
DROP TRIGGER catalogue_is_never_truncated ON risk_catalogueentry;
DROP TRIGGER catalogue_is_never_deleted ON risk_catalogueentry;
DROP FUNCTION risk_catalogue_is_never_deleted();
"""


class Migration(migrations.Migration):
    dependencies = (("risk", "0001_initial"),)
    operations = (migrations.RunSQL(REFUSE, ALLOW),)
