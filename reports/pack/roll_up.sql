-- Every count of some tables by the quarter it happened in: table, first day of the quarter, figure, category, how many.
-- "began" and "ended" reach back to the first record: what was carried over is their difference.
WITH r AS MATERIALIZED (
    SELECT table_id, status, accepted, deferrals, discussion_type, originating_sector, lead_sector, conclusion_group,
           conclusion_reason, assisting_sectors, risk_factors, study_flags, protective_factors, persons, services,
           hours_to_first_contact, days_open,
           date_trunc('quarter', opened_on)::date AS opened,
           CASE WHEN decided_on BETWEEN %(first)s AND %(last)s THEN date_trunc('quarter', decided_on)::date END AS decided,
           CASE WHEN closed_on BETWEEN %(first)s AND %(last)s THEN date_trunc('quarter', closed_on)::date END AS closed
      FROM reports_codedrecord
     WHERE table_id = ANY(%(tables)s) AND status <> 'returned'
       AND (opened_on BETWEEN %(first)s AND %(last)s OR decided_on BETWEEN %(first)s AND %(last)s
            OR closed_on BETWEEN %(first)s AND %(last)s)
), a AS (
    SELECT * FROM r WHERE accepted AND decided IS NOT NULL
)
SELECT table_id, date_trunc('quarter', opened_on)::date, 'began', '', count(*)
  FROM reports_codedrecord
 WHERE table_id = ANY(%(tables)s) AND status <> 'returned' AND opened_on <= %(last)s GROUP BY 1, 2
UNION ALL
SELECT table_id, date_trunc('quarter', closed_on)::date, 'ended', '', count(*)
  FROM reports_codedrecord
 WHERE table_id = ANY(%(tables)s) AND status <> 'returned' AND closed_on <= %(last)s GROUP BY 1, 2
UNION ALL
SELECT table_id, opened, 'totals', 'opened', count(*) FROM r WHERE opened >= %(first)s GROUP BY 1, 2
UNION ALL
SELECT table_id, opened, 'totals', 'deferred', count(*) FROM r WHERE opened >= %(first)s AND deferrals > 0 GROUP BY 1, 2
UNION ALL
SELECT table_id, decided, 'totals', 'rejected', count(*) FROM r
 WHERE decided IS NOT NULL AND NOT accepted AND status = 'rejected' GROUP BY 1, 2
UNION ALL
SELECT table_id, decided, 'rejection', conclusion_reason, count(*) FROM r
 WHERE decided IS NOT NULL AND NOT accepted AND status = 'rejected' GROUP BY 1, 2, 4
UNION ALL
SELECT table_id, closed, 'totals', status, count(*) FROM r
 WHERE closed IS NOT NULL AND status IN ('stopped', 'withdrawn', 'transferred', 'concluded') GROUP BY 1, 2, 4
UNION ALL
SELECT table_id, closed, 'totals',
       CASE conclusion_group WHEN 'overall-risk-lowered' THEN 'risk-lowered' ELSE 'risk-not-lowered' END, count(*)
  FROM r WHERE closed IS NOT NULL AND status = 'concluded' GROUP BY 1, 2, 4
UNION ALL
SELECT table_id, closed, 'conclusion', conclusion_group, count(*) FROM r
 WHERE closed IS NOT NULL AND status = 'concluded' GROUP BY 1, 2, 4
UNION ALL
SELECT table_id, closed, 'conclusion-reason', conclusion_group || '/' || conclusion_reason, count(*) FROM r
 WHERE closed IS NOT NULL AND status = 'concluded' GROUP BY 1, 2, 4
UNION ALL
SELECT table_id, closed, 'days-open', days_open::text, count(*) FROM r
 WHERE closed IS NOT NULL AND status = 'concluded' GROUP BY 1, 2, 4
UNION ALL
SELECT table_id, decided, 'totals', 'met', count(*) FROM a GROUP BY 1, 2
UNION ALL
SELECT table_id, decided, 'type', discussion_type, count(*) FROM a GROUP BY 1, 2, 4
UNION ALL
SELECT table_id, decided, 'originating', originating_sector, count(*) FROM a GROUP BY 1, 2, 4
UNION ALL
SELECT table_id, decided, 'lead', lead_sector, count(*) FROM a GROUP BY 1, 2, 4
UNION ALL
SELECT table_id, decided, 'first-contact',
       CASE WHEN hours_to_first_contact IS NULL THEN '' WHEN hours_to_first_contact <= 48 THEN 'in-48-hours'
            ELSE 'later' END, count(*)
  FROM a GROUP BY 1, 2, 4
UNION ALL
SELECT table_id, decided, 'assisting', code, count(*)
  FROM a CROSS JOIN LATERAL (SELECT DISTINCT unnest(assisting_sectors) AS code) x GROUP BY 1, 2, 4
UNION ALL
SELECT table_id, decided, CASE split WHEN 0 THEN 'risk-outcome' ELSE 'risk-category' END,
       CASE split WHEN 0 THEN code || CASE WHEN lowered THEN '/lowered' ELSE '/other' END ELSE code END, many
  FROM (
    SELECT table_id, decided, code, lowered, count(*) AS many, GROUPING(lowered) AS split
      FROM (SELECT table_id, decided, risk_factors,
                   status = 'concluded' AND conclusion_group = 'overall-risk-lowered' AS lowered FROM a) o
     CROSS JOIN LATERAL (SELECT DISTINCT split_part(f, '/', 1) AS code FROM unnest(risk_factors) f) x
     GROUP BY GROUPING SETS ((table_id, decided, code), (table_id, decided, code, lowered))
  ) g
UNION ALL
SELECT table_id, decided, 'protective-category', code, count(*)
  FROM a CROSS JOIN LATERAL (SELECT DISTINCT split_part(f, '/', 1) AS code FROM unnest(protective_factors) f) x
 GROUP BY 1, 2, 4
UNION ALL
SELECT table_id, decided, 'study-flag', code, count(*)
  FROM a CROSS JOIN LATERAL (SELECT DISTINCT unnest(study_flags) AS code) x GROUP BY 1, 2, 4
UNION ALL
SELECT table_id, decided, figure, code, many FROM (
    SELECT table_id, decided, p->>'age_group' AS age, p->>'sex' AS sex, count(*) AS many,
           GROUPING(p->>'age_group', p->>'sex') AS kind
      FROM a CROSS JOIN LATERAL jsonb_array_elements(persons) p
     GROUP BY table_id, decided, GROUPING SETS ((p->>'age_group'), (p->>'sex'), ())
) g CROSS JOIN LATERAL (SELECT CASE kind WHEN 1 THEN 'age' WHEN 2 THEN 'sex' ELSE 'totals' END AS figure,
                               CASE kind WHEN 1 THEN coalesce(age, '') WHEN 2 THEN coalesce(sex, '')
                                         ELSE 'persons' END AS code) n
UNION ALL
SELECT table_id, decided, figure, code, many FROM (
    SELECT table_id, decided, s->>'category' AS kind_of, s->>'result' AS result, count(*) AS many,
           GROUPING(s->>'category', s->>'result') AS kind
      FROM a CROSS JOIN LATERAL jsonb_array_elements(services) s
     GROUP BY table_id, decided, GROUPING SETS ((s->>'category'), (s->>'result'), ())
) g CROSS JOIN LATERAL (SELECT CASE kind WHEN 1 THEN 'service' WHEN 2 THEN 'service-result' ELSE 'totals' END AS figure,
                               CASE kind WHEN 1 THEN coalesce(kind_of, '') WHEN 2 THEN coalesce(result, '')
                                         ELSE 'services' END AS code) n
