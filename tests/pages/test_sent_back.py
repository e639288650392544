"""Is whatever somebody typed and chose found again in the answer, whenever a form is refused?

Every posted form of the product, as people meet it on its pages (the walk of bench/tour.py), filled in and refused in
every way there is: each of its fields wrong in turn, what was seen is stale, the session locked or over, the page older
than the last sign-in, the person's own papers not in force any more. What no page may hold is named below, with why.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest
from django.test import Client
from django.urls import resolve, reverse

from bench import tour_acts, tour_links, tour_world
from bench.tour import Tour
from tests.agreements.papers import without_papers
from tests.cast import Cast
from tests.entry import change, enter
from tests.leaks.matrix import undone
from tests.pages import sent_forms
from tests.pages.browsing import text
from tests.pages.sent_forms import PostForm, Sent, filled, forms_of
from tests.signin.test_again import ago

#: Controls whose value no answer may hold, or can: what opens a session, and a file.
_NEVER_KEPT = frozenset({"password", "file"})
#: Fields and addresses whose values are given anew: a code is used once; the words of another one are no answer to it.
_GIVEN_ANEW = {("factor_set_up", "code")}
#: Answers that say in a list of their own what is wrong, line by line, with the text as it was sent.
_LISTS_LINES = frozenset({"people_import"})
#: Whose walk meets the forms; everybody else meets some of the same.
_WALKERS = (
    "facilitator", "shelter_rep", "crisis_lead", "recorder", "manager", "administrator", "police_rep",
    "lapsed_undertaking",
)  # fmt: skip
#: Words of an address that make another form of it.
_KINDS = ("act", "section", "what", "kind", "verb", "step")
#: Addresses that let go of what is sent: the way in and out, the lock, the language, the sharing of a screen.
_NOTHING_SAID = frozenset({"login", "logout", "lock", "set_language", "again", "present_begin", "present_end"})


@dataclass(frozen=True)
class Met:
    """A form, who met it, and the address name it is sent to."""

    who: str
    name: str
    form: PostForm

    @property
    def never(self) -> set[str]:
        """Its controls whose value comes back in no answer."""
        return {
            c.name for c in self.form.controls.values()
            if c.kind in _NEVER_KEPT or (self.name, c.name) in _GIVEN_ANEW
        }  # fmt: skip

    @property
    def unseen(self) -> set[str]:
        """What nobody typed: keys and versions, which an answer makes anew."""
        return {c.name for c in self.form.controls.values() if c.kind == "hidden"}


class _Reading(Tour):
    """A tour that keeps the forms of every page it reads, each kind once."""

    met: dict[tuple[Any, ...], Met]

    def read(self, who: str, path: str, language: str = "en", **headers: str) -> Any:
        answer = super().read(who, path, language, **headers)
        if who and str(answer.get("Content-Type", "")).startswith("text/html"):
            for form in forms_of(answer.content.decode(), path):
                self._keep(who, form)
        return answer

    def _keep(self, who: str, form: PostForm) -> None:
        found = resolve(form.action.partition("?")[0])
        kinds = tuple(str(v) for k, v in found.kwargs.items() if k in _KINDS)
        fields = frozenset(re.sub(r"\d+", "#", c.name) for c in form.asked)
        if found.view_name not in _NOTHING_SAID:
            self.met.setdefault((found.view_name, kinds, fields), Met(who, found.view_name, form))


@pytest.mark.usefixtures("committed_db_with_keys")
class TestEveryForm:
    tour: ClassVar[_Reading]
    met: ClassVar[list[Met]]
    asking: ClassVar[list[Met]]

    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def walked(cls, committed_cast: Cast) -> None:
        cls.tour = _Reading(committed_cast)
        cls.tour.met = {}
        tour_world.build(cls.tour)
        for who in _WALKERS:
            starts = ["/", *(reverse("situation", args=[walk.id]) for walk in cls.tour.walks.values())]
            deque(tour_links.reached(cls.tour, who, starts), maxlen=0)
        tour_acts.open_all(cls.tour, once=True)
        cls.met = list(cls.tour.met.values())
        cls.asking = [m for m in cls.met if m.form.asked]

    def test_the_walk_meets_the_forms(self) -> None:
        assert len(self.asking) > 75
        assert len(self.met) > 100
        kinds = {c.kind for m in self.asking for c in m.form.asked}
        assert {"select", "checkbox", "radio", "textarea", "text", "file", "password"} <= kinds

    def test_each_field_wrong_in_turn_loses_no_other(self) -> None:
        problems, refused = [], 0
        for met in self.asking:
            good = filled(met.form)
            for control in met.form.asked:
                if control.kind == "file":
                    continue
                chosen = control.kind in ("select", "radio", "multiple", "checkbox")
                answer = self._post(met, good | {control.name: ["nothing-of-the-kind" if chosen else "99-99-99"]})
                if answer.status_code in (302, 303):
                    continue  # anything may be typed there
                refused += 1
                page = text(answer)
                lost = sent_forms.lost(good, page, {control.name} | met.never | met.unseen)
                told = "data-focus" in page or met.name in _LISTS_LINES or answer.status_code != 200
                if lost or not told:
                    problems.append((met.name, control.name, answer.status_code, lost, told))
        assert problems == []
        assert refused > 150

    def test_a_page_that_is_stale_loses_nothing(self) -> None:
        problems, stale = [], 0
        for met in self.asking:
            seen = [c.name for c in met.form.controls.values() if c.kind == "hidden" and "seen" in c.name]
            good = filled(met.form)
            for name in seen:
                answer = self._post(met, good | {name: ["9"]})
                stale += answer.status_code == 409
                lost = sent_forms.lost(good, text(answer), met.never | met.unseen)
                if answer.status_code == 409 and lost:
                    problems.append((met.name, name, lost))
        assert problems == []
        assert stale > 25

    def test_papers_that_ended_meanwhile_lose_nothing(self) -> None:
        problems, kept = [], 0
        for met in self.asking:
            good = filled(met.form)
            with undone():
                client = self._entered(met)
                without_papers(self.tour.cast, met.who, self.tour.cast.nia)
                answer: Any = client.post(met.form.action, good, headers=_FROM_OUR_PAGE)
            if answer.status_code in (302, 303):
                continue  # a held seat goes on without papers
            lost = sent_forms.lost(good, text(answer), met.never | met.unseen)
            kept += not lost and answer.status_code in (403, 404)
            if lost:
                problems.append((met.name, met.who, answer.status_code, lost))
        assert problems == []
        assert kept > 30

    def test_a_locked_session_carries_everything(self) -> None:
        self._all_kept(lambda client, who: change(client, self.tour.cast.people[who], locked_at=ago(0)))

    def test_a_session_that_is_over_carries_everything(self) -> None:
        self._all_kept(lambda client, who: client.logout())

    def test_a_page_older_than_the_last_sign_in_carries_everything(self) -> None:
        self._all_kept(lambda client, who: None, strict=True)

    def _all_kept(self, meanwhile: Any, *, strict: bool = False) -> None:
        problems, kept = [], 0
        for met in self.met:
            sent = filled(met.form)
            with undone():
                client = self._entered(met, strict=strict)
                meanwhile(client, met.who)
                answer: Any = client.post(met.form.action, sent, headers=_FROM_OUR_PAGE)
            sure = met.name in _SURE and "Your screen is locked" in text(answer)
            lost = [] if sure else sent_forms.lost(sent, text(answer), met.never)
            kept += not lost and answer.status_code == 403
            if lost or (answer.status_code != 403 and sent.keys() - met.never):
                problems.append((met.name, met.who, answer.status_code, lost))
        assert problems == []
        assert kept > 90  # a form that only presses a button has nothing to lose

    def test_a_stranger_s_form_is_neither_kept_nor_offered(self) -> None:
        for met in self.asking[:10]:
            client = self._entered(met, strict=True)
            for headers in _FROM_ELSEWHERE:
                answer: Any = client.post(met.form.action, filled(met.form), headers=headers)
                assert answer.status_code == 403
                assert "Send it again" not in text(answer)
                assert "Kept words" not in text(answer)

    def _post(self, met: Met, sent: Sent) -> Any:
        with undone():
            return self._entered(met).post(met.form.action, sent, headers=_FROM_OUR_PAGE)

    def _entered(self, met: Met, *, strict: bool = False) -> Client:
        """A browser of whoever met the form, that came in just now: it is neither locked nor asked again."""
        client = Client(enforce_csrf_checks=strict)
        enter(client, self.tour.cast.people[met.who])
        return client


#: What a browser says of a form that was sent from a page of the same address.
_FROM_OUR_PAGE = {"Sec-Fetch-Site": "same-origin", "accept-language": "en"}
_FROM_ELSEWHERE: tuple[dict[str, str], ...] = (
    {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "none"}, {"Origin": "https://elsewhere.example"}, {},
)  # fmt: skip
#: Nothing is revealed, and no way in changed, by what was pressed before the lock: it is asked anew (docs/adr/0032).
_SURE = frozenset({"reveal", "recovery_codes", "factor_off", "factor_set_up", "password_change", "calendar_feed"})
