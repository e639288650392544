"""Is everybody concerned told 60, 30 and 7 days before, once each, without a name, and not when signed again?"""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from django.utils.formats import date_format

from agencies import expiry, paper_letters, seats, undertakings
from agencies.models import ExpiryNotice, Seat, SharingAgreement, Undertaking
from situation_table.sweeps import SWEEPS
from tests.agreements.papers import TODAY
from tests.cast import Cast
from tests.pages.browsing import Browser, text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def _told() -> list[str]:
    """To whom the letters of this sweep went."""
    mail.outbox.clear()
    expiry.sweep()
    paper_letters.sweep()
    return sorted(m.to[0] for m in mail.outbox)


def test_a_person_is_told_at_sixty_thirty_and_seven_days_once_each(cast: Cast) -> None:
    Undertaking.objects.filter(member=cast.crisis_rep).update(ends_on=TODAY + timedelta(days=61))
    told = {}
    for day in range(62):
        with time_machine.travel(timezone.now() + timedelta(days=day)):
            if to := _told():
                told[61 - day] = to
            assert _told() == [], "twice a day is once"
    assert told == {days: [cast.crisis_rep.email] for days in (60, 30, 7)}


def test_agreements_are_told_to_administrator_privacy_officer_and_the_agencys_lead(cast: Cast) -> None:
    SharingAgreement.objects.filter(agency=cast.agencies["shelter"]).update(ends_on=TODAY + timedelta(days=30))
    people = (cast.administrator, cast.privacy_officer, cast.shelter_lead)
    assert _told() == sorted(m.email for m in people)
    names = [cast.nia.name, cast.agencies["shelter"].name, "NIA", *(m.name for m in people)]
    for message in mail.outbox:
        assert "/papers/ending/" in str(message.body)
        assert [n for n in names if n in f"{message.subject} {message.body}"] == []
    assert ExpiryNotice.objects.get().days == 30


def test_who_has_signed_again_or_has_no_seat_any_more_is_not_told(cast: Cast) -> None:
    soon = TODAY + timedelta(days=7)
    Undertaking.objects.filter(member__in=[cast.crisis_rep, cast.ended_seat, cast.police_rep]).update(ends_on=soon)
    SharingAgreement.objects.filter(agency=cast.agencies["school"]).update(ends_on=soon)
    seats.sign_undertaking(member=cast.crisis_rep, table=cast.nia, signed_on=TODAY, ends_on=TODAY + timedelta(days=365))
    seats.sign_agreement(
        agency=cast.agencies["school"], table=cast.nia, signatory_name="S", starts_on=soon + timedelta(days=1),
        ends_on=soon + timedelta(days=365),
    )  # fmt: skip
    assert _told() == [cast.police_rep.email]


def test_a_letter_waits_for_its_mail_server(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    Undertaking.objects.filter(member=cast.crisis_rep).update(ends_on=TODAY + timedelta(days=7))
    with monkeypatch.context() as away:
        away.setattr(paper_letters, "send_mail", _away)
        assert _told() == []
    assert paper_letters.sweep() == 0, "not before its time"
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        assert paper_letters.sweep() == 1
    assert paper_letters.sweep() == 0


def _away(*_args: object) -> int:
    raise ConnectionRefusedError


def test_the_list_shows_what_ends_soon_to_those_who_can_mend_it(cast: Cast) -> None:
    soon = TODAY + timedelta(days=20)
    SharingAgreement.objects.filter(agency=cast.agencies["crisis"]).update(ends_on=soon)
    Undertaking.objects.filter(member=cast.shelter_rep).update(ends_on=soon)
    for key in ("administrator", "privacy_officer"):
        page = text(Browser(cast.people[key]).get("papers_ending"))
        assert cast.agencies["crisis"].name in page
        assert cast.shelter_rep.name in page
        assert "20 days left" in page
    lead = text(Browser(cast.shelter_lead).get("papers_ending"))
    assert cast.shelter_rep.name in lead
    assert cast.agencies["crisis"].name not in lead
    assert Browser(cast.shelter_rep).get("papers_ending").headers["Location"] == "/to-sign/"
    assert [o.table for o in undertakings.owed(cast.shelter_rep)] == [cast.nia], "may be signed again before it ends"


def test_both_verbs_run_by_the_clock() -> None:
    assert {"agencies.expiry.sweep", "agencies.paper_letters.sweep"} <= {s.verb for s in SWEEPS}


def test_what_has_run_out_is_told_first_and_as_a_warning_until_it_is_signed_again(cast: Cast) -> None:
    """Gone from "ends soon" the day after, it must not leave "in order" behind."""
    yesterday = TODAY - timedelta(days=1)
    SharingAgreement.objects.filter(agency=cast.agencies["crisis"]).update(ends_on=yesterday)
    name, over = cast.lapsed_undertaking.name, f"Ran out on {date_format(yesterday)}"
    officer = Browser(cast.privacy_officer)
    page = text(officer.get("home"))
    assert "2 signatures have run out or do so soon" in page
    assert "2 have run out: nothing opens by them until they are signed again." in page
    page = text(officer.get("papers_ending"))
    assert cast.agencies["crisis"].name in page
    assert name in page
    assert page.count(over) == 2
    administrator = Browser(cast.administrator)
    papers = text(administrator.get("papers"))
    assert papers.count(over) == 2
    assert "Not signed" not in papers.replace("Not signed yet", "")
    home = text(administrator.get("home"))
    assert "The person’s undertaking has run out: to be signed again." in home
    assert "The person’s undertaking is not signed." not in home
    people = text(administrator.get("people"))
    assert people.index("Accepted seats that do not count today") < people.index(name) < people.index("<h2>Seated</h2>")
    paper = Undertaking.objects.get(member=cast.lapsed_undertaking)
    assert "no: it has run out. The person signs again" in text(administrator.get("undertaking", paper.pk))
    seats.sign_undertaking(
        member=cast.lapsed_undertaking, table=cast.nia, signed_on=TODAY, ends_on=TODAY + timedelta(days=365)
    )
    assert "1 signature has run out or does so soon" in text(officer.get("home"))


def test_only_who_may_accept_for_the_agency_is_told_that_a_seat_is_theirs_to_accept(cast: Cast) -> None:
    Seat.objects.filter(member=cast.unaccepted).update(accepted_by_lead_at=None)
    home = text(Browser(cast.administrator).get("home"))
    assert "Waits for the agency" in home
    assert "To accept" not in home
