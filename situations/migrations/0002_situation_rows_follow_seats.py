"""Row-level security on situations, meetings and interventions (R55), and the two moves that leave the mover's sight.

Situations: own agency's, or presented at a table where one sits, or on the agenda of a guest's sitting meeting.
Interventions: only the named persons of engaged agencies. Outbox: written by whoever acts, read by the worker alone.
"""

from django.db import migrations

from privacy.rowpolicies import ME, disable, enable, follows, guest, seated, visible_state

_BY_SITUATION = follows("situations_situation", "id", "situation_id")
_BY_CONSENT = follows("situations_consent", "id", "consent_id")
# Engaged persons are few: an uncorrelated sub-select, evaluated once. Engagement has its own policy.
_ENGAGED = (
    "(situation_id = ANY (ARRAY(SELECT e.access_id FROM privacy_engagement e"
    f" WHERE e.person_id = {ME} AND e.status = 'engaged')))"
)

# table, rule, whether the worker (retention) reaches it
TABLES = (
    ("situations_situation", visible_state(), True),
    ("situations_situation_likely_agencies", _BY_SITUATION, False),
    ("situations_affectedperson", _BY_SITUATION, True),
    ("situations_codedfact", _BY_SITUATION, True),
    ("situations_stand", _BY_SITUATION, False),
    ("situations_objection", _BY_SITUATION, False),
    ("situations_determination", _BY_SITUATION, False),
    ("situations_history", _BY_SITUATION, True),
    ("situations_intervention", _ENGAGED, True),
    ("situations_firstcontact", _ENGAGED, True),
    ("situations_consent", _ENGAGED, True),
    ("situations_consent_recipients", _BY_CONSENT, True),
    ("situations_noticetask", _ENGAGED, True),
    ("situations_planentry", _ENGAGED, True),
    ("situations_servicemobilized", _ENGAGED, True),
    ("situations_meeting", f"({seated()} OR {guest('id')})", False),
    ("situations_meetingpresence", f"({seated()} OR {guest('meeting_id')})", False),
    ("situations_agendaitem", f"({seated()} OR {guest('meeting_id')})", False),
    ("situations_itempresence", seated(), False),
    ("situations_discussioncounter", seated(), False),
    ("situations_performed", f"(member_id = {ME})", False),
)

_OUTBOX = f"""
ALTER TABLE situations_outbox ENABLE ROW LEVEL SECURITY;
CREATE POLICY written ON situations_outbox FOR INSERT TO st_app WITH CHECK ({ME} IS NOT NULL);
CREATE POLICY worker ON situations_outbox TO st_worker USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON situations_outbox TO st_worker;
GRANT INSERT ON situations_history TO st_worker;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO st_worker;
-- But for what no job of the worker ever adds to.
REVOKE USAGE ON SEQUENCE situations_followup_id_seq, situations_meetingseries_id_seq, situations_offer_id_seq,
    situations_recordcorrection_id_seq, situations_systemicissue_id_seq FROM st_worker;
"""
_NO_OUTBOX = """
DROP POLICY written ON situations_outbox; DROP POLICY worker ON situations_outbox;
ALTER TABLE situations_outbox DISABLE ROW LEVEL SECURITY;
"""

# Both functions belong to the table owner, for whom ENABLE (not FORCE) row security does not apply; both decide by the
# member of the transaction. The caller is the lifecycle, which has decided already; this is the second wall.
_MOVES = f"""
CREATE FUNCTION situations_return_to_agency(p_id uuid) RETURNS void
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM public.situations_situation s JOIN public.agencies_standing t ON t.table_id = s.table_id
        WHERE s.id = p_id AND s.state = 'presented' AND s.discussed_at IS NULL AND t.role = 'facilitator'
          AND t.member_id = {ME})
    THEN RAISE insufficient_privilege USING MESSAGE = 'not yours'; END IF;
    UPDATE public.situations_situation SET state = 'draft', presented = false, meeting = NULL WHERE id = p_id;
    UPDATE public.privacy_accessstate SET filter = 'f1', presented = false, meeting = NULL, version = version + 1
     WHERE ref = p_id;
END $$;

-- Coded facts restart at the receiving table's filter 1, marked with their origin. No text, no identity (R64).
CREATE FUNCTION situations_transfer(p_from uuid, p_new uuid, p_table bigint, p_agency bigint) RETURNS void
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE s public.situations_situation;
BEGIN
    SELECT * INTO s FROM public.situations_situation WHERE id = p_from;
    IF NOT FOUND OR s.table_id = p_table
       OR s.state NOT IN ('presented', 'choosing', 'limited', 'intervening')
       OR NOT EXISTS (SELECT 1 FROM public.agencies_standing t WHERE t.member_id = {ME} AND t.table_id = s.table_id
            AND t.role IN ('representative', 'alternate', 'agency_lead') AND (t.agency_id = s.originating_agency_id
            OR EXISTS (SELECT 1 FROM public.privacy_engagement e WHERE e.access_id = s.id
                       AND e.agency_id = t.agency_id AND e.lead_confirmed_at IS NOT NULL)))
       OR NOT EXISTS (SELECT 1 FROM public.agencies_sharingagreement g WHERE g.agency_id = p_agency
            AND g.table_id = p_table AND g.starts_on <= CURRENT_DATE AND g.ends_on >= CURRENT_DATE)
    THEN RAISE insufficient_privilege USING MESSAGE = 'not yours'; END IF;
    INSERT INTO public.privacy_accessstate (ref, table_id, originating_agency_id, filter, presented, frozen, held, version)
    VALUES (p_new, p_table, p_agency, 'f1', false, false, false, 1);
    INSERT INTO public.situations_situation (id, table_id, originating_agency_id, state, presented, number,
        discussion_type_id, screening, duty_to_report_acknowledged, opened_at, summary_written, ending_group,
        ending_reason, deferrals, objections_counted, transferred_from, statistics_id, version)
    SELECT p_new, p_table, p_agency, 'draft', false, '', s.discussion_type_id, '{{}}', false, now(), false, '', '', 0, 0,
        t.code, gen_random_uuid(), 1 FROM public.agencies_table t WHERE t.id = s.table_id;
    INSERT INTO public.situations_affectedperson (situation_id, table_id, ordinal, age_group_id, sex_id, part)
    SELECT p_new, p_table, ordinal, age_group_id, sex_id, part FROM public.situations_affectedperson
     WHERE situation_id = p_from;
    INSERT INTO public.situations_codedfact (situation_id, table_id, entry_id)
    SELECT p_new, p_table, entry_id FROM public.situations_codedfact WHERE situation_id = p_from;
END $$;
REVOKE ALL ON FUNCTION situations_return_to_agency, situations_transfer FROM PUBLIC;
GRANT EXECUTE ON FUNCTION situations_return_to_agency, situations_transfer TO st_app;
"""


class Migration(migrations.Migration):
    dependencies = (("situations", "0001_initial"), ("privacy", "0005_reveal_needs_a_committed_receipt"))
    operations = (
        *(migrations.RunSQL(enable(t, rule, worker=worker), disable(t)) for t, rule, worker in TABLES),
        migrations.RunSQL(_OUTBOX, _NO_OUTBOX),
        migrations.RunSQL(
            _MOVES,
            "DROP FUNCTION situations_return_to_agency(uuid); DROP FUNCTION situations_transfer(uuid, uuid, bigint, bigint);",
        ),
    )
