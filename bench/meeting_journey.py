"""Proof: after every step of a meeting, does every screen show what the policy says, and nothing more?

Six people in six real browsers on one web process: two follow-ups, a rejection, an acceptance through the door, a
deferral and a recusal. What each screen should show is read from the policy through the projection, for that member at
that moment, never from the page. Pictures of every screen after every step are kept under var/meeting-journey/.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import expect

from bench.proof import SEED, Proof
from privacy.context import acting_as
from privacy.decision import Denied
from privacy.vocabulary import Category, Filter, Necessity
from risk.vocabulary import CodeList
from situations import meetings, scene, turns
from situations.meeting import AgendaItem, Meeting
from situations.projection import project
from tests import builders
from tests.browsers import find_chromium, launched
from tests.builders import ALL_AFFIRMED, CANARY_SUMMARY, F4_TEXTS, IDENTIFIERS, Walk
from tests.cast import Cast, assemble
from tests.journeys.company import Company
from tests.journeys.person import Person
from tests.processes import serving

PICTURES = Path(__file__).resolve().parent.parent / "var" / "meeting-journey"
_PEOPLE = ("facilitator", "recorder", "shelter_rep", "crisis_rep", "police_rep", "school_rep")
#: Seconds a screen may take to show the change, on a machine that runs six browsers.
WITHIN = 10.0
_DE_IDENTIFIED = (Filter.F2, Filter.F3A)


@dataclass
class Day:
    """One meeting, its people, and what was found."""

    cast: Cast
    meeting: Meeting
    people: dict[str, Person]
    compared: int = 0
    wrong: list[str] = field(default_factory=list)
    steps: int = 0

    def step(self, name: str, act: Callable[[], object]) -> None:
        """Do something, then look at every screen."""
        act()
        self.steps += 1
        for key, person in self.people.items():
            self.compared += 1
            wanted = self._wanted(key)
            if not _shows(person, wanted):
                self.wrong.append(f"{name}: {key} should see {wanted}")
            person.page.screenshot(path=PICTURES / f"{self.steps:02d}-{name}-{key}.png")
        print(f"{name}: {self.compared} screens compared, {len(self.wrong)} differ", flush=True)

    def _wanted(self, key: str) -> str:
        """facts, closed, or nothing: by the policy, for this member, now."""
        member = self.cast.people[key]
        with acting_as(member):
            row = Meeting.objects.select_related("current").get(pk=self.meeting.pk)
            if row.current is None:
                return "nothing"
            try:
                seen = project(scene.load(row.current.situation_id, by=member))
            except Denied:
                return "nothing"
        return "facts" if Category.CODED in seen.categories and seen.stage in _DE_IDENTIFIED else "closed"

    def turn_to(self, walk: Walk) -> None:
        """The table turns to an item."""
        with acting_as(self.cast.facilitator):
            item = AgendaItem.objects.get(meeting=self.meeting, situation_id=walk.id)
            turns.turn_to(self.meeting, item, by=self.cast.facilitator)


def _shows(person: Person, wanted: str) -> bool:
    until = time.monotonic() + WITHIN
    while time.monotonic() < until:
        text = person.main.inner_text()
        facts = CANARY_SUMMARY in text and "Risk factors" in text
        behind = any(word in person.page.content() for word in (*IDENTIFIERS, *F4_TEXTS))
        if facts == (wanted == "facts") and not behind and (wanted != "closed" or "NIA-" in text):
            return True
        time.sleep(0.1)
    return False


def run() -> Proof:
    """One meeting from its first item to its last."""
    chromium = find_chromium()
    if chromium is None:
        return Proof("meeting-journey", "no Chromium here", 0, SEED, ok=False)
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir(parents=True)
    cast = assemble()
    followed = [builders.contacted(cast), builders.intervening(cast)]
    with acting_as(cast.facilitator):
        meetings.end(followed[0].meeting, by=cast.facilitator)
    meeting = builders.sitting_meeting(cast)
    rejected, accepted, deferred, recused = (builders.presented(cast, meeting) for _ in range(4))
    with ExitStack() as stack:
        web = stack.enter_context(serving())
        company = Company(cast, stack.enter_context(launched(chromium)), web.url, stack)
        people = dict(zip(_PEOPLE, company.gather(*_PEOPLE), strict=True))
        for key, person in people.items():
            person.goto(f"/meetings/{meeting.pk}/{'control' if key in ('facilitator', 'recorder') else 'now'}/")
            expect(person.page.locator("#live-state")).to_have_class("live live")
        day = Day(cast, meeting, people)
        _follow_ups(day, followed)
        _rejection(day, rejected)
        _acceptance(day, accepted)
        _deferral(day, deferred)
        day.step("recusal-turn", lambda: day.turn_to(recused))
        day.step("recusal-open", lambda: recused.act("facilitator", "discuss"))
        day.step("recusal", lambda: recused.act("police_rep", "recuse"))
        broken = [error for person in people.values() for error in person.broken]
    for line in (*day.wrong, *broken):
        print("differs:", line)
    return Proof(
        "meeting-journey",
        f"{len(day.wrong)} of {day.compared} screens differ from the policy after {day.steps} steps (target 0)",
        day.compared,
        SEED,
        not day.wrong and not broken,
        f"Six browsers, {len(broken)} script errors. Pictures: var/meeting-journey/.",
    )


def _follow_ups(day: Day, walks: list[Walk]) -> None:
    for n, walk in enumerate(walks, 1):
        day.step(f"follow-up-{n}", lambda walk=walk: day.turn_to(walk))  # type: ignore[misc]  # bound now
    day.step("follow-up-stopped", lambda: walks[-1].act("crisis_rep", "stop_intervention"))


def _rejection(day: Day, walk: Walk) -> None:
    day.step("rejection-turn", lambda: day.turn_to(walk))
    day.step("rejection-open", lambda: walk.act("facilitator", "discuss"))
    for who in ("crisis_rep", "police_rep"):
        walk.act(who, "agree_reject")
    reason = builders.entry(CodeList.CONCLUSION_REASON, "single-agency-can-address-risk-alone", "rejected")
    day.step("rejected", lambda: walk.act("facilitator", "reject", reason=reason))


def _acceptance(day: Day, walk: Walk) -> None:
    day.step("acceptance-open", lambda: walk.act("facilitator", "discuss"))
    for who in ("crisis_rep", "police_rep"):
        walk.act(who, "stand")
    day.step("accepted", lambda: walk.act("facilitator", "accept", criteria=ALL_AFFIRMED))
    walk.act(
        "facilitator", "choose", agency=day.cast.agencies["crisis"], necessity=Necessity.PROVIDES_SERVICE,
        proposed_lead=True,
    )  # fmt: skip
    for who in ("shelter_rep", "crisis_rep"):
        walk.act(who, "name_person", person=day.cast.people[who])
    day.step("door", lambda: walk.act("facilitator", "pass_door"))
    day.step(
        "identity",
        lambda: walk.act(
            "shelter_rep", "enter_identifiers", subject=1, name=IDENTIFIERS[0], birth=IDENTIFIERS[1],
            location=IDENTIFIERS[2],
        ),
    )  # fmt: skip


def _deferral(day: Day, walk: Walk) -> None:
    day.step("deferral-open", lambda: walk.act("facilitator", "discuss"))
    day.step("deferred", lambda: walk.act("facilitator", "defer"))
