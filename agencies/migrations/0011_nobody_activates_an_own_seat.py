"""Keeps phones, leave cover and handed links; PostgreSQL itself refuses a seat that somebody activates alone.

For the agency's side: never the person who will sit, but for the first seat of a new table. For the person's side:
never anybody else. Guests sit by other rules; without a member (commands, the first run) nobody is asked.
"""

from django.db import migrations

UP = """
CREATE FUNCTION agencies_two_sides_accept() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
    me bigint := NULLIF(current_setting('st.member', true), '')::bigint;
    was_by_lead timestamptz;
    was_by_member timestamptz;
BEGIN
    IF me IS NULL OR NEW.role = 'guest' THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        was_by_lead := OLD.accepted_by_lead_at;
        was_by_member := OLD.accepted_by_member_at;
        IF NEW.member_id <> OLD.member_id THEN
            RAISE EXCEPTION 'a seat keeps its person' USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    IF NEW.confirmed_as = 'new_table' AND TG_OP = 'INSERT'
       AND NOT EXISTS (SELECT 1 FROM public.agencies_seat s WHERE s.table_id = NEW.table_id) THEN
        RETURN NEW;
    END IF;
    IF was_by_lead IS NULL AND NEW.accepted_by_lead_at IS NOT NULL AND NEW.member_id = me THEN
        RAISE EXCEPTION 'nobody activates an own seat' USING ERRCODE = 'restrict_violation';
    END IF;
    IF was_by_member IS NULL AND NEW.accepted_by_member_at IS NOT NULL AND NEW.member_id <> me THEN
        RAISE EXCEPTION 'only the person accepts for the person' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER two_sides_accept BEFORE INSERT OR UPDATE ON agencies_seat
    FOR EACH ROW EXECUTE FUNCTION agencies_two_sides_accept();
ALTER TABLE agencies_seat ENABLE ALWAYS TRIGGER two_sides_accept;
"""
DOWN = "DROP TRIGGER two_sides_accept ON agencies_seat; DROP FUNCTION agencies_two_sides_accept();"


class Migration(migrations.Migration):
    dependencies = (("agencies", "0010_which_sessions_are_awake"),)
    operations = (migrations.RunSQL(UP, DOWN),)
