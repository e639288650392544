"""Where does one get by following links? Everybody of the cast follows each of them, and those that were mailed."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urldefrag

from django.core import mail
from django.urls import Resolver404, resolve, reverse

from bench.tour import LANGUAGES, WALKERS, Tour, Visit
from situations.views.living import HEADER

_LINK = re.compile(r'href="(/[^"]*)"')
_FILES = re.compile(r"^/(static|api|sign-out|language)/|/(csv|xlsx|pdf|svg|json)/")
#: Words of an address that make a page of another kind; other words name one of many (a code, a table, a number).
_MANY_KINDS = {"section", "what", "kind", "verb"}


def follow_all(tour: Tour) -> None:
    """Follow every link as everybody; keep every page that shows or says something new."""
    starts = re.findall(r"https?://[^/\s]+(/\S+)", "\n".join(str(m.body) for m in mail.outbox))
    follow(tour, "", ["/sign-in/", *starts, "/nowhere/"])
    for who in WALKERS:
        # The page of each stage's situation, linked or not: ended ones stand on later pages of a list.
        follow(tour, who, ["/", *(reverse("situation", args=[w.id]) for w in tour.walks.values())])
    follow(tour, "shelter_rep", [reverse("again")])
    follow(tour, "shelter_lead", [reverse("hand_over", args=[tour.cast.people["shelter_rep"].pk, "NIA"])])


def follow(tour: Tour, who: str, starts: list[str]) -> None:
    """From some addresses on, as one person."""
    for name, path, page in reached(tour, who, starts):
        visit = Visit(name, who, path)
        tour.keep(visit, page)
        if visit in tour.visits and 'data-live="/' in page:
            _part(tour, visit)
        elif visit not in tour.visits and name == "home":
            tour.english[visit] = page
            tour.visits.append(visit)  # what a role sees first is looked at for every role


def _part(tour: Tour, visit: Visit) -> None:
    """The part of a page that its stream makes anew: asked as the page's script asks."""
    body = [(la, tour.read(visit.who, visit.path, la, **{HEADER: "1"}).content.decode()) for la in LANGUAGES]
    part = Visit(f"{visit.name}, made anew", visit.who, visit.path, tuple(body))
    tour.english[part] = part.html("en")
    tour.readings.append(part)


def reached(tour: Tour, who: str, starts: list[str]) -> Iterator[tuple[str, str, str]]:
    """Every page from some addresses on, of each kind one: its address name (or refusal), its path, its English."""
    asked: set[str] = set()
    waiting = list(starts)
    while waiting:
        path = waiting.pop(0)
        name, kind = _kind(tour, path)
        if kind in asked or name == "act":  # every act at every stage is tour_acts.py's
            continue
        asked.add(kind)
        answer = tour.read(who, path)
        if not str(answer.get("Content-Type", "")).startswith("text/html") or answer.status_code not in (200, 404):
            if answer.status_code == 302 and answer["Location"].startswith("/"):
                waiting.append(answer["Location"])
            continue
        page = answer.content.decode()
        yield name if answer.status_code == 200 else f"{answer.status_code}", path, page
        waiting += [
            u for link in _LINK.findall(page) if (u := urldefrag(html.unescape(link)).url) and not _FILES.search(u)
        ]


def _kind(tour: Tour, path: str) -> tuple[str, str]:
    """The address name of a path, and what makes it one kind of page: whose stage it is about, what is asked for."""
    where, _mark, query = path.partition("?")
    try:
        found = resolve(where)
    except Resolver404:
        return "404", path
    asked = [str(v) for k, v in found.kwargs.items() if k in _MANY_KINDS]
    asked += [f"{k}={v}" if k == "show" else k for k, v in parse_qsl(query)]
    stage = next((s for s, w in tour.walks.items() if str(w.id) in where), "")
    sort = next((s for s, ref in tour.meetings.items() if ref in where), "")
    return found.view_name, " ".join([found.view_name, stage, sort, *asked])
