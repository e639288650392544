"""Is every address classified?"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from situation_table.url_policy import URL_POLICY

#: A value that each kind of path part accepts.
_STAND_INS = {"int": "1", "uuid": "00000000-0000-4000-8000-000000000000", "slug": "x", "str": "x", "path": "x"}
_PART = re.compile(r"<(?:(?P<kind>\w+):)?\w+>")


def _addresses(resolver: URLResolver, namespaces: tuple[str, ...] = (), prefix: str = "/") -> Iterator[tuple[str, str]]:
    """(name with namespaces, an address that leads there) of every pattern."""
    for entry in resolver.url_patterns:
        address = prefix + _PART.sub(lambda part: _STAND_INS[part["kind"] or "str"], str(entry.pattern))
        if isinstance(entry, URLResolver):
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from _addresses(entry, inner, address)
        elif isinstance(entry, URLPattern):
            yield ":".join([*namespaces, entry.name or ""]), address


ADDRESSES = sorted(set(_addresses(get_resolver())))


def test_every_address_has_a_row_in_the_policy() -> None:
    assert [address for name, address in ADDRESSES if name not in URL_POLICY] == []


def test_no_row_of_the_policy_is_left_over() -> None:
    assert set(URL_POLICY) - {name for name, _ in ADDRESSES} == set()


def test_every_row_says_why() -> None:
    assert [name for name, rule in URL_POLICY.items() if len(rule.because) < 15] == []


@pytest.mark.django_db
def test_an_address_without_a_row_answers_404(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Client().get("/sign-in/").status_code == 200
    monkeypatch.delitem(URL_POLICY, "login")
    assert Client().get("/sign-in/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", [address for name, address in ADDRESSES if name in URL_POLICY and URL_POLICY[name].who == "member"]
)
def test_a_members_address_shows_nothing_to_a_stranger(address: str) -> None:
    answer = Client().get(address)
    assert answer.status_code in {302, 401, 403, 404, 405}
    if answer.status_code == 302:
        assert answer.headers["Location"].startswith("/sign-in/")
