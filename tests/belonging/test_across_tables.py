"""Does an administrator or a privacy lead decide about nobody who is also somebody else's? (R64)"""

from __future__ import annotations

import uuid

import pytest
from django.utils import timezone

from agencies import agency_register, paper_letters, people
from agencies.models import Agency, Letter, Member, PreparedAgreement, Seat, SharingAgreement
from agencies.refusal import NotPossible
from agencies.vocabulary import Role
from privacy.context import acting_as
from tests.agreements.papers import NEXT_YEAR, TODAY
from tests.cast import Cast
from tests.pages.browsing import Browser

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def _invited(cast: Cast) -> tuple[Member, Letter]:
    """Somebody without a password who is offered a seat at the table, and the letter with the way in."""
    with acting_as(cast.administrator):
        seat = people.invite(
            name="N. Ew", email="new@example.net", phone="", language="en", table=cast.nia,
            agency=cast.agencies["shelter"], role=Role.REPRESENTATIVE, starts_on=TODAY, ends_on=None,
            by=cast.administrator,
        )  # fmt: skip
    return seat.member, Letter.objects.get(member=seat.member, kind=paper_letters.JOIN_BY_LINK)


def test_a_way_in_is_not_given_on_for_who_also_sits_at_another_table(cast: Cast) -> None:
    member, letter = _invited(cast)
    browser = Browser(cast.administrator)
    assert browser.post("letter_again", letter.pk).status_code == 200
    assert member.name in browser.get("letters").content.decode()
    Seat.objects.create(
        member=member, table=cast.kes, agency=cast.agencies["elsewhere"], role=Role.REPRESENTATIVE, starts_on=TODAY
    )
    assert browser.post("letter_again", letter.pk).status_code == 404
    assert member.name not in browser.get("letters").content.decode()


def test_the_signatorys_link_is_not_given_on_by_whose_seat_waits_for_it(cast: Cast) -> None:
    signed = SharingAgreement.objects.create(
        agency=cast.agencies["police"], table=cast.nia, signatory_name="C", signatory_email="c@example.net",
        signed_on=TODAY, starts_on=TODAY, ends_on=NEXT_YEAR,
    )  # fmt: skip
    letter = Letter.objects.create(kind=paper_letters.SEAT_BY_LINK, address="c@example.net", subject=signed.pk)
    Seat.objects.create(
        member=cast.stranger, table=cast.nia, agency=cast.agencies["police"], role=Role.AGENCY_LEAD, starts_on=TODAY
    )
    browser = Browser(cast.administrator)
    assert browser.post("letter_again", letter.pk).status_code == 200
    Seat.objects.create(
        member=cast.administrator, table=cast.nia, agency=cast.agencies["police"], role=Role.AGENCY_LEAD,
        starts_on=TODAY,
    )  # fmt: skip
    assert browser.post("letter_again", letter.pk).status_code == 404
    assert "c@example.net" not in browser.get("letters").content.decode()


def test_who_only_reads_a_persons_seats_decides_nothing_not_even_once_they_are_over(cast: Cast) -> None:
    Seat.objects.filter(member=cast.shelter_rep).update(ends_on=TODAY.replace(year=TODAY.year - 1))
    assert not people.governs(cast.shelter_privacy, cast.shelter_rep)
    assert people.governs(cast.shelter_lead, cast.shelter_rep)
    assert Browser(cast.shelter_privacy).get("leaving", cast.shelter_rep.pk).status_code == 404
    with acting_as(cast.shelter_privacy), pytest.raises(NotPossible):
        people.end_account(cast.shelter_rep, by=cast.shelter_privacy)


def test_a_guests_seat_at_another_table_counts(cast: Cast) -> None:
    assert people.governs(cast.administrator, cast.shelter_rep)
    Seat.objects.create(
        member=cast.shelter_rep, table=cast.kes, agency=cast.agencies["shelter"], role=Role.GUEST, starts_on=TODAY,
        meeting=uuid.uuid4(), accepted_by_lead_at=timezone.now(),
    )  # fmt: skip
    assert not people.governs(cast.administrator, cast.shelter_rep)


def test_an_agency_without_a_table_is_not_changed_while_another_table_counts_on_it(cast: Cast) -> None:
    new = Agency.objects.create(name_en="New", sector=cast.agencies["shelter"].sector)
    assert agency_register.may_change(cast.administrator, new)
    waits = PreparedAgreement.objects.create(
        agency=new, table=cast.kes, starts_on=TODAY, ends_on=NEXT_YEAR, signatory_email="x@example.net",
        prepared_by=cast.other_table,
    )  # fmt: skip
    assert not agency_register.may_change(cast.administrator, new)
    PreparedAgreement.objects.filter(pk=waits.pk).update(withdrawn_at=timezone.now())
    assert agency_register.may_change(cast.administrator, new)
    Seat.objects.create(member=cast.other_table, table=cast.kes, agency=new, role=Role.REPRESENTATIVE, starts_on=TODAY)
    assert not agency_register.may_change(cast.administrator, new)
