"""Gives each writing agency its own compartment of youth-justice notes about a person.

One compartment for all let an agency that the Act binds learn of notes it is not listed for: that the person's notes
were over, or ended sooner than its own (YCJA s. 118). What stands is its first writer's.
"""

from django.db import migrations

_STAYS = """
CREATE OR REPLACE FUNCTION privacy_youth_notes_end() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.kind = 'youth' AND current_user = 'st_app'
        THEN RAISE insufficient_privilege USING MESSAGE = 'youth-justice notes end with retention'; END IF;
        RETURN OLD;
    END IF;
    IF (NEW.id, NEW.access_id, NEW.kind, NEW.subject{new}) IS DISTINCT FROM (OLD.id, OLD.access_id, OLD.kind, OLD.subject{old})
       OR (OLD.readable_until IS NOT NULL AND (NEW.readable_until IS NULL OR NEW.readable_until > OLD.readable_until))
    THEN RAISE insufficient_privilege USING MESSAGE = 'a compartment stays what it is, and ends no later'; END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = (
        ("agencies", "0007_standing_reads_the_papers"),
        ("privacy", "0017_privacy_officer_counts_marked"),
    )
    operations = (
        migrations.RunSQL(
            _STAYS.format(new=", NEW.agency_id", old=", OLD.agency_id"), _STAYS.format(new="", old="")
        ),
    )  # fmt: skip
