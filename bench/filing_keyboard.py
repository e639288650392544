"""How long does somebody who types like a person need to file a situation, with the keyboard alone?

A real browser on the real program; every key is pressed, Tab as well, 60 to 100 milliseconds apart. No mouse, no field
filled by a script. From the home page to the discussion number, in both languages, wide and on a telephone. Reading and
thinking are not counted, waiting for the program is.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlparse

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from bench.proof import SEED, Proof
from privacy.context import acting_as
from risk.vocabulary import CodeList
from situations.models import Situation
from tests.browsers import find_chromium, launched
from tests.cast import Cast, assemble
from tests.entry import enter
from tests.processes import Served, serving

WHOLE, FACTORS = 180.0, 45.0
#: Milliseconds between two keys.
SLOWEST, FASTEST = 100, 60
_MOST_TABS = 80
_WIDE: ViewportSize = {"width": 1440, "height": 900}
_NARROW: ViewportSize = {"width": 390, "height": 844}

#: What is typed, by language: eight factors as people call them, what was tried, the summary.
WORDS = {
    "en": {
        "factors": ("homeless", "suicidal", "overdose", "grief", "debt", "hungry", "lost job", "bad crowd"),
        "protective": "trusts worker",
        "flag": "lonely",
        "tried": "A bed was offered each night, and two referrals were made; the wait is six weeks.",
        "summary": "A young adult has slept outdoors since losing somebody close. This week they said twice that they"
        " do not want to wake up. They still come in for tea and talk to staff.",
    },
    "fr": {
        "factors": ("sans-abri", "suicidaire", "surdose", "deuil", "dettes", "faim", "perte d’emploi", "mauvais amis"),
        "protective": "confiance",
        "flag": "solitude",
        "tried": "Un lit a été offert chaque nuit et deux services ont été contactés; l’attente est de six semaines.",
        "summary": "Un jeune adulte dort dehors depuis la perte d’un proche. Cette semaine, il a dit deux fois ne plus"
        " vouloir se réveiller. Il vient encore prendre un thé et parle au personnel.",
    },
}  # fmt: skip


@dataclass
class Typist:
    """Somebody at a keyboard."""

    page: Page
    chance: random.Random
    keys: int = 0
    took: dict[str, float] = field(default_factory=dict)

    def press(self, key: str) -> None:
        """One key, and the moment until the next."""
        self.page.keyboard.press(key)
        self.keys += 1
        self.page.wait_for_timeout(self.chance.randint(FASTEST, SLOWEST))

    def write(self, text: str) -> None:
        """A text, letter by letter."""
        for letter in text:
            self.page.keyboard.type(letter)
            self.keys += 1
            self.page.wait_for_timeout(self.chance.randint(FASTEST, SLOWEST))

    def tab_to(self, selector: str) -> None:
        """Tab on until something is reached."""
        for _step in range(_MOST_TABS):
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                return
            self.press("Tab")
        raise AssertionError(f"{selector} is not reached in {_MOST_TABS} steps on {urlparse(self.page.url).path}")

    def go_on(self, selector: str) -> None:
        """Press Enter on what leads to the next page, and wait for it."""
        self.tab_to(selector)
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            self.press("Enter")

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """How long a part takes."""
        began = time.perf_counter()
        yield
        self.took[name] = self.took.get(name, 0) + time.perf_counter() - began


_SAVE = ".actions button.btn"


def file(who: Typist, words: dict[str, object]) -> None:
    """A situation from the home page to its number."""
    with who.part("opening"):
        who.go_on('main a[href="/situations/new/"]')
        who.go_on(_SAVE)
    with who.part("whom"):
        who.tab_to('input[name="discussion_type"]')
        who.press("Space")
        who.tab_to('select[name="person_1_age"]')
        who.write("18")
        who.tab_to('select[name="person_1_sex"]')
        who.press("ArrowDown")
        who.go_on(_SAVE)
    with who.part("acute"):
        who.tab_to('input[name="screening"]')
        for n in range(4):
            if n:
                who.press("Tab")
            who.press("Space")
        who.tab_to('textarea[name="tried"]')
        who.write(str(words["tried"]))
        who.tab_to('input[name="likely_agencies"]')
        who.press("Space")
        who.press("Tab")
        who.press("Space")
        who.go_on(_SAVE)
    with who.part("factors"):
        _pick(who, "id_risk_factors", *words["factors"])  # type: ignore[misc]  # a tuple of words
        who.go_on(_SAVE)
    with who.part("protective"):
        _pick(who, "id_protective_factors", str(words["protective"]))
        _pick(who, "id_study_flags", str(words["flag"]))
        who.go_on(_SAVE)
    with who.part("summary"):
        who.tab_to('textarea[name="summary"]')
        who.write(str(words["summary"]))
        who.go_on(_SAVE)
    with who.part("presenting"):
        who.go_on('.actions a.btn[href$="/do/present/"]')
        who.go_on(_SAVE)


def _pick(who: Typist, picker: str, *words: str) -> None:
    who.tab_to(f"#{picker}_find")
    for word in words:
        who.write(word)
        who.press("Enter")


def run() -> Proof:
    """Four runs: two languages, two widths."""
    path = find_chromium()
    if path is None:
        return Proof("filing-keyboard", "no Chromium here", 0, SEED, ok=False)
    chance = random.Random(SEED)
    with serving() as web, launched(path) as browser:
        cast = assemble()
        runs = [_one(browser, web, cast, language, size, chance) for language in WORDS for size in (_WIDE, _NARROW)]
    whole = max(sum(r.took.values()) for r in runs)
    factors = max(r.took["factors"] for r in runs)
    return Proof(
        "filing-keyboard",
        f"{whole:.0f} s a situation, {factors:.0f} s eight factors, the worst of {len(runs)} runs"
        f" (targets {WHOLE:.0f}, {FACTORS:.0f})",
        sum(r.keys for r in runs),
        SEED,
        whole < WHOLE and factors < FACTORS,
        f"Keyboard only, {FASTEST} to {SLOWEST} ms a key, English and French, 1440 and 390 pixels wide; N is keys.",
    )


def _one(browser: Browser, web: Served, cast: Cast, language: str, size: ViewportSize, chance: random.Random) -> Typist:
    context = browser.new_context(viewport=size, locale=f"{language}-CA")
    try:
        _sign_in(context, web, cast, language)
        page = context.new_page()
        page.set_default_timeout(120_000)
        page.goto(web.url, wait_until="domcontentloaded")
        who = Typist(page, chance)
        file(who, dict(WORDS[language]))
        _check(cast)
    finally:
        context.close()
    parts = ", ".join(f"{name} {seconds:.1f}" for name, seconds in who.took.items())
    print(f"{language} {size['width']}: {sum(who.took.values()):.1f} s, {who.keys} keys; {parts}", flush=True)
    return who


def _sign_in(context: BrowserContext, web: Served, cast: Cast, language: str) -> None:
    client = Client()
    enter(client, cast.shelter_rep)
    kept = {name: morsel.value for name, morsel in client.cookies.items() if morsel.value}
    cookies = kept | {settings.LANGUAGE_COOKIE_NAME: language}
    context.add_cookies([{"name": n, "value": v, "url": web.url} for n, v in cookies.items()])


def _check(cast: Cast) -> None:
    """The newest situation was presented as it was meant."""
    with acting_as(cast.shelter_rep):
        made = Situation.objects.order_by("-opened_at").first()
        assert made is not None
        assert made.number
        facts = made.facts.filter(entry__code_list=CodeList.RISK_FACTOR)
        assert facts.count() == len(WORDS["en"]["factors"])
