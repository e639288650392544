"""How does a named person get to read identity? Commit, then reveal, in two requests.

The first request calls `authorise`: PostgreSQL appends the ledger row, the request commits. The second presents the
receipt to `reveal`: PostgreSQL refuses unless that row is committed by another transaction, is fresh and unused, and
the right still holds. One transaction can therefore never both read identity and lose the record of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import ProgrammingError, connection, transaction
from django.utils.translation import gettext_lazy as _

from agencies.signin.presenting import NOT_WHILE_SHARED
from privacy import vault
from privacy.context import is_shared
from privacy.decision import Denied, deny, hide
from privacy.models import Compartment
from privacy.vault import Sealed
from privacy.vocabulary import Purpose


@dataclass(frozen=True, slots=True)
class Revealed:
    """The opened texts of one compartment: element -> text. Lives for one response only."""

    ref: UUID
    compartment: UUID
    texts: dict[str, str]


def authorise(compartment: Compartment, *, purpose: Purpose) -> UUID:
    """Record who will read which compartment, and why; returns the receipt. Denied (hidden) without the right."""
    _nobody_looks_on()
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT vault.authorise(%s, %s)", [compartment.pk, str(purpose)])
            return UUID(str(cursor.fetchone()[0]))
    except ProgrammingError:
        raise Denied(hide("no-right-to-reveal")) from None


def reveal(receipt: UUID) -> Revealed:
    """Open what a committed receipt allows. Denied when PostgreSQL refuses: same transaction, old, used, no right."""
    _nobody_looks_on()
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM vault.reveal(%s)", [receipt])
            rows = cursor.fetchall()
    except ProgrammingError:
        raise Denied(
            deny("receipt-refused", _("This reveal is no longer valid. Nothing was shown. Ask for it again."))
        ) from None
    if not rows:
        raise Denied(hide("nothing-to-reveal"))
    ref, compartment = UUID(str(rows[0][0])), UUID(str(rows[0][1]))
    sealed = [Sealed(item, version, bytes(nonce), bytes(text)) for _r, _c, item, version, nonce, text in rows]
    try:
        opened = vault.opened(ref, f"c:{compartment}", sealed)
    except vault.Destroyed:
        raise Denied(hide("destroyed")) from None
    return Revealed(ref, compartment, {item: text for item, (text, _v) in opened.items()})


def _nobody_looks_on() -> None:
    """Both requests refuse while the session's screen is shared, before anything is written (docs/adr/0043)."""
    if is_shared():
        deny("presenting", NOT_WHILE_SHARED).require()


@dataclass(frozen=True, slots=True)
class Written:
    """Who wrote a text: the agency, the version, and whether that agency still has somebody who can act."""

    agency_id: int
    version: int
    acts: bool


def written(compartment: Compartment, item: str) -> Written | None:
    """Who wrote a text of a compartment the member may open; None where it is not written or not theirs to open."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT agency_id, version, acts FROM vault.written(%s, %s)", [compartment.pk, item])
        row = cursor.fetchone()
    return Written(int(row[0]), int(row[1]), bool(row[2])) if row else None


def versions(compartment: Compartment) -> dict[str, int]:
    """The texts the member could reveal now, item -> version; empty without the right. Opens nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT item, version FROM vault.revealable(%s)", [compartment.pk])
        return {str(item): int(version) for item, version in cursor.fetchall()}
