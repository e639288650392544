"""How do many people come in by a file? A dry run says what each line would do; then all of it is done, or nothing.

Columns: name, e-mail, agency, table, role, until; phone and language if wanted. Comma, semicolon or tab; UTF-8 or
Latin-1; headings in English or French. What comes out is proposals: both sides still accept every seat.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies import people, seats
from agencies.clock import today_at
from agencies.models import Agency, Member, Seat, Table
from agencies.refusal import NotPossible
from agencies.vocabulary import Role

#: Nobody sends a file that is larger by mistake only.
MOST_LINES, MOST_BYTES = 500, 200_000
#: Headings, without accents and signs, and what they mean.
_HEADINGS = {
    "name": "name", "nom": "name", "email": "email", "courriel": "email", "adressecourriel": "email",
    "agency": "agency", "organisme": "agency", "table": "table", "role": "role", "until": "until", "jusquau": "until",
    "jusqua": "until", "phone": "phone", "telephone": "phone", "language": "language", "langue": "language",
}  # fmt: skip
_NEEDED = ("name", "email", "agency", "table", "role")
_LANGUAGES = {"": "en", "en": "en", "english": "en", "fr": "fr", "french": "fr", "francais": "fr"}
_LONGEST = {"name": 120, "email": 254, "agency": 160, "table": 5, "role": 60, "until": 10, "phone": 30, "language": 10}
#: What a spreadsheet would run, and marks that turn text around.
_RUNS = ("=", "+", "-", "@")
_TURNS = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_PHONE = re.compile(r"[0-9() .,x+#-]*")


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong where: the line of the file as an editor counts it, and the column's heading."""

    line: int
    column: str
    reason: Promise | str


@dataclass(frozen=True, slots=True)
class Proposal:
    """One line of the file, understood."""

    line: int
    name: str
    email: str
    phone: str
    language: str
    agency: Agency
    table: Table
    role: Role
    until: date | None


@dataclass(slots=True)
class Reading:
    """What a file says: what would be proposed, and what is wrong with it."""

    proposals: list[Proposal] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)

    def wrong(self, line: int, column: str, reason: Promise | str) -> None:
        """Note a mistake."""
        self.mistakes.append(Mistake(line, column, reason))


def decoded(content: bytes) -> str:
    """The text of a file, in UTF-8 or else Latin-1 as spreadsheets write it. NotPossible where it is no text."""
    if len(content) > MOST_BYTES:
        raise NotPossible(_("This file is too large: at most 500 lines."), "file")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        raise NotPossible(_("This is not a text file. Save it as CSV."), "file")
    return text


def read(text: str, *, by: Member) -> Reading:
    """Understand a file without doing anything: the dry run."""
    found = Reading()
    if len(text) > MOST_BYTES:
        found.wrong(1, "", _("This file is too large: at most 500 lines."))
        return found
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        headings = [_HEADINGS.get(_folded(cell), "") for cell in next(rows, [])]
        if missing := [name for name in _NEEDED if name not in headings]:
            for name in missing:
                found.wrong(1, name, _("This column is missing."))
            return found
        if len({h for h in headings if h}) != len([h for h in headings if h]):
            found.wrong(1, "", _("A column is there twice."))
            return found
        world = _World(by)
        for cells in rows:
            if any(cell.strip() for cell in cells):
                _line(found, rows.line_num, dict(zip(headings, cells, strict=False)), len(cells) > len(headings), world)
            if rows.line_num > MOST_LINES + 1:
                found.wrong(rows.line_num, "", _("This file is too large: at most 500 lines."))
                break
    except csv.Error:
        found.wrong(rows.line_num, "", _("This line cannot be read: a quotation mark is open or out of place."))
    if not found.proposals and not found.mistakes:
        found.wrong(1, "", _("There is nobody in this file."))
    return found


def carry_out(text: str, *, by: Member) -> int:
    """Propose everything the file says, in one transaction; NotPossible where anything is wrong with it."""
    with transaction.atomic():
        found = read(text, by=by)
        if found.mistakes:
            raise NotPossible(_("Nothing was done: the file is not right yet."))
        for p in found.proposals:
            people.invite(
                name=p.name, email=p.email, phone=p.phone, language=p.language, table=p.table, agency=p.agency,
                role=p.role, starts_on=today_at(p.table), ends_on=p.until, by=by,
            )  # fmt: skip
        return len(found.proposals)


class _World:
    """What lines are compared with: names of agencies, codes of tables and words for roles, each read once."""

    def __init__(self, by: Member) -> None:
        self.by = by
        self.agencies: dict[str, list[Agency]] = {}
        for agency in Agency.objects.filter(is_active=True):
            for name in {_folded(agency.name_en), _folded(agency.name_fr)} - {""}:
                self.agencies.setdefault(name, []).append(agency)
        self.tables = {t.code.lower(): t for t in Table.objects.all()}
        self.roles = {_folded(role.value): role for role in Role if role != Role.GUEST}
        for language in ("en", "fr"):
            with translation.override(language):
                self.roles |= {_folded(str(role.label)): role for role in Role if role != Role.GUEST}
        self.seen: set[tuple[Any, ...]] = set()
        self.names: dict[str, str] = {}


def _line(found: Reading, line: int, cells: dict[str, str], too_many: bool, world: _World) -> None:
    before = len(found.mistakes)
    if too_many:
        found.wrong(line, "", _("This line has more cells than there are headings."))
    got = {name: unicodedata.normalize("NFC", cells.get(name, "")).strip() for name in _LONGEST}
    for name, value in got.items():
        if reason := _hostile(name, value):
            found.wrong(line, name, reason)
    for name in _NEEDED:
        if not got[name]:
            found.wrong(line, name, _("This cell is empty."))
    if len(found.mistakes) > before:
        return
    try:
        validate_email(got["email"])
    except ValidationError:
        found.wrong(line, "email", _("This is not an e-mail address."))
    agencies = world.agencies.get(_folded(got["agency"]), [])
    table, role = world.tables.get(got["table"].lower()), world.roles.get(_folded(got["role"]))
    language, (is_day, until) = _LANGUAGES.get(_folded(got["language"])), _day(got["until"])
    if len(agencies) != 1:
        found.wrong(line, "agency", _("No agency has exactly this name: add it first, or write it as it is listed."))
    if role is None:
        found.wrong(line, "role", _("There is no such role."))
    if language is None:
        found.wrong(line, "language", _("Write en or fr."))
    if not is_day:
        found.wrong(line, "until", _("Write the day as in 2026-12-01, or leave it empty."))
    if table is None or not seats.proposable(world.by, table, agencies[0] if agencies else Agency()):
        found.wrong(line, "table", _("You do not see to a table of this code."))
    if len(found.mistakes) > before or table is None or role is None or language is None:
        return
    proposal = Proposal(
        line, got["name"], got["email"].lower(), got["phone"], language, agencies[0], table, role, until
    )
    _against_what_is_there(found, proposal, world)


def _against_what_is_there(found: Reading, p: Proposal, world: _World) -> None:
    """What only shows beside other lines, or beside the seats that are there."""
    before = len(found.mistakes)
    if p.role not in seats.proposable(world.by, p.table, p.agency):
        found.wrong(p.line, "role", _("You cannot propose this seat."))
    if p.until is not None and p.until < today_at(p.table):
        found.wrong(p.line, "until", _("This day is over."))
    key = (p.email, p.table.pk, p.agency.pk, p.role)
    if key in world.seen:
        found.wrong(p.line, "email", _("The same seat stands on an earlier line."))
    if world.names.setdefault(p.email, p.name) != p.name:
        found.wrong(p.line, "name", _("An earlier line has another name for this address."))
    held = people.running(
        Seat.objects.filter(
            member__email__iexact=p.email, table=p.table, agency=p.agency, role=p.role, meeting__isnull=True
        )
    )
    if held.exists():
        found.wrong(p.line, "role", _("This person holds that seat already, or it waits to be accepted."))
    if Member.objects.filter(email__iexact=p.email, is_active=False).exists():
        found.wrong(p.line, "email", _("This person cannot be invited."))
    world.seen.add(key)
    if len(found.mistakes) == before:
        found.proposals.append(p)


def _hostile(column: str, value: str) -> Promise | None:
    """Why a cell is not taken whatever it means; None: it may be read."""
    if len(value) > _LONGEST[column]:
        return _("This is too long.")
    if any(unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn") for c in value) or _TURNS.search(value):
        return _("This holds signs that are no letters: a line break, or a mark that turns text around.")
    if "\ufffd" in value:
        return _("This holds a letter that could not be read: save the file as UTF-8.")
    if column == "phone":
        return None if _PHONE.fullmatch(value) else _("This is not a telephone number.")
    if value.startswith(_RUNS):
        return _("This begins with a sign that a spreadsheet would run as a formula.")
    if any(sign in value for sign in "<>"):
        return _("This holds signs that no name has.")
    return None


def _day(text: str) -> tuple[bool, date | None]:
    """Whether a cell says a day or nothing, and which day."""
    try:
        return True, date.fromisoformat(text) if text else None
    except ValueError:
        return False, None


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max((",", ";", "\t"), key=first.count)


def _folded(text: str) -> str:
    """Letters and figures only, small, without accents: how headings, names and roles are compared."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if c.isalnum())
