"""Does an agency keep its signatory while its agreement runs, whoever prepares the next one?"""

from __future__ import annotations

import pytest

from agencies import agreements, texts
from agencies.models import Member, PreparedAgreement, SharingAgreement
from agencies.refusal import NotPossible
from agencies.vocabulary import Paper
from tests.agreements.papers import NEXT_YEAR, PASSWORD_AGAIN, TODAY, agreements_ran_out, prepared
from tests.cast import Cast
from tests.pages.browsing import Browser, text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def _prepare(cast: Cast, *, signatory: Member | None = None, email: str = "") -> PreparedAgreement:
    return agreements.prepare(
        agency=cast.agencies["police"], table=cast.nia, starts_on=TODAY, ends_on=NEXT_YEAR, signatory=signatory,
        email=email, language="en", by=cast.administrator,
    )  # fmt: skip


def _signed_by(cast: Cast, email: str) -> None:
    """The police's agreement that runs, signed by that address."""
    agreements_ran_out(cast, "police")
    SharingAgreement.objects.create(
        agency=cast.agencies["police"], table=cast.nia, signatory_name="C", signatory_email=email, signed_on=TODAY,
        starts_on=TODAY, ends_on=NEXT_YEAR,
    )  # fmt: skip


def _puppet(cast: Cast) -> Member:
    """Somebody whom an administrator entered as a person of the police; the police have accepted nothing."""
    return Member.objects.create_user("puppet@example.net", PASSWORD_AGAIN, name="P", agency=cast.agencies["police"])


@pytest.mark.parametrize("before", ["", "chief@example.net"])
def test_while_an_agreement_runs_nobody_from_outside_and_nobody_just_entered_signs_the_next(
    cast: Cast, before: str
) -> None:
    _signed_by(cast, before)
    for who in ({"email": "puppet@example.org"}, {"signatory": _puppet(cast)}, {"signatory": cast.ended_seat}):
        with pytest.raises(NotPossible, match="While its agreement is in force"):
            _prepare(cast, **who)
    assert not PreparedAgreement.objects.exists()


def test_its_own_signatory_or_one_whose_seat_it_accepted_signs_the_next(cast: Cast) -> None:
    _signed_by(cast, "chief@example.net")
    assert _prepare(cast, email="Chief@Example.net").signatory is None
    assert _prepare(cast, signatory=cast.police_rep).signatory == cast.police_rep


def test_what_was_prepared_before_an_agreement_ran_is_not_signed_while_one_does(cast: Cast) -> None:
    waits = prepared(cast, email="puppet@example.org")
    _signed_by(cast, "chief@example.net")
    read = texts.in_force(cast.nia, Paper.AGREEMENT).digest
    with pytest.raises(NotPossible, match="While its agreement is in force"):
        agreements.sign(waits, read=read, language="en", name="A", office="B", by=None)


def test_the_page_refuses_it_and_offers_no_person_of_another_table(cast: Cast) -> None:
    browser = Browser(cast.administrator)
    answer = browser.post(
        "paper_prepare", "NIA", agency=cast.agencies["police"].pk, starts_on=str(TODAY), ends_on=str(NEXT_YEAR),
        signatory="", email="puppet@example.org", language="en",
    )  # fmt: skip
    assert "While its agreement is in force" in text(answer)
    assert cast.police_rep.name in text(answer)
    assert cast.other_table.name not in text(answer)
    assert cast.administrator.name not in text(answer).split("<main", 1)[-1].split("</main>", 1)[0]
