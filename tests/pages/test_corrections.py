"""Is an entry that is wrong corrected by a new one, by whose it was, and does everything follow that rests on it?

(domain.md, "Mistakes"; docs/adr/0056)
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from privacy import ledger
from privacy.context import acting_as, in_role
from privacy.decision import Denied
from privacy.vocabulary import Necessity
from risk.models import CatalogueEntry
from risk.vocabulary import CodeList
from situations import meeting_record, meetings, retention
from situations.models import EndingCorrection, FirstContact, History, Situation
from situations.scene import load
from situations.vocabulary import ConsentOutcome, ContactResult, CorrectionReason
from situations.who_saw import who_saw
from tests import builders
from tests.api.door import Door
from tests.builders import Walk, entry
from tests.cast import Cast
from tests.laws.test_threshold import refused
from tests.pages.browsing import Browser, field_error, hidden, text
from tests.reports.test_record import record_of

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

WAS, NOW = "Overall risk lowered: Connected to services", "Still AER: Informed of services"
RIGHT = {"reason": "still-aer:informed-of-services", "why": "mistyped"}


def ended(walk: Walk) -> Walk:
    with acting_as(walk.cast.facilitator):
        meetings.end(walk.meeting, by=walk.cast.facilitator)
    return walk


def reached(cast: Cast, outcome: ConsentOutcome = ConsentOutcome.GIVEN) -> Walk:
    """The lead met the person an hour after it confirmed, and asked."""
    walk = builders.intervening(cast)
    walk.act(
        "crisis_rep", "contact", contacted_at=timezone.now(), result=ContactResult.REACHED, consent_outcome=outcome
    )
    return walk


def the_contact(walk: Walk, who: str = "crisis_rep") -> FirstContact:
    with acting_as(walk.cast.people[who]):
        return FirstContact.objects.get(situation=walk.id, corrected_by__isnull=True)


class TestTheOutcome:
    def test_it_is_corrected_beside_what_was_recorded_and_the_coded_record_follows(self, cast: Cast) -> None:
        walk = builders.concluded(cast)
        before = record_of(walk)
        assert before.conclusion_group == "overall-risk-lowered"
        assert Browser(cast.crisis_rep).act(walk.id, "correct_outcome", **RIGHT).status_code == 302
        after = record_of(walk)
        assert (after.conclusion_group, after.conclusion_reason) == ("still-aer", "informed-of-services")
        assert (after.status, after.closed_on, after.version) == (before.status, before.closed_on, before.version + 1)
        assert (after.assisting_sectors, after.services) == (before.assisting_sectors, before.services)
        for who in ("school_rep", "housing_rep", "facilitator", "crisis_rep"):
            page = text(Browser(cast.people[who]).get("situation", walk.id))
            assert NOW in page, who
            assert f"It said: {WAS}. It was typed wrongly." in page, who
        told = Door(cast.school_rep).get(f"situations/{walk.id}/").json()["report"]
        assert (told["reason"], [c["was"] for c in told["corrected"]]) == (NOW, [WAS])
        with acting_as(cast.school_rep):
            acts = History.objects.filter(situation=walk.id).order_by("version").values_list("act", flat=True)
            assert list(acts)[-2:] == ["conclude", "correct_outcome"]

    def test_the_meetings_record_keeps_what_was_said_there_and_the_table_is_not_told_who_leads(
        self, cast: Cast
    ) -> None:
        walk = ended(builders.concluded(cast))
        walk.act("crisis_rep", "correct_outcome", reason=_reason("informed-of-services"), why=CorrectionReason.MIXED_UP)
        with acting_as(cast.school_rep):
            seen = meeting_record.record(walk.meeting.pk, by=cast.school_rep)
        assert (seen.items[0].reason, len(seen.corrections), seen.corrections[0].by) == (WAS, 1, "")
        page = text(Browser(cast.school_rep).get("meeting_record", walk.meeting.pk))
        number = walk.situation().number
        assert (
            f"{number}: not “{WAS}” but “{NOW}”. Two situations, persons or agencies were mixed up. Entered on" in page
        )
        assert cast.crisis_rep.name not in page
        assert Browser(cast.school_rep).get("meeting_record_pdf", walk.meeting.pk).status_code == 200
        told = Door(cast.school_rep).get(f"meetings/{walk.meeting.pk}/record/").json()["corrections"]
        assert [c["by"] for c in told] == [""]

    def test_the_ledger_says_that_it_was_corrected_and_by_which_agency(self, cast: Cast) -> None:
        walk = builders.concluded(cast)
        walk.act("crisis_rep", "correct_outcome", reason=_reason("informed-of-services"), why=CorrectionReason.MISTYPED)
        with acting_as(cast.privacy_officer):
            (row,) = [e for e in ledger.entries(walk.id) if e.kind == "corrected"]
        assert (row.agency_id, row.elements) == (cast.agencies["crisis"].pk, ("ending",))
        with acting_as(cast.privacy_officer):
            assert any(
                str(e.what) == "Corrected by a new entry" for e in who_saw(load(walk.id, by=cast.privacy_officer)) or ()
            )

    def test_only_by_whose_it_was_and_only_to_another_one(self, cast: Cast) -> None:
        walk = builders.concluded(cast)
        typed = {"reason": _reason("informed-of-services"), "why": CorrectionReason.MISTYPED}
        assert refused(walk, "housing_rep", "correct_outcome", **typed) == "lead-only"
        assert refused(walk, "facilitator", "correct_outcome", **typed) == "not-your-role"
        assert refused(walk, "crisis_rep", "correct_outcome", **typed | {"why": "forgotten"}) == "reason"
        same = Browser(cast.crisis_rep).act(
            walk.id, "correct_outcome", reason="overall-risk-lowered:connected-to-services", why="mistyped"
        )
        assert field_error(same, "reason").endswith("This outcome is on record already. Choose the right one.")
        assert "Choose why" in text(Browser(cast.crisis_rep).act(walk.id, "correct_outcome", reason=RIGHT["reason"]))
        with acting_as(cast.crisis_rep):
            assert not EndingCorrection.objects.exists()

    def test_a_stop_has_no_outcome_to_correct(self, cast: Cast) -> None:
        walk = builders.contacted(cast)
        builders.close_notices(walk)
        walk.act("crisis_rep", "stop_intervention")
        typed = {"reason": _reason("informed-of-services"), "why": CorrectionReason.MISTYPED}
        assert refused(walk, "crisis_rep", "correct_outcome", **typed) == "no-outcome"

    def test_corrected_meanwhile_nothing_is_done_and_what_was_chosen_is_kept(self, cast: Cast) -> None:
        walk, lead = builders.concluded(cast), Browser(cast.crisis_rep)
        opened = hidden(lead.get("act", walk.id, "correct_outcome"))
        walk.act("crisis_rep", "correct_outcome", reason=_reason("systemic-issue"), why=CorrectionReason.MISTYPED)
        late = lead.post("act", walk.id, "correct_outcome", **opened | RIGHT)
        assert late.status_code == 409
        assert re.search(r"<input[^>]*still-aer:informed-of-services[^>]*checked", text(late))
        with acting_as(cast.crisis_rep):
            assert Situation.objects.get(pk=walk.id).ending_reason == "systemic-issue"

    def test_nobody_rewrites_what_was_recorded(self, cast: Cast) -> None:
        walk = builders.concluded(cast)
        walk.act("crisis_rep", "correct_outcome", reason=_reason("systemic-issue"), why=CorrectionReason.MISTYPED)
        with acting_as(cast.crisis_rep):
            assert EndingCorrection.objects.update(was_reason="relocated") == 0
            assert EndingCorrection.objects.all().delete()[0] == 0
            assert EndingCorrection.objects.count() == 1
        with acting_as(cast.other_table):
            assert not EndingCorrection.objects.exists()

    def test_a_program_corrects_it_the_same_way(self, cast: Cast) -> None:
        walk = builders.concluded(cast)
        path = f"situations/{walk.id}/acts/correct_outcome/"
        version = walk.situation().version
        assert Door(cast.housing_rep).post(path, RIGHT | {"seen_version": version}).status_code == 403
        assert Door(cast.other_table).post(path, RIGHT | {"seen_version": version}).status_code == 404
        made = Door(cast.crisis_rep).post(path, RIGHT | {"seen_version": version})
        assert made.json()["situation"]["report"]["reason"] == NOW
        again = RIGHT | {"reason": "still-aer:systemic-issue", "seen_version": version}
        assert Door(cast.crisis_rep).post(path, again).status_code == 409


def test_a_rejection_keeps_its_decision_and_gets_its_right_reason(cast: Cast) -> None:
    walk = ended(builders.rejected(cast))
    right = {"reason": "rejected:situation-not-deemed-to-be-one-of-acutely-elevated-risk", "why": "misheard"}
    assert Browser(cast.school_rep).get("act", walk.id, "correct_rejection").status_code == 403
    asked = text(Browser(cast.facilitator).get("act", walk.id, "correct_rejection"))
    assert "The right reason" in asked
    assert "How it really ended" not in asked
    assert Browser(cast.facilitator).act(walk.id, "correct_rejection", **right).status_code == 302
    record = record_of(walk)
    assert (record.status, record.conclusion_reason) == ("rejected", right["reason"].partition(":")[2])
    assert record.risk_factors is None
    page = text(Browser(cast.school_rep).get("situation", walk.id))
    assert "It said: Single agency can address risk alone. It was misunderstood in the room." in page


class TestAContact:
    def test_it_is_corrected_by_a_new_entry_and_what_rests_on_it_follows(self, cast: Cast) -> None:
        walk = reached(cast)
        one, when = the_contact(walk), timezone.localtime() - timedelta(minutes=1)
        assert record_of(builders.chosen(cast)).hours_to_first_contact is None
        typed = {"contact": str(one.pk), "contacted_at": f"{when:%Y-%m-%d %H:%M}", "result": "reached",
                 "consent_outcome": "refused", "not_sought_reason": "", "why": "mistyped"}  # fmt: skip
        lead = Browser(cast.crisis_rep)
        assert "stays shared" in text(lead.get("act", walk.id, "correct_contact"))
        assert lead.act(walk.id, "correct_contact", **typed).status_code == 302
        with acting_as(cast.crisis_rep):
            rows = FirstContact.objects.filter(situation=walk.id).order_by("pk")
            assert [r.consent_outcome for r in rows] == [ConsentOutcome.GIVEN, ConsentOutcome.REFUSED]
            assert rows[1].corrects_id == one.pk
            clock = Situation.objects.get(pk=walk.id).intervention
            assert clock.first_contact_at == rows[1].contacted_at
            assert clock.declined_by == [1], "the person said no"
        page = text(Browser(cast.housing_rep).get("situation", walk.id))
        assert "Corrected. It said: Reached the person. Consent given" in page
        assert "Consent refused" in page
        assert "The person declined." in page
        told = Door(cast.housing_rep).get(f"situations/{walk.id}/").json()["contact"]
        assert [c["consent_outcome"] for c in told["contacts"]] == ["Consent refused"]
        assert [(c["consent_outcome"], c["why"]) for c in told["corrected"]] == [
            ("Consent given", "It was typed wrongly")
        ]
        assert "It said" not in text(Browser(cast.school_rep).get("situation", walk.id))

    def test_the_coded_record_follows_the_day_of_the_contact(self, cast: Cast) -> None:
        walk = reached(cast)
        with acting_as(cast.crisis_rep):
            clock = Situation.objects.get(pk=walk.id).intervention
            clock.lead_confirmed_at -= timedelta(hours=30)
            clock.save(update_fields=["lead_confirmed_at"])
        _correct(walk, contacted_at=clock.lead_confirmed_at + timedelta(hours=5))
        assert record_of(walk).hours_to_first_contact == 5
        assert record_of(walk).status == "accepted"

    def test_a_later_no_stays_though_an_earlier_entry_is_corrected(self, cast: Cast) -> None:
        walk = reached(cast, ConsentOutcome.REFUSED)
        first = the_contact(walk)
        walk.act(
            "housing_rep", "contact", contacted_at=timezone.now(), result=ContactResult.REACHED,
            consent_outcome=ConsentOutcome.REFUSED,
        )  # fmt: skip
        _correct(walk, contact=first, consent_outcome=ConsentOutcome.GIVEN)
        with acting_as(cast.crisis_rep):
            assert Situation.objects.get(pk=walk.id).intervention.declined_by == [1]

    def test_each_agency_corrects_its_own_and_a_corrected_entry_not_again(self, cast: Cast) -> None:
        walk = reached(cast)
        one = the_contact(walk)
        typed = {"contact": one, "contacted_at": timezone.now(), "result": ContactResult.REACHED,
                 "consent_outcome": ConsentOutcome.REFUSED, "why": CorrectionReason.MISTYPED}  # fmt: skip
        assert refused(walk, "housing_rep", "correct_contact", **typed) == "no-own-contact"
        assert refused(walk, "crisis_rep", "correct_contact", **typed | {"consent_outcome": "not_sought"}) == (
            "not-sought-why"
        )
        as_it_is = {"contacted_at": one.contacted_at, "consent_outcome": ConsentOutcome.GIVEN}
        assert refused(walk, "crisis_rep", "correct_contact", **typed | as_it_is) == "same-contact"
        _correct(walk)
        assert refused(walk, "crisis_rep", "correct_contact", **typed) == "no-own-contact"

    def test_nothing_of_it_reaches_who_does_not_know_the_person(self, cast: Cast) -> None:
        """When somebody is reached says that they are about to be (R51): not even that it was corrected."""
        walk = builders.partners(cast)
        walk.act("housing_rep", "safe_contact", subject=1, instructions=builders.CANARY_SAFE, grounds="grounds")
        walk.act(
            "housing_rep", "contact", subject=1, contacted_at=timezone.now(), result=ContactResult.REACHED,
            consent_outcome=ConsentOutcome.GIVEN,
        )  # fmt: skip
        _correct(walk, by="housing_rep")
        for who, knows in (("housing_rep", True), ("crisis_rep", False)):
            member = cast.people[who]
            told = Door(member).get(f"situations/{walk.id}/").json()["contact"]
            assert (len(told["contacts"]), len(told["corrected"])) == ((1, 1) if knows else (0, 0)), who
            with acting_as(member):
                kinds = {e.kind for e in who_saw(load(walk.id, by=member)) or ()}
            assert ("corrected" in kinds) == knows, who

    def test_who_knows_nobody_of_it_does_not_read_that_a_contact_was_corrected(self, cast: Cast) -> None:
        """An agency that was added and told nothing reads no contact: nor, by the ledger, that there was one."""
        walk = reached(cast)
        walk.act("crisis_rep", "add_agency", agency=cast.agencies["police"], necessity=Necessity.OFFERED)
        walk.act("police_rep", "name_person", person=cast.police_rep)
        _correct(walk)
        for who, knows in (("housing_rep", True), ("crisis_rep", True), ("police_rep", False)):
            member = cast.people[who]
            told = Door(member).get(f"situations/{walk.id}/").json()["contact"]
            assert bool(told["corrected"]) == knows, who
            with acting_as(member):
                kinds = {e.kind for e in who_saw(load(walk.id, by=member)) or ()}
            assert ("corrected" in kinds) == knows, who
            assert "disclosed" in kinds, who

    def test_both_entries_end_with_retention(self, cast: Cast) -> None:
        walk = builders.concluded(cast)
        _correct(walk)
        with acting_as(cast.facilitator):
            Situation.objects.filter(pk=walk.id).update(concluded_at=timezone.now() - timedelta(days=400))
        assert retention.sweep() == 1
        with in_role("st_worker"):
            assert not FirstContact.objects.exists()
        with pytest.raises(Denied):
            _correct(walk, contact=FirstContact(pk=1))


def _correct(walk: Walk, *, by: str = "crisis_rep", **changes: object) -> None:
    typed = {
        "contact": changes.pop("contact", None) or the_contact(walk, by), "contacted_at": timezone.now(),
        "result": ContactResult.REACHED, "consent_outcome": ConsentOutcome.REFUSED, "why": CorrectionReason.MISTYPED,
    }  # fmt: skip
    walk.act(by, "correct_contact", **typed | changes)


def _reason(code: str) -> CatalogueEntry:
    return entry(CodeList.CONCLUSION_REASON, code)
