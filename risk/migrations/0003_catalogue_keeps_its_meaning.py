"""Makes PostgreSQL itself refuse to rewrite an entry: only its retirement and its place in the list may change.

A changed wording is a new version (risk.catalogue), so what was recorded under the old one still says what it said.
A retirement, once written, stays.
"""

from django.db import migrations

REFUSE = """
CREATE FUNCTION risk_catalogue_keeps_its_meaning() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF to_jsonb(NEW) - ARRAY['retired_on', 'position'] IS DISTINCT FROM to_jsonb(OLD) - ARRAY['retired_on', 'position']
       OR (OLD.retired_on IS NOT NULL AND NEW.retired_on IS DISTINCT FROM OLD.retired_on) THEN
        RAISE EXCEPTION 'an entry of a code list gets a new version, never a new meaning'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER catalogue_keeps_its_meaning BEFORE UPDATE ON risk_catalogueentry
    FOR EACH ROW EXECUTE FUNCTION risk_catalogue_keeps_its_meaning();
ALTER TABLE risk_catalogueentry ENABLE ALWAYS TRIGGER catalogue_keeps_its_meaning;
"""
ALLOW = """
DROP TRIGGER catalogue_keeps_its_meaning ON risk_catalogueentry;
DROP FUNCTION risk_catalogue_keeps_its_meaning();
"""


class Migration(migrations.Migration):
    dependencies = (("risk", "0002_catalogue_is_never_deleted"),)
    operations = (migrations.RunSQL(REFUSE, ALLOW),)
