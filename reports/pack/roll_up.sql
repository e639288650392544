-- Every count of some tables by the quarter it happened in: table, first day of the quarter, figure, category, how many.
-- "began" and "ended" reach back to the first record: what was carried over is their difference. One pass for the days a
-- discussion has and what stands in plain columns, one more for each list and each wide column: keeping the rows between
-- the passes costs more than reading them again.
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
SELECT table_id, quarter, figure, code, many FROM (
    SELECT table_id, quarter, conclusion_group, conclusion_reason, days_open,
           conclusion_group = 'overall-risk-lowered' AS lowered, count(*) AS many,
           GROUPING(conclusion_group, conclusion_reason, days_open) AS split
      FROM (SELECT table_id, date_trunc('quarter', closed_on::timestamp)::date AS quarter, conclusion_group,
                   conclusion_reason, days_open
              FROM reports_codedrecord
             WHERE table_id = ANY(%(tables)s) AND status = 'concluded' AND closed_on BETWEEN %(first)s AND %(last)s) c
     GROUP BY GROUPING SETS ((table_id, quarter, conclusion_group), (table_id, quarter, conclusion_group,
              conclusion_reason), (table_id, quarter, days_open))
) g CROSS JOIN LATERAL (
    SELECT 'days-open' AS figure, days_open::text AS code WHERE split = 6
    UNION ALL SELECT 'conclusion-reason', conclusion_group || '/' || conclusion_reason WHERE split = 1
    UNION ALL SELECT 'conclusion', conclusion_group WHERE split = 3
    UNION ALL SELECT 'totals', CASE WHEN lowered THEN 'risk-lowered' ELSE 'risk-not-lowered' END WHERE split = 3) n
UNION ALL
SELECT table_id, quarter, figure, code, many FROM (
    SELECT table_id, quarter, discussion_type, originating_sector, lead_sector, hours_to_first_contact, count(*) AS many,
           GROUPING(discussion_type, originating_sector, lead_sector) AS split
      FROM (SELECT table_id, date_trunc('quarter', decided_on::timestamp)::date AS quarter, discussion_type,
                   originating_sector, lead_sector, hours_to_first_contact
              FROM reports_codedrecord
             WHERE table_id = ANY(%(tables)s) AND accepted AND decided_on BETWEEN %(first)s AND %(last)s) a
     GROUP BY GROUPING SETS ((table_id, quarter, discussion_type), (table_id, quarter, originating_sector),
              (table_id, quarter, lead_sector), (table_id, quarter, hours_to_first_contact))
) g CROSS JOIN LATERAL (
    SELECT CASE split WHEN 3 THEN 'type' WHEN 5 THEN 'originating' WHEN 6 THEN 'lead'
                      ELSE CASE WHEN hours_to_first_contact IS NULL THEN 'first-contact' ELSE 'contact-hours' END
           END AS figure,
           CASE split WHEN 3 THEN discussion_type WHEN 5 THEN originating_sector WHEN 6 THEN lead_sector
                      ELSE coalesce(hours_to_first_contact::text, '') END AS code) n
UNION ALL
SELECT table_id, date_trunc('quarter', decided_on::timestamp)::date, 'assisting', code, count(*)
  FROM reports_codedrecord CROSS JOIN LATERAL (SELECT DISTINCT unnest(assisting_sectors) AS code) x
 WHERE table_id = ANY(%(tables)s) AND accepted AND decided_on BETWEEN %(first)s AND %(last)s GROUP BY 1, 2, 4
UNION ALL
SELECT table_id, quarter, CASE split WHEN 0 THEN 'risk-outcome' ELSE 'risk-category' END,
       CASE split WHEN 0 THEN code || CASE WHEN lowered THEN '/lowered' ELSE '/other' END ELSE code END, many
  FROM (
    SELECT table_id, quarter, code, lowered, count(*) AS many, GROUPING(lowered) AS split
      FROM (SELECT table_id, date_trunc('quarter', decided_on::timestamp)::date AS quarter, risk_factors,
                   status = 'concluded' AND conclusion_group = 'overall-risk-lowered' AS lowered
              FROM reports_codedrecord
             WHERE table_id = ANY(%(tables)s) AND accepted AND decided_on BETWEEN %(first)s AND %(last)s) a
     CROSS JOIN LATERAL (SELECT DISTINCT split_part(f, '/', 1) AS code FROM unnest(risk_factors) f) x
     GROUP BY GROUPING SETS ((table_id, quarter, code), (table_id, quarter, code, lowered))
  ) g
UNION ALL
SELECT table_id, date_trunc('quarter', decided_on::timestamp)::date, 'risk-factor', factor, count(*)
  FROM reports_codedrecord CROSS JOIN LATERAL unnest(risk_factors) factor
 WHERE table_id = ANY(%(tables)s) AND accepted AND decided_on BETWEEN %(first)s AND %(last)s GROUP BY 1, 2, 4
UNION ALL
SELECT table_id, date_trunc('quarter', decided_on::timestamp)::date, 'protective-factor', factor, count(*)
  FROM reports_codedrecord CROSS JOIN LATERAL unnest(protective_factors) factor
 WHERE table_id = ANY(%(tables)s) AND accepted AND decided_on BETWEEN %(first)s AND %(last)s GROUP BY 1, 2, 4
UNION ALL
SELECT table_id, date_trunc('quarter', decided_on::timestamp)::date, 'protective-category', code, count(*)
  FROM reports_codedrecord
 CROSS JOIN LATERAL (SELECT DISTINCT split_part(f, '/', 1) AS code FROM unnest(protective_factors) f) x
 WHERE table_id = ANY(%(tables)s) AND accepted AND decided_on BETWEEN %(first)s AND %(last)s GROUP BY 1, 2, 4
UNION ALL
SELECT table_id, date_trunc('quarter', decided_on::timestamp)::date, 'study-flag', code, count(*)
  FROM reports_codedrecord CROSS JOIN LATERAL (SELECT DISTINCT unnest(study_flags) AS code) x
 WHERE table_id = ANY(%(tables)s) AND accepted AND decided_on BETWEEN %(first)s AND %(last)s GROUP BY 1, 2, 4
UNION ALL
SELECT table_id, quarter, CASE split WHEN 1 THEN 'age' ELSE 'sex' END, coalesce(CASE split WHEN 1 THEN age ELSE sex END, ''),
       many
  FROM (
    SELECT table_id, quarter, p->>'age_group' AS age, p->>'sex' AS sex, count(*) AS many,
           GROUPING(p->>'age_group', p->>'sex') AS split
      FROM (SELECT table_id, date_trunc('quarter', decided_on::timestamp)::date AS quarter, persons
              FROM reports_codedrecord
             WHERE table_id = ANY(%(tables)s) AND accepted AND decided_on BETWEEN %(first)s AND %(last)s) a
     CROSS JOIN LATERAL jsonb_array_elements(persons) p
     GROUP BY GROUPING SETS ((table_id, quarter, p->>'age_group'), (table_id, quarter, p->>'sex'))
  ) g
UNION ALL
SELECT table_id, quarter, CASE split WHEN 1 THEN 'service' ELSE 'service-result' END,
       coalesce(CASE split WHEN 1 THEN kind_of ELSE result END, ''), many
  FROM (
    SELECT table_id, quarter, s->>'category' AS kind_of, s->>'result' AS result, count(*) AS many,
           GROUPING(s->>'category', s->>'result') AS split
      FROM (SELECT table_id, date_trunc('quarter', decided_on::timestamp)::date AS quarter, services
              FROM reports_codedrecord
             WHERE table_id = ANY(%(tables)s) AND accepted AND decided_on BETWEEN %(first)s AND %(last)s) a
     CROSS JOIN LATERAL jsonb_array_elements(services) s
     GROUP BY GROUPING SETS ((table_id, quarter, s->>'category'), (table_id, quarter, s->>'result'))
  ) g
