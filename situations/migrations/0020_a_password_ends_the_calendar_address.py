"""A new password ends the calendar address, however it was set, as it ends every session (docs/adr/0045).

The page of the password took the address back itself; a password set at the command line left it open to whoever had
learnt it. As sessions do, it ends with the account as well.
"""

from django.db import migrations

UP = """
CREATE FUNCTION situations_feed_ends() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM public.situations_calendarfeed WHERE member_id = NEW.id;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION situations_feed_ends FROM PUBLIC;
CREATE TRIGGER calendar_address_ends AFTER UPDATE OF is_active, password ON agencies_member FOR EACH ROW
    WHEN (OLD.password IS DISTINCT FROM NEW.password OR (OLD.is_active AND NOT NEW.is_active))
    EXECUTE FUNCTION situations_feed_ends();
"""
DOWN = "DROP TRIGGER calendar_address_ends ON agencies_member; DROP FUNCTION situations_feed_ends();"


class Migration(migrations.Migration):
    dependencies = (
        ("agencies", "0014_good_standing_keeps_its_plan"),
        ("situations", "0019_entries_are_corrected_by_new_ones"),
    )
    operations = (migrations.RunSQL(UP, DOWN),)
