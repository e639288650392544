-- Three years of meetings of one table: every so many days one; some urgent, some entered from paper; who came; what was
-- presented, called and closed, for how long; and an issue named at some. Made by rule, so that plain SQL can count it.
INSERT INTO situations_meeting (id, table_id, number, starts_at, minutes, state, urgent, on_paper, moves, slips)
SELECT gen_random_uuid(), %(t)s, n, %(from)s::timestamptz + n * interval '1 day', 60, 'held', n %% 9 = 0, n %% 7 = 0, 0, '[]'
  FROM generate_series(0, %(days)s, %(every)s) n;
INSERT INTO situations_meetingpresence (meeting_id, table_id, member_id, agency_id, mode, guest)
SELECT m.id, %(t)s, p.id, p.agency_id, 'room', p.id %% 11 = 0
  FROM situations_meeting m, agencies_member p
 WHERE m.table_id = %(t)s AND p.agency_id IS NOT NULL AND (m.number + p.id) %% 3 > 0;
INSERT INTO situations_situation (id, table_id, originating_agency_id, state, presented, number, screening,
    duty_to_report_acknowledged, opened_at, summary_written, presented_at, ending_group, ending_reason, deferrals,
    objections_counted, transferred_from, version)
SELECT gen_random_uuid(), %(t)s, a.id, 'concluded', true, '', '{}', false, m.starts_at, false, m.starts_at, '', '', 0, 0, '', 1
  FROM situations_meeting m, agencies_agency a
 WHERE m.table_id = %(t)s AND (m.number + a.id) %% 4 = 0;
INSERT INTO situations_agendaitem (id, meeting_id, table_id, situation_id, kind, position, closed_at, planned_minutes,
    spent_seconds)
SELECT gen_random_uuid(), m.id, %(t)s, s.id, 'new', 1, CASE WHEN s.originating_agency_id %% 5 > 0 THEN m.starts_at END, 7,
       60 * (m.number %% 17)
  FROM situations_meeting m JOIN situations_situation s ON s.table_id = m.table_id AND s.presented_at = m.starts_at
 WHERE m.table_id = %(t)s;
INSERT INTO situations_systemicissue (table_id, meeting_id, kind, sector_id, by_id, closed_in_id)
SELECT %(t)s, m.id, 'cost', (SELECT min(id) FROM agencies_sector), %(by)s, m.id
  FROM situations_meeting m WHERE m.table_id = %(t)s AND m.number %% 140 = 0;
