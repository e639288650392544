"""Which pages does the product have, who sees each, and how does one get there? The list the page proofs go through.

It is derived, not kept: everybody of the cast follows every link from the first page (and every link that was mailed),
at every stage a situation can be in, and opens every act that is theirs there. What was reached is held against the
URL policy and the lifecycle: an address or an act that shows no page to anybody has a reason in tour_reasons.py, or the
tour is not complete and the proof fails.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.utils import timezone

from agencies.signin import factor
from bench import reading
from bench.tour_reasons import NO_ACT_PAGE, NO_PAGE, NO_PAGE_PREFIX
from situation_table.url_policy import URL_POLICY
from situations.acts import ACTS
from tests.builders import Walk
from tests.cast import Cast
from tests.entry import enter

LANGUAGES = ("en", "fr")
#: Seconds after which somebody signs in again; well under what a step-up lasts.
_STAYS_SURE = 240
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

    @property
    def status(self) -> int:
        """What the address answers with: pages of refusals are called by their number."""
        return int(self.name) if self.name.isdigit() else 200


@dataclass
class Tour:
    """The cast's world and the browsers of its people."""

    cast: Cast
    walks: dict[str, Walk] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    #: When each of them signed in last.
    entered: dict[str, float] = field(default_factory=dict)
    #: Pages that show an element which no page before of that name shows: looked at, and read.
    visits: list[Visit] = field(default_factory=list)
    #: Pages that only say something no page said before: read.
    readings: list[Visit] = field(default_factory=list)
    #: Each of them as it was in English.
    english: dict[Visit, str] = field(default_factory=dict)
    #: The elements seen under each name, and everything that was read.
    shapes: dict[str, set[str]] = field(default_factory=dict)
    sentences: set[str] = field(default_factory=set)
    #: Meetings by what they are: their pages are several kinds.
    meetings: dict[str, str] = field(default_factory=dict)
    #: Acts whose page somebody opened.
    acts: set[str] = field(default_factory=set)

    def client(self, who: str) -> Client:
        """Somebody's browser; '' is nobody's. Signed in anew before its session locks or is asked again."""
        client = self.clients.setdefault(who, Client())
        if who in self.cast.people and time.monotonic() - self.entered.get(who, -_STAYS_SURE) >= _STAYS_SURE:
            now, member = timezone.now(), self.cast.people[who]
            has_factor = factor.of(member) is not None
            enter(client, member, seen_at=now, confirmed_at=now, second_factor=has_factor)
            self.entered[who] = time.monotonic()
        return client

    def read(self, who: str, path: str, language: str = "en", **headers: str) -> Any:
        """A page as one person reads it in a language."""
        client = self.client(who)
        client.cookies["django_language"] = language
        return client.get(path, headers={"accept-language": language, **headers})

    def french(self, visit: Visit) -> str:
        """The page of a visit in French."""
        if visit.body:
            return visit.html("fr")
        answer = self.read(visit.who, visit.path, "fr")
        if answer.status_code != visit.status:
            raise RuntimeError(f"{visit.name} by {visit.who or 'nobody'} answers {answer.status_code} by now")
        return str(answer.content.decode())

    def is_new(self, name: str, page: str) -> str:
        """What an English page shows that none before did: "shape" (of that name), "words" (of any), or nothing."""
        shape, said = reading.shape(page), reading.sentences(page)
        known = self.shapes.setdefault(name.partition(" of a ")[0], set())
        found = "shape" if not shape <= known else "words" if not said <= self.sentences else ""
        known |= shape
        self.sentences |= said
        return found

    def keep(self, visit: Visit, page: str) -> None:
        """Keep a visit for what is new on its English page, if anything is."""
        new = self.is_new(visit.name, page)
        if new:
            self.english[visit] = page
            (self.visits if new == "shape" else self.readings).append(visit)

    def missing(self) -> list[str]:
        """The addresses and acts that were neither visited nor have a reason."""
        seen = {v.name for v in self.visits}
        addresses = [n for n in URL_POLICY if n not in seen and n not in NO_PAGE and not _prefixed(n)]
        acts = [f"act {a}" for a in ACTS if a not in self.acts and a not in NO_ACT_PAGE]
        return sorted(addresses) + acts

    def needless(self) -> list[str]:
        """Reasons for addresses and acts that are there no more, or that show a page after all."""
        seen = {v.name for v in self.visits}
        addresses = [n for n in NO_PAGE if n not in URL_POLICY or n in seen]
        return sorted(addresses) + [f"act {a}" for a in NO_ACT_PAGE if a not in ACTS or a in self.acts]


def _prefixed(name: str) -> bool:
    return any(name.startswith(prefix) for prefix in NO_PAGE_PREFIX)


def whole() -> Tour:
    """Everything, from an installation in which nobody is to one in which everything has happened."""
    from bench import tour_acts, tour_begun, tour_links, tour_states, tour_world
    from tests.cast import assemble

    begun = tour_begun.nobody_yet()
    tour = Tour(assemble())
    begun += tour_begun.nothing_yet(tour)
    tour_world.build(tour)
    tour_links.follow_all(tour)
    tour_acts.open_all(tour)
    for visit in [*begun, *tour_states.states(tour)]:
        tour.keep(visit, visit.html("en"))
    for visit in tour_states.answers(tour):
        tour.keep(visit, visit.html("en"))
    return tour
