"""Can nobody but who has the server's code claim an empty installation, and nobody at all once it has a member?"""

from __future__ import annotations

from io import StringIO
from typing import Any
from urllib.parse import urlparse

import pytest
from auditlog.models import LogEntry
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from agencies import first_run
from agencies.models import Letter, Member, Seat, Sector, Table
from agencies.vocabulary import ConfirmedAs, Role
from tests.cast import PASSWORD, Cast
from tests.pages.browsing import Browser, hidden, text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def _typed(**changes: Any) -> dict[str, Any]:
    sector = Sector.objects.get(code="municipal", retired_on=None)
    return {
        "code": first_run.code(), "name": "F. Irst", "email": "first@example.net", "password": PASSWORD,
        "language": "en", "agency_en": "Town", "agency_fr": "Ville", "sector": sector.pk, "statutes": ["mfippa"],
        "table_code": "NEW", "table_en": "New", "table_fr": "Neuve", "region_en": "R", "region_fr": "R", "quorum": 2,
    } | changes  # fmt: skip


@pytest.mark.usefixtures("nobody_db", "db")
def test_an_empty_installation_leads_to_its_first_run() -> None:
    for address in ("/", "/people/", "/situations/"):
        answer = Client().get(address, follow=True)
        assert 'href="/first-run/"' in answer.content.decode(), address
    assert Client().get("/first-run/").status_code == 200


@pytest.mark.usefixtures("nobody_db", "db")
def test_only_the_code_of_the_server_claims_it_and_only_once() -> None:
    out = StringIO()
    call_command("first_run_code", stdout=out)
    outside = Client()
    for wrong in ("", "AAAA-AAAA-AAAA-AAAA", first_run.code()[:-1]):
        assert outside.post("/first-run/", _typed(code=wrong)).status_code == 200
        assert not Member.objects.exists()
    assert outside.post("/first-run/", _typed(password="short")).status_code == 200
    assert outside.post("/first-run/", _typed(code=out.getvalue().lower())).status_code == 302
    member, seat = Member.objects.get(), Seat.objects.get()
    assert (seat.member, seat.role, seat.confirmed_as) == (member, Role.ADMINISTRATOR, ConfirmedAs.FIRST_RUN)
    assert seat.confirmed_by is None
    recorded = LogEntry.objects.filter(object_repr=f"seat {seat.pk}").get()
    assert recorded.changes["confirmed_as"][1] == "first_run"
    assert outside.get("/first-run/").status_code == 404
    assert outside.post("/first-run/", _typed(email="second@example.net")).status_code == 404
    assert "/first-run/" not in outside.get("/sign-in/").content.decode()
    with pytest.raises(CommandError):
        call_command("first_run_code", stdout=out)


@pytest.mark.usefixtures("nobody_db", "db")
def test_the_first_administrator_is_led_from_task_to_task_and_sees_no_situation() -> None:
    Client().post("/first-run/", _typed())
    browser = Browser(Member.objects.get())
    page = text(browser.get("setting_up"))
    for link in ("/agencies/", "/people/?table=NEW", "/papers/?table=NEW"):
        assert f'href="{link}"' in page
    for name in ("people", "agencies", "tables", "letters", "papers", "person_add", "people_import"):
        assert browser.get(name).status_code == 200, name
    assert browser.get("ledger").status_code == 404
    assert browser.get("draft_new").status_code == 403


# Links by hand -----------------------------------------------------------------------------------------------------
def test_without_a_mail_server_a_link_is_shown_once_and_that_is_recorded(cast: Cast) -> None:
    browser = Browser(cast.administrator)
    browser.post(
        "person_add", name="N. Ew", email="new@example.net", phone="", language="en", table=cast.nia.pk,
        agency=cast.agencies["shelter"].pk, role="representative", starts_on="2026-01-01", ends_on="",
    )  # fmt: skip
    letter = Letter.objects.get(member__email="new@example.net")
    assert "N. Ew" in text(browser.get("letters"))
    first = _link(text(browser.post("letter_again", letter.pk)))
    assert Client().get(first).status_code == 200
    second = _link(text(browser.post("letter_again", letter.pk)))
    assert Client().get(first).status_code == 404, "one link works at a time"
    letter.refresh_from_db()
    assert letter.handed_by == cast.administrator
    assert second not in text(browser.get("letters"))
    for key in cast.everybody:
        if key != "administrator":
            assert Browser(cast.people[key]).post("letter_again", letter.pk).status_code == 404, key


def test_with_a_mail_server_no_link_is_shown_to_anybody(cast: Cast, settings: Any) -> None:
    settings.LETTERS_BY_HAND = False
    browser = Browser(cast.administrator)
    browser.post(
        "person_add", name="N. Ew", email="new@example.net", phone="", language="en", table=cast.nia.pk,
        agency=cast.agencies["shelter"].pk, role="representative", starts_on="2026-01-01", ends_on="",
    )  # fmt: skip
    letter = Letter.objects.get(member__email="new@example.net")
    answer = browser.post("letter_again", letter.pk)
    assert answer.status_code == 302
    assert "/join/" not in text(browser.get("letters"))
    letter.refresh_from_db()
    assert (letter.token_hash, letter.handed_by) == ("", None)


def _link(page: str) -> str:
    return urlparse(page.split('class="secret one-time" href="')[1].split('"')[0]).path


# Agencies and tables -----------------------------------------------------------------------------------------------
def test_whoever_adds_a_table_administers_it_first_and_nobody_else_joins_that_way(cast: Cast) -> None:
    browser = Browser(cast.administrator)
    settings = {
        "code": "NEW", "name_en": "New", "name_fr": "Neuve", "region_en": "R", "region_fr": "R", "quorum": "4",
        "contact_clock_hours": "48", "retention_days": "365", "idle_minutes": "15", "review_after_meetings": "6",
    }  # fmt: skip
    assert browser.post("table_add", **settings | {"retention_days": "100"}).status_code == 200, "needs a basis"
    assert browser.post("table_add", **settings | {"youth_codes_before_f4": "on"}).status_code == 200
    assert browser.post("table_add", **settings).status_code == 302
    seat = Seat.objects.get(table=Table.objects.get(code="NEW"))
    assert (seat.member, seat.confirmed_as) == (cast.administrator, ConfirmedAs.NEW_TABLE)
    seen = hidden(browser.get("table_settings", "NEW"))
    assert browser.post("table_settings", "NEW", **settings | {"quorum": "6"} | seen).status_code == 302
    assert Table.objects.get(code="NEW").quorum == 6
    assert browser.post("table_settings", "KES", **settings).status_code == 404


def test_an_agency_is_changed_by_who_administers_all_its_tables(cast: Cast) -> None:
    agency, browser = cast.agencies["shelter"], Browser(cast.administrator)
    words = {"name_en": "New Name", "name_fr": "", "sector": agency.sector_id, "statutes": ["fippa"],
             "public_contact": "", "is_active": "on"}  # fmt: skip
    assert browser.post("agency", agency.pk, **words | {"statutes": ["fippa", "none"]}).status_code == 200
    assert browser.post("agency", agency.pk, **words | {"name_en": cast.agencies["crisis"].name_en}).status_code == 200
    words |= hidden(browser.get("agency", agency.pk))
    assert browser.post("agency", agency.pk, **words).status_code == 302
    agency.refresh_from_db()
    assert (agency.name_en, agency.statutes) == ("New Name", ["fippa"])
    agency.belongings.create(table=cast.kes)
    assert browser.get("agency", agency.pk).status_code == 200
    assert browser.post("agency", agency.pk, **words).status_code == 404
