"""Proof: how many keys does it take to record one accepted situation, from the control screen, without a pointer?

A real Chromium, a real web process. The agencies stand behind it and name their people on their own devices, as they
do; every key the facilitator presses is counted, from the item still waiting to the closed door and the next item.
"""

from __future__ import annotations

from playwright.sync_api import Page, expect

from bench.proof import SEED, Proof
from tests import builders
from tests.browsers import find_chromium, launched
from tests.builders import Walk
from tests.cast import assemble
from tests.journeys.person import browsing
from tests.processes import serving

TARGET = 40


class Keyboard:
    """The facilitator's keyboard, counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed: list[str] = []

    def press(self, *keys: str) -> None:
        """One key after another."""
        for key in keys:
            self.pressed.append(key)
            self.page.keyboard.press(key)


def run() -> Proof:
    """Record one, and count."""
    cast = assemble()
    walk = builders.presented(cast)
    following = builders.presented(cast, walk.meeting)
    chromium = find_chromium()
    if chromium is None:
        return Proof("keystrokes", "no Chromium here", 0, SEED, ok=False)
    with serving() as web, launched(chromium) as browser, browsing(browser, web.url, cast.facilitator) as chair:
        chair.sign_in()
        chair.goto(f"/meetings/{walk.meeting.pk}/control/")
        keys = Keyboard(chair.page)
        _record(keys, walk)
        keys.press("n")
        expect(chair.page.get_by_role("heading", level=1)).to_have_text(following.situation().number)
    count, state = len(keys.pressed), walk.situation().state
    print(" ".join(keys.pressed))
    return Proof(
        "keystrokes",
        f"{count} keys for one accepted situation, {state} at the end (target at most {TARGET})",
        count,
        SEED,
        count <= TARGET and state == "limited",
        f"Pressed: {' '.join(keys.pressed)}. Two agencies chosen with their reasons, one of them to lead.",
    )


def _record(keys: Keyboard, walk: Walk) -> None:
    page = keys.page
    heading = page.get_by_role("heading", level=1)
    keys.press("n")
    expect(heading).to_have_text(walk.situation().number)
    keys.press("o")
    expect(page.locator("#accept")).to_be_visible()
    for who in ("crisis_rep", "housing_rep"):
        walk.act(who, "stand")
    expect(page.locator("#accept button[type=submit]")).to_be_visible()
    keys.press("1", "2", "3", "4", "a")
    expect(page.get_by_role("heading", name="Which agencies are reasonably necessary")).to_be_visible()
    _choose(keys, "Lakemoor Cr", leads=True)
    _choose(keys, "Nia River H", leads=False)
    for who in ("shelter_rep", "crisis_rep", "housing_rep"):
        walk.act(who, "name_person", person=walk.cast.people[who])
    summary = page.locator("summary", has_text="Close the door: the chosen go to the huddle")
    expect(summary).to_be_visible()
    # The page that shows the last name is of the version in which all are named.
    expect(page.locator("main")).to_contain_text(walk.cast.people["housing_rep"].name)
    keys.press("h")
    expect(page.locator("details[open] .preview")).to_be_visible()
    keys.press("Enter")
    expect(page.locator("main")).to_contain_text("It is in its huddle")


def _choose(keys: Keyboard, agency: str, *, leads: bool) -> None:
    """By the first letters that tell it apart, a reason, and whether it leads."""
    page = keys.page
    rows = page.locator(".checks li")
    before = rows.count()
    keys.press("c")
    expect(page.locator("#id_choose_agency")).to_be_focused()
    options = page.locator("#id_choose_agency option").all_inner_texts()
    letters = next(n for n in range(1, len(agency) + 1) if _first(options, agency[:n]).startswith(agency))
    keys.press(*("Space" if letter == " " else letter for letter in agency[:letters]))
    keys.press("Tab", "Space")
    if leads:
        keys.press("Tab", "Space")
    keys.press("Enter")
    expect(rows).to_have_count(before + 1)


def _first(options: list[str], typed: str) -> str:
    return next((o for o in options if o.lower().startswith(typed.lower())), "")
