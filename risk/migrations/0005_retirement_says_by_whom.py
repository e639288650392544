"""Lets a retirement be written together with who retired the entry and why: once, like the retirement itself."""

from django.db import migrations

_CHECK = """
CREATE OR REPLACE FUNCTION risk_catalogue_keeps_its_meaning() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF to_jsonb(NEW) - ARRAY[{free}] IS DISTINCT FROM to_jsonb(OLD) - ARRAY[{free}]
       OR (OLD.retired_on IS NOT NULL AND {kept}) THEN
        RAISE EXCEPTION 'an entry of a code list gets a new version, never a new meaning'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""
NEW = _CHECK.format(
    free="'retired_on', 'position', 'retired_by_id', 'why_retired'",
    kept="(NEW.retired_on, NEW.retired_by_id, NEW.why_retired)"
    " IS DISTINCT FROM (OLD.retired_on, OLD.retired_by_id, OLD.why_retired)",
)
OLD = _CHECK.format(free="'retired_on', 'position'", kept="NEW.retired_on IS DISTINCT FROM OLD.retired_on")


class Migration(migrations.Migration):
    dependencies = (("risk", "0003_catalogue_keeps_its_meaning"),)
    operations = (migrations.RunSQL(NEW, OLD),)
