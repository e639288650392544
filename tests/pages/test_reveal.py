"""Is identity shown in two requests only, once, to the person it was disclosed to, and kept nowhere?"""

from __future__ import annotations

import re

import pytest

from tests import builders
from tests.cast import Cast
from tests.pages.browsing import Browser, text


def compartment(page: str) -> str:
    """The first compartment of a page that is about a person."""
    found = re.search(r'Who: person 1.*?name="compartment" value="([0-9a-f-]+)"', page, re.S)
    assert found
    return found.group(1)


@pytest.mark.usefixtures("committed_db_with_keys")
class TestReveal:
    def test_the_named_person_reads_it_once_and_the_page_leaves_by_itself(self, committed_cast: Cast) -> None:
        walk = builders.disclosed(committed_cast)
        browser = Browser(committed_cast.crisis_rep)
        before = text(browser.get("situation", walk.id))
        assert not any(secret in before for secret in builders.IDENTIFIERS)
        sent = browser.post("reveal", walk.id, compartment=compartment(before), purpose="recognise")
        assert sent.status_code == 302
        assert sent["Location"].startswith("/revealed/")
        shown = browser.client.get(sent["Location"])
        body = shown.content.decode()
        assert all(secret in body for secret in builders.IDENTIFIERS)
        assert "<h2>Who it is</h2>" in body
        assert builders.CANARY_GROUNDS not in body
        assert shown["Cache-Control"] == "no-store"
        assert shown["Refresh"] == f"60; url=/situations/{walk.id}/"
        assert "<title>Situation table</title>" in " ".join(body.split()).replace("> ", ">").replace(" <", "<")
        assert builders.CANARY_NAME not in str(dict(shown.headers)) + sent["Location"]
        again = browser.client.get(sent["Location"])
        assert again.status_code in (403, 404)
        assert builders.CANARY_NAME not in again.content.decode()
        after = text(browser.get("situation", walk.id))
        assert builders.CANARY_NAME not in after
        assert "recognise whether the person is already known" in after.split("Who has seen this")[1]

    def test_a_receipt_is_worth_nothing_to_somebody_else(self, committed_cast: Cast) -> None:
        walk = builders.disclosed(committed_cast)
        mine = Browser(committed_cast.crisis_rep)
        box = compartment(text(mine.get("situation", walk.id)))
        receipt = mine.post("reveal", walk.id, compartment=box, purpose="recognise")["Location"]
        for key in ("housing_rep", "police_rep", "facilitator", "privacy_officer", "crisis_colleague"):
            answer = Browser(committed_cast.people[key]).client.get(receipt)
            assert answer.status_code in (403, 404), key
            assert builders.CANARY_NAME not in answer.content.decode(), key

    def test_nobody_unnamed_is_given_a_receipt(self, committed_cast: Cast) -> None:
        walk = builders.disclosed(committed_cast)
        box = compartment(text(Browser(committed_cast.crisis_rep).get("situation", walk.id)))
        for key in ("police_rep", "facilitator", "privacy_officer", "crisis_colleague", "other_table", "stranger"):
            answer = Browser(committed_cast.people[key]).post("reveal", walk.id, compartment=box, purpose="recognise")
            assert answer.status_code == 404, key

    def test_without_a_purpose_or_while_frozen_nothing_is_shown_and_the_page_says_why(
        self, committed_cast: Cast
    ) -> None:
        walk = builders.disclosed(committed_cast)
        browser = Browser(committed_cast.crisis_rep)
        box = compartment(text(browser.get("situation", walk.id)))
        unsaid = browser.post("reveal", walk.id, compartment=box, purpose="")
        assert unsaid.status_code == 403
        assert "Say what it is for" in text(unsaid)
        walk.act("privacy_officer", "freeze")
        frozen = browser.post("reveal", walk.id, compartment=box, purpose="recognise")
        assert frozen.status_code == 403
        assert "frozen" in text(frozen)
