"""Does every agency and every person sign for itself, and nobody for somebody else?"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from auditlog.models import LogEntry
from django.core import mail
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies import agreements, paper_letters, texts, undertakings
from agencies.models import Letter, Member, SharingAgreement, Standing
from agencies.refusal import NotPossible
from agencies.vocabulary import Paper
from privacy.context import acting_as
from tests import builders
from tests.agreements.papers import (
    NEXT_YEAR,
    PASSWORD_AGAIN,
    TODAY,
    agreements_ran_out,
    new_text,
    prepared,
    without_papers,
)
from tests.cast import Cast
from tests.pages.browsing import Browser, field_error, hidden, text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def _stands(member: Member) -> bool:
    return Standing.objects.of(member).exists()


def _sign(member: Member, **changes: str) -> Any:
    browser = Browser(member)
    page = browser.get("sign_undertaking", "NIA")
    assert page.status_code == 200
    typed = {"agreed": "on", "password": PASSWORD_AGAIN} | changes
    return browser.post("sign_undertaking", "NIA", **(hidden(page) | typed))


# A person's undertaking --------------------------------------------------------------------------------------------
def test_who_opens_nothing_is_led_to_what_is_missing_and_signs(cast: Cast) -> None:
    member = cast.lapsed_undertaking
    browser = Browser(member)
    entered = browser.get("home")
    assert (entered.status_code, entered.headers["Location"]) == (302, reverse("to_sign"))
    page = text(browser.get("to_sign"))
    assert "Your undertaking is not signed, or ran out" in page
    assert reverse("sign_undertaking", args=["NIA"]) in page
    answer = _sign(member)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert _stands(member)
    assert browser.get("home").status_code == 200
    assert browser.get("sign_undertaking", "NIA").status_code == 404, "there is nothing more to sign"


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"password": "not my password"}, "password", "This is not your password."),
        ({"password": ""}, "password", "Enter your password"),
        ({"agreed": ""}, "agreed", "Read it, then tick the box"),
    ],
)
def test_nothing_is_signed_without_the_own_password_and_the_tick(
    cast: Cast, changes: dict[str, str], field: str, says: str
) -> None:
    answer = _sign(cast.lapsed_undertaking, **changes)
    assert says in (field_error(answer, field) or text(answer))
    assert "Not signed yet" in text(answer)
    assert not _stands(cast.lapsed_undertaking)


def test_wrong_passwords_under_a_signature_are_counted_with_those_at_the_sign_in(cast: Cast) -> None:
    for _ in range(5):
        said = _sign(cast.lapsed_undertaking, password="not my password")
    assert "Wait" in field_error(said, "password")
    assert "Wait" in field_error(_sign(cast.lapsed_undertaking), "password")
    assert not _stands(cast.lapsed_undertaking)
    waits = prepared(cast, signatory=cast.police_rep)
    browser = Browser(cast.police_rep)
    typed = {"name": "P. Olice", "office": "Chief", "agreed": "on", "password": "not my password"}
    address = reverse("sign_agreement", args=[waits.pk])
    for _ in range(5):
        refused: Any = browser.client.post(address, hidden(browser.get("sign_agreement", waits.pk)) | typed)
    assert "Wait" in field_error(refused, "password")


def test_the_text_can_be_read_in_either_language_and_the_one_read_is_kept(cast: Cast) -> None:
    browser = Browser(cast.lapsed_undertaking)
    english = text(browser.get("sign_undertaking", "NIA"))
    french = browser.get("sign_undertaking", "NIA", query="?text=fr")
    assert "What I promise to" in english
    assert "Ce que je promets à" in text(french)
    browser.post("sign_undertaking", "NIA", **hidden(french), agreed="on", password=PASSWORD_AGAIN)
    assert cast.lapsed_undertaking.undertakings.get(signed_on=TODAY).language == "fr"


def test_a_text_that_changed_while_it_was_read_is_shown_again_and_not_signed(cast: Cast) -> None:
    browser = Browser(cast.lapsed_undertaking)
    page = browser.get("sign_undertaking", "NIA")
    new_text(cast, Paper.UNDERTAKING)
    answer = browser.post("sign_undertaking", "NIA", **hidden(page), agreed="on", password=PASSWORD_AGAIN)
    assert "The text changed while you were reading" in text(answer)
    assert not _stands(cast.lapsed_undertaking)
    assert browser.post(
        "sign_undertaking", "NIA", **hidden(answer), agreed="on", password=PASSWORD_AGAIN
    ).status_code == 302  # fmt: skip
    assert cast.lapsed_undertaking.undertakings.get(signed_on=TODAY).text_version == 2


def test_nobody_signs_where_no_seat_was_offered(cast: Cast) -> None:
    assert Browser(cast.stranger).get("sign_undertaking", "NIA").status_code == 404
    assert Browser(cast.crisis_rep).get("sign_undertaking", "KES").status_code == 404
    read = texts.in_force(cast.nia, Paper.UNDERTAKING).digest
    with pytest.raises(NotPossible, match="seat"):
        undertakings.sign(table=cast.nia, read=read, language="en", password=PASSWORD_AGAIN, by=cast.stranger)


# An agency's agreement ---------------------------------------------------------------------------------------------
def test_an_agency_signs_by_its_own_person_and_belongs_from_then_on(cast: Cast) -> None:
    SharingAgreement.objects.filter(agency=cast.agencies["police"]).update(ends_on=TODAY - timedelta(days=1))
    assert not _stands(cast.police_rep)
    waits = prepared(cast, signatory=cast.ended_seat)  # a person of the agency needs no seat to sign for it
    browser = Browser(cast.ended_seat)
    page = browser.get("sign_agreement", waits.pk)
    typed = {"name": "P. Olice", "office": "Chief", "agreed": "on", "password": PASSWORD_AGAIN}
    address = reverse("sign_agreement", args=[waits.pk])
    assert browser.client.post(address, hidden(page) | typed).status_code == 302
    signed = SharingAgreement.objects.get(signed_on=TODAY)
    kept = texts.in_force(cast.nia, Paper.AGREEMENT)
    assert (signed.signatory_name, signed.signatory_office, signed.signed_by) == ("P. Olice", "Chief", cast.ended_seat)
    assert (signed.text, signed.text_hash, signed.prepared_by) == (kept, kept.digest, cast.administrator)
    assert (signed.starts_on, signed.ends_on) == (TODAY, NEXT_YEAR)
    assert _stands(cast.police_rep)
    assert browser.get("sign_agreement", waits.pk).status_code == 404, "signed once"
    for change in ({"signatory_name": "Somebody"}, {"text_hash": "other"}, {"signed_on": NEXT_YEAR}):
        with pytest.raises(DatabaseError, match="stays as it was made"), transaction.atomic():
            SharingAgreement.objects.filter(pk=signed.pk).update(**change)


def test_who_administers_prepares_and_never_signs(cast: Cast) -> None:
    for who in ({"signatory": cast.administrator}, {"email": cast.administrator.email}):
        with pytest.raises(NotPossible, match="administer"):
            prepared(cast, agency="town", **who)
    waits = prepared(cast, signatory=cast.police_rep)
    read = texts.in_force(cast.nia, Paper.AGREEMENT).digest
    said: dict[str, Any] = {"read": read, "language": "en", "name": "A", "office": "B", "password": PASSWORD_AGAIN}
    for key in ("administrator", "crisis_rep", "facilitator", "ended_seat"):
        assert Browser(cast.people[key]).get("sign_agreement", waits.pk).status_code == 404
        with pytest.raises(NotPossible, match="somebody else"):
            agreements.sign(waits, **said, by=cast.people[key])
    with pytest.raises(NotPossible, match="signs in"):
        agreements.sign(waits, **said, by=None)
    with pytest.raises(DatabaseError, match="who_prepares_does_not_sign"), transaction.atomic():
        SharingAgreement.objects.create(
            agency=cast.agencies["police"], table=cast.nia, signatory_name="A", signed_on=TODAY, starts_on=TODAY,
            ends_on=TODAY, signed_by=cast.administrator, prepared_by=cast.administrator,
        )  # fmt: skip


def test_only_the_administrator_prepares_and_whom_they_ask_is_of_the_agency(cast: Cast) -> None:
    for key in ("facilitator", "privacy_officer", "police_rep", "shelter_lead", "other_table"):
        assert Browser(cast.people[key]).get("paper_prepare", "NIA").status_code == 404, key
    with pytest.raises(NotPossible, match="person of that agency"):
        prepared(cast, signatory=cast.crisis_rep, agency="police")


def _link() -> str:
    """The one-time link of the last mail."""
    paper_letters.sweep()
    found = re.search(r"https?://[^/]+(/\S+)", str(mail.outbox[-1].body))
    assert found
    return found.group(1)


def test_somebody_from_outside_signs_by_a_link_that_names_nobody_and_works_once(cast: Cast) -> None:
    agreements_ran_out(cast, "police")
    browser = Browser(cast.administrator)
    page = browser.get("paper_prepare", "NIA")
    typed = {
        "agency": str(cast.agencies["police"].pk), "starts_on": str(TODAY), "ends_on": str(NEXT_YEAR), "signatory": "",
        "email": "chief@example.org", "language": "fr",
    }  # fmt: skip
    assert browser.post("paper_prepare", "NIA", **(hidden(page) | typed)).status_code == 302
    link, message = _link(), mail.outbox[-1]
    assert message.to == ["chief@example.org"]
    for name in ("Police", "Nia River", "NIA", "chief"):
        assert name not in f"{message.subject} {message.body}"
    assert not Letter.objects.filter(token_hash=link.rstrip("/").rsplit("/", 1)[1]).exists(), "the token is not kept"
    outside = Client()
    shown = outside.get(link)
    assert shown.status_code == 200
    typed = {"name": "C. Hief", "office": "Chief", "agreed": "on"}
    unnamed = outside.post(link, {**hidden(shown), **typed, "name": ""})  # type: ignore[arg-type]  # the client's own type
    assert 'value="Chief"' in unnamed.content.decode()
    signed = outside.post(link, {**hidden(shown), **typed})  # type: ignore[arg-type]
    assert signed.status_code == 302, "a seat of the agency waits for whoever has just signed"
    assert "/confirm/" in signed.headers["Location"]
    kept = SharingAgreement.objects.get(signed_on=TODAY)
    assert (kept.signatory_name, kept.signed_by, kept.signatory_email) == ("C. Hief", None, "chief@example.org")
    assert outside.get(link).status_code == outside.post(link, typed).status_code == 404


def test_a_link_ends_after_its_days_when_taken_back_and_opens_nothing_else(cast: Cast) -> None:
    waits = prepared(cast, email="chief@example.org")
    link, outside = _link(), Client()
    assert outside.get(link).status_code == 200
    with time_machine.travel(timezone.now() + paper_letters.LINK_LASTS + timedelta(minutes=1)):
        assert outside.get(link).status_code == 404
    assert outside.get(link[:-2] + "x/").status_code == 404
    assert outside.get(reverse("guest_joins", args=[link.rstrip("/").rsplit("/", 1)[1]])).status_code == 404
    browser = Browser(cast.administrator)
    assert Browser(cast.privacy_officer).post("paper_withdraw", waits.pk).status_code == 404
    assert browser.post("paper_withdraw", waits.pk).status_code == 302
    assert outside.get(link).status_code == 404


def test_a_second_preparation_takes_the_place_of_the_first(cast: Cast) -> None:
    first = prepared(cast, email="chief@example.org")
    link = _link()
    second = prepared(cast, signatory=cast.police_rep)
    assert Client().get(link).status_code == 404
    assert list(agreements.waiting(cast.nia)) == [second]
    first.refresh_from_db()
    assert first.withdrawn_at is not None


def test_an_agreement_ends_before_its_time_by_its_lead_or_the_administrator(cast: Cast) -> None:
    agreement = SharingAgreement.objects.get(agency=cast.agencies["shelter"], table=cast.nia)
    for key in ("privacy_officer", "crisis_lead", "facilitator", "shelter_rep", "stranger"):
        assert Browser(cast.people[key]).post("agreement_end", agreement.pk).status_code == 404, key
    lead = Browser(cast.shelter_lead)
    assert "4 people open nothing of this table any more" in text(lead.get("agreement_end", agreement.pk))
    assert _stands(cast.shelter_rep)
    assert lead.post("agreement_end", agreement.pk).status_code == 302
    assert not _stands(cast.shelter_rep)
    agreement.refresh_from_db()
    assert (agreement.ended_by, agreement.ends_on > TODAY) == (cast.shelter_lead, True)


def test_who_administers_can_renew_papers_that_ran_out_everybody_else_opens_nothing(cast: Cast) -> None:
    """Whoever renews the agreements must not be locked out by the end of one's own."""
    administrator = without_papers(cast, "administrator", cast.nia)
    assert not _stands(administrator)
    browser = Browser(administrator)
    assert browser.get("papers").status_code == browser.get("paper_prepare", "NIA").status_code == 200
    assert browser.get("situations").status_code == 200
    assert "Agreements" in text(browser.get("to_sign"))
    assert Browser(cast.facilitator).get("home").headers["Location"] == reverse("to_sign")


# Who sees papers ---------------------------------------------------------------------------------------------------
def test_papers_are_seen_by_those_who_keep_them_and_an_agencys_lead_sees_the_own(cast: Cast) -> None:
    for key, member in cast.everybody.items():
        expected = 200 if key in ("administrator", "privacy_officer", "shelter_lead", "crisis_lead") else 404
        assert Browser(member).get("papers").status_code == expected, key
    own = text(Browser(cast.shelter_lead).get("papers"))
    assert cast.agencies["shelter"].name in own
    assert cast.shelter_rep.name in own
    for other in (cast.agencies["crisis"].name, cast.crisis_rep.name):
        assert other not in own
    theirs = SharingAgreement.objects.get(agency=cast.agencies["crisis"], table=cast.nia)
    assert Browser(cast.shelter_lead).get("agreement", theirs.pk).status_code == 404
    promise = cast.crisis_rep.undertakings.get()
    assert Browser(cast.shelter_lead).get("undertaking", promise.pk).status_code == 404
    assert Browser(cast.crisis_rep).get("undertaking", promise.pk).status_code == 200
    assert Browser(cast.other_table).get("undertaking", promise.pk).status_code == 404


def test_preparing_signing_and_ending_are_in_the_audit(cast: Cast) -> None:
    with acting_as(cast.administrator):
        waits = prepared(cast, signatory=cast.police_rep)
        assert (
            LogEntry.objects.get_for_object(waits).get(action=LogEntry.Action.CREATE).actor_id == cast.administrator.pk
        )
    read = texts.in_force(cast.nia, Paper.AGREEMENT).digest
    with acting_as(cast.police_rep):
        signed = agreements.sign(
            waits, read=read, language="en", name="A", office="B", by=cast.police_rep, password=PASSWORD_AGAIN
        )
        assert LogEntry.objects.get_for_object(signed).get().actor_id == cast.police_rep.pk
    with acting_as(cast.administrator):
        agreements.end(signed, by=cast.administrator)
        assert "ended_at" in LogEntry.objects.get_for_object(signed).get().changes_dict


def test_whoever_ends_an_agreement_is_warned_of_the_open_work_and_only_its_lead_of_how_much(cast: Cast) -> None:
    builders.intervening(cast)
    builders.intervening(cast)
    agreement = SharingAgreement.objects.get(agency=cast.agencies["crisis"], table=cast.nia)
    lead = text(Browser(cast.crisis_lead).get("agreement_end", agreement.pk))
    assert 'class="notice warning"' in lead
    assert "The agency acts in 2 situations." in lead
    administrator = text(Browser(cast.administrator).get("agreement_end", agreement.pk))
    assert 'class="notice warning"' in administrator
    assert "Situations in which the agency acts stay open in nobody’s hands." in administrator
    assert "acts in 2" not in administrator
