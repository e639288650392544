"""A situation keeps its table and its agency, as its access state does: what they decide is who reads what (R1)."""

from django.db import migrations

UP = """
CREATE FUNCTION situations_keeps_its_agency() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF (NEW.id, NEW.table_id, NEW.originating_agency_id) IS DISTINCT FROM (OLD.id, OLD.table_id, OLD.originating_agency_id)
    THEN RAISE insufficient_privilege USING MESSAGE = 'a situation keeps its table and its agency'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keeps_its_agency BEFORE UPDATE ON situations_situation
    FOR EACH ROW EXECUTE FUNCTION situations_keeps_its_agency();
"""
DOWN = "DROP TRIGGER keeps_its_agency ON situations_situation; DROP FUNCTION situations_keeps_its_agency();"


class Migration(migrations.Migration):
    dependencies = (("situations", "0003_an_ended_item_is_forgotten"),)
    operations = (migrations.RunSQL(UP, DOWN),)
