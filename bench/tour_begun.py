"""Which pages are there only in the beginning? Those of an installation without people, and of a table with nothing.

They are made in transactions that are taken back, so each is kept as it was answered.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from agencies import first_run
from agencies.models import Member, Sector
from bench.tour import LANGUAGES, Tour, Visit
from bench.tour_links import reached
from tests.cast import PASSWORD, Cast
from tests.leaks.matrix import undone

#: Whose first pages differ while nothing is there.
_FIRST = ("facilitator", "shelter_rep", "shelter_lead", "recorder", "manager", "privacy_officer", "administrator")


def nobody_yet() -> list[Visit]:
    """The first run: the way there, a wrong code, and what its first administrator is led to. Before the cast sits."""
    where = reverse("first_run")
    found = [_asked("login", reverse("login"), Client()), _asked("first_run", where, Client())]
    found.append(_sent("first_run with errors", where, {**_claimed(), "code": "AAAA-AAAA-AAAA-AAAA"}))
    found.append(_rendered("first_run without code lists", where, "belonging/first_run.html", {"sectors": False}))
    with undone():
        Client().post(where, _claimed())
        administrator = Member.objects.get()
        alone = Tour(_Alone(administrator))
        found += _bodies(alone, "administrator", [reverse("setting_up"), "/"], "of a first run")
    return [Visit(v.name, "", v.path, v.body) for v in found]


def nothing_yet(tour: Tour) -> list[Visit]:
    """What everybody reads at a table at which nothing has happened yet."""
    found: list[Visit] = []
    for who in _FIRST:
        found += _bodies(tour, who, ["/", reverse("situations"), reverse("meetings")], "of a new table")
    tour.shapes.clear()
    tour.sentences.clear()
    return found


class _Alone(Cast):
    """A cast in which nobody is but the first administrator."""

    def __init__(self, administrator: Member) -> None:
        self.people = {"administrator": administrator}


def _bodies(tour: Tour, who: str, starts: list[str], of: str) -> Iterator[Visit]:
    """What one reaches by links, as it is answered now in both languages; each that shows or says something new."""
    for name, path, page in reached(tour, who, starts):
        if not name.isdigit() and tour.is_new(name, page):
            french = tour.read(who, path, "fr").content.decode()
            yield Visit(f"{name} {of}", who, path, (("en", page), ("fr", french)))


def _claimed() -> dict[str, str | list[str]]:
    return {
        "code": first_run.code(), "name": "F. Irst", "email": "first@example.net", "password": PASSWORD,
        "language": "en", "agency_en": "Town", "agency_fr": "Ville",
        "sector": str(Sector.objects.get(code="municipal", retired_on=None).pk), "statutes": ["mfippa"],
        "table_code": "NEW", "table_en": "New", "table_fr": "Neuve", "region_en": "R", "region_fr": "R", "quorum": "2",
    }  # fmt: skip


def _asked(name: str, path: str, client: Client) -> Visit:
    body = [(la, client.get(path, headers={"accept-language": la}).content.decode()) for la in LANGUAGES]
    return Visit(name, "", path, tuple(body))


def _rendered(name: str, path: str, template: str, context: dict[str, object]) -> Visit:
    """A state in which the databases of a proof never are: its template, as the view would fill it."""
    request, body = RequestFactory().get(path), []
    request.user = AnonymousUser()
    for la in LANGUAGES:
        with translation.override(la):
            body.append((la, render_to_string(template, context, request)))
    return Visit(name, "", path, tuple(body))


def _sent(name: str, path: str, data: dict[str, str | list[str]]) -> Visit:
    body = []
    for la in LANGUAGES:
        with undone():
            body.append((la, Client().post(path, data, headers={"accept-language": la}).content.decode()))
    return Visit(name, "", path, tuple(body))
