"""Does a seat become active only when the agency's side and the person both accept, and never by one alone?
(domain.md, "People": administrator; R55, R64)"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone, translation

from agencies import agreements, confirming, oncall, paper_letters, people, reach, seats, texts
from agencies.forms.papers import PrepareForm
from agencies.forms.people import ConfirmSeatsForm
from agencies.models import Letter, Member, Seat, SharingAgreement, Standing, Undertaking
from agencies.refusal import NotPossible
from agencies.vocabulary import ConfirmedAs, Paper, Role
from privacy.context import acting_as
from tests import builders
from tests.agreements.papers import (
    NEXT_YEAR,
    PASSWORD_AGAIN,
    TODAY,
    TOMORROW,
    YESTERDAY,
    agreements_ran_out,
    prepared,
)
from tests.cast import Cast
from tests.pages.browsing import Browser, field_error, text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

#: Everybody who may propose a seat of the shelter at the table, and nobody else may.
_PROPOSE = {"administrator", "shelter_lead"}


def propose(cast: Cast, *, by: str = "administrator", member: str = "stranger", agency: str = "shelter",
            role: Role = Role.REPRESENTATIVE, until: object = None) -> Seat:  # fmt: skip
    """A seat that waits."""
    with acting_as(cast.people[by]):
        return seats.propose(
            member=cast.people[member], table=cast.nia, agency=cast.agencies[agency], role=role, starts_on=TODAY,
            ends_on=until, by=cast.people[by],  # type: ignore[arg-type]  # a day or nothing
        )  # fmt: skip


def test_only_administrators_and_the_agencys_own_lead_propose(cast: Cast) -> None:
    for key in cast.everybody:
        with transaction.atomic():
            try:
                propose(cast, by=key)
            except NotPossible:
                assert key not in _PROPOSE, key
            else:
                assert key in _PROPOSE, key
            transaction.set_rollback(True)
    with pytest.raises(NotPossible, match="cannot propose"):
        propose(cast, by="shelter_lead", agency="crisis")
    with pytest.raises(NotPossible, match="cannot propose"):
        propose(cast, by="shelter_lead", role=Role.FACILITATOR)


def test_each_side_is_accepted_by_its_own_and_by_nobody_else(cast: Cast) -> None:
    """Everybody tries both sides of one seat; what they get is what the agreement says of them."""
    seat = propose(cast)
    for key, member in cast.everybody.items():
        for side, allowed in ((seats.accept_for_agency, "shelter_lead"), (seats.accept_by_person, "stranger")):
            with acting_as(member), transaction.atomic():
                try:
                    side(seat, by=member)
                except NotPossible:
                    assert key != allowed, (key, side)
                else:
                    assert key == allowed, (key, side)
                transaction.set_rollback(True)


def test_it_stands_only_once_both_have_accepted(cast: Cast) -> None:
    seat = propose(cast)
    seats.sign_undertaking(member=cast.stranger, table=cast.nia, signed_on=TODAY, ends_on=NEXT_YEAR)
    stands = Standing.objects.of(cast.stranger)
    assert not stands.exists()
    with acting_as(cast.shelter_lead):
        seats.accept_for_agency(seat, by=cast.shelter_lead)
    assert not stands.exists()
    with acting_as(cast.stranger):
        seats.accept_by_person(seat, by=cast.stranger)
    assert stands.exists()
    seat.refresh_from_db()
    assert (seat.confirmed_as, seat.confirmed_by) == (ConfirmedAs.LEAD, cast.shelter_lead)


def test_the_agencys_privacy_lead_is_told_without_a_name(cast: Cast) -> None:
    seat = propose(cast, by="shelter_lead")
    with acting_as(cast.stranger):
        seats.accept_by_person(seat, by=cast.stranger)
    mail.outbox.clear()
    paper_letters.sweep()
    told = [m for m in mail.outbox if m.to == [cast.shelter_privacy.email]]
    assert len(told) == 1
    assert "active" in str(told[0].body)
    for name in (cast.stranger.name, cast.agencies["shelter"].name, cast.nia.name):
        assert all(name not in f"{m.subject} {m.body}" for m in mail.outbox)


def test_a_lead_does_not_activate_an_own_seat_and_postgresql_refuses_it_too(cast: Cast) -> None:
    seat = propose(cast, by="shelter_lead", member="shelter_lead")
    assert seat.accepted_by_lead_at is None, "proposing for oneself accepts nothing"
    with acting_as(cast.shelter_lead), pytest.raises(NotPossible, match="Nobody activates"):
        seats.accept_for_agency(seat, by=cast.shelter_lead)
    for column in ("accepted_by_lead_at", "confirmed_by"):
        value = timezone.now() if column.endswith("_at") else cast.shelter_lead
        with (
            acting_as(cast.shelter_lead),
            pytest.raises(DatabaseError, match=r"own.seat"),
            transaction.atomic(),
        ):
            Seat.objects.filter(pk=seat.pk).update(**{column: value})
    other = propose(cast, by="shelter_lead")
    with acting_as(cast.shelter_lead), pytest.raises(DatabaseError, match="only the person"), transaction.atomic():
        Seat.objects.filter(pk=other.pk).update(accepted_by_member_at=timezone.now())


def test_an_administrator_activates_nothing_not_even_with_a_lead_seat_in_another_agency(cast: Cast) -> None:
    mine = propose(cast, member="administrator", agency="town", role=Role.AGENCY_LEAD)
    with acting_as(cast.administrator):
        seats.accept_by_person(mine, by=cast.administrator)
        with pytest.raises(NotPossible):
            seats.accept_for_agency(mine, by=cast.administrator)
    assert not reach.agency_ids_led(cast.administrator, cast.nia)


def test_who_declines_or_takes_back_ends_it_and_it_can_be_proposed_again(cast: Cast) -> None:
    for key in ("stranger", "shelter_lead", "administrator"):
        seat = propose(cast)
        with acting_as(cast.people[key]):
            seats.decline(seat, by=cast.people[key])
            with pytest.raises(NotPossible):
                seats.accept_for_agency(seat, by=cast.shelter_lead)
    with pytest.raises(NotPossible):
        seats.decline(propose(cast), by=cast.police_rep)
    assert Seat.objects.filter(member=cast.stranger).count() == 1, "one seat, proposed again"


def test_a_seat_that_is_held_or_waits_is_not_proposed_twice(cast: Cast) -> None:
    propose(cast)
    with pytest.raises(NotPossible, match="already"):
        propose(cast)


# The signatory speaks where nobody else can ------------------------------------------------------------------------
def _signed_by_link(cast: Cast, agency: str = "police") -> Client:
    """Somebody from outside signs the agency's agreement by a link, and goes on to where that leads."""
    prepared(cast, email="director@example.net", agency=agency)
    mail.outbox.clear()
    paper_letters.sweep()
    link = re.search(r"https?://[^/]+(/sign/\S+)", str(mail.outbox[-1].body))
    assert link
    outside = Client()
    read = texts.in_force(cast.nia, Paper.AGREEMENT).digest
    answer = outside.post(
        link[1], {"read": read, "language": "en", "name": "D. Irector", "office": "Director", "agreed": "on"}
    )
    outside.next = answer.headers.get("Location", "")  # type: ignore[attr-defined]  # where the page led
    return outside


def test_an_agencys_first_lead_is_confirmed_by_the_signatory_through_a_link_that_works_once(cast: Cast) -> None:
    seat = propose(cast, member="police_rep", agency="police", role=Role.AGENCY_LEAD)
    assert not Letter.objects.filter(kind=paper_letters.SEAT_BY_LINK).exists(), "nobody can be asked yet"
    outside = _signed_by_link(cast)
    link = outside.next  # type: ignore[attr-defined]  # where the page led
    assert link.startswith("/confirm/")
    page = outside.get(link)
    assert cast.police_rep.name in page.content.decode()
    empty = outside.post(link, {}).content.decode()
    assert re.search(r'<a href="#id_seat-\d+">', empty), "nothing was said yet; the summary leads to where it is said"
    assert "Nothing was saved." in empty
    assert outside.post(link, {f"seat-{seat.pk}": "yes"}).status_code == 200
    assert outside.get(link).status_code == 404
    seat.refresh_from_db()
    assert (seat.confirmed_as, seat.confirmed_by) == (ConfirmedAs.SIGNATORY, None)
    assert seat.accepted_by_lead_at is not None
    assert seat.accepted_by_member_at is None, "the person has still to accept"


def test_the_signatory_says_nothing_about_an_own_seat_nor_once_another_lead_is_there(cast: Cast) -> None:
    with acting_as(cast.administrator):
        waiting = agreements.prepare(
            agency=cast.agencies["police"], table=cast.nia, starts_on=TODAY, ends_on=NEXT_YEAR,
            signatory=cast.police_rep, email="", language="en", by=cast.administrator,
        )  # fmt: skip
    with acting_as(cast.police_rep):
        read = texts.in_force(cast.nia, Paper.AGREEMENT).digest
        signed = agreements.sign(
            waiting, read=read, language="en", name="P", office="Chief", by=cast.police_rep, password=PASSWORD_AGAIN
        )
    own = propose(cast, member="police_rep", agency="police", role=Role.AGENCY_LEAD)
    assert own not in confirming.waiting(signed)
    other = propose(cast, member="stranger", agency="police", role=Role.AGENCY_LEAD)
    assert other in confirming.waiting(signed)
    with pytest.raises(NotPossible):
        confirming.confirm(signed, confirmed=[own.pk], declined=[])
    Seat.objects.filter(pk=own.pk).update(accepted_by_lead_at=timezone.now(), accepted_by_member_at=timezone.now())
    assert confirming.waiting(signed) == [], "there is a lead now"


def test_an_ended_agreement_speaks_for_nobody(cast: Cast) -> None:
    propose(cast, member="police_rep", agency="police", role=Role.AGENCY_LEAD)
    signed = SharingAgreement.objects.filter(agency=cast.agencies["police"]).get()
    SharingAgreement.objects.filter(pk=signed.pk).update(signatory_email="d@example.net", ended_at=timezone.now())
    signed.refresh_from_db()
    assert confirming.waiting(signed) == []


# Invitations -------------------------------------------------------------------------------------------------------
def test_a_person_is_invited_chooses_a_password_accepts_and_signs(cast: Cast) -> None:
    browser = Browser(cast.shelter_lead)
    typed = {
        "name": "N. Ewcomer", "email": "New.Comer@example.net", "phone": "555 0101 x2", "language": "fr",
        "table": cast.nia.pk, "agency": cast.agencies["shelter"].pk, "role": "representative",
        "starts_on": str(TODAY), "ends_on": "",
    }  # fmt: skip
    wrong = browser.post("person_add", **typed | {"email": "nobody", "phone": "=1+1"})
    assert field_error(wrong, "email")
    assert field_error(wrong, "phone")
    assert 'value="N. Ewcomer"' in text(wrong)
    assert browser.post("person_add", **typed).status_code == 302
    member = Member.objects.get(email="new.comer@example.net")
    assert not member.has_usable_password()
    paper_letters.sweep()
    message = next(m for m in mail.outbox if m.to == [member.email])
    link = re.search(r"https?://[^/]+(/join/\S+)", str(message.body))
    assert link
    for name in ("Ewcomer", cast.agencies["shelter"].name, "NIA"):
        assert name not in f"{message.subject} {message.body}"
    outside = Browser(cast.administrator).client  # the link was handed over at the administrator's own screen
    assert (
        "too common"
        in outside.post(link[1], {"password": "password"}, headers={"accept-language": "en"}).content.decode()
    )
    assert outside.post(link[1], {"password": PASSWORD_AGAIN}).status_code == 302
    sign_in = outside.get("/sign-in/", headers={"accept-language": "en"})
    assert (sign_in.status_code, "Your password is saved" in sign_in.content.decode()) == (200, True), (
        "and nobody is signed in"
    )
    assert outside.get(link[1]).status_code == 404
    member.refresh_from_db()
    seat, own = Seat.objects.get(member=member), Browser(member)
    assert "A seat for you" in text(own.get("to_sign"))
    assert own.post("seat_do", seat.pk, "accept-for-agency").status_code == 302
    assert own.post("seat_do", seat.pk, "accept").status_code == 302
    seat.refresh_from_db()
    assert seat.accepted_by_lead_at is not None, "the lead proposed it"
    assert seat.confirmed_by == cast.shelter_lead


def test_who_is_known_by_an_address_keeps_what_is_theirs(cast: Cast) -> None:
    with acting_as(cast.administrator):
        seat = people.invite(
            name="Another Name", email=cast.other_table.email.upper(), phone="1", language="fr", table=cast.nia,
            agency=cast.agencies["shelter"], role=Role.ALTERNATE, starts_on=TODAY, ends_on=None, by=cast.administrator,
        )  # fmt: skip
    assert seat.member == cast.other_table
    cast.other_table.refresh_from_db()
    assert (cast.other_table.name, cast.other_table.phone, cast.other_table.language) == (
        "Other Table Invented",
        "",
        "en",
    )
    assert cast.other_table.check_password(PASSWORD_AGAIN)


# Leave cover -------------------------------------------------------------------------------------------------------
def test_leave_cover_begins_and_ends_by_its_days(cast: Cast) -> None:
    walk = builders.presented(cast)
    away = Seat.objects.get(member=cast.shelter_rep)
    cover = Member.objects.create_user(
        "cover@example.org", PASSWORD_AGAIN, name="C. Over", agency=cast.agencies["shelter"]
    )
    seats.sign_undertaking(member=cover, table=cast.nia, signed_on=TODAY, ends_on=NEXT_YEAR)
    answer = Browser(cast.shelter_lead).post(
        "seat_cover", away.pk, person=cover.pk, starts_on=str(TODAY), ends_on=str(TOMORROW)
    )
    assert answer.status_code == 302
    seat = Seat.objects.get(member=cover)
    assert (seat.role, seat.covers) == (Role.ALTERNATE, away)
    with acting_as(cover):
        seats.accept_by_person(seat, by=cover)
    assert Browser(cover).get("situation", walk.id).status_code == 200
    assert people.away(cast.nia, cast.agencies["shelter"]).get() == seat
    Seat.objects.filter(pk=seat.pk).update(starts_on=YESTERDAY - timedelta(days=3), ends_on=YESTERDAY)
    assert Browser(cover).get("situation", walk.id).status_code == 404
    assert not people.away(cast.nia, cast.agencies["shelter"]).exists()


def test_nobody_covers_for_themselves_or_for_another_agency(cast: Cast) -> None:
    away = Seat.objects.get(member=cast.shelter_rep)
    with acting_as(cast.administrator):
        for member, agency in ((cast.shelter_rep, "shelter"), (cast.crisis_rep, "crisis")):
            with pytest.raises(NotPossible):
                seats.propose(
                    member=member, table=cast.nia, agency=cast.agencies[agency], role=Role.ALTERNATE, starts_on=TODAY,
                    ends_on=TOMORROW, covers=away, by=cast.administrator,
                )  # fmt: skip


def test_whom_a_form_names_stands_before_the_colon_of_the_language(cast: Cast) -> None:
    seat = propose(cast)
    with acting_as(cast.administrator):
        for language, colon in (("en", ": "), ("fr", "\N{NO-BREAK SPACE}: ")):
            with translation.override(language):
                waits = ConfirmSeatsForm([seat]).fields[f"seat-{seat.pk}"].label
                signs = PrepareForm(cast.nia, cast.administrator).fields["signatory"]
                assert waits == f"{cast.stranger.name}{colon}{Role.REPRESENTATIVE.label}"
                police = f"{cast.agencies['police'].name}{colon}{cast.police_rep.name}"
                assert police in [label for _value, label in signs.choices]  # type: ignore[attr-defined]


def test_a_seat_that_lacks_a_signature_says_which_to_whoever_sees_to_it(cast: Cast) -> None:
    seat = Seat.objects.get(member=cast.shelter_rep, table=cast.nia)
    administrator = Browser(cast.administrator)
    assert "What is still missing" not in text(administrator.get("seat", seat.pk))
    Undertaking.objects.filter(member=cast.shelter_rep).update(ends_on=YESTERDAY)
    page = text(administrator.get("seat", seat.pk))
    assert "A signature is missing" in page
    assert "The person’s undertaking has run out: to be signed again." in page, "as the lists say of the same seat"
    assert "The person’s undertaking is not signed." not in page
    assert "The agency’s agreement is not in force." not in page
    agreements_ran_out(cast, "shelter")
    page = text(administrator.get("seat", seat.pk))
    assert "The agency’s agreement is not in force." in page


def test_a_seat_of_an_agency_on_call_lacks_no_signature(cast: Cast) -> None:
    oncall.put_on_call(agency=cast.agencies["shelter"], table=cast.nia, since=TODAY, by=cast.administrator)
    seat = Seat.objects.get(member=cast.shelter_rep, table=cast.nia)
    page = text(Browser(cast.administrator).get("seat", seat.pk))
    assert "A signature is missing" not in page
    assert "is on call: the facilitator calls it" in page


def test_an_answer_that_can_wait_is_not_called_optional(cast: Cast) -> None:
    form = ConfirmSeatsForm([Seat.objects.filter(member=cast.shelter_rep)[0]])
    assert "(optional)" not in str(form)
    assert str(form).count('type="radio"') == 2
