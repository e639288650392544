"""Is identity ever handed out without a committed ledger row, whatever breaks on the way?

200 tries each of: rollback after reading, a savepoint, an exception while rendering, a client that disconnects, a
statement timeout, a killed backend. An identity counts as handed out when its text reached anybody outside the
transaction; each one must have a ledger row that another connection can see.
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable
from dataclasses import dataclass
from unittest import mock
from urllib.parse import urlparse
from uuid import UUID, uuid4

from django.conf import settings
from django.db import DatabaseError, connection, connections, transaction
from django.test import Client

from bench.proof import Proof
from privacy import gate
from privacy.context import acting_as
from privacy.decision import Denied
from privacy.models import Compartment
from privacy.vocabulary import Purpose
from tests import builders
from tests.builders import CANARY_NAME, Walk
from tests.cast import Cast, assemble
from tests.db.raw import as_superuser
from tests.entry import enter
from tests.processes import Served, serving

EACH = 200
SEED = 0


class Abort(Exception):
    """What broke."""


class Savepoint(Exception):
    """What broke inside a savepoint."""


@dataclass
class Stand:
    """One disclosed situation, its reader, and a web process on the same databases."""

    cast: Cast
    walk: Walk
    compartment: Compartment
    web: Served
    cookie: str
    without_row: int = 0
    handed_out: int = 0

    def count(self, text: str, receipt: UUID) -> None:
        """Count an identity that got out, and whether its row is there for others to see."""
        if CANARY_NAME not in text:
            return
        self.handed_out += 1
        with as_superuser() as cursor:
            cursor.execute("SELECT count(*) FROM ledger.entry WHERE receipt = %s AND kind = 'revealed'", [str(receipt)])
            row = cursor.fetchone()
        self.without_row += not (row and row[0])

    def receipt(self) -> UUID:
        """Ask, and commit."""
        with acting_as(self.cast.crisis_rep):
            return gate.authorise(self.compartment, purpose=Purpose.RECOGNISE)

    @staticmethod
    def read(receipt: UUID) -> str:
        """Read within the transaction that is open."""
        return " ".join(gate.reveal(receipt).texts.values())

    def try_reading(self, receipt: UUID) -> str:
        """What a reading with this receipt gives, in a transaction of its own."""
        with contextlib.suppress(Denied), acting_as(self.cast.crisis_rep):
            return self.read(receipt)
        return ""


def rollback(s: Stand) -> None:
    """The transaction is rolled back."""
    raise Abort


def savepoint(s: Stand) -> None:
    """What was done inside a savepoint is undone, the transaction goes on."""
    raise Savepoint


def timeout(s: Stand) -> None:
    """A statement timeout cuts the transaction off."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 1")
        cursor.execute("SELECT pg_sleep(1)")


def killed(s: Stand) -> None:
    """The backend is killed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    with as_superuser() as other:
        other.execute("SELECT pg_terminate_backend(%s)", [pid])
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def while_asking(s: Stand, breaks: Callable[[Stand], None]) -> None:
    """Ask and read in one transaction that breaks; then read with the receipt that never was."""
    receipt, text = uuid4(), ""
    with contextlib.suppress(Abort, DatabaseError, Denied), acting_as(s.cast.crisis_rep):
        with contextlib.suppress(Savepoint), transaction.atomic():
            receipt = gate.authorise(s.compartment, purpose=Purpose.RECOGNISE)
            with contextlib.suppress(Denied):
                text += s.read(receipt)
            breaks(s)
        with contextlib.suppress(Denied):
            text += s.read(receipt)
    connections["default"].close()
    s.count(text + s.try_reading(receipt), receipt)


def while_reading(s: Stand, breaks: Callable[[Stand], None]) -> None:
    """Ask, commit, read in a transaction that breaks: what was read was read. Then read with the same receipt."""
    receipt, text = s.receipt(), ""
    with (
        contextlib.suppress(Abort, DatabaseError, Denied),
        acting_as(s.cast.crisis_rep),
        contextlib.suppress(Savepoint),
        transaction.atomic(),
    ):
        text += s.read(receipt)
        breaks(s)
    connections["default"].close()
    s.count(text, receipt)
    s.count(s.try_reading(receipt), receipt)


def rendering(s: Stand) -> None:
    """The page that shows identity breaks while it is rendered."""
    client = Client(raise_request_exception=False)
    enter(client, s.cast.crisis_rep)
    asked = client.post(
        f"/situations/{s.walk.id}/reveal/", {"compartment": str(s.compartment.pk), "purpose": "recognise"}
    )
    receipt = UUID(asked.headers["Location"].strip("/").rsplit("/", 1)[-1])
    with mock.patch("situations.views.reveal.render", side_effect=Abort):
        answer = client.get(f"/revealed/{receipt}/")
    s.count(answer.content.decode(), receipt)
    assert answer.status_code == 500, answer.status_code


def disconnect(s: Stand) -> None:
    """The client goes away before the answer, or (half the time) after it."""
    receipt = s.receipt()
    where = urlparse(s.web.url)
    request = (
        f"GET /revealed/{receipt}/ HTTP/1.1\r\nHost: {where.netloc}\r\n"
        f"Cookie: {settings.SESSION_COOKIE_NAME}={s.cookie}\r\nConnection: close\r\n\r\n"
    )
    text = b""
    with socket.create_connection((str(where.hostname), int(where.port or 80)), timeout=20) as link:
        link.sendall(request.encode())
        while receipt.int % 2 and (part := link.recv(200_000)):
            text += part
    s.count(text.decode(errors="replace"), receipt)


#: Tried while asking and while reading, in turn.
BREAKS: tuple[Callable[[Stand], None], ...] = (rollback, savepoint, timeout, killed)
#: Tried through the pages.
PAGES: tuple[Callable[[Stand], None], ...] = (rendering, disconnect)


def run(*, each: int = EACH) -> Proof:
    """Try every way `each` times; count identities without a committed row. A good reading is the control."""
    cast = assemble()
    walk = builders.disclosed(cast)
    with acting_as(cast.crisis_rep):
        compartment = Compartment.objects.get(access_id=walk.id, kind="subject")
    client = Client()
    enter(client, cast.crisis_rep)
    with serving() as web:
        stand = Stand(cast, walk, compartment, web, client.cookies[settings.SESSION_COOKIE_NAME].value)
        assert CANARY_NAME in stand.try_reading(stand.receipt()), "the control reading failed"
        for breaks in BREAKS:
            for turn in range(each):
                (while_asking, while_reading)[turn % 2](stand, breaks)
        for way in PAGES:
            for _ in range(each):
                way(stand)
    tries = each * (len(BREAKS) + len(PAGES))
    return Proof(
        "reveal-aborts",
        f"{stand.without_row} identities without a committed ledger row ({stand.handed_out} handed out with one)",
        tries,
        SEED,
        stand.without_row == 0 and stand.handed_out > each,
        note="Ways: rollback, savepoint, exception while rendering, disconnect, statement timeout, killed backend.",
    )
