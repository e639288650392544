-- Every count of some tables by the quarter it happened in: table, first day of the quarter, figure, category, how many.
-- "began" and "ended" reach back to the first record: what was carried over is their difference. One pass for the days a
-- discussion has and what stands in plain columns, one more for each list and each wide column: keeping the rows between
-- the passes costs more than reading them again. Rows that say the same are counted first and read apart afterwards: a
-- list costs more to open than to compare, and PostgreSQL's workers can count, but cannot share GROUPING SETS.
WITH days AS MATERIALIZED (
    SELECT table_id, date_trunc('quarter', opened_on::timestamp)::date AS began,
           CASE WHEN decided_on <= %(last)s THEN date_trunc('quarter', decided_on::timestamp)::date END AS decided,
           CASE WHEN closed_on <= %(last)s THEN date_trunc('quarter', closed_on::timestamp)::date END AS ended,
           status, accepted, deferrals > 0 AS deferred,
           CASE WHEN status = 'rejected' THEN conclusion_reason ELSE '' END AS reason,
           CASE WHEN status = 'rejected' THEN originating_sector ELSE '' END AS rejected_from, count(*) AS many,
           sum(CASE WHEN accepted THEN jsonb_array_length(persons) ELSE 0 END) AS persons,
           sum(CASE WHEN accepted THEN jsonb_array_length(services) ELSE 0 END) AS services,
           CASE WHEN lead_sector <> '' OR hours_to_first_contact IS NOT NULL THEN consent END AS consent,
           CASE WHEN lead_sector <> '' OR hours_to_first_contact IS NOT NULL THEN notice END AS notice
      FROM reports_codedrecord
     WHERE table_id = ANY(%(tables)s) AND status <> 'returned' AND opened_on <= %(last)s
     GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 14
)
SELECT table_id, began, 'began', '', sum(many)::bigint FROM days GROUP BY 1, 2
UNION ALL
SELECT table_id, ended, 'ended', '', sum(many)::bigint FROM days WHERE ended IS NOT NULL GROUP BY 1, 2
UNION ALL
SELECT table_id, began, 'totals', code, sum(n)::bigint
  FROM days
 CROSS JOIN LATERAL (VALUES ('opened', many), ('deferred', CASE WHEN deferred THEN many ELSE 0 END)) v (code, n)
 WHERE began >= %(first)s GROUP BY 1, 2, 4
UNION ALL
SELECT table_id, decided, 'totals', code, sum(n)::bigint
  FROM days CROSS JOIN LATERAL (VALUES
      ('met', CASE WHEN accepted THEN many ELSE 0 END), ('persons', persons), ('services', services),
      ('intervened', CASE WHEN consent IS NOT NULL THEN many ELSE 0 END),
      ('rejected', CASE WHEN status = 'rejected' AND NOT accepted THEN many ELSE 0 END)) v (code, n)
 WHERE decided >= %(first)s GROUP BY 1, 2, 4
UNION ALL
SELECT table_id, decided, 'rejection', reason, sum(many)::bigint
  FROM days WHERE decided >= %(first)s AND status = 'rejected' AND NOT accepted GROUP BY 1, 2, 4
UNION ALL
SELECT table_id, decided, 'originating-rejected', rejected_from, sum(many)::bigint
  FROM days WHERE decided >= %(first)s AND status = 'rejected' AND NOT accepted GROUP BY 1, 2, 4
UNION ALL
SELECT table_id, decided, figure, code, sum(many)::bigint
  FROM days CROSS JOIN LATERAL (VALUES ('consent', consent), ('notice', notice)) v (figure, code)
 WHERE decided >= %(first)s AND consent IS NOT NULL GROUP BY 1, 2, 3, 4
UNION ALL
SELECT table_id, ended, 'totals', status, sum(many)::bigint
  FROM days WHERE ended >= %(first)s AND status IN ('stopped', 'withdrawn', 'transferred', 'concluded') GROUP BY 1, 2, 4
UNION ALL
SELECT table_id, quarter, figure, code, sum(many)::bigint FROM (
    SELECT table_id, date_trunc('quarter', closed_on::timestamp)::date AS quarter, conclusion_group, conclusion_reason,
           days_open, count(*) AS many
      FROM reports_codedrecord
     WHERE table_id = ANY(%(tables)s) AND status = 'concluded' AND closed_on BETWEEN %(first)s AND %(last)s
     GROUP BY 1, 2, 3, 4, 5
) c CROSS JOIN LATERAL (VALUES
    ('days-open', days_open::text), ('conclusion-reason', conclusion_group || '/' || conclusion_reason),
    ('conclusion', conclusion_group),
    ('totals', CASE WHEN conclusion_group = 'overall-risk-lowered' THEN 'risk-lowered' ELSE 'risk-not-lowered' END)
) v (figure, code) GROUP BY 1, 2, 3, 4
UNION ALL
SELECT table_id, quarter, figure, code, sum(many)::bigint FROM (
    SELECT table_id, date_trunc('quarter', decided_on::timestamp)::date AS quarter, discussion_type, originating_sector,
           lead_sector, hours_to_first_contact, count(*) AS many
      FROM reports_codedrecord
     WHERE table_id = ANY(%(tables)s) AND accepted AND decided_on BETWEEN %(first)s AND %(last)s
     GROUP BY 1, 2, 3, 4, 5, 6
) a CROSS JOIN LATERAL (VALUES
    ('type', discussion_type), ('originating', originating_sector), ('lead', lead_sector),
    (CASE WHEN hours_to_first_contact IS NULL THEN 'first-contact' ELSE 'contact-hours' END,
     coalesce(hours_to_first_contact::text, ''))
) v (figure, code) GROUP BY 1, 2, 3, 4
UNION ALL
SELECT table_id, quarter, figure, code, sum(many)::bigint FROM (
    SELECT table_id, date_trunc('quarter', decided_on::timestamp)::date AS quarter, risk_factors,
           status = 'concluded' AND conclusion_group = 'overall-risk-lowered' AS lowered, count(*) AS many
      FROM reports_codedrecord
     WHERE table_id = ANY(%(tables)s) AND accepted AND decided_on BETWEEN %(first)s AND %(last)s
     GROUP BY 1, 2, 3, 4
) r CROSS JOIN LATERAL (
    SELECT 'risk-factor' AS figure, f AS code FROM unnest(risk_factors) f
    UNION ALL
    SELECT DISTINCT 'risk-outcome', split_part(f, '/', 1) || CASE WHEN lowered THEN '/lowered' ELSE '/other' END
      FROM unnest(risk_factors) f) x
 GROUP BY 1, 2, 3, 4
UNION ALL
SELECT table_id, quarter, figure, code, sum(many)::bigint FROM (
    SELECT table_id, date_trunc('quarter', decided_on::timestamp)::date AS quarter, protective_factors, study_flags,
           count(*) AS many
      FROM reports_codedrecord
     WHERE table_id = ANY(%(tables)s) AND accepted AND decided_on BETWEEN %(first)s AND %(last)s
     GROUP BY 1, 2, 3, 4
) r CROSS JOIN LATERAL (
    SELECT 'protective-factor' AS figure, f AS code FROM unnest(protective_factors) f
    UNION ALL
    SELECT DISTINCT 'protective-category', split_part(f, '/', 1) FROM unnest(protective_factors) f
    UNION ALL
    SELECT DISTINCT 'study-flag', f FROM unnest(study_flags) f) x
 GROUP BY 1, 2, 3, 4
UNION ALL
SELECT table_id, quarter, 'assisting', code, sum(many)::bigint FROM (
    SELECT table_id, date_trunc('quarter', decided_on::timestamp)::date AS quarter, assisting_sectors, count(*) AS many
      FROM reports_codedrecord
     WHERE table_id = ANY(%(tables)s) AND accepted AND decided_on BETWEEN %(first)s AND %(last)s
     GROUP BY 1, 2, 3
) r CROSS JOIN LATERAL (SELECT DISTINCT unnest(assisting_sectors) AS code) x
 GROUP BY 1, 2, 4
UNION ALL
SELECT table_id, quarter, figure, coalesce(code, ''), sum(many)::bigint FROM (
    SELECT table_id, date_trunc('quarter', decided_on::timestamp)::date AS quarter, persons, count(*) AS many
      FROM reports_codedrecord
     WHERE table_id = ANY(%(tables)s) AND accepted AND decided_on BETWEEN %(first)s AND %(last)s
     GROUP BY 1, 2, 3
) r CROSS JOIN LATERAL jsonb_array_elements(persons) p
    CROSS JOIN LATERAL (VALUES ('age', p->>'age_group'), ('sex', p->>'sex')) v (figure, code)
 GROUP BY 1, 2, 3, 4
UNION ALL
SELECT table_id, quarter, figure, coalesce(code, ''), sum(many)::bigint FROM (
    SELECT table_id, date_trunc('quarter', decided_on::timestamp)::date AS quarter, services, count(*) AS many
      FROM reports_codedrecord
     WHERE table_id = ANY(%(tables)s) AND accepted AND decided_on BETWEEN %(first)s AND %(last)s
     GROUP BY 1, 2, 3
) r CROSS JOIN LATERAL jsonb_array_elements(services) s
    CROSS JOIN LATERAL (VALUES ('service', s->>'category'), ('service-result', s->>'result')) v (figure, code)
 GROUP BY 1, 2, 3, 4
