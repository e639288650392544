"""Shows a guest of a meeting nothing but what stands on its agenda while it sits, whoever writes the mirror (R57).

Which rows a guest reads is said by a column of the situation and of its access state. Row-level security lets whoever
sees a row write it, so that any seat at the table could have shown any item of it to the guests of a meeting. Who runs
the table's meetings writes it, for an item of the agenda of the meeting that sits; anybody who ends it takes it away.
"""

from django.db import migrations

from privacy.rowpolicies import ME

_MIRRORS = (("situations_situation", "id"), ("privacy_accessstate", "ref"))
_FUNCTION = f"""
CREATE FUNCTION situations_shown_to_guests() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM public.situations_agendaitem i JOIN public.situations_meeting m ON m.id = i.meeting_id
         WHERE m.id = NEW.meeting AND m.state = 'sitting' AND m.table_id = NEW.table_id
           AND i.situation_id = (to_jsonb(NEW) ->> TG_ARGV[0])::uuid)
       OR NOT EXISTS (
        SELECT 1 FROM public.agencies_standing p WHERE p.member_id = {ME} AND p.table_id = NEW.table_id
           AND p.role IN ('facilitator', 'recorder'))
    THEN RAISE insufficient_privilege USING MESSAGE = 'guests are shown what is on the agenda'; END IF;
    RETURN NEW;
END $$;
"""
UP = _FUNCTION + "".join(
    f"CREATE TRIGGER shown_to_guests BEFORE UPDATE OF meeting ON {table} FOR EACH ROW"
    " WHEN (NEW.meeting IS NOT NULL AND NEW.meeting IS DISTINCT FROM OLD.meeting)"
    f" EXECUTE FUNCTION situations_shown_to_guests('{key}');\n"
    for table, key in _MIRRORS
)
DOWN = (
    "".join(f"DROP TRIGGER shown_to_guests ON {table};\n" for table, _key in _MIRRORS)
    + "DROP FUNCTION situations_shown_to_guests();"
)


class Migration(migrations.Migration):
    dependencies = (
        ("privacy", "0011_access_rows_keep_their_plan"),
        ("situations", "0020_a_password_ends_the_calendar_address"),
    )
    operations = (migrations.RunSQL(UP, DOWN),)
