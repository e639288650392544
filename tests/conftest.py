"""Which servers, databases, people and browsers may a test ask for?

Every database holds the code lists and the cast, but for two:
bare_db                 (module) a database of its own as migrated, without code lists and people
nobody_db               (class) both servers cloned, with the code lists and without people; commits are real

cast                    the people of the cast; what a test does is rolled back
shared_cast             (class) the same, for a walk that each test of the class begins with
committed_db            (class) a database of its own; commits are real; mark the class with usefixtures
committed_db_with_keys  (class) both servers cloned
as_member               act on a member's behalf: `with as_member(member): ...`
served                  (class) a real web process on that database, in a process of its own
workers                 (class) with ST_BROKER=1: two Celery worker processes on that database
chromium                (session) a real browser, or a skip that says why
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from functools import partial
from typing import TYPE_CHECKING, Protocol

import pytest

from tests import cheaper, room
from tests.browsers import Browser, find_chromium, launched
from tests.cast import Cast, recall
from tests.databases import ALIASES, bare, build_templates, cloned, installation, peopled
from tests.order import longest_first
from tests.processes import Served, serving, working

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

    from agencies.models import Member

_started = pytest.StashKey[str]()


@pytest.fixture(scope="session", autouse=True)
def sessions_of_tests_have_their_row(django_test_environment: None) -> None:
    """A session without a row is nobody's: `Client.force_login` makes one (tests/entry.py)."""
    from django.test import Client

    from tests.entry import enter

    Client.force_login = enter  # type: ignore[method-assign, assignment]  # the same call, one argument more


@pytest.fixture(scope="session", autouse=True)
def what_tells_no_test_anything_costs_little(django_test_environment: None) -> None:
    """tests/cheaper.py"""
    cheaper.render_plainly()
    cheaper.find_static_files_once()
    cheaper.collect_rarely()


@pytest.fixture(autouse=True)
def every_test_begins_in_english() -> Iterator[None]:
    """A request leaves its language active in the process that served it, and here that is the tests' own."""
    from django.utils import translation

    yield
    translation.deactivate()


class ActingAs(Protocol):
    """The type of the `as_member` fixture."""

    def __call__(self, member: Member | None) -> AbstractContextManager[None]: ...


def pytest_configure(config: pytest.Config) -> None:
    """In the controller only: start both servers and build the templates; xdist's workers inherit their names."""
    if hasattr(config, "workerinput") or config.option.collectonly or config.option.help:
        return
    began, made = time.perf_counter(), installation()
    for server in made.servers:
        config.add_cleanup(server.stop)
        room.prepare(server)
        server.start()
    servers = time.perf_counter() - began
    os.environ["ST_TEMPLATE"] = build_templates(made)
    room.take(*made.servers)
    for server in made.servers:
        config.add_cleanup(partial(room.give_back, server))
    config.stash[_started] = f"servers {servers:.2f} s, templates {time.perf_counter() - began - servers:.2f} s"


def pytest_report_header(config: pytest.Config) -> str:
    return config.stash.get(_started, "")


def _worker() -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


def _peopled() -> str:
    return peopled(os.environ["ST_TEMPLATE"])


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), cloned(f"w_{_worker()}", template=_peopled()):
        yield


@pytest.fixture(scope="class")
def committed_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database of this class's own; commits are real; nothing is flushed."""
    with django_db_blocker.unblock(), cloned(f"w_{_worker()}_c", ("default",), template=_peopled()):
        yield


@pytest.fixture(scope="class")
def committed_db_with_keys(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The same on both servers."""
    with django_db_blocker.unblock(), cloned(f"w_{_worker()}_c", template=_peopled()):
        yield


@pytest.fixture(scope="class")
def nobody_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The same with the code lists only: nobody is known."""
    with django_db_blocker.unblock(), cloned(f"w_{_worker()}_n"):
        yield


@pytest.fixture(scope="module")
def bare_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database of this module's own as it was migrated, without the code lists and the people of other ones."""
    with django_db_blocker.unblock(), cloned(f"w_{_worker()}_b", template=bare(os.environ["ST_TEMPLATE"])):
        yield


@pytest.fixture
def as_member() -> ActingAs:
    """Act on a member's behalf (None: nobody), as the middleware does for a request."""
    from privacy.context import acting_as

    return acting_as


@pytest.fixture(scope="class")
def served(committed_db_with_keys: None) -> Iterator[Served]:
    """The web process as the demo starts it, on this class's databases. Its log is kept for reading."""
    with serving() as web:
        yield web


@pytest.fixture(scope="class")
def workers(committed_db_with_keys: None) -> Iterator[None]:
    """Two worker processes and the beat when a broker is given (ST_BROKER=1, REDIS_URL); else nothing runs."""
    if not os.environ.get("REDIS_URL"):
        yield
        return
    with working(2):
        yield


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One headless browser per worker; each person gets a context of its own: `chromium.new_context()`."""
    path = find_chromium()
    if path is None:
        pytest.skip("no Chromium here: browser tests need /usr/bin/chromium, google-chrome or Playwright's own")
    with launched(path) as browser:
        yield browser


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A broker test without a broker is skipped, and says so. Workers get what takes long before what does not."""
    for item in items:
        if item.get_closest_marker("broker") and not os.environ.get("REDIS_URL"):
            item.add_marker(pytest.mark.skip(reason="no broker: set ST_BROKER=1 and REDIS_URL"))
    if "PYTEST_XDIST_WORKER" in os.environ:
        longest_first(items)


@pytest.fixture
def cast(db: None) -> Cast:
    """The whole cast; what the test does is rolled back (both servers)."""
    return recall()


@pytest.fixture(scope="class")
def shared_cast(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """The whole cast in one transaction of the class, rolled back after its last test.

    What a fixture of the class walks in it is there for each of its tests; what a test (marked `django_db`) does on top
    never happened for the next.
    """
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic("default"), transaction.atomic("keys"):
        yield recall()
        for alias in ALIASES:
            transaction.set_rollback(True, using=alias)


@pytest.fixture(scope="class")
def committed_cast(committed_db_with_keys: None, django_db_blocker: DjangoDbBlocker) -> Cast:
    """The whole cast, committed in a database of the class's own: what the two-request gate needs."""
    with django_db_blocker.unblock():
        return recall()
