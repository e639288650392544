"""Proof: is any page of the product hard to use with a screen reader, at a glance, on a telephone, without JavaScript?

axe-core with the rules of WCAG 2.2 AA and its best practices, in real Chromium, on every page of the tour: both
languages, wide and narrow, form errors and breakdowns too. Then each page once more with JavaScript off: what its forms
ask is there, and each has a button one can press. And nothing scrolls sideways on a telephone, or leaves the paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT

from bench import tour as tours
from bench.proof import SEED, Proof
from tests.browsers import find_chromium, launched
from tests.processes import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from bench.tour import Tour, Visit

_SIZES = ({"width": 1440, "height": 900}, {"width": 390, "height": 844})
#: A sheet of letter paper between its margins, in pixels.
_PAPER = {"width": 720, "height": 960}
_RULES: dict[str, Any] = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
}
#: Without JavaScript: a form that asks something nobody sees, or that has no button.
_FORMS_WORK = """() => [...document.querySelectorAll("main form[method=post], main form[method=get]")].flatMap(f => {
  const shown = e => e.checkVisibility({visibilityProperty: true}) || e.closest("details:not([open])") !== null;
  const button = [...f.querySelectorAll("button:not([type=button]), input[type=submit]")].some(shown);
  const lost = [...f.querySelectorAll("input:not([type=hidden]), select, textarea")].filter(e => e.name && !shown(e)
    && !(e.labels && [...e.labels].some(shown)));
  return [...(button ? [] : ["a form without a button: " + f.action]), ...lost.map(e => "hidden field " + e.name)];
})"""


def run() -> Proof:
    """Visit everything."""
    path = find_chromium()
    if path is None:
        raise RuntimeError("this proof needs a Chromium")
    tour = tours.whole()
    wrong = [f"no visit and no reason: {name}" for name in tour.missing()]
    wrong += [f"a reason that is not needed: {name}" for name in tour.needless()]
    judged, bare = 0, 0
    with serving() as served, launched(path) as browser:
        for who in dict.fromkeys(v.who for v in tour.visits):
            visits = [v for v in tour.visits if v.who == who]
            with _browsing(browser, served.url, tour, who) as page:
                for visit in visits:
                    _sign_in(page, served.url, tour, who)
                    for language in ("en", "fr"):
                        wrong += _judge(page, served.url, visit, language)
                        judged += len(_SIZES)
            with _browsing(browser, served.url, tour, who, java_script_enabled=False) as page:
                for visit in visits:
                    _sign_in(page, served.url, tour, who)
                    wrong += _without_javascript(page, served.url, visit)
                    bare += 1
            print(f"{who or 'nobody'}: {judged} page visits, {len(wrong)} violations", flush=True)
    for line in wrong:
        print(line, flush=True)
    names = len({v.name for v in tour.visits})
    return Proof(
        "axe",
        f"{len(wrong)} violations (target 0)",
        judged + bare,
        SEED,
        not wrong,
        f"{names} kinds of pages and states, {judged} page visits in two languages and two widths, {bare} without"
        " JavaScript. The list is derived from the URL policy; an address without a page has its reason in"
        " bench/tour_reasons.py.",
    )


def _judge(page: Page, url: str, visit: Visit, language: str) -> list[str]:
    """axe on one page in one language, wide and narrow."""
    found: list[str] = []
    _open(page, url, visit, language)
    page.evaluate(AXE_SCRIPT)
    for size in _SIZES:
        page.set_viewport_size(size)  # type: ignore[arg-type]  # a plain dictionary is one
        where = f"{visit.name} by {visit.who or 'nobody'}, {language}, {size['width']}"
        for v in page.evaluate("rules => axe.run(document, rules)", _RULES)["violations"]:
            targets = "; ".join(str(n["target"][0]) for n in v["nodes"][:3])
            found.append(f"{where}: {v['id']} {v['impact']}: {targets}")
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > size["width"]:
            found.append(f"{where}: scrolls sideways ({wide} px)")
        if page.evaluate("document.documentElement.lang")[:2] != language:
            found.append(f"{where}: says that it is in another language")
    page.set_viewport_size(_PAPER)  # type: ignore[arg-type]  # a plain dictionary is one
    page.emulate_media(media="print")
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > _PAPER["width"]:
        found.append(f"{visit.name} by {visit.who or 'nobody'}, {language}: wider than the paper ({wide} px)")
    page.emulate_media(media="screen")
    return found


def _without_javascript(page: Page, url: str, visit: Visit) -> list[str]:
    """One page with JavaScript off, narrow: is it all there, and can its forms be filled in and sent?"""
    where = f"{visit.name} by {visit.who or 'nobody'}, without JavaScript"
    page.set_viewport_size(_SIZES[1])  # type: ignore[arg-type]  # a plain dictionary is one
    _open(page, url, visit, "en")
    if not page.locator("main h1:visible").count():
        return [f"{where}: no heading"]
    return [f"{where}: {lost}" for lost in page.evaluate(_FORMS_WORK)]


@contextmanager
def _browsing(browser: Browser, url: str, tour: Tour, who: str, **options: Any) -> Iterator[Page]:
    """A browser of one person."""
    context = browser.new_context(**options)
    try:
        page = context.new_page()
        _sign_in(page, url, tour, who)
        yield page
    finally:
        context.close()


def _sign_in(page: Page, url: str, tour: Tour, who: str) -> None:
    """By the cookies of the person's browser in this process, which signs in again before its session locks."""
    kept = {name: morsel.value for name, morsel in tour.client(who).cookies.items() if morsel.value}
    host = str(urlsplit(url).hostname)
    page.context.add_cookies([{"name": n, "value": v, "domain": host, "path": "/"} for n, v in kept.items()])


def _open(page: Page, url: str, visit: Visit, language: str) -> None:
    """One page in one language; a state that no address shows is given as it was answered."""
    cookie = {"name": "django_language", "value": language, "domain": str(urlsplit(url).hostname), "path": "/"}
    page.context.add_cookies([cookie])  # type: ignore[list-item]  # a plain dictionary is one
    if not visit.body:
        answer = page.goto(url + visit.path, wait_until="load")
        if answer is None or answer.status != visit.status:
            raise RuntimeError(f"{visit.name} by {visit.who or 'nobody'} does not answer {visit.status} by now")
        return
    address = url + visit.path
    page.route(address, lambda route: route.fulfill(body=visit.html(language), content_type="text/html; charset=utf-8"))
    page.goto(address, wait_until="load")
    page.unroute(address)
