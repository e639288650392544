"""How does a line become a coded record? Every rule of the record, said beside the column it concerns.

Rejected rows hold N/A in the six groups, and what says N/A was not accepted (reports.md, R12). The database refuses
anything else too; here each rule gets a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from agencies.models import Table
from reports.importing.codes import Lists
from reports.importing.days import NotADayError, day
from reports.importing.entries import NotInListError, is_nothing
from reports.importing.layout import IGNORED, columns
from reports.importing.problems import Problem
from reports.importing.reading import Cell
from reports.importing.tally import Tally
from reports.models import SIX_GROUPS
from reports.quarters import Quarter
from reports.vocabulary import ENDED, Status

_HEADERS = {c.key: c.header_en for c in columns()}
#: Endings that leave the threshold undecided unless the six groups say that it was met.
_EITHER_SIDE = {"stopped": Status.STOPPED, "withdrawn": Status.WITHDRAWN, "transferred": Status.TRANSFERRED}
_FIRST_YEAR = 2010  # the first table began in 2011
_MOST_DIGITS = 9
_LISTS = {"discussion_type": "discussion_type", "originating_sector": "sector", "lead_sector": "sector"}
_GROUPS = {
    "assisting_sectors": "sector",
    "risk_factors": "risk_factor",
    "study_flags": "study_flag",
    "protective_factors": "protective_factor",
}


@dataclass
class RowReader:
    """Reads the lines of one file for one table."""

    table: Table
    lists: Lists
    today: date
    placed: Mapping[int, str]
    #: How many headers there are, ignored ones included.
    width: int
    #: What the table said of its dates (days.SAYABLE).
    days: Mapping[str, str] = field(default_factory=dict)
    #: The words that no list holds, for whoever says what they mean.
    tally: Tally = field(default_factory=Tally)
    #: The ids, and the digests of the numbers: these may be of any length, and are only compared.
    _seen: set[bytes] = field(default_factory=set, repr=False)

    def read(self, number: int, cells: list[Cell]) -> tuple[dict[str, Any], list[Problem]]:
        """The record of a line as columns of CodedRecord, or what is wrong with it."""
        line = _Line(number, {key: cells[at] if at < len(cells) else "" for at, key in self.placed.items()}, self)
        if any(cells[self.width :]):
            line.wrong("", _("There are more cells than headers."))
        record = self._record(line)
        return record, line.problems

    def _record(self, line: _Line) -> dict[str, Any]:
        self._same_table(line)
        record: dict[str, Any] = {
            "statistics_id": self._identity(line),
            **{key: line.said(key, self.lists[name].code) or "" for key, name in _LISTS.items()},
            "deferrals": line.number("deferrals", most=50) or 0,
        }
        opened = line.day("opened", needed=True)
        decided, closed = line.day("decided"), line.day("closed")
        for key in ("discussion_type", "originating_sector"):
            if not record[key]:
                line.missing(key)
        group, reason = self._conclusion(line)
        groups = self._groups(line)
        status = self._status(line, group, closed, groups)
        accepted = status is not None and _is_accepted(status, groups)
        if status is not None:
            self._rules(line, status, accepted, groups, record["lead_sector"])
        ended = status in ENDED
        closed = (closed or (decided or opened if status == Status.REJECTED else None)) if ended else closed
        self._days(line, opened, decided, closed, ended)
        record |= {
            "status": status,
            "accepted": accepted,
            "opened_on": opened,
            "quarter": Quarter.of(opened).code if opened else "",
            "decided_on": (decided or opened) if accepted or status == Status.REJECTED else None,
            "closed_on": closed if ended else None,
            "days_open": (closed - opened).days if ended and closed and opened else None,
            "conclusion_group": group if ended else "",
            "conclusion_reason": reason if ended else "",
            "hours_to_first_contact": line.number("hours_to_first_contact", most=20_000) if accepted else None,
            "lead_sector": record["lead_sector"] if accepted else "",
            **{key: (groups[key] or []) if accepted else None for key in SIX_GROUPS},
        }
        return record

    def _same_table(self, line: _Line) -> None:
        code = line.text("table")
        if code and code.casefold() not in {
            t.casefold() for t in (self.table.code, self.table.name_en, self.table.name_fr)
        }:
            line.wrong("table", _("is another table than the one asked for"))

    def _identity(self, line: _Line) -> UUID:
        found, number = line.said("statistics_id", _uuid), line.text("number").casefold()
        if found:  # as it is meant: it can be written in several ways
            self._require_new(line, "statistics_id", found.bytes)
        if not is_nothing(number):
            self._require_new(line, "number", sha256(number.encode()).digest())
        return found or uuid4()

    def _require_new(self, line: _Line, key: str, what: bytes) -> None:
        if what in self._seen:
            line.wrong(key, _("stands in the file twice"))
        self._seen.add(what)

    def _conclusion(self, line: _Line) -> tuple[str, str]:
        """Group and reason; a reason that stands in one group only needs no group beside it."""
        group = line.said("conclusion_group", self.lists["conclusion_group"].code) or ""
        said = line.text("conclusion_reason")
        if is_nothing(said):
            return group, ""
        if group in _EITHER_SIDE:
            return group, said if said in _ENDED_BY else group
        try:
            found = self.lists["conclusion_reason"].code(f"{group}/{said}" if group else said)
        except NotInListError:
            found = line.said("conclusion_reason", self.lists["conclusion_reason"].code) or ""
        in_group, _mark, reason = ("" if found == IGNORED else found).partition("/")
        if group and in_group and in_group != group:
            line.wrong("conclusion_reason", _("does not belong to the conclusion group beside it"))
        return group or in_group, reason

    def _groups(self, line: _Line) -> dict[str, list[Any] | None]:
        """The six groups; None where the cell says N/A or nothing."""
        found: dict[str, list[Any] | None] = {
            key: line.said(key, self.lists[name].each if name == "sector" else self.lists[name].codes)
            for key, name in _GROUPS.items()
        }
        found["persons"] = line.said("persons", self.lists.persons)
        found["services"] = line.said("services", self.lists.services)
        age, sex = line.text("age_group"), line.text("sex")
        if found["persons"] is None and not (is_nothing(age) and is_nothing(sex)):
            found["persons"] = [
                {
                    "age_group": line.said("age_group", self.lists["age_group"].code) or "unknown",
                    "sex": line.said("sex", self.lists["sex"].code) or "unknown",
                }
            ]
        return found

    def _status(
        self, line: _Line, group: str, closed: date | None, groups: Mapping[str, list[Any] | None]
    ) -> Status | None:
        """What the line says of itself, else what its conclusion says."""
        said = line.said("status", self.lists["status"].code)
        if line.text("status") and said is None and not is_nothing(line.text("status")):
            return None
        if group == "rejected":
            told = Status.REJECTED
        elif group in _EITHER_SIDE:
            told = _EITHER_SIDE[group]
        elif group:
            told = Status.CONCLUDED
        else:
            told = Status.ACCEPTED if any(groups.values()) else Status.PRESENTED
        if said is None:
            if not group and closed is not None and is_nothing(line.text("conclusion_reason")):
                line.missing("conclusion_group")
            return told
        if group and Status(said) != told and Status(said) != Status.CONCLUDED:
            line.wrong("status", _("does not go with the conclusion"))
        if Status(said) == Status.CONCLUDED and not group:
            line.missing("conclusion_group")
        return told if group else Status(said)

    def _rules(
        self,
        line: _Line,
        status: Status,
        accepted: bool,
        groups: Mapping[str, list[Any] | None],
        lead: str,
    ) -> None:
        if status == Status.RETURNED:
            line.wrong("status", _("a filing returned to its agency is not counted; leave the line out"))
        if not accepted:
            for key, value in groups.items():
                if value:
                    line.wrong(key, _("must be N/A: the threshold was not met"))
            if lead:
                line.wrong("lead_sector", _("must be N/A: the threshold was not met"))
        elif not groups["risk_factors"]:
            line.wrong("risk_factors", _("at least one is needed when the threshold was met"))

    def _days(
        self,
        line: _Line,
        opened: date | None,
        decided: date | None,
        closed: date | None,
        ended: bool,
    ) -> None:
        if ended and closed is None:
            line.missing("closed")
        if not ended and closed is not None and not line.problems:
            line.wrong("closed", _("is filled, but the discussion has not ended"))
        for key, value in {"opened": opened, "decided": decided, "closed": closed}.items():
            if value is not None and value > self.today:
                line.wrong(key, _("lies in the future"))
            elif value is not None and value.year < _FIRST_YEAR:
                line.wrong(key, _("lies before there were tables"))
            elif value is not None and opened is not None and value < opened <= self.today:
                line.wrong(key, _("lies before the day it was opened"))
        if opened and line.text("quarter") and line.text("quarter").replace(" ", "").upper() != Quarter.of(opened).code:
            line.wrong("quarter", _("is not the quarter of the day it was opened"))


_ENDED_BY = frozenset({"duplicate", "risk-already-being-mitigated", "withdrawn", "transferred"})


def _is_accepted(status: Status, groups: Mapping[str, list[Any] | None]) -> bool:
    if status in (Status.ACCEPTED, Status.CONCLUDED):
        return True
    return status in (Status.STOPPED, Status.TRANSFERRED) and any(groups.values())


def _uuid(said: str) -> UUID:
    try:
        return UUID(said)
    except ValueError as error:
        raise NotInListError(_("is no statistics id")) from error


class _Line:
    """The cells of one line by column, and what is wrong with them."""

    def __init__(self, number: int, cells: dict[str, Cell], reader: RowReader) -> None:
        self.at, self.cells, self.problems, self._reader = number, cells, list[Problem](), reader

    def text(self, key: str) -> str:
        cell = self.cells.get(key, "")
        return cell.isoformat() if isinstance(cell, date) else cell

    def wrong(self, key: str, what: str) -> None:
        self.problems.append(Problem(self.at, _HEADERS.get(key, key), what))

    def missing(self, key: str) -> None:
        if not any(p.column == _HEADERS[key] for p in self.problems):
            self.wrong(key, _("is missing"))

    def said(self, key: str, means: Callable[[str], Any]) -> Any:
        """What a cell means; None where it says nothing, is to be left empty, or cannot be read (then it is noted)."""
        text = self.text(key)
        if is_nothing(text):
            return None
        try:
            found = means(text)
        except NotInListError as problem:
            self._reader.tally.note(problem.unmatched, key, self.at)
            self.wrong(key, str(problem))
            return None
        if found == IGNORED:
            self.cells[key] = ""  # as if it had been empty, for every rule to come
            return None
        return found

    def day(self, key: str, *, needed: bool = False) -> date | None:
        """The day of a cell, as `said`."""
        cell = self.cells.get(key, "")
        if not isinstance(cell, date) and is_nothing(cell):
            if needed:
                self.missing(key)
            return None
        try:
            return day(cell, self._reader.days)
        except NotADayError as problem:
            self._reader.tally.ask(problem.asks)
            self.wrong(key, str(problem))
            return None

    def number(self, key: str, *, most: int) -> int | None:
        text = self.text(key)
        if is_nothing(text):
            return None
        # Looked at by its length first: Python refuses to count thousands of digits.
        if not text.isascii() or not text.isdigit() or len(text) > _MOST_DIGITS or int(text) > most:
            self.wrong(key, _("must be a whole number up to %(most)s") % {"most": most})
            return None
        return int(text)
