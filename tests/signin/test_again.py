"""Does a locked session open nothing at any door, is nothing lost by the lock, and does a reveal ask again?"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from agencies.signin.store import SessionStore
from privacy.context import acting_as
from privacy.vocabulary import Purpose
from situation_table import guard
from situation_table.url_policy import URL_POLICY
from tests import builders
from tests.api.door import Door
from tests.architecture.sources import modules
from tests.cast import PASSWORD, Cast
from tests.entry import change, enter, sign_in_of
from tests.pages.browsing import Browser, hidden, text
from tests.pages.test_reveal import compartment
from tests.signin.test_codes import code_now, with_factor

both = pytest.mark.django_db(databases=["default", "keys"])


def ago(minutes: float) -> Any:
    return timezone.now() - timedelta(minutes=minutes)


@both
class TestLock:
    @pytest.fixture
    def browser(self, cast: Cast) -> Browser:
        return Browser(cast.facilitator)

    def test_nothing_opens_at_any_door(self, browser: Browser, cast: Cast) -> None:
        walk = builders.discussed(cast)
        change(browser.client, cast.facilitator, locked_at=ago(0))
        for path in ("/", "/situations/", f"/situations/{walk.id}/", f"/meetings/{walk.meeting.pk}/", "/my-sign-in/"):
            page = browser.client.get(path)
            assert page.status_code == 403, path
            assert "Your screen is locked" in text(page)  # type: ignore[arg-type]  # the client's own type
            assert "NIA-" not in text(page)  # type: ignore[arg-type]  # same
        for path in ("/api/v1/me/", f"/api/v1/situations/{walk.id}/"):
            refused = browser.client.get(path)
            assert (refused.status_code, refused.json()["code"]) == (403, "locked"), path
        stream = browser.client.get(f"/live/meetings/{walk.meeting.pk}/")
        assert (stream.status_code, stream.json()["code"]) == (423, "locked")
        part = browser.client.get(f"/situations/{walk.id}/", headers={"HX-Request": "true"})
        assert (part.status_code, part.json()["code"]) == (423, "locked")

    def test_it_locks_by_time_and_not_while_somebody_is_there(self, browser: Browser, cast: Cast) -> None:
        change(browser.client, cast.facilitator, seen_at=ago(14))
        assert browser.get("home").status_code == 200
        assert sign_in_of(browser.client, cast.facilitator).seen_at > ago(1)
        change(browser.client, cast.facilitator, seen_at=ago(14))
        assert browser.post("here").status_code == 204
        assert sign_in_of(browser.client, cast.facilitator).seen_at > ago(1)
        change(browser.client, cast.facilitator, seen_at=ago(16))
        assert browser.get("home").status_code == 403
        assert browser.post("here").status_code == 423

    def test_what_a_page_fetches_by_itself_is_nobody_there(self, browser: Browser, cast: Cast) -> None:
        change(browser.client, cast.facilitator, seen_at=ago(14))
        browser.client.get("/", headers={"Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"})
        assert sign_in_of(browser.client, cast.facilitator).seen_at < ago(13)

    def test_the_password_opens_it_where_one_was_and_a_wrong_one_does_not(self, browser: Browser, cast: Cast) -> None:
        browser.post("lock")
        wrong = browser.client.post("/situations/?show=open", {"again-was": "get", "again-secret": "wrong"})
        assert wrong.status_code == 403
        assert "This is not your password" in text(wrong)  # type: ignore[arg-type]  # the client's own type
        assert "is kept" not in text(wrong), "nothing was being sent"  # type: ignore[arg-type]  # same
        right = browser.client.post("/situations/?show=open", {"again-was": "get", "again-secret": PASSWORD})
        assert right["Location"] == "/situations/?show=open"
        assert browser.get("situations").status_code == 200

    def test_a_script_unlocks_in_place_and_is_told_why_not(self, browser: Browser, cast: Cast) -> None:
        asked = {"Accept": "application/json"}
        assert browser.client.post("/my-sign-in/lock/", headers=asked).status_code == 204
        wrong = browser.client.post("/my-sign-in/again/", {"again-secret": "wrong"}, headers=asked)
        assert (wrong.status_code, wrong.json()["reason"]) == (403, "This is not your password.")
        right = browser.client.post("/my-sign-in/again/", {"again-secret": PASSWORD}, headers=asked)
        assert right.json() == {"code": "ok"}
        assert browser.get("home").status_code == 200

    def test_what_was_sent_into_the_lock_is_carried_and_goes_on_by_itself_when_unlocked(
        self, browser: Browser, cast: Cast
    ) -> None:
        change(browser.client, cast.facilitator, seen_at=ago(20))
        path = reverse("sign_undertaking", args=["NIA"])
        sent = {"words": "typed for <twenty> minutes", "choice": ["a", "b"], "password": "never carried"}
        page = browser.client.post(path, sent)
        body = text(page)  # type: ignore[arg-type]  # the client's own type
        assert page.status_code == 403
        assert 'name="words" value="typed for &lt;twenty&gt; minutes"' in body
        assert body.count('name="choice"') == 2
        assert "never carried" not in body
        wrong = browser.client.post(path, sent | {"again-was": "post", "again-secret": "wrong"})
        assert "What you sent is kept on this page." in text(wrong)  # type: ignore[arg-type]  # same
        on = browser.client.post(path, sent | {"again-was": "post", "again-secret": PASSWORD})
        assert (on.status_code, on["Location"]) == (307, path)

    def test_no_page_is_given_what_unlocked_it(self, cast: Cast, rf: RequestFactory) -> None:
        request = rf.post("/", {"again-secret": PASSWORD, "again-was": "post", "words": "mine"})
        enter(client := Client(), cast.facilitator)
        request.session = SessionStore(client.cookies["sessionid"].value)
        request.user = cast.facilitator
        with acting_as(cast.facilitator):
            assert guard.question(request, URL_POLICY["home"], apart=False) is None
        assert dict(request.POST.lists()) == {"words": ["mine"]}

    def test_five_wrong_ones_make_even_the_owner_wait(self, browser: Browser, cast: Cast) -> None:
        browser.post("lock")
        for _ in range(5):
            browser.client.post("/", {"again-was": "get", "again-secret": "wrong"})
        answer = browser.client.post("/", {"again-was": "get", "again-secret": PASSWORD})
        assert "Wait 15 minutes" in text(answer)  # type: ignore[arg-type]  # the client's own type

    def test_the_shortest_idle_time_of_ones_tables_counts(self, cast: Cast) -> None:
        type(cast.nia).objects.filter(pk=cast.nia.pk).update(idle_minutes=3)
        browser = Browser(cast.facilitator)
        browser.client.post("/sign-in/", {"username": cast.facilitator.email, "password": PASSWORD})
        assert sign_in_of(browser.client, cast.facilitator).idle_minutes == 3

    def test_signing_out_is_possible_while_locked(self, browser: Browser) -> None:
        browser.post("lock")
        assert browser.post("logout")["Location"] == "/sign-in/"


def test_every_address_that_opens_a_reveal_asks_to_be_sure() -> None:
    """Whoever calls `gate.authorise` stands behind one of the two addresses that the wall knows."""
    assert {name for name, rule in URL_POLICY.items() if rule.sure and "reveal" in name} == {"reveal", "api:reveals"}
    callers = {name for name, path in modules().items() if "gate.authorise(" in path.read_text(encoding="utf-8")}
    assert callers == {"situations.views.reveal", "situations.api.reveals"}


@pytest.mark.usefixtures("committed_db_with_keys")
class TestSure:
    def test_a_reveal_asks_again_after_ten_minutes_and_then_goes_on(self, committed_cast: Cast) -> None:
        walk = builders.disclosed(committed_cast)
        member = committed_cast.crisis_rep
        browser = Browser(member)
        box = compartment(text(browser.get("situation", walk.id)))
        wanted = {"compartment": box, "purpose": str(Purpose.RECOGNISE)}
        change(browser.client, member, confirmed_at=ago(9))
        assert browser.post("reveal", walk.id, **wanted)["Location"].startswith("/revealed/")
        change(browser.client, member, confirmed_at=ago(11))
        asked = browser.post("reveal", walk.id, **wanted)
        assert asked.status_code == 403
        assert "Is it still you?" in text(asked)
        again = hidden(asked) | {"again-was": "post"}
        assert again["compartment"] == box
        path = f"/situations/{walk.id}/reveal/"
        assert re.search(f'action="{path}"', text(asked))
        assert browser.client.post(path, again | {"again-secret": "wrong"}).status_code == 403
        on = browser.client.post(path, again | {"again-secret": PASSWORD}, follow=True)
        assert [status for _where, status in on.redirect_chain] == [307, 302]
        assert builders.CANARY_NAME in on.content.decode()

    def test_with_a_second_factor_only_a_code_is_an_answer(self, committed_cast: Cast) -> None:
        walk, member = builders.disclosed(committed_cast), committed_cast.housing_rep
        secret, browser = with_factor(member), Browser(member)
        box = compartment(text(browser.get("situation", walk.id)))
        change(browser.client, member, confirmed_at=ago(11))
        path = f"/situations/{walk.id}/reveal/"
        again = {"compartment": box, "purpose": str(Purpose.RECOGNISE), "again-was": "post"}
        assert browser.client.post(path, again | {"again-secret": PASSWORD}).status_code == 403
        on = browser.client.post(path, again | {"again-secret": code_now(secret)}, follow=True)
        assert builders.CANARY_NAME in on.content.decode()

    def test_the_other_door_refuses_with_a_code_and_opens_after_the_confirmation(self, committed_cast: Cast) -> None:
        walk, member = builders.disclosed(committed_cast), committed_cast.crisis_rep
        door = Door(member)
        box = door.get(f"situations/{walk.id}/").json()["compartments"][0]["id"]
        wanted = {"compartment": box, "purpose": str(Purpose.RECOGNISE)}
        change(door.client, member, confirmed_at=ago(11))
        refused = door.post(f"situations/{walk.id}/reveals/", wanted)
        assert (refused.status_code, refused.json()["code"]) == (403, "confirm")
        given = {"again-secret": PASSWORD}
        assert door.client.post("/my-sign-in/again/", given, headers={"Accept": "application/json"}).status_code == 200
        assert door.post(f"situations/{walk.id}/reveals/", wanted).status_code == 201

    def test_a_reveal_pressed_before_the_lock_is_not_carried_through_it(self, committed_cast: Cast) -> None:
        walk, member = builders.disclosed(committed_cast), committed_cast.crisis_rep
        browser = Browser(member)
        box = compartment(text(browser.get("situation", walk.id)))
        change(browser.client, member, seen_at=ago(20))
        page = text(browser.post("reveal", walk.id, compartment=box, purpose="recognise"))
        assert "Your screen is locked" in page
        assert box not in page
