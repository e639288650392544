"""While a screen is shared, does nothing beyond filter 2 open at any door of its session, and does it say why?"""

from __future__ import annotations

import re
from typing import Any, ClassVar
from uuid import uuid4

import pytest
from django.urls import reverse

from agencies.models import Member
from privacy import gate
from privacy.context import acting_as, set_shared
from privacy.decision import Denied
from privacy.models import Compartment
from privacy.vocabulary import CompartmentKind, Purpose
from situation_table import shared_screen
from situation_table.url_policy import URL_POLICY
from situations import presence
from situations.vocabulary import State
from tests import builders
from tests.api.door import Door
from tests.builders import Walk
from tests.cast import Cast
from tests.db.raw import as_superuser
from tests.entry import change, sign_in_of
from tests.laws import stages
from tests.leaks.matrix import ask_for_a_stream
from tests.pages.browsing import Browser, text
from tests.signin.test_again import ago

_SEALED = (*builders.IDENTIFIERS, *builders.F4_TEXTS)
#: What only those who were named, or who brought it, see of an item; on a shared screen nobody does.
_BEYOND = ("Who has seen this", "Open the huddle", "You act for", "You are the lead", builders.CANARY_TRIED, *_SEALED)


#: What differs between any two answers: keys and tokens.
_EACH_ITS_OWN = re.compile(r'value="[\w-]{32,}"')
_CHOSEN = ("Lakemoor Crisis Team", "Nia River Housing")


def body(browser: Browser, name: str, *args: object) -> str:
    """The filter band and what stands under it, without what differs each time. Above it are the reader's own name,
    agency and menu, which are no situation's."""
    page = _EACH_ITS_OWN.sub("", text(browser.get(name, *args)))
    return page[page.index('<div id="band">') :].replace(browser.member.name, "").replace(_own(browser), "")


def _own(browser: Browser) -> str:
    """By which the page knows whether the same person signed in again."""
    return f'data-who="{browser.member.pk}"'


def share(browser: Browser) -> None:
    assert browser.post("present_begin", next="/meetings/").status_code == 302


def facts_of(walk: Walk) -> int:
    """How many lines the ledger holds: the disclosures and reveals of everybody."""
    with as_superuser() as cursor:
        cursor.execute("SELECT count(*) FROM ledger.entry WHERE ref = %s", [str(walk.id)])
        row = cursor.fetchone()
    return int(row[0]) if row else 0


@pytest.mark.usefixtures("committed_db_with_keys")
class TestWhileTheScreenIsShared:
    walks: ClassVar[dict[str, Walk]]

    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def walked(cls, committed_cast: Cast) -> None:
        wanted = {"draft", "presented", "chosen", "disclosed", "contacted", "concluded"}
        cls.walks = stages.walk_all(committed_cast, tuple(s for s in stages.STAGES if s.name in wanted))

    @pytest.mark.parametrize("stage", ["disclosed", "contacted", "concluded"])
    @pytest.mark.parametrize("key", ["crisis_rep", "housing_rep"])
    def test_every_door_to_identity_refuses_with_words_and_nothing_is_recorded(
        self, committed_cast: Cast, stage: str, key: str
    ) -> None:
        walk, member = self.walks[stage], committed_cast.people[key]
        browser, door = Browser(member), Door(None)
        door.client = browser.client
        box = _who(walk, member)
        receipts = [_receipt(member, walk, box) for _ in range(2)]
        share(browser)
        before = facts_of(walk)
        asked = {
            "page, asking": browser.post("reveal", walk.id, compartment=box, purpose="recognise"),
            "page, reading": browser.client.get(reverse("revealed", args=[receipts[0]])),
            "program, asking": door.post(
                f"situations/{walk.id}/reveals/", {"compartment": box, "purpose": "recognise"}, key=uuid4().hex
            ),
            "program, reading": door.get(f"reveals/{receipts[1]}/"),
        }
        for which, answer in asked.items():
            said = answer.content.decode()
            assert answer.status_code == 403, which
            assert "This screen is being shared" in said, which
            assert "End the sharing first" in said, which
            assert not any(words in said for words in _SEALED), which
        assert facts_of(walk) == before
        # Neither receipt was used up: it was the sharing that refused them, and after it they open.
        assert browser.post("present_end", next="/").status_code == 302
        assert builders.CANARY_NAME in browser.client.get(reverse("revealed", args=[receipts[0]])).content.decode()
        assert door.get(f"reveals/{receipts[1]}/").status_code == 200

    def test_the_gate_itself_refuses_whichever_door_is_built_next(self, committed_cast: Cast) -> None:
        walk, member = self.walks["disclosed"], committed_cast.crisis_rep
        box = _who(walk, member)
        receipt = _receipt(member, walk, box)
        set_shared(on=True)
        try:
            with acting_as(member):
                with pytest.raises(Denied, match="presenting"):
                    gate.authorise(Compartment.objects.get(pk=box), purpose=Purpose.RECOGNISE)
                with pytest.raises(Denied, match="presenting"):
                    gate.reveal(receipt)
        finally:
            set_shared(on=False)

    def test_every_page_is_at_most_the_table_s_at_every_stage(self, committed_cast: Cast) -> None:
        """Whoever brought it or was named reads what the school reads: not chosen, and seated."""
        school = Browser(committed_cast.school_rep)
        share(school)
        for key in ("shelter_rep", "crisis_rep", "housing_rep", "crisis_lead", "facilitator"):
            browser = Browser(committed_cast.people[key])
            share(browser)
            for name, walk in self.walks.items():
                page, plain = browser.get("situation", walk.id), school.get("situation", walk.id)
                assert page.status_code == plain.status_code == (404 if name == "draft" else 200), (key, name)
                assert not any(words in text(page) for words in _BEYOND), (key, name)
                assert (builders.CANARY_SUMMARY in text(page)) == (name in ("presented", "chosen")), (key, name)
                assert committed_cast.crisis_rep.name not in text(page) or key == "crisis_rep", (key, name)
            now = text(browser.get("meeting_now", self.walks["disclosed"].meeting.pk))
            assert "This screen is being shared" in now

    @pytest.mark.parametrize("stage", ["disclosed", "contacted", "concluded"])
    def test_past_the_door_no_shared_screen_says_whose_agency_intervenes(
        self, committed_cast: Cast, stage: str
    ) -> None:
        walk, school = self.walks[stage], Browser(committed_cast.school_rep)
        share(school)
        expected = body(school, "situation", walk.id)
        assert ("Step away from this item" in expected) == (stage != "concluded"), "that it ended is all there is"
        for key in ("crisis_lead", "crisis_rep", "crisis_colleague", "housing_rep", "shelter_lead", "shelter_rep"):
            browser = Browser(committed_cast.people[key])
            share(browser)
            assert body(browser, "situation", walk.id) == expected, key
            if stage != "concluded":
                sent = browser.post("act", walk.id, "name_person", person=committed_cast.crisis_colleague.pk)
                assert (sent.status_code, "This is for somebody else to do" in text(sent)) == (403, True), key
        # On one's own screen whoever does not lead finds the same, engaged or not; the lead still names.
        if stage != "concluded":
            own = {k: text(Browser(committed_cast.people[k]).get("situation", walk.id)) for k in
                   ("crisis_lead", "crisis_colleague", "school_rep")}  # fmt: skip
            assert [k for k, page in own.items() if "Name the person who will act" in page] == ["crisis_lead"]
            for key in ("crisis_colleague", "school_rep"):
                asked = Browser(committed_cast.people[key]).get("act", walk.id, "name_person")
                assert "Past the door only your agency" in text(asked), key

    def test_while_agencies_are_chosen_the_chosen_are_counted_and_not_named(self, committed_cast: Cast) -> None:
        walk = self.walks["chosen"]
        chair, plain = (Browser(committed_cast.facilitator) for _ in range(2))
        item = builders.item_of(walk)
        assert plain.post("meeting_turn", walk.meeting.pk, item=item.pk).status_code == 302
        with acting_as(committed_cast.facilitator):
            presence.mark_gone(walk.meeting, committed_cast.housing_rep, by=committed_cast.facilitator)
        share(chair)
        # What is the whole table's stays: who sits here, who could be chosen.
        whole = re.compile(r"<option[^>]*>[^<]*</option>|<ul>.*?</ul>", re.S)
        for name, args in (
            ("meeting_control", [walk.meeting.pk]), ("situation", [walk.id]), ("meeting_now", [walk.meeting.pk]),
            ("act", [walk.id, "pass_door"]), ("act", [walk.id, "unchoose"]), ("act", [walk.id, "name_person"]),
            ("act", [walk.id, "choose"]),
        ):  # fmt: skip
            said = whole.sub("", body(chair, name, *args))
            assert not [n for n in (*_CHOSEN, committed_cast.crisis_rep.name) if n in said], (name, args)
        control = text(chair.get("meeting_control", walk.meeting.pk))
        assert "Nia River Housing is absent" not in control
        assert "Nia River Housing is absent" in text(plain.get("meeting_control", walk.meeting.pk)).replace("<b>", "")
        assert "3 people go on to the huddle" in control
        assert "it waits until the sharing of this screen ends" in control
        crisis, school = (Browser(committed_cast.people[k]) for k in ("crisis_rep", "school_rep"))
        for browser in (crisis, school):
            share(browser)
        assert body(crisis, "situation", walk.id) == body(school, "situation", walk.id)

    def test_what_the_rule_does_not_name_is_neutral_to_pages_and_refused_to_programs(
        self, committed_cast: Cast
    ) -> None:
        browser = Browser(committed_cast.crisis_rep)
        share(browser)
        for path in (
            "/",
            "/situations/",
            "/my-sign-in/",
            "/people/",
            f"/situations/{self.walks['draft'].id}/edit/whom/",
        ):
            page = browser.client.get(path)
            assert (page.status_code, "Not while this screen is shared" in page.content.decode()) == (403, True), path
            assert "NIA-" not in page.content.decode(), path
        for path in ("/api/v1/me/", f"/api/v1/situations/{self.walks['contacted'].id}/", "/api/v1/situations/"):
            refused = browser.client.get(path)
            assert (refused.status_code, refused.json()["code"]) == (403, "presenting"), path
        assert not shared_screen.OPENS - set(URL_POLICY)
        assert not {n for n in shared_screen.OPENS if n.startswith(("api", "reveal"))}
        huddle = f"/live/huddles/{self.walks['contacted'].id}/"
        assert ask_for_a_stream(browser.client, huddle, "GET")[0] == 404

    def test_it_is_this_session_s_alone_and_ends_with_the_factor_given_lately(self, committed_cast: Cast) -> None:
        walk, member = self.walks["contacted"], committed_cast.crisis_rep
        shared, own = Browser(member), Browser(member)
        share(shared)
        assert "Who has seen this" in text(own.get("situation", walk.id))
        assert "its screen is being shared" in text(own.get("my_sign_in"))
        change(shared.client, member, confirmed_at=ago(11))
        asked = shared.post("present_end", next="/")
        assert "Is it still you?" in text(asked)
        assert sign_in_of(shared.client, member).presenting_since
        change(shared.client, member, confirmed_at=ago(1))
        led = shared.post("present_end", next="https://elsewhere.example/")
        assert led["Location"] == "/meetings/"
        assert sign_in_of(shared.client, member).presenting_since is None
        assert "Who has seen this" in text(shared.get("situation", walk.id))

    def test_the_meeting_is_run_and_an_unattended_wall_stays_up(self, committed_cast: Cast) -> None:
        walk, chair = builders.presented(committed_cast), Browser(committed_cast.facilitator)
        share(chair)
        assert chair.post("meeting_turn", walk.meeting.pk, item=builders.item_of(walk).pk).status_code == 302
        opened = chair.post("act", walk.id, "discuss", key=uuid4().hex, seen_version=walk.situation().version)
        assert opened.status_code == 302
        assert walk.situation().state == State.PRESENTED
        assert walk.situation().number in text(chair.get("meeting_control", walk.meeting.pk))
        fetched: dict[str, Any] = {"X-Live": "1", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}
        for name, later in (("meeting_control", False), ("meeting_screen", True)):
            change(chair.client, committed_cast.facilitator, seen_at=ago(10))
            chair.client.get(reverse(name, args=[walk.meeting.pk]), headers=fetched)
            assert (sign_in_of(chair.client, committed_cast.facilitator).seen_at > ago(1)) is later, name


def _who(walk: Walk, member: Member) -> str:
    """The compartment of the first person, as one of the named knows it."""
    with acting_as(member):
        return str(Compartment.objects.get(access_id=walk.id, kind=CompartmentKind.SUBJECT, subject=1).pk)


def _receipt(member: Member, walk: Walk, box: str) -> Any:
    with acting_as(member):
        return gate.authorise(Compartment.objects.get(pk=box, access_id=walk.id), purpose=Purpose.RECOGNISE)
