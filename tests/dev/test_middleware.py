"""Does every request run as its member, and does a refused act leave nothing behind but its reason?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.models import Member
from privacy.context import current_member_id
from privacy.decision import deny, hide
from situation_table import urls
from situation_table.middleware import outside_transaction
from situation_table.url_policy import URL_POLICY, UrlRule
from situations.lifecycle import Stale


def whoami(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(current_member_id()))


@outside_transaction
def apart(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(current_member_id()))


def _write() -> None:
    Member.objects.create(email="written@example.invalid", name="Written")


def denied(request: HttpRequest) -> HttpResponse:
    _write()
    deny("not-yours", "Only the lead may do this.").require()
    return HttpResponse("done")


def hidden(request: HttpRequest) -> HttpResponse:
    _write()
    hide().require()
    return HttpResponse("done")


def stale(request: HttpRequest) -> HttpResponse:
    _write()
    raise Stale


def broken(request: HttpRequest) -> HttpResponse:
    _write()
    raise ValueError("broken")


@api_view(["POST"])
def api_denied(request: Request) -> Response:
    _write()
    deny("not-yours", "Only the lead may do this.").require()
    return Response({})


@api_view(["POST"])
def api_stale(request: Request) -> Response:
    _write()
    raise Stale


_VIEWS: dict[str, Callable[..., HttpResponse]] = {
    "whoami": whoami, "apart": apart, "denied": denied, "hidden": hidden, "stale": stale, "broken": broken,
    "api_denied": api_denied, "api_stale": api_stale,
}  # fmt: skip
urlpatterns = [*urls.urlpatterns, *(path(f"try/{name}/", view, name=f"try-{name}") for name, view in _VIEWS.items())]


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in _VIEWS:
        open_to_all = name in {"whoami", "apart"}
        rule = UrlRule("anyone" if open_to_all else "member", "For this test only.")
        monkeypatch.setitem(URL_POLICY, f"try-{name}", rule)
    with override_settings(ROOT_URLCONF=__name__):
        yield


@pytest.fixture
def member() -> Member:
    return Member.objects.create_user("one@example.invalid", name="Onesimus Testperson", language="en")


@pytest.fixture
def signed_in(tried: None, member: Member) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(member)
    return client


def _written() -> bool:
    return Member.objects.filter(email="written@example.invalid").exists()


@pytest.mark.django_db
class TestRowContext:
    def test_a_request_runs_as_its_member(self, signed_in: Client, member: Member) -> None:
        assert signed_in.get("/try/whoami/").content == str(member.pk).encode()

    def test_a_stranger_inherits_nobody_even_after_a_member(self, signed_in: Client) -> None:
        signed_in.get("/try/whoami/")
        assert Client().get("/try/whoami/").content == b"None"

    def test_a_view_outside_the_transaction_is_nobody(self, tried: None, signed_in: Client) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('st.member', '', true)")
        assert signed_in.get("/try/apart/").content == b"None"


@pytest.mark.django_db
class TestRefusals:
    def test_a_refused_act_says_why_and_leaves_nothing(self, signed_in: Client) -> None:
        answer = signed_in.get("/try/denied/")
        assert answer.status_code == 403
        assert b"Only the lead may do this." in answer.content
        assert not _written()

    def test_a_hidden_refusal_looks_like_absence(self, signed_in: Client) -> None:
        answer, absent = signed_in.get("/try/hidden/"), signed_in.get("/try/nothing-here/")
        assert answer.status_code == absent.status_code == 404
        assert not _written()

    def test_a_hidden_refusal_and_an_absent_address_have_the_same_words(self, signed_in: Client) -> None:
        answer, absent = signed_in.get("/try/hidden/"), signed_in.get("/try/nothing-here/")
        assert _words(answer.content) == _words(absent.content)

    def test_a_stale_act_is_a_conflict_and_leaves_nothing(self, signed_in: Client) -> None:
        assert signed_in.get("/try/stale/").status_code == 409
        assert not _written()

    @pytest.mark.parametrize("address", ["denied", "stale"])
    def test_a_refused_submit_gives_back_what_was_typed_and_no_secret(self, signed_in: Client, address: str) -> None:
        sent = {"words": "Slept in <b>a</b> stairwell", "agency": "7", "password": "horse battery", "secret": "one two"}
        page = signed_in.post(f"/try/{address}/", sent).content.decode()
        assert "Slept in &lt;b&gt;a&lt;/b&gt; stairwell" in page
        assert "horse battery" not in page
        assert "one two" not in page
        assert "<h2>What you typed" not in signed_in.get(f"/try/{address}/").content.decode()

    def test_on_a_shared_screen_and_where_nothing_is_to_be_known_it_shows_nothing_and_loses_nothing(
        self, signed_in: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sent = {"words": "Slept in a stairwell", "password": "horse battery"}
        kept = '<input type="hidden" name="words" value="Slept in a stairwell">'
        for address, shared in (("hidden", False), ("denied", True)):
            monkeypatch.setattr("situation_table.typed.is_shared", lambda shared=shared: shared)
            page = signed_in.post(f"/try/{address}/", sent).content.decode()
            assert page.count("stairwell") == page.count(kept) == 1, address
            assert "horse battery" not in page

    def test_a_broken_page_leaves_nothing(self, signed_in: Client) -> None:
        assert signed_in.get("/try/broken/").status_code == 500
        assert not _written()

    def test_a_stranger_is_asked_to_sign_in(self, tried: None) -> None:
        answer = Client().get("/try/denied/")
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/sign-in/")


@pytest.mark.django_db
class TestTheSecondDoor:
    def test_it_refuses_with_the_same_reason_and_leaves_nothing(self, signed_in: Client) -> None:
        answer = signed_in.post("/try/api_denied/", content_type="application/json")
        assert answer.status_code == 403
        assert answer.json() == {"code": "not-yours", "reason": "Only the lead may do this."}
        assert not _written()

    def test_a_stale_act_is_a_conflict_and_leaves_nothing(self, signed_in: Client) -> None:
        answer = signed_in.post("/try/api_stale/", content_type="application/json")
        assert answer.status_code == 409
        assert answer.json()["code"] == "stale"
        assert not _written()


@pytest.mark.django_db
class TestEveryAnswer:
    def test_the_browser_may_load_from_us_only(self, client: Client) -> None:
        policy = client.get("/sign-in/").headers["Content-Security-Policy"]
        rules = {part.split()[0]: part.split()[1:] for part in policy.split(";")}
        assert rules["default-src"] == ["'none'"]
        assert rules["frame-ancestors"] == ["'none'"]
        assert {source for name, sources in rules.items() for source in sources} == {"'none'", "'self'"}

    def test_nothing_is_kept_by_a_browser_or_told_to_another_site(self, client: Client) -> None:
        headers = client.get("/sign-in/").headers
        assert "no-store" in headers["Cache-Control"]
        assert headers["Referrer-Policy"] == "same-origin"
        assert "camera=()" in headers["Permissions-Policy"]


def _words(page: bytes) -> bytes:
    """The page without what differs between any two pages: the form token and the address one came from."""
    return re.sub(rb'(value|href|action)="[^"]*"', b"", page)
