"""Who hears of it when a seat is ended or a signatory lets somebody in, and for how long does a signatory speak?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.utils import timezone

from agencies import confirming, paper_letters, people, seats
from agencies.models import Member, Seat, SharingAgreement
from agencies.refusal import NotPossible
from agencies.vocabulary import ConfirmedAs, Role
from privacy.context import acting_as
from tests.agreements.papers import NEXT_YEAR, TODAY, TOMORROW, YESTERDAY, agreements_ran_out
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def _told() -> dict[str, str]:
    """Whom the letters that are owed go to, and what they say."""
    mail.outbox.clear()
    paper_letters.sweep()
    return {m.to[0]: f"{m.subject} {m.body}" for m in mail.outbox}


def _signed(cast: Cast, **changes: object) -> SharingAgreement:
    words = {"signed_on": TODAY, "starts_on": TODAY, "ends_on": NEXT_YEAR} | changes
    return SharingAgreement.objects.create(
        agency=cast.agencies["police"], table=cast.nia, signatory_name="C", signatory_email="c@example.net", **words
    )


def _waits(cast: Cast, member: Member) -> Seat:
    return Seat.objects.create(
        member=member, table=cast.nia, agency=cast.agencies["police"], role=Role.AGENCY_LEAD, starts_on=TODAY
    )


# A seat is ended ---------------------------------------------------------------------------------------------------
def test_who_is_ended_by_somebody_else_is_told_even_with_the_account(cast: Cast) -> None:
    with acting_as(cast.administrator):
        seats.end(Seat.objects.get(member=cast.police_rep), on=TODAY, by=cast.administrator)
        people.end_account(cast.shelter_lead, by=cast.administrator)
    told = _told()
    for member in (cast.police_rep, cast.shelter_lead):
        assert "was ended" in told[member.email]
        assert all(x not in told[member.email] for x in (member.name, "NIA", "Police", "Shelter"))


def test_a_seat_that_is_over_is_not_ended_and_none_becomes_longer(cast: Cast) -> None:
    seat = Seat.objects.get(member=cast.police_rep)
    Seat.objects.filter(pk=seat.pk).update(ends_on=TODAY)
    with acting_as(cast.administrator):
        seats.end(seat, on=TOMORROW + timedelta(days=9), by=cast.administrator)
        assert Seat.objects.get(pk=seat.pk).ends_on == TODAY
        Seat.objects.filter(pk=seat.pk).update(ends_on=YESTERDAY)
        with pytest.raises(NotPossible, match="over already"):
            seats.end(seat, on=TOMORROW, by=cast.administrator)
    assert Seat.objects.get(pk=seat.pk).ends_on == YESTERDAY


# A signatory lets somebody in --------------------------------------------------------------------------------------
def test_officers_and_who_sat_for_the_agency_of_late_hear_of_whom_a_signatory_let_in(cast: Cast) -> None:
    signed, seat = _signed(cast), _waits(cast, cast.stranger)
    long_over = Seat.objects.get(member=cast.ended_seat)
    Seat.objects.filter(pk=long_over.pk).update(ends_on=TODAY - timedelta(days=91))
    of_late = Seat.objects.get(member=cast.police_rep)
    Seat.objects.filter(pk=of_late.pk).update(ends_on=TODAY - timedelta(days=89))
    Member.objects.filter(pk=cast.police_rep.pk).update(is_active=False)
    confirming.confirm(signed, confirmed=[seat.pk], declined=[])
    assert not any("by the word of" in said for said in _told().values()), "the person has not accepted yet"
    with acting_as(cast.stranger):
        seats.accept_by_person(seat, by=cast.stranger)
    told = {to: said for to, said in _told().items() if "by the word of" in said}
    assert {cast.privacy_officer.email, cast.police_rep.email} <= set(told)
    assert not {cast.ended_seat.email, cast.stranger.email, cast.crisis_rep.email} & set(told)
    for name in (cast.stranger.name, "NIA", "Police"):
        assert all(name not in said for said in told.values())


def _asked(agreement: SharingAgreement) -> list[Seat]:
    """The stranger's seats that wait for the word of an agreement's signatory; one of the cast's waits as well."""
    return [seat for seat in confirming.waiting(agreement) if seat.member.name == "A. Stranger"]


def test_only_the_newest_agreement_speaks_and_only_while_it_runs(cast: Cast) -> None:
    agreements_ran_out(cast, "police")
    older, seat = _signed(cast, signed_on=YESTERDAY), _waits(cast, cast.stranger)
    assert _asked(older) == [seat]
    newer = _signed(cast)
    assert (_asked(older), _asked(newer)) == ([], [seat])
    SharingAgreement.objects.filter(pk=newer.pk).update(ended_at=timezone.now())
    newer.refresh_from_db()
    assert _asked(older) == _asked(newer) == [], "the one before does not come back"
    SharingAgreement.objects.filter(pk=newer.pk).update(ended_at=None, ends_on=YESTERDAY, starts_on=YESTERDAY)
    newer.refresh_from_db()
    assert _asked(newer) == []


def test_postgresql_keeps_an_accepted_seat_what_it_is(cast: Cast) -> None:
    seat = Seat.objects.get(member=cast.police_rep)
    for change in ({"role": Role.AGENCY_LEAD}, {"agency": cast.agencies["crisis"]}, {"table": cast.kes}):
        with (
            acting_as(cast.administrator),
            pytest.raises(DatabaseError, match="keeps its role, agency and table"),
            transaction.atomic(),
        ):
            Seat.objects.filter(pk=seat.pk).update(**change)
    waits = _waits(cast, cast.stranger)
    with acting_as(cast.administrator):
        Seat.objects.filter(pk=waits.pk).update(role=Role.ALTERNATE)
    assert not Seat.objects.filter(confirmed_as=ConfirmedAs.SIGNATORY).exists()
