-- Every figure of a pack between two days, of some tables each: the best that one statement written by hand does. One pass
-- over the rows for what stands in columns, one for each list; nothing is kept between them, so PostgreSQL may share the
-- passes among its workers. Lists that say the same are counted first and opened afterwards. No quarters, no carrying over
-- from one to the next: the figures of the whole span alone.
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
SELECT table_id, figure, code, sum(many)::bigint FROM (
    SELECT table_id, discussion_type, originating_sector, lead_sector, hours_to_first_contact,
           CASE WHEN lead_sector <> '' OR hours_to_first_contact IS NOT NULL THEN consent END AS consent,
           CASE WHEN lead_sector <> '' OR hours_to_first_contact IS NOT NULL THEN notice END AS notice,
           count(*) AS many
      FROM reports_codedrecord
     WHERE table_id = ANY(%(tables)s) AND accepted AND decided_on BETWEEN %(first)s AND %(last)s
     GROUP BY 1, 2, 3, 4, 5, 6, 7
) s CROSS JOIN LATERAL (VALUES
    ('type', discussion_type), ('originating', originating_sector), ('lead', lead_sector), ('consent', consent),
    ('notice', notice), ('contact-hours', hours_to_first_contact::text),
    ('first-contact', CASE WHEN hours_to_first_contact IS NULL THEN '' WHEN hours_to_first_contact <= 48 THEN 'in-48-hours'
                           ELSE 'later' END)) v (figure, code) WHERE code IS NOT NULL GROUP BY 1, 2, 3
UNION ALL
SELECT table_id, figure, code, sum(many)::bigint FROM (
    SELECT table_id, conclusion_group, conclusion_reason, days_open, count(*) AS many FROM reports_codedrecord
     WHERE table_id = ANY(%(tables)s) AND status = 'concluded' AND closed_on BETWEEN %(first)s AND %(last)s
     GROUP BY 1, 2, 3, 4
) c CROSS JOIN LATERAL (VALUES
    ('conclusion', conclusion_group), ('conclusion-reason', conclusion_group || '/' || conclusion_reason),
    ('days-open', days_open::text)) v (figure, code) GROUP BY 1, 2, 3
UNION ALL
SELECT table_id, figure, code, sum(many)::bigint FROM (
    SELECT table_id, conclusion_reason, originating_sector, count(*) AS many FROM reports_codedrecord
     WHERE table_id = ANY(%(tables)s) AND status = 'rejected' AND decided_on BETWEEN %(first)s AND %(last)s GROUP BY 1, 2, 3
) r CROSS JOIN LATERAL (VALUES ('rejection', conclusion_reason), ('originating-rejected', originating_sector))
    v (figure, code) GROUP BY 1, 2, 3
UNION ALL
SELECT table_id, figure, code, sum(many)::bigint FROM (
    SELECT table_id, risk_factors, status = 'concluded' AND conclusion_group = 'overall-risk-lowered' AS lowered,
           count(*) AS many
      FROM reports_codedrecord
     WHERE table_id = ANY(%(tables)s) AND accepted AND decided_on BETWEEN %(first)s AND %(last)s GROUP BY 1, 2, 3
) r CROSS JOIN LATERAL (
    SELECT v.figure, v.code FROM unnest(risk_factors) f
     CROSS JOIN LATERAL (VALUES ('risk-factor', f), ('risk-mention', split_part(f, '/', 1))) v (figure, code)
    UNION ALL
    SELECT v.figure, v.code FROM (SELECT DISTINCT split_part(f, '/', 1) AS c FROM unnest(risk_factors) f) d
     CROSS JOIN LATERAL (VALUES ('risk-category', c),
                                ('risk-outcome', c || CASE WHEN lowered THEN '/lowered' ELSE '/other' END)) v (figure, code)
) x GROUP BY 1, 2, 3
UNION ALL
SELECT table_id, figure, code, sum(many)::bigint FROM (
    SELECT table_id, protective_factors, study_flags, count(*) AS many FROM reports_codedrecord
     WHERE table_id = ANY(%(tables)s) AND accepted AND decided_on BETWEEN %(first)s AND %(last)s GROUP BY 1, 2, 3
) r CROSS JOIN LATERAL (
    SELECT v.figure, v.code FROM unnest(protective_factors) f
     CROSS JOIN LATERAL (VALUES ('protective-factor', f), ('protective-mention', split_part(f, '/', 1))) v (figure, code)
    UNION ALL SELECT DISTINCT 'protective-category', split_part(f, '/', 1) FROM unnest(protective_factors) f
    UNION ALL SELECT DISTINCT 'study-flag', f FROM unnest(study_flags) f
) x GROUP BY 1, 2, 3
UNION ALL
SELECT table_id, 'assisting', code, sum(many)::bigint FROM (
    SELECT table_id, assisting_sectors, count(*) AS many FROM reports_codedrecord
     WHERE table_id = ANY(%(tables)s) AND accepted AND decided_on BETWEEN %(first)s AND %(last)s GROUP BY 1, 2
) r CROSS JOIN LATERAL (SELECT DISTINCT unnest(assisting_sectors) AS code) x GROUP BY 1, 3
UNION ALL
SELECT table_id, figure, code, sum(many)::bigint FROM (
    SELECT table_id, persons, count(*) AS many FROM reports_codedrecord
     WHERE table_id = ANY(%(tables)s) AND accepted AND decided_on BETWEEN %(first)s AND %(last)s GROUP BY 1, 2
) r CROSS JOIN LATERAL jsonb_array_elements(persons) p
    CROSS JOIN LATERAL (VALUES ('age', p->>'age_group'), ('sex', p->>'sex')) v (figure, code) GROUP BY 1, 2, 3
UNION ALL
SELECT table_id, figure, code, sum(many)::bigint FROM (
    SELECT table_id, services, count(*) AS many FROM reports_codedrecord
     WHERE table_id = ANY(%(tables)s) AND accepted AND decided_on BETWEEN %(first)s AND %(last)s GROUP BY 1, 2
) r CROSS JOIN LATERAL jsonb_array_elements(services) s
    CROSS JOIN LATERAL (VALUES ('service', s->>'category'), ('service-result', s->>'result')) v (figure, code) GROUP BY 1, 2, 3
