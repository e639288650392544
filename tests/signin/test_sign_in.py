"""Who comes in by which steps, and what opens before a required second factor is set up?"""

from __future__ import annotations

import base64
import html
import re
from io import StringIO
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.models import Member, Seat
from agencies.signin import factor, recovery
from agencies.vocabulary import Role
from tests.cast import PASSWORD, Cast
from tests.entry import change, sign_in_of
from tests.pages.browsing import Browser, field_error, text
from tests.signin.test_codes import code_now, with_factor

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def password_step(client: Client, member: Member, **more: str) -> str:
    """The first step; where it leads."""
    answer = client.post(reverse("login"), {"username": member.email.upper(), "password": PASSWORD} | more)
    assert answer.status_code == 302
    return str(answer["Location"])


class TestTwoSteps:
    def test_without_a_second_factor_the_password_is_enough_and_leads_where_one_wanted_to_go(self, cast: Cast) -> None:
        client = Client(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0")
        assert password_step(client, cast.school_rep, next="/meetings/") == "/meetings/"
        assert client.get("/meetings/").status_code == 200
        assert sign_in_of(client, cast.school_rep).device == "Firefox|Windows"

    @pytest.mark.parametrize("where", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
    def test_it_leads_to_no_other_site(self, cast: Cast, where: str) -> None:
        assert password_step(Client(), cast.school_rep, next=where) == "/"

    def test_with_one_nothing_opens_before_the_code(self, cast: Cast) -> None:
        secret, client = with_factor(cast.school_rep), Client()
        assert password_step(client, cast.school_rep, next="/meetings/") == reverse("sign_in_code")
        assert client.get("/meetings/")["Location"].startswith("/sign-in/")
        assert client.get("/api/v1/me/").status_code == 403
        wrong = client.post(reverse("sign_in_code"), {"code": "000000"})
        assert "does not open" in field_error(wrong, "code")
        right = client.post(reverse("sign_in_code"), {"code": code_now(secret)})
        assert right["Location"] == "/meetings/"
        assert client.get("/meetings/").status_code == 200
        assert sign_in_of(client, cast.school_rep).second_factor

    def test_a_code_that_was_used_does_not_open_a_second_session(self, cast: Cast) -> None:
        secret = with_factor(cast.school_rep)
        code, answers = code_now(secret), []
        for _ in range(2):
            client = Client()
            password_step(client, cast.school_rep)
            answers.append(client.post(reverse("sign_in_code"), {"code": code}).status_code)
        assert answers == [302, 200]

    def test_wrong_codes_are_counted_with_wrong_passwords_and_a_right_password_resets_nothing(self, cast: Cast) -> None:
        secret, client = with_factor(cast.school_rep), Client()
        for _ in range(5):
            password_step(client, cast.school_rep)
            said = client.post(reverse("sign_in_code"), {"code": "000000"})
        assert "Wait 15 minutes" in field_error(said, "code")
        assert "Wait" in field_error(client.post(reverse("sign_in_code"), {"code": code_now(secret)}), "code")

    def test_a_recovery_code_opens_and_the_page_says_how_many_are_left(self, cast: Cast) -> None:
        with_factor(cast.school_rep)
        code, client = recovery.renew(cast.school_rep)[0], Client()
        password_step(client, cast.school_rep)
        client.post(reverse("sign_in_code"), {"code": code})
        assert "9 are left" in text(client.get("/"))  # type: ignore[arg-type]  # the client's own type

    def test_the_second_step_alone_is_nothing(self, cast: Cast) -> None:
        assert Client().get(reverse("sign_in_code"))["Location"] == reverse("login")

    def test_the_session_before_the_code_is_not_the_one_after_it(self, cast: Cast) -> None:
        secret, client = with_factor(cast.school_rep), Client()
        password_step(client, cast.school_rep)
        before = client.cookies["sessionid"].value
        client.post(reverse("sign_in_code"), {"code": code_now(secret)})
        assert client.cookies["sessionid"].value != before


class TestRequired:
    @pytest.fixture(autouse=True)
    def of_representatives(self, settings: object) -> None:
        settings.SECOND_FACTOR_ROLES = frozenset({Role.REPRESENTATIVE})  # type: ignore[attr-defined]  # pytest-django's

    def test_whose_seat_requires_one_is_led_to_set_it_up_and_nothing_else_opens(self, cast: Cast) -> None:
        client = Client()
        password_step(client, cast.school_rep)
        for path in ("/", "/situations/", "/meetings/", "/my-sign-in/"):
            assert client.get(path)["Location"] == reverse("factor_set_up"), path
        refused = client.get("/api/v1/me/")
        assert (refused.status_code, refused.json()["code"]) == (403, "second-factor")
        page = client.get(reverse("factor_set_up")).content.decode()
        assert "Your seat requires it" in page
        picture = client.get(reverse("factor_qr"))
        assert (picture["Content-Type"], picture["Cache-Control"]) == ("image/svg+xml", "no-store")
        secret = _typed(page)
        link = html.unescape(re.findall(r'href="(otpauth:[^"]+)"', page)[0])
        assert parse_qs(urlsplit(link).query)["secret"] == [base64.b32encode(secret).decode().rstrip("=")]
        done = client.post(reverse("factor_set_up"), {"code": code_now(secret)})
        assert len(set(re.findall(r"<code>([a-z2-9]{5}-[a-z2-9]{5})</code>", done.content.decode()))) == 10
        assert client.get("/situations/").status_code == 200
        assert sign_in_of(client, cast.school_rep).second_factor

    def test_it_can_be_replaced_but_not_removed(self, cast: Cast) -> None:
        with_factor(cast.school_rep)
        browser = Browser(cast.school_rep)
        change(browser.client, cast.school_rep, second_factor=True)
        browser.post("factor_off")
        assert factor.of(cast.school_rep) is not None
        assert "Your seat requires a second factor" in text(browser.get("my_sign_in"))

    def test_a_seat_that_begins_during_the_session_asks_at_the_next_request(self, cast: Cast) -> None:
        Seat.objects.filter(member=cast.school_rep).update(accepted_by_member_at=None)
        client = Client()
        password_step(client, cast.school_rep)
        assert client.get("/my-sign-in/").status_code == 200
        Seat.objects.filter(member=cast.school_rep).update(accepted_by_member_at=timezone.now())
        assert client.get("/my-sign-in/")["Location"] == reverse("factor_set_up")
        assert client.get("/api/v1/me/").json()["code"] == "second-factor"
        page = client.get(reverse("factor_set_up")).content.decode()
        assert "Your seat requires it" in page
        assert 'aria-label="Main"' not in page
        assert 'action="/sign-out/"' in page

    def test_one_that_was_set_up_in_another_session_is_asked_for_and_not_replaced(self, cast: Cast) -> None:
        browser = Browser(cast.school_rep)
        secret = with_factor(cast.school_rep)
        for path in ("/meetings/", reverse("factor_set_up")):
            assert "Is it still you?" in text(browser.client.get(path)), path  # type: ignore[arg-type]  # the client's own type
        browser.client.post("/meetings/", {"again-was": "get", "again-secret": PASSWORD})
        assert browser.client.get("/meetings/").status_code == 403
        browser.client.post("/meetings/", {"again-was": "get", "again-secret": code_now(secret)})
        assert browser.client.get("/meetings/").status_code == 200

    def test_of_everybody_else_it_is_not_asked(self, cast: Cast) -> None:
        client = Client()
        password_step(client, cast.manager)
        assert client.get("/").status_code == 200


class TestOwnFactor:
    def test_who_may_do_without_can_switch_it_off(self, cast: Cast) -> None:
        with_factor(cast.manager)
        browser = Browser(cast.manager)
        change(browser.client, cast.manager, second_factor=True)
        browser.post("factor_off")
        assert factor.of(cast.manager) is None
        assert not sign_in_of(browser.client, cast.manager).second_factor

    def test_the_operator_forgets_a_lost_one_and_ends_every_session(self, cast: Cast) -> None:
        with_factor(cast.manager)
        browser = Browser(cast.manager)
        call_command("forget_second_factor", cast.manager.email.upper(), stdout=StringIO())
        assert factor.of(cast.manager) is None
        assert browser.get("home").status_code == 302
        with pytest.raises(CommandError):
            call_command("forget_second_factor", cast.manager.email, stdout=StringIO())

    def test_setting_up_renewing_and_switching_off_ask_for_a_fresh_factor(self, cast: Cast) -> None:
        with_factor(cast.manager)
        browser = Browser(cast.manager)
        change(browser.client, cast.manager, confirmed_at="2020-01-01T00:00:00Z")
        for name in ("factor_set_up", "recovery_codes", "factor_off"):
            answer = browser.post(name)
            assert answer.status_code == 403, name
            assert "Is it still you?" in text(answer)
        assert factor.of(cast.manager) is not None


def _typed(page: str) -> bytes:
    found = re.search(r'class="secret">([A-Z2-7 ]+)<', page)
    assert found
    return base64.b32decode(found.group(1).replace(" ", ""))
