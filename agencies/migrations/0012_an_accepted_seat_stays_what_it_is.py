"""Refuses to make another seat of an accepted one: what was accepted was one role, of one agency, at one table.

Otherwise a representative's seat that both sides accepted could be turned into a lead's, and nobody would be asked.
"""

from django.db import migrations

UP = """
CREATE OR REPLACE FUNCTION agencies_two_sides_accept() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
DECLARE
    me bigint := NULLIF(current_setting('st.member', true), '')::bigint;
    was_by_lead timestamptz;
    was_by_member timestamptz;
BEGIN
    IF me IS NULL THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF (OLD.accepted_by_lead_at IS NOT NULL OR OLD.accepted_by_member_at IS NOT NULL)
           AND (NEW.role, NEW.agency_id, NEW.table_id) IS DISTINCT FROM (OLD.role, OLD.agency_id, OLD.table_id) THEN
            RAISE EXCEPTION 'an accepted seat keeps its role, agency and table' USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    IF NEW.role = 'guest' THEN
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
"""
DOWN = """
CREATE OR REPLACE FUNCTION agencies_two_sides_accept() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
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
"""


class Migration(migrations.Migration):
    dependencies = (("agencies", "0011_nobody_activates_an_own_seat"),)
    operations = (migrations.RunSQL(UP, DOWN),)
