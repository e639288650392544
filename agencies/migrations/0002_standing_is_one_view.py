"""Puts the rule of good standing in one view, read by Python and by the row-level policies alike (R55, R56)."""

from django.db import migrations

VIEW = """
CREATE VIEW agencies_standing WITH (security_invoker = true) AS
SELECT s.id AS seat_id, s.member_id, s.table_id, s.agency_id, s.role, s.meeting
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
GRANT SELECT ON agencies_standing TO st_app, st_vault, st_worker;
GRANT SELECT ON agencies_seat, agencies_member, agencies_agency, agencies_table, agencies_undertaking,
                agencies_sharingagreement TO st_vault, st_worker;
"""


class Migration(migrations.Migration):
    dependencies = (("agencies", "0001_initial"),)
    operations = (migrations.RunSQL(VIEW, "DROP VIEW agencies_standing;"),)
