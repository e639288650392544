-- Every figure of a pack between two days, of some tables each: the best that one statement written by hand does. One pass
-- over the rows for what stands in columns, one for each list; nothing is kept between them, so PostgreSQL may share the
-- passes among its workers. No quarters, no carrying over from one to the next: the figures of the whole span alone.
SELECT table_id, 'totals' AS figure, kind AS code, sum(many)::bigint AS many FROM (
    SELECT table_id,
           count(*) FILTER (WHERE opened_on BETWEEN %(first)s AND %(last)s) AS opened,
           count(*) FILTER (WHERE opened_on BETWEEN %(first)s AND %(last)s AND deferrals > 0) AS deferred,
           count(*) FILTER (WHERE opened_on < %(first)s AND (closed_on IS NULL OR closed_on >= %(first)s)) AS carried,
           count(*) FILTER (WHERE opened_on <= %(last)s AND (closed_on IS NULL OR closed_on > %(last)s)) AS still,
           count(*) FILTER (WHERE accepted AND decided_on BETWEEN %(first)s AND %(last)s) AS met,
           count(*) FILTER (WHERE (lead_sector <> '' OR hours_to_first_contact IS NOT NULL)
                              AND decided_on BETWEEN %(first)s AND %(last)s) AS intervened,
           count(*) FILTER (WHERE status = 'rejected' AND decided_on BETWEEN %(first)s AND %(last)s) AS rejected,
           count(*) FILTER (WHERE status = 'stopped' AND closed_on BETWEEN %(first)s AND %(last)s) AS stopped,
           count(*) FILTER (WHERE status = 'withdrawn' AND closed_on BETWEEN %(first)s AND %(last)s) AS withdrawn,
           count(*) FILTER (WHERE status = 'transferred' AND closed_on BETWEEN %(first)s AND %(last)s) AS transferred,
           count(*) FILTER (WHERE status = 'concluded' AND closed_on BETWEEN %(first)s AND %(last)s) AS concluded,
           count(*) FILTER (WHERE status = 'concluded' AND closed_on BETWEEN %(first)s AND %(last)s
                              AND conclusion_group = 'overall-risk-lowered') AS lowered,
           coalesce(sum(jsonb_array_length(persons))
                    FILTER (WHERE accepted AND decided_on BETWEEN %(first)s AND %(last)s), 0) AS persons,
           coalesce(sum(jsonb_array_length(services))
                    FILTER (WHERE accepted AND decided_on BETWEEN %(first)s AND %(last)s), 0) AS services
      FROM reports_codedrecord
     WHERE table_id = ANY(%(tables)s) AND status <> 'returned' AND opened_on <= %(last)s GROUP BY 1
) t CROSS JOIN LATERAL (VALUES
    ('opened', opened), ('deferred', deferred), ('carried-over', carried), ('still-open', still), ('met', met),
    ('intervened', intervened), ('rejected', rejected), ('stopped', stopped), ('withdrawn', withdrawn), ('transferred', transferred),
    ('concluded', concluded), ('risk-lowered', lowered), ('risk-not-lowered', concluded - lowered), ('persons', persons),
    ('services', services)) v (kind, many) GROUP BY 1, 3
UNION ALL
SELECT table_id, f, c, sum(many)::bigint FROM (
    SELECT table_id, discussion_type, originating_sector, lead_sector,
           CASE WHEN hours_to_first_contact IS NULL THEN '' WHEN hours_to_first_contact <= 48 THEN 'in-48-hours'
                ELSE 'later' END AS contact, count(*) AS many,
           GROUPING(discussion_type, originating_sector, lead_sector) AS g
      FROM reports_codedrecord
     WHERE table_id = ANY(%(tables)s) AND accepted AND decided_on BETWEEN %(first)s AND %(last)s
     GROUP BY GROUPING SETS ((table_id, discussion_type), (table_id, originating_sector), (table_id, lead_sector),
        (table_id, CASE WHEN hours_to_first_contact IS NULL THEN '' WHEN hours_to_first_contact <= 48 THEN 'in-48-hours'
                        ELSE 'later' END))
) s CROSS JOIN LATERAL (SELECT CASE g WHEN 3 THEN 'type' WHEN 5 THEN 'originating' WHEN 6 THEN 'lead'
                                      ELSE 'first-contact' END AS f,
                               CASE g WHEN 3 THEN discussion_type WHEN 5 THEN originating_sector WHEN 6 THEN lead_sector
                                      ELSE contact END AS c) n GROUP BY 1, 2, 3
UNION ALL
SELECT table_id, CASE g WHEN 1 THEN 'consent' ELSE 'notice' END, CASE g WHEN 1 THEN consent ELSE notice END, many
  FROM (SELECT table_id, consent, notice, count(*) AS many, GROUPING(consent, notice) AS g FROM reports_codedrecord
         WHERE table_id = ANY(%(tables)s) AND (lead_sector <> '' OR hours_to_first_contact IS NOT NULL)
           AND decided_on BETWEEN %(first)s AND %(last)s
         GROUP BY GROUPING SETS ((table_id, consent), (table_id, notice))) i
UNION ALL
SELECT table_id, CASE g WHEN 1 THEN 'conclusion' ELSE 'conclusion-reason' END,
       CASE g WHEN 1 THEN conclusion_group ELSE conclusion_group || '/' || conclusion_reason END, many
  FROM (SELECT table_id, conclusion_group, conclusion_reason, count(*) AS many, GROUPING(conclusion_reason) AS g
          FROM reports_codedrecord
         WHERE table_id = ANY(%(tables)s) AND status = 'concluded' AND closed_on BETWEEN %(first)s AND %(last)s
         GROUP BY GROUPING SETS ((table_id, conclusion_group), (table_id, conclusion_group, conclusion_reason))) c
UNION ALL
SELECT table_id, 'rejection', conclusion_reason, count(*) FROM reports_codedrecord
 WHERE table_id = ANY(%(tables)s) AND status = 'rejected' AND decided_on BETWEEN %(first)s AND %(last)s GROUP BY 1, 3
UNION ALL
SELECT table_id, 'originating-rejected', originating_sector, count(*) FROM reports_codedrecord
 WHERE table_id = ANY(%(tables)s) AND status = 'rejected' AND decided_on BETWEEN %(first)s AND %(last)s GROUP BY 1, 3
UNION ALL
SELECT table_id, 'contact-hours', hours_to_first_contact::text, count(*) FROM reports_codedrecord
 WHERE table_id = ANY(%(tables)s) AND accepted AND decided_on BETWEEN %(first)s AND %(last)s
   AND hours_to_first_contact IS NOT NULL GROUP BY 1, 3
UNION ALL
SELECT table_id, CASE g WHEN 1 THEN 'risk-factor' ELSE 'risk-mention' END, CASE g WHEN 1 THEN f ELSE c END, many
  FROM (SELECT table_id, f, split_part(f, '/', 1) AS c, count(*) AS many, GROUPING(f, split_part(f, '/', 1)) AS g
          FROM reports_codedrecord CROSS JOIN LATERAL unnest(risk_factors) f
         WHERE table_id = ANY(%(tables)s) AND accepted AND decided_on BETWEEN %(first)s AND %(last)s
         GROUP BY GROUPING SETS ((table_id, f), (table_id, split_part(f, '/', 1)))) m
UNION ALL
SELECT table_id, CASE g WHEN 1 THEN 'protective-factor' ELSE 'protective-mention' END,
       CASE g WHEN 1 THEN f ELSE c END, many
  FROM (SELECT table_id, f, split_part(f, '/', 1) AS c, count(*) AS many, GROUPING(f, split_part(f, '/', 1)) AS g
          FROM reports_codedrecord CROSS JOIN LATERAL unnest(protective_factors) f
         WHERE table_id = ANY(%(tables)s) AND accepted AND decided_on BETWEEN %(first)s AND %(last)s
         GROUP BY GROUPING SETS ((table_id, f), (table_id, split_part(f, '/', 1)))) m
UNION ALL
SELECT table_id, 'days-open', days_open::text, count(*) FROM reports_codedrecord
 WHERE table_id = ANY(%(tables)s) AND status = 'concluded' AND closed_on BETWEEN %(first)s AND %(last)s GROUP BY 1, 3
UNION ALL
SELECT table_id, CASE g WHEN 1 THEN 'risk-category' ELSE 'risk-outcome' END,
       CASE g WHEN 1 THEN c ELSE c || CASE WHEN lowered THEN '/lowered' ELSE '/other' END END, many
  FROM (SELECT table_id, c, lowered, count(*) AS many, GROUPING(lowered) AS g
          FROM (SELECT table_id, risk_factors,
                       status = 'concluded' AND conclusion_group = 'overall-risk-lowered' AS lowered
                  FROM reports_codedrecord
                 WHERE table_id = ANY(%(tables)s) AND accepted AND decided_on BETWEEN %(first)s AND %(last)s) r
         CROSS JOIN LATERAL (SELECT DISTINCT split_part(f, '/', 1) AS c FROM unnest(risk_factors) f) x
         GROUP BY GROUPING SETS ((table_id, c), (table_id, c, lowered))) o
UNION ALL
SELECT table_id, 'protective-category', c, count(*) FROM reports_codedrecord
 CROSS JOIN LATERAL (SELECT DISTINCT split_part(f, '/', 1) AS c FROM unnest(protective_factors) f) x
 WHERE table_id = ANY(%(tables)s) AND accepted AND decided_on BETWEEN %(first)s AND %(last)s GROUP BY 1, 3
UNION ALL
SELECT table_id, 'study-flag', c, count(*) FROM reports_codedrecord
 CROSS JOIN LATERAL (SELECT DISTINCT unnest(study_flags) AS c) x
 WHERE table_id = ANY(%(tables)s) AND accepted AND decided_on BETWEEN %(first)s AND %(last)s GROUP BY 1, 3
UNION ALL
SELECT table_id, 'assisting', c, count(*) FROM reports_codedrecord
 CROSS JOIN LATERAL (SELECT DISTINCT unnest(assisting_sectors) AS c) x
 WHERE table_id = ANY(%(tables)s) AND accepted AND decided_on BETWEEN %(first)s AND %(last)s GROUP BY 1, 3
UNION ALL
SELECT table_id, CASE g WHEN 1 THEN 'age' ELSE 'sex' END, CASE g WHEN 1 THEN age ELSE sex END, many
  FROM (SELECT table_id, p->>'age_group' AS age, p->>'sex' AS sex, count(*) AS many,
               GROUPING(p->>'age_group', p->>'sex') AS g
          FROM reports_codedrecord CROSS JOIN LATERAL jsonb_array_elements(persons) p
         WHERE table_id = ANY(%(tables)s) AND accepted AND decided_on BETWEEN %(first)s AND %(last)s
         GROUP BY GROUPING SETS ((table_id, p->>'age_group'), (table_id, p->>'sex'))) q
UNION ALL
SELECT table_id, CASE g WHEN 1 THEN 'service' ELSE 'service-result' END, CASE g WHEN 1 THEN kind ELSE result END, many
  FROM (SELECT table_id, s->>'category' AS kind, s->>'result' AS result, count(*) AS many,
               GROUPING(s->>'category', s->>'result') AS g
          FROM reports_codedrecord CROSS JOIN LATERAL jsonb_array_elements(services) s
         WHERE table_id = ANY(%(tables)s) AND accepted AND decided_on BETWEEN %(first)s AND %(last)s
         GROUP BY GROUPING SETS ((table_id, s->>'category'), (table_id, s->>'result'))) q
