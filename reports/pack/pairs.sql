-- Accepted discussions of some tables that have the same things: the same risks and outcome, or the same sectors. One
-- pass; lists are grouped as they stand and read apart afterwards, since few of them differ.
SELECT table_id, quarter, lowered, risk_factors, lead_sector, assisting_sectors, count(*), GROUPING(risk_factors)
  FROM (SELECT table_id, date_trunc('quarter', decided_on::timestamp)::date AS quarter, risk_factors, lead_sector,
               assisting_sectors, status = 'concluded' AND conclusion_group = 'overall-risk-lowered' AS lowered
          FROM reports_codedrecord
         WHERE table_id = ANY(%(tables)s) AND accepted AND decided_on BETWEEN %(first)s AND %(last)s) r
 GROUP BY GROUPING SETS ((table_id, quarter, lowered, risk_factors),
                         (table_id, quarter, lead_sector, assisting_sectors))
