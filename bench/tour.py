"""Which pages does the product have, who sees each, and how does one get there? The list the page proofs go through.

It is derived, not kept: everybody of the cast follows every link from the first page (and every link that was mailed),
at every stage a situation can be in. What was reached is held against the URL policy: an address that shows no page to
anybody has a reason in tour_reasons.py, or the tour is not complete and the proof fails.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import parse_qsl, urldefrag

from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone, translation

from agencies import paper_letters, texts
from agencies.vocabulary import Paper
from bench.tour_reasons import NO_PAGE, NO_PAGE_PREFIX
from privacy import gate
from privacy.context import acting_as
from privacy.models import Compartment
from privacy.vocabulary import Purpose
from situation_table.url_policy import URL_POLICY
from situations import meetings, planning
from situations.vocabulary import MeetingState
from tests import builders
from tests.agreements.papers import prepared, without_papers
from tests.builders import Walk
from tests.cast import PASSWORD, Cast
from tests.laws import stages
from tests.leaks.matrix import OWNER, undone
from tests.pack.test_pack import a_year, past
from tests.pages.browsing import Browser, hidden
from tests.releases.test_releases import draft, released
from tests.signin.test_codes import with_factor

#: What the error pages may be told; left out, they use their own words.
_NOTHING_SAID: dict[str, object] = {"reason": "", "kept": "", "todo": "", "typed": (), "back_url": ""}
_LINK = re.compile(r'href="(/[^"]*)"')
_FILES = re.compile(r"^/(static|api|sign-out|language)/|/(csv|xlsx|pdf|svg|json)/")
#: Whoever is asked to walk; the rest of the cast sees what one of these sees.
WALKERS = (
    "facilitator", "shelter_rep", "crisis_rep", "housing_rep", "school_rep", "crisis_lead", "shelter_lead",
    "shelter_privacy", "recorder", "manager", "privacy_officer", "administrator", "guest", "stranger",
    "lapsed_undertaking", "unaccepted", "hospital_rep", "police_rep",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Visit:
    """One page: its address name, who sees it ('' nobody signed in), where. `body`: a state that no address shows."""

    name: str
    who: str
    path: str
    body: tuple[tuple[str, str], ...] = ()

    def html(self, language: str) -> str:
        """The page of a state that is shown once, in a language; '' where the address itself is asked."""
        return dict(self.body).get(language, "")


@dataclass
class Tour:
    """The cast's world and the browsers of its people."""

    cast: Cast
    walks: dict[str, Walk]
    clients: dict[str, Client] = field(default_factory=dict)
    visits: list[Visit] = field(default_factory=list)
    #: The elements each visit showed; a page with nothing new is not visited again.
    shapes: dict[Visit, set[str]] = field(default_factory=dict)
    #: Meetings by what they are: their pages are several kinds.
    meetings: dict[str, str] = field(default_factory=dict)
    #: Acts whose page somebody opened.
    acts: set[str] = field(default_factory=set)

    def client(self, who: str) -> Client:
        """Somebody's browser; '' is nobody's."""
        if who not in self.clients:
            self.clients[who] = Browser(self.cast.people[who]).client if who else Client()
        return self.clients[who]

    def read(self, who: str, path: str, language: str = "en") -> Any:
        """A page as one person reads it in a language."""
        client = self.client(who)
        client.cookies["django_language"] = language
        return client.get(path, headers={"accept-language": language})

    def missing(self) -> list[str]:
        """The addresses that were neither visited nor have a reason."""
        seen = {v.name for v in self.visits}
        return sorted(n for n in URL_POLICY if n not in seen and n not in NO_PAGE and not _prefixed(n))

    def needless(self) -> list[str]:
        """Reasons for addresses that are there no more, or that show a page after all."""
        seen = {v.name for v in self.visits}
        return sorted(n for n in NO_PAGE if n not in URL_POLICY or n in seen)


def _prefixed(name: str) -> bool:
    return any(name.startswith(prefix) for prefix in NO_PAGE_PREFIX)


def build(cast: Cast) -> Tour:
    """The world: a marked situation at every stage, papers in every state, a guest, links that were mailed."""
    stages.add_guest(cast)
    tour = Tour(cast, stages.walk_marked(cast))
    prepared(cast, signatory=cast.people["police_rep"])
    without_papers(cast, "hospital_rep", cast.nia)
    prepared(cast, email="signatory@example.net", agency="hospital")
    meeting = builders.sitting_meeting(cast)
    tour.meetings = _meetings(cast)
    tour.client("facilitator").post(
        reverse("meeting_guests", args=[meeting.pk]),
        {"what": "guest", "guest-name": "V. Isitor", "guest-email": "v@example.net", "guest-agency": "",
         "guest-language": "en"},
    )  # fmt: skip
    tour.client("shelter_lead").post(
        reverse("person_add"),
        {"name": "N. Ewcomer", "email": "newcomer@example.net", "phone": "", "language": "en", "table": cast.nia.pk,
         "agency": cast.agencies["shelter"].pk, "role": "representative", "starts_on": str(timezone.localdate()),
         "ends_on": ""},
    )  # fmt: skip
    texts.save_draft(
        table=cast.nia, kind=Paper.AGREEMENT, body_en="Words.", body_fr="Mots.", term_days=365, reviewed="",
        by=cast.administrator,
    )  # fmt: skip
    with TemporaryDirectory() as folder:
        past(Path(folder), a_year(), cast)
    released(cast)
    draft(cast, "2024Q2")
    tour.client("recorder").post(reverse("export_prepare", args=["NIA"]), {"period": "2024Q1"})
    paper_letters.sweep()
    return tour


def _meetings(cast: Cast) -> dict[str, str]:
    """One that is to come, and one that is over, beside the one that sits."""
    now = timezone.now()
    with acting_as(cast.facilitator):
        coming = meetings.plan(table=cast.nia, starts_at=now + timedelta(days=2), by=cast.facilitator)
        over = planning.put_down(cast.nia, now - timedelta(days=5))
        over.state, over.started_at, over.ended_at = MeetingState.HELD, over.starts_at, now - timedelta(days=4)
        over.save()
    return {"to come": str(coming.pk), "over": str(over.pk)}


def walk(tour: Tour) -> Tour:
    """Follow every link as everybody; keep one visit of every kind of page, and the states that errors make."""
    starts = re.findall(r"https?://[^/\s]+(/\S+)", "\n".join(str(m.body) for m in mail.outbox))
    _follow(tour, "", ["/sign-in/", *starts, "/nowhere/"])
    for who in WALKERS:
        _follow(tour, who, ["/", *_addresses_of_walks(tour, who)])
    _follow(tour, "shelter_rep", [reverse("again")])
    _follow(tour, "shelter_lead", [reverse("hand_over", args=[tour.cast.people["shelter_rep"].pk, "NIA"])])
    tour.visits += [_revealed(tour), _second_step(tour)]
    tour.visits.append(
        _stated(tour, "recovery_codes", "crisis_colleague", reverse("recovery_codes"), {"en": {}, "fr": {}})
    )
    tour.visits += _errors(tour)
    return tour


def _addresses_of_walks(tour: Tour, who: str) -> list[str]:
    """The page of each stage's situation, linked or not: ended ones stand on later pages of a list."""
    return [reverse("situation", args=[w.id]) for w in tour.walks.values()] if who else []


def _follow(tour: Tour, who: str, waiting: list[str]) -> None:
    """From some addresses on. A page is kept when it has something that no page kept before of that name has."""
    asked: set[str] = set()
    while waiting:
        path = waiting.pop(0)
        name, kind = _kind(tour, path)
        if kind in asked or kind in tour.acts:
            continue
        asked.add(kind)
        answer = tour.read(who, path)
        if not str(answer.get("Content-Type", "")).startswith("text/html") or answer.status_code not in (200, 404):
            if answer.status_code == 302 and answer["Location"].startswith("/"):
                waiting.append(answer["Location"])
            continue
        if name == "act" and answer.status_code == 200:
            tour.acts.add(kind)
        body = answer.content.decode()
        label = name if answer.status_code == 200 else f"{answer.status_code}"
        shape = _shape(body)
        known: set[str] = set().union(*(tour.shapes[v] for v in tour.visits if v.name == label))
        if not shape <= known or (name == "home" and answer.status_code == 200):
            visit = Visit(label, who, path)
            tour.shapes[visit] = shape
            tour.visits.append(visit)
        waiting += [
            u for link in _LINK.findall(body) if (u := urldefrag(html.unescape(link)).url) and not _FILES.search(u)
        ]


#: Words of an address that make a page of another kind; other words name one of many (a code, a table, a number).
_MANY_KINDS = {"act", "section", "what", "kind", "verb"}


def _kind(tour: Tour, path: str) -> tuple[str, str]:
    """The address name of a path, and what makes it one kind of page: whose stage it is about, what is asked for."""
    where, _mark, query = path.partition("?")
    try:
        found = resolve(where)
    except Resolver404:
        return "404", path
    asked = [str(v) for k, v in found.kwargs.items() if k in _MANY_KINDS]
    asked += [f"{k}={v}" if k == "show" else k for k, v in parse_qsl(query)]
    # An act's page is one kind, whatever it is about: its state is in its shape.
    stage = "" if "act" in found.kwargs else next((s for s, w in tour.walks.items() if str(w.id) in where), "")
    sort = next((s for s, ref in tour.meetings.items() if ref in where), "")
    return found.view_name, " ".join([found.view_name, "do" if "act" in found.kwargs else stage, sort, *asked])


class _Shape(HTMLParser):
    """The elements of a page with their classes and roles: what axe and a reader's eye meet."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = sorted(f"{k}={v}" for k, v in attrs if k in ("class", "role", "type"))
        self.found.add(" ".join([tag, *kept]))


def _shape(body: str) -> set[str]:
    parser = _Shape()
    parser.feed(body)
    return parser.found


def _revealed(tour: Tour) -> Visit:
    """Identity, shown by a receipt: read once in each language."""
    body = []
    for language in ("en", "fr"):
        with acting_as(tour.cast.people[OWNER]):
            compartment = Compartment.objects.get(access_id=tour.walks["disclosed"].id, kind="subject")
            receipt = gate.authorise(compartment, purpose=Purpose.RECOGNISE)
        path = reverse("revealed", args=[receipt])
        answer = tour.read(OWNER, path, language)
        if answer.status_code != 200:
            raise RuntimeError("the revealed page does not open")
        body.append((language, answer.content.decode()))
    return Visit("revealed", OWNER, path, tuple(body))


def _second_step(tour: Tour) -> Visit:
    """The page that asks for the code, between the right password and the first page."""
    member = tour.cast.people["crisis_colleague"]
    with_factor(member)
    client = tour.clients["between"] = Client()
    client.post(reverse("login"), {"username": member.email, "password": PASSWORD})
    body = tuple((la, tour.read("between", reverse("sign_in_code"), la).content.decode()) for la in ("en", "fr"))
    return Visit("sign_in_code", "", reverse("sign_in_code"), body)


def _errors(tour: Tour) -> Iterator[Visit]:
    """The pages of refusals, of breakdowns, and of forms sent with nothing in them."""
    closed = reverse("act", args=[tour.walks["concluded"].id, "confirm_lead"])
    yield _stated(tour, "403", "crisis_rep", closed, {language: {"key": "a" * 32} for language in ("en", "fr")})
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    for template in ("400", "403", "409", "500", "503"):
        body = []
        for language in ("en", "fr"):
            with translation.override(language):
                body.append((language, render_to_string(f"{template}.html", _NOTHING_SAID, request)))
        yield Visit(template, "", f"/{template}/", tuple(body))
    for visit in [v for v in tour.visits if not v.body]:
        answer = tour.read(visit.who, visit.path)
        main = answer.content.decode().split("<main", 1)[-1]
        if '<form method="post"' not in main or visit.name in ("404", "403"):
            continue
        asked = {la: hidden(tour.read(visit.who, visit.path, la)) for la in ("en", "fr")}
        failed = _stated(tour, f"{visit.name} with errors", visit.who, visit.path, asked)
        if failed.body and all("govuk-error-summary" in page for _language, page in failed.body):
            yield failed


def _stated(tour: Tour, name: str, who: str, path: str, data: dict[str, dict[str, str]]) -> Visit:
    """What an address answers to a form of each language, in that language; whatever it did is undone."""
    body = []
    for language in ("en", "fr"):
        client = tour.client(who)
        client.cookies["django_language"] = language
        with undone():
            answer = client.post(path, data[language], headers={"accept-language": language})
        if str(answer.get("Content-Type", "")).startswith("text/html") and answer.content:
            body.append((language, answer.content.decode()))
    return Visit(name, who, path, tuple(body))
