"""Does who leaves lose access at the next request - pages, API, queued work - and does a colleague take over?
(domain.md, "People"; R15, R58, R64)"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ClassVar

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from agencies import leavers, paper_letters, people, seats
from agencies.models import Member, Seat, Standing
from agencies.refusal import NotPossible
from agencies.vocabulary import Role
from privacy.context import acting_as, in_role
from privacy.models import Engagement
from situations import handover, outbox
from situations.models import Outbox
from situations.vocabulary import Message, OutboxKind
from tests import builders
from tests.agreements.papers import TODAY
from tests.builders import Walk
from tests.cast import LONG_AGO, Cast, seated
from tests.pages.browsing import Browser, hidden, text

_KEY = "crisis_rep"
#: One of each kind that sees to nobody of the shelter.
_ASKING = (
    "shelter_rep",
    "shelter_colleague",
    "crisis_lead",
    "facilitator",
    "privacy_officer",
    "other_table",
    "stranger",
)


def _account_by_the_lead(cast: Cast, member: Member) -> None:
    answer = Browser(cast.crisis_lead).post("leaving", member.pk, what="account")
    assert answer.status_code == 302


def _seats_by_the_administrator(cast: Cast, member: Member) -> None:
    answer = Browser(cast.administrator).post("leaving", member.pk, what="seats")
    assert answer.status_code == 302


def _one_seat(cast: Cast, member: Member) -> None:
    answer = Browser(cast.crisis_lead).post("seat_do", Seat.objects.get(member=member).pk, "end")
    assert answer.status_code == 302


def _agency_on_hold(cast: Cast, member: Member) -> None:
    agency, browser = cast.agencies["crisis"], Browser(cast.administrator)
    answer = browser.post(
        "agency", agency.pk, name_en=agency.name_en, name_fr=agency.name_fr, sector=agency.sector_id,
        statutes=agency.statutes, public_contact="555", **hidden(browser.get("agency", agency.pk)),
    )  # fmt: skip
    assert answer.status_code == 302


@contextmanager
def _undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.usefixtures("committed_db_with_keys")
class TestLeavers:
    cast: ClassVar[Cast]
    f2: ClassVar[Walk]
    f4: ClassVar[Walk]

    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def walked(cls, committed_cast: Cast) -> None:
        cls.cast = committed_cast
        cls.f2, cls.f4 = builders.discussed(committed_cast), builders.intervening(committed_cast)
        with in_role("st_worker"):
            Outbox.objects.update(processed_at=timezone.now())

    @property
    def member(self) -> Member:
        return self.cast.people[_KEY]

    @pytest.mark.parametrize(
        "end", [_account_by_the_lead, _seats_by_the_administrator, _one_seat, _agency_on_hold], ids=lambda e: e.__name__
    )
    def test_the_next_request_is_refused_at_every_door(self, end: Callable[[Cast, Member], None]) -> None:
        with _undone():
            open_before = Browser(self.member)
            assert open_before.get("situation", self.f4.id).status_code == 200
            end(self.cast, self.member)
            assert not Standing.objects.of(self.member).exists()
            pages = {open_before.get(*page).status_code for page in (
                ("situation", self.f2.id), ("situation", self.f4.id), ("meeting", self.f2.meeting.pk))}  # fmt: skip
            doors = {open_before.get(*door).status_code for door in (
                ("api:situation", self.f2.id), ("api:decisions", self.f4.id))}  # fmt: skip
            gone = {302} if end is _account_by_the_lead else {404}
            assert pages == gone, "whoever has no account is led to sign in"
            assert doors == ({403} if end is _account_by_the_lead else {404})
            assert not self._is_told()

    def _is_told(self) -> bool:
        mail.outbox.clear()
        with acting_as(self.cast.facilitator):
            Outbox.objects.bulk_create(
                [Outbox(kind=OutboxKind.TELL, table=self.cast.nia, ref=self.f4.id, member_id=self.member.pk,
                        message=Message.LEAD_PROPOSED)]
            )  # fmt: skip
        outbox.sweep()
        return [m.to for m in mail.outbox] == [[self.member.email]]

    def test_the_lead_hands_over_to_a_colleague_before_or_after(self) -> None:
        with _undone():
            page = text(Browser(self.cast.crisis_lead).get("leaving", self.member.pk))
            assert "Named for" in page
            for said in ("nothing opens by what you end here", "nobody acts in them for the agency until its lead",
                         "Drafts and actions of a plan stay with the agency"):  # fmt: skip
                assert said in page, "what happens to access, to what is open and to drafts is said before it happens"
            answer = Browser(self.cast.crisis_lead).post("leaving", self.member.pk, what="account")
            assert answer.headers["Location"] == f"/people/{self.member.pk}/hand-over/NIA/"
            lead, colleague = Browser(self.cast.crisis_lead), self.cast.crisis_colleague
            page = text(lead.get("hand_over", self.member.pk, "NIA"))
            assert str(self.f4.situation().number) in page
            assert Browser(colleague).get("api:situation", self.f4.id).status_code == 200
            answer = lead.post("hand_over", self.member.pk, "NIA", to=colleague.pk)
            assert answer.status_code == 302
            with in_role("st_worker"):
                named = Engagement.objects.filter(table=self.cast.nia, person=colleague)
                assert named.filter(access_id=self.f4.id).exists()
                assert not Engagement.objects.filter(person=self.member, access_id=self.f4.id).exists()

    def test_work_is_counted_for_the_lead_only(self) -> None:
        """Not even a number tells an administrator whether somebody acts in a situation."""
        with acting_as(self.cast.administrator):
            work = leavers.open_work(self.member, by=self.cast.administrator)
        assert [(w.named, w.hands_over) for w in work] == [(0, False)]
        page = text(Browser(self.cast.administrator).get("leaving", self.member.pk))
        assert "Its lead hands over what is open." in page
        assert "Named for" not in page
        assert str(self.f4.situation().number) not in page
        for key in ("administrator", "shelter_lead", "crisis_colleague", "police_rep", "stranger", "other_table"):
            assert Browser(self.cast.people[key]).get("hand_over", self.member.pk, "NIA").status_code == 404, key
        with acting_as(self.cast.shelter_lead):
            assert handover.seen(self.member, self.cast.nia, by=self.cast.shelter_lead) == []


@pytest.mark.django_db(databases=["default", "keys"])
def test_only_who_sees_to_a_person_finds_any_of_their_pages(cast: Cast) -> None:
    """One of each kind asks for every page of one person; to all but three the person does not exist."""
    seat = Seat.objects.get(member=cast.shelter_rep)
    sees = {"administrator", "shelter_lead", "shelter_privacy"}
    ends = {"administrator", "shelter_lead"}
    for key in (*_ASKING, *sees):
        browser = Browser(cast.people[key])
        own = key == "shelter_rep"
        assert browser.get("person", cast.shelter_rep.pk).status_code == (200 if key in sees else 404), key
        assert browser.get("seat", seat.pk).status_code == (200 if own or key in sees else 404), key
        for page in (("leaving", cast.shelter_rep.pk), ("seat_cover", seat.pk), ("person_change", cast.shelter_rep.pk)):
            assert browser.get(*page).status_code == (200 if key in ends else 404), (key, page)
        for name in ("agencies", "tables", "letters", "setting_up", "people_import"):
            assert browser.get(name).status_code == (200 if key == "administrator" else 404), (key, name)
        assert browser.get("table_settings", "KES").status_code == 404


@pytest.mark.django_db(databases=["default", "keys"])
def test_an_account_that_also_sits_elsewhere_is_not_ended_from_here(cast: Cast) -> None:
    both = seated(cast, "both", cast.agencies["shelter"], cast.nia, Role.REPRESENTATIVE)
    there = Seat.objects.create(
        member=both, table=cast.kes, agency=cast.agencies["elsewhere"], role=Role.REPRESENTATIVE, starts_on=LONG_AGO,
        accepted_by_lead_at=timezone.now(), accepted_by_member_at=timezone.now(),
    )  # fmt: skip
    for by in (cast.administrator, cast.shelter_lead):
        with acting_as(by), pytest.raises(NotPossible, match="somebody else decides"):
            people.end_account(both, by=by)
    assert "KES" not in text(Browser(cast.administrator).get("person", both.pk))
    with acting_as(cast.administrator):
        leavers.leave(both, whole_account=False, by=cast.administrator)
    both.refresh_from_db()
    there.refresh_from_db()
    assert both.is_active
    assert there.ends_on is None
    assert not people.running(Seat.objects.filter(member=both, table=cast.nia)).exists()


@pytest.mark.django_db(databases=["default", "keys"])
def test_nobody_ends_an_own_account_and_a_table_keeps_an_administrator(cast: Cast) -> None:
    for key in ("administrator", "shelter_lead", "shelter_rep"):
        with acting_as(cast.people[key]), pytest.raises(NotPossible):
            leavers.leave(cast.people[key], whole_account=True, by=cast.people[key])
    last = Seat.objects.get(member=cast.administrator)
    with acting_as(cast.administrator), pytest.raises(NotPossible, match="at least one"):
        seats.end(last, on=TODAY, by=cast.administrator)
    second = seated(cast, "second", cast.agencies["town"], cast.nia, Role.ADMINISTRATOR)
    with acting_as(second):
        seats.end(last, on=TODAY, by=second)
        with pytest.raises(NotPossible, match="at least one"):
            seats.end(Seat.objects.get(member=second), on=TODAY, by=second)


def _letters(member: Member) -> list[str]:
    """What the letters that are owed say to one person."""
    mail.outbox.clear()
    paper_letters.sweep()
    return [f"{m.subject} {m.body}" for m in mail.outbox if m.to == [member.email]]


def _ended_by(cast: Cast, key: str) -> None:
    with acting_as(cast.people[key]):
        seats.end(Seat.objects.get(member=cast.crisis_rep), on=TODAY, by=cast.people[key])


@pytest.mark.django_db(databases=["default", "keys"])
def test_the_lead_is_told_by_letter_that_work_of_who_leaves_is_open_and_of_whom_nothing(cast: Cast) -> None:
    walk = builders.intervening(cast)
    with acting_as(cast.administrator):
        leavers.leave(cast.crisis_rep, whole_account=True, by=cast.administrator)
    said = _letters(cast.crisis_lead)
    assert [("work of theirs is open" in letter) for letter in said] == [True]
    number = str(walk.situation().number)
    for word in (cast.crisis_rep.name, cast.crisis_lead.name, number, "Lakemoor", "NIA", *builders.IDENTIFIERS):
        assert word not in said[0]
    for key in ("administrator", "crisis_colleague", "shelter_lead"):
        assert not any("work of theirs" in letter for letter in _letters(cast.people[key])), key


@pytest.mark.django_db(databases=["default", "keys"])
def test_nobody_is_told_of_work_where_none_is_open_or_the_lead_ended_the_seat_or_the_person_sits_on(
    cast: Cast,
) -> None:
    _ended_by(cast, "administrator")
    assert _letters(cast.crisis_lead) == [], "named for nothing"
    Seat.objects.filter(member=cast.crisis_rep).update(ends_on=None)
    builders.intervening(cast)
    with _undone():
        _ended_by(cast, "crisis_lead")
        assert _letters(cast.crisis_lead) == [], "it stands on the page of whoever leaves"
    first = Seat.objects.get(member=cast.crisis_rep)
    Seat.objects.create(
        member=cast.crisis_rep, table=cast.nia, agency=cast.agencies["crisis"], role=Role.ALTERNATE,
        starts_on=LONG_AGO, accepted_by_lead_at=timezone.now(), accepted_by_member_at=timezone.now(),
    )  # fmt: skip
    with acting_as(cast.administrator):
        seats.end(first, on=TODAY, by=cast.administrator)
    assert _letters(cast.crisis_lead) == []


@pytest.mark.django_db(databases=["default", "keys"])
def test_without_a_lead_no_colleague_learns_that_the_agency_acts(cast: Cast) -> None:
    builders.intervening(cast)
    seats.end_seat(Seat.objects.get(member=cast.crisis_lead))
    _ended_by(cast, "administrator")
    assert not any("work of theirs is open" in letter for letter in _letters(cast.crisis_colleague))
