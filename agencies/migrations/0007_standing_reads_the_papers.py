"""Lets the one rule of good standing read texts that are signed again, agreements that were ended, agencies on call.

An agency on call does not sit: its agency seats do not stand; its people sit as guests of a meeting it was called to,
with its agreement and their undertakings in force (R59). A published text, a signature and an entry of the sectors are
what they were: PostgreSQL itself refuses to rewrite them (docs/adr/0024).
"""

from django.db import migrations

_AGREEMENTS = """
CREATE VIEW agencies_agreement_in_force WITH (security_invoker = true) AS
SELECT g.id AS agreement_id, g.agency_id, g.table_id
  FROM agencies_sharingagreement g
  JOIN agencies_table t ON t.id = g.table_id
 CROSS JOIN LATERAL (SELECT (now() AT TIME ZONE t.time_zone)::date AS today) d
 WHERE g.ended_at IS NULL AND g.starts_on <= d.today AND g.ends_on >= d.today
   AND NOT EXISTS (SELECT 1 FROM agencies_papertext x
                    WHERE x.table_id = g.table_id AND x.kind = 'agreement'
                      AND x.sign_again_from <= d.today AND x.version > g.text_version);
GRANT SELECT ON agencies_agreement_in_force TO st_app, st_vault, st_worker;
GRANT SELECT ON agencies_papertext, agencies_oncall TO st_vault, st_worker;
"""

STANDING = """
CREATE OR REPLACE VIEW agencies_standing WITH (security_invoker = true) AS
SELECT s.id AS seat_id, s.member_id, s.table_id, s.agency_id, s.role, s.meeting, s.item
  FROM agencies_seat s
  JOIN agencies_member m ON m.id = s.member_id AND m.is_active
  JOIN agencies_agency a ON a.id = s.agency_id AND a.is_active
  JOIN agencies_table t ON t.id = s.table_id
 CROSS JOIN LATERAL (SELECT (now() AT TIME ZONE t.time_zone)::date AS today) d
 CROSS JOIN LATERAL (SELECT EXISTS (
       SELECT 1 FROM agencies_oncall c
        WHERE c.agency_id = s.agency_id AND c.table_id = s.table_id
          AND c.since <= d.today AND (c.until IS NULL OR c.until > d.today)) AS on_call) o
 WHERE s.accepted_by_lead_at IS NOT NULL
   AND s.accepted_by_member_at IS NOT NULL
   AND s.starts_on <= d.today AND (s.ends_on IS NULL OR s.ends_on >= d.today)
   AND EXISTS (SELECT 1 FROM agencies_undertaking u
                WHERE u.member_id = s.member_id AND u.table_id = s.table_id
                  AND u.signed_on <= d.today AND u.ends_on >= d.today
                  AND NOT EXISTS (SELECT 1 FROM agencies_papertext x
                                   WHERE x.table_id = u.table_id AND x.kind = 'undertaking'
                                     AND x.sign_again_from <= d.today AND x.version > u.text_version))
   AND NOT (o.on_call AND s.role IN ('representative', 'alternate', 'agency_lead'))
   AND ((s.role = 'guest' AND NOT o.on_call)
        OR EXISTS (SELECT 1 FROM agencies_agreement_in_force g
                    WHERE g.agency_id = s.agency_id AND g.table_id = s.table_id));
"""
# A view keeps its columns once it has them: `item` stays, empty, when this is taken back.
STANDING_WAS = """
CREATE OR REPLACE VIEW agencies_standing WITH (security_invoker = true) AS
SELECT s.id AS seat_id, s.member_id, s.table_id, s.agency_id, s.role, s.meeting, NULL::uuid AS item
  FROM agencies_seat s
  JOIN agencies_member m ON m.id = s.member_id AND m.is_active
  JOIN agencies_agency a ON a.id = s.agency_id AND a.is_active
  JOIN agencies_table t ON t.id = s.table_id
 CROSS JOIN LATERAL (SELECT (now() AT TIME ZONE t.time_zone)::date AS today) d
 WHERE s.accepted_by_lead_at IS NOT NULL
   AND s.accepted_by_member_at IS NOT NULL
   AND s.starts_on <= d.today AND (s.ends_on IS NULL OR s.ends_on >= d.today)
   AND EXISTS (SELECT 1 FROM agencies_undertaking u
                WHERE u.member_id = s.member_id AND u.table_id = s.table_id
                  AND u.signed_on <= d.today AND u.ends_on >= d.today)
   AND (s.role = 'guest'
        OR EXISTS (SELECT 1 FROM agencies_sharingagreement g
                    WHERE g.agency_id = s.agency_id AND g.table_id = s.table_id
                      AND g.starts_on <= d.today AND g.ends_on >= d.today));
"""

_KEPT = """
CREATE FUNCTION agencies_text_is_kept() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF OLD.published_at IS NOT NULL THEN
        RAISE EXCEPTION 'a published text is kept as it is' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER text_is_kept BEFORE UPDATE OR DELETE ON agencies_papertext
    FOR EACH ROW EXECUTE FUNCTION agencies_text_is_kept();
ALTER TABLE agencies_papertext ENABLE ALWAYS TRIGGER text_is_kept;

CREATE FUNCTION agencies_agreement_stays_as_signed() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF (NEW.agency_id, NEW.table_id, NEW.signatory_name, NEW.signatory_office, NEW.signed_by_id, NEW.signed_on,
        NEW.text_id, NEW.text_version, NEW.text_hash, NEW.language)
       IS DISTINCT FROM
       (OLD.agency_id, OLD.table_id, OLD.signatory_name, OLD.signatory_office, OLD.signed_by_id, OLD.signed_on,
        OLD.text_id, OLD.text_version, OLD.text_hash, OLD.language)
    THEN
        RAISE EXCEPTION 'a signature stays as it was made' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stays_as_signed BEFORE UPDATE ON agencies_sharingagreement
    FOR EACH ROW EXECUTE FUNCTION agencies_agreement_stays_as_signed();
ALTER TABLE agencies_sharingagreement ENABLE ALWAYS TRIGGER stays_as_signed;

CREATE FUNCTION agencies_undertaking_stays_as_signed() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF (NEW.member_id, NEW.table_id, NEW.signed_on, NEW.text_id, NEW.text_version, NEW.text_hash, NEW.language)
       IS DISTINCT FROM
       (OLD.member_id, OLD.table_id, OLD.signed_on, OLD.text_id, OLD.text_version, OLD.text_hash, OLD.language)
    THEN
        RAISE EXCEPTION 'a signature stays as it was made' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stays_as_signed BEFORE UPDATE ON agencies_undertaking
    FOR EACH ROW EXECUTE FUNCTION agencies_undertaking_stays_as_signed();
ALTER TABLE agencies_undertaking ENABLE ALWAYS TRIGGER stays_as_signed;

CREATE FUNCTION agencies_sector_keeps_its_meaning() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'an entry of a code list is retired, never deleted' USING ERRCODE = 'restrict_violation';
    END IF;
    IF to_jsonb(NEW) - ARRAY['retired_on', 'retired_by_id', 'why_retired']
       IS DISTINCT FROM to_jsonb(OLD) - ARRAY['retired_on', 'retired_by_id', 'why_retired']
       OR (OLD.retired_on IS NOT NULL AND (NEW.retired_on, NEW.retired_by_id, NEW.why_retired)
           IS DISTINCT FROM (OLD.retired_on, OLD.retired_by_id, OLD.why_retired)) THEN
        RAISE EXCEPTION 'an entry of a code list gets a new version, never a new meaning' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER sector_keeps_its_meaning BEFORE UPDATE OR DELETE ON agencies_sector
    FOR EACH ROW EXECUTE FUNCTION agencies_sector_keeps_its_meaning();
ALTER TABLE agencies_sector ENABLE ALWAYS TRIGGER sector_keeps_its_meaning;
"""
_NOT_KEPT = """
DROP TRIGGER sector_keeps_its_meaning ON agencies_sector; DROP FUNCTION agencies_sector_keeps_its_meaning();
DROP TRIGGER stays_as_signed ON agencies_undertaking; DROP FUNCTION agencies_undertaking_stays_as_signed();
DROP TRIGGER stays_as_signed ON agencies_sharingagreement; DROP FUNCTION agencies_agreement_stays_as_signed();
DROP TRIGGER text_is_kept ON agencies_papertext; DROP FUNCTION agencies_text_is_kept();
"""

# Who was called for which item is the table's to know, like the item itself.
_CALLS = """
ALTER TABLE agencies_call ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON agencies_call FOR ALL TO st_app
    USING (table_id = ANY ((SELECT agencies_tables_in_roles(ARRAY[
        'representative', 'alternate', 'agency_lead', 'facilitator', 'recorder', 'privacy_officer']))::bigint[]))
    WITH CHECK (table_id = ANY ((SELECT agencies_tables_in_roles(ARRAY['facilitator']))::bigint[]));
REVOKE UPDATE, DELETE ON agencies_call FROM st_app;
"""
_NO_CALLS = """
DROP POLICY seen ON agencies_call; ALTER TABLE agencies_call DISABLE ROW LEVEL SECURITY;
GRANT UPDATE, DELETE ON agencies_call TO st_app;
"""


class Migration(migrations.Migration):
    dependencies = (("agencies", "0005_seats_are_read_with_a_kept_plan"),)
    operations = (
        migrations.RunSQL(_AGREEMENTS, "DROP VIEW agencies_agreement_in_force;"),
        migrations.RunSQL(STANDING, STANDING_WAS),
        migrations.RunSQL(_KEPT, _NOT_KEPT),
        migrations.RunSQL(_CALLS, _NO_CALLS),
    )
