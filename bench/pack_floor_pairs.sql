-- How many discussions had both of two risk categories, or a lead and an assisting sector, of some tables between two
-- days: the best that one statement written by hand does. Lists that are the same are paired once.
SELECT table_id, 'risk-pairs', x.code || '+' || y.code, sum(many)::bigint FROM (
    SELECT table_id, risk_factors, count(*) AS many FROM reports_codedrecord
     WHERE table_id = ANY(%(tables)s) AND accepted AND decided_on BETWEEN %(first)s AND %(last)s GROUP BY 1, 2
) r CROSS JOIN LATERAL (SELECT DISTINCT split_part(f, '/', 1) AS code FROM unnest(risk_factors) f) x
    CROSS JOIN LATERAL (SELECT DISTINCT split_part(f, '/', 1) AS code FROM unnest(risk_factors) f) y
 WHERE x.code < y.code GROUP BY 1, 3
UNION ALL
SELECT table_id, 'sector-pairs', lead_sector || '+' || x.code, sum(many)::bigint FROM (
    SELECT table_id, lead_sector, assisting_sectors, count(*) AS many FROM reports_codedrecord
     WHERE table_id = ANY(%(tables)s) AND accepted AND decided_on BETWEEN %(first)s AND %(last)s GROUP BY 1, 2, 3
) r CROSS JOIN LATERAL (SELECT DISTINCT unnest(assisting_sectors) AS code) x GROUP BY 1, 3
