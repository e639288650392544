"""Who reaches releases: readers by their seats, the statistics role by its verbs; and a release is frozen.

A draft is for those who prepare and sign it: managers, facilitator, recorder and privacy officer of a table in it.
Released, the committee's stays with them, the partners' is open to every seat of its tables, the public's to everybody
who signs in. Why a count was withheld, and the counts beneath, nobody reads but the statistics role.
"""

from django.db import migrations

from privacy.rowpolicies import ME

_PREPARES = "(tables && ((SELECT agencies_tables_in_roles(ARRAY['manager', 'facilitator', 'recorder', 'privacy_officer']))::bigint[]))"
_SEATED = (
    "(tables && ((SELECT agencies_tables_in_roles(ARRAY['representative', 'alternate', 'agency_lead', 'privacy_lead',"
    " 'facilitator', 'recorder', 'manager', 'privacy_officer', 'administrator']))::bigint[]))"
)
_READS = (
    f"(state <> 'planned' AND {ME} IS NOT NULL AND ({_PREPARES} OR state = 'released'"
    f" AND (audience = 'public' OR audience = 'partner' AND {_SEATED})))"
)
UP = f"""
ALTER TABLE reports_release ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON reports_release FOR SELECT TO st_app USING ({_READS});
CREATE POLICY statistics ON reports_release TO st_statistics USING (true) WITH CHECK (true);
REVOKE INSERT, UPDATE, DELETE ON reports_release FROM st_app;
ALTER TABLE reports_releasereasons ENABLE ROW LEVEL SECURITY;
CREATE POLICY statistics ON reports_releasereasons TO st_statistics USING (true) WITH CHECK (true);
REVOKE ALL ON reports_releasereasons FROM st_app;
ALTER TABLE reports_quartercounts ENABLE ROW LEVEL SECURITY;
CREATE POLICY statistics ON reports_quartercounts TO st_statistics USING (true) WITH CHECK (true);
REVOKE ALL ON reports_quartercounts FROM st_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON reports_release, reports_releasereasons, reports_quartercounts TO st_statistics;
GRANT SELECT ON risk_catalogueentry TO st_statistics;
CREATE FUNCTION reports_release_is_frozen() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'letters_of' = to_jsonb(OLD) - 'letters_of' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a release is frozen';
END $$;
CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON reports_release FOR EACH ROW WHEN (OLD.state = 'released')
    EXECUTE FUNCTION reports_release_is_frozen();
"""
DOWN = """
DROP TRIGGER frozen ON reports_release; DROP FUNCTION reports_release_is_frozen();
REVOKE ALL ON reports_release, reports_releasereasons, reports_quartercounts, risk_catalogueentry FROM st_statistics;
DROP POLICY statistics ON reports_quartercounts; ALTER TABLE reports_quartercounts DISABLE ROW LEVEL SECURITY;
DROP POLICY statistics ON reports_releasereasons; ALTER TABLE reports_releasereasons DISABLE ROW LEVEL SECURITY;
DROP POLICY statistics ON reports_release; DROP POLICY read ON reports_release;
ALTER TABLE reports_release DISABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON reports_release, reports_releasereasons, reports_quartercounts TO st_app;
"""


class Migration(migrations.Migration):
    dependencies = (
        ("reports", "0004_batches_are_written_by_the_worker"),
        ("privacy", "0011_access_rows_keep_their_plan"),
        ("risk", "0001_initial"),
    )
    operations = (migrations.RunSQL(UP, DOWN),)
