"""Which pages does no link lead to? What is shown once, and what is answered to something sent.

Whatever they did is taken back, so each is kept as it was answered, in both languages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from copy import deepcopy
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from agencies.signin import factor, tries
from bench.reading import filled
from bench.tour import LANGUAGES, Tour, Visit
from bench.tour_links import reached
from privacy import gate
from privacy.context import acting_as
from privacy.models import Compartment
from privacy.vocabulary import Purpose
from tests.cast import PASSWORD
from tests.leaks.matrix import OWNER, undone
from tests.signin.test_codes import code_now, with_factor

#: What the error pages may be told; left out, they use their own words.
_NOTHING_SAID: dict[str, object] = {"reason": "", "kept": "", "todo": "", "typed": (), "back_url": "", "now": ""}
_TEMPLATE = re.compile(r'<template id="([a-z-]+)"[^>]*>(.*?)</template>', re.DOTALL)
_MAIN = re.compile(r"(<main[^>]*>.*?</main>)", re.DOTALL)
_HIDDEN = re.compile(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"')
#: What somebody typed into a form that was not taken.
TYPED = "typed words that are kept"
_WHO = "shelter_rep"


def states(tour: Tour) -> Iterator[Visit]:
    """What is shown once, and what stands in place of a page."""
    yield _revealed(tour)
    yield _second_step(tour)
    yield _stated(
        tour, "recovery_codes", "crisis_colleague", reverse("recovery_codes"), {"en": {}, "fr": {}}, status=200
    )
    yield _switched_on(tour)
    home, draft = reverse("home"), reverse("draft_section", args=[tour.walks["draft"].id, "summary"])
    yield _after(tour, "locked", _WHO, [("lock", {})], home, status=403)
    yield _after(tour, "locked", _WHO, [("lock", {})], draft, {"summary": TYPED, "key": "k"}, status=403)
    yield _after(
        tour, "locked with errors", _WHO, [("lock", {})], reverse("again"), {"again-secret": "wrong"}, status=200
    )
    yield _after(tour, "again with errors", _WHO, [], reverse("again"), {"again-secret": "wrong"}, status=200)
    yield _after(tour, "not while shared", "facilitator", [("present_begin", {})], home, status=403)
    yield from _shared(tour)
    wrong = [("login", {"username": "nobody@example.org", "password": "wrong"})] * (tries.MOST["pair"] + 1)
    yield _after(tour, "login with errors", "", wrong[1:], reverse("login"), wrong[0][1], status=200)
    yield _without_token(tour)
    yield from _in_place(tour)
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    for template in ("400", "403", "409", "500", "503"):
        body = []
        for language in LANGUAGES:
            with translation.override(language):
                body.append((language, render_to_string(f"{template}.html", _NOTHING_SAID, request)))
        yield Visit(template, "", f"/{template}/", tuple(body))


def answers(tour: Tour) -> Iterator[Visit]:
    """Every form of every page: sent with nothing in it, and sent after somebody else had changed the same."""
    for visit in [v for v in [*tour.visits, *tour.readings] if not v.body and v.name not in ("404", "403")]:
        page = tour.english[visit]
        if '<form method="post"' not in page.split("<main", 1)[-1]:
            continue
        asked = {"en": _hidden(page), "fr": _hidden(tour.french(visit))}
        failed = _stated(tour, f"{visit.name} with errors", visit.who, visit.path, asked)
        if failed.body and all("govuk-error-summary" in said for _language, said in failed.body):
            yield failed
        if changed := _changed(page):
            with suppress(_OtherStatus):
                late = dict.fromkeys(LANGUAGES, changed)
                yield _stated(tour, f"{visit.name} too late", visit.who, visit.path, late, status=409)


def _hidden(page: str) -> dict[str, str]:
    return {name: value for name, value in _HIDDEN.findall(page) if name != "csrfmiddlewaretoken"}


def _changed(page: str) -> dict[str, Any]:
    """A form of the page as it stands, with another word typed, seen before somebody else changed it."""
    for form in filled(page):
        seen = [name for name in form if name.rpartition("-")[2].startswith("seen")]
        words = [name for name, values in form.items() if name not in seen and " " in " ".join(values)]
        if seen:
            return form | {name: ["0"] for name in seen} | {name: [f"{form[name][0]} 2"] for name in words[:1]}
    return {}


class _OtherStatus(Exception):
    """The address answered something else than what was looked for: another page than the visit says."""


def _revealed(tour: Tour) -> Visit:
    """Identity, shown by a receipt: read once in each language."""
    body = []
    for language in LANGUAGES:
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
    body = tuple((la, tour.read("between", reverse("sign_in_code"), la).content.decode()) for la in LANGUAGES)
    return Visit("sign_in_code", "", reverse("sign_in_code"), body)


def _switched_on(tour: Tour) -> Visit:
    """The first recovery codes, once the right code was given."""
    path, member = reverse("factor_set_up"), tour.cast.people[_WHO]

    def answer(language: str) -> Any:
        client = tour.client(_WHO)
        client.get(path)
        with acting_as(member):
            secret = factor.candidate(client.session, member)
        return client.post(path, {"code": code_now(secret)}, headers={"accept-language": language})

    return Visit("factor_set_up", _WHO, path, _both(tour, _WHO, answer, status=200))


def _shared(tour: Tour) -> Iterator[Visit]:
    """What still opens while the facilitator's screen is shared."""
    kept = deepcopy(tour.client("facilitator").cookies)
    with undone():
        tour.client("facilitator").post(reverse("present_begin"))
        found = reached(tour, "facilitator", [reverse("meetings")])
        for name, path, page in [(n, p, text) for n, p, text in found if not n.isdigit()]:
            body = (("en", page), ("fr", tour.read("facilitator", path, "fr").content.decode()))
            yield Visit(f"{name} of a shared screen", "facilitator", path, body)
    tour.client("facilitator").cookies = kept


def _without_token(tour: Tour) -> Visit:
    """A form sent from a page that is older than the sign-in."""
    path = reverse("draft_section", args=[tour.walks["draft"].id, "summary"])
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = tour.client(_WHO).cookies
    body = []
    for la in LANGUAGES:
        strict.cookies["django_language"] = la
        heads = {"accept-language": la, "sec-fetch-site": "same-origin"}
        body.append((la, strict.post(path, {"summary": TYPED}, headers=heads).content.decode()))
    return Visit("403", _WHO, path, tuple(body))


def _in_place(tour: Tour) -> Iterator[Visit]:
    """What a script puts in place of a page: the lock, and that contact with the server was lost or is over."""
    path = reverse("meeting", args=[tour.walks["disclosed"].meeting.pk])
    pages = {la: tour.read(_WHO, path, la).content.decode() for la in LANGUAGES}
    for which in ("live-off", "live-over", "idle"):
        body = []
        for la, page in pages.items():
            inner = dict(_TEMPLATE.findall(page))[which]
            still = _TEMPLATE.sub("", re.sub(r'<script[^>]*src="[^"]*/(live|idle)\.js"></script>', "", page))
            before, _main, after = _MAIN.split(still, 1)
            body.append((la, f'{before}<main id="main" tabindex="-1">{inner}</main>{after}'))
        yield Visit(which, _WHO, path, tuple(body))


def _after(
    tour: Tour, name: str, who: str, first: list[tuple[str, dict[str, str]]], path: str,
    data: dict[str, str] | None = None, *, status: int,
) -> Visit:  # fmt: skip
    """What an address answers once some forms were sent, and with which status; `data`: a form is sent to it, else it
    is asked.
    """

    def answer(language: str) -> Any:
        client = tour.client(who)
        for address, sent in first:
            client.post(reverse(address), sent)
        heads = {"accept-language": language}
        return client.get(path, headers=heads) if data is None else client.post(path, data, headers=heads)

    return Visit(name, who, path, _both(tour, who, answer, status=status))


def _stated(tour: Tour, name: str, who: str, path: str, data: dict[str, dict[str, Any]], *, status: int = 0) -> Visit:
    """What an address answers to a form of each language, in that language."""

    def answer(language: str) -> Any:
        return tour.client(who).post(path, data[language], headers={"accept-language": language})

    return Visit(name, who, path, _both(tour, who, answer, status=status))


def _both(tour: Tour, who: str, answer: Callable[[str], Any], *, status: int = 0) -> tuple[tuple[str, str], ...]:
    """A page as answered in each language; what was done is taken back, in the database and in the browser."""
    body = []
    for language in LANGUAGES:
        client = tour.client(who)
        kept = deepcopy(client.cookies)
        client.cookies["django_language"] = language
        with undone():
            found = answer(language)
        client.cookies = kept
        if status and found.status_code != status:
            raise _OtherStatus(found.status_code)
        if str(found.get("Content-Type", "")).startswith("text/html") and found.content:
            body.append((language, found.content.decode()))
    return tuple(body)
