"""How does a table's past get in, and out again? One file, one transaction; all of it or nothing.

Lines are read, checked and written as they come, a thousand at a time: memory does not grow with the file. The first
problem stops the writing, not the reading, so that one run names everything to mend; then nothing is kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any
from uuid import UUID, uuid4

from django.db import IntegrityError, connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from agencies.models import Member, Standing, Table
from agencies.vocabulary import Role
from privacy.context import in_role
from privacy.decision import Denied, hide
from reports.importing.codes import read_lists
from reports.importing.days import DAYS
from reports.importing.layout import headers, placed
from reports.importing.meanings import Suggestions, answers_it
from reports.importing.problems import Problem, UnreadableFileError
from reports.importing.reading import Line, lines, opened
from reports.importing.rows import RowReader
from reports.importing.tally import Unmatched
from reports.importing.words import Used, is_marked, words_of
from reports.importing.writing import write, write_versions
from reports.models import BatchWords, ImportBatch
from reports.quarters import day_at
from risk.models import CatalogueEntry

#: Problems named one by one; the rest are counted.
MOST_NAMED = 200
#: Lines with problems after which a file is not read on: it is none of discussions, or always the same is wrong.
MOST_REFUSED = 20_000
#: Words asked for at once; the rest when these are answered.
MOST_ASKED = 100
_AT_ONCE = 1000


class _KeepNothing(Exception):
    """Rolls the transaction back."""


def _keep_if(wanted: bool) -> None:
    if not wanted:
        raise _KeepNothing


@dataclass
class Outcome:
    """What happened to a file."""

    read: int = 0
    #: Lines with a problem.
    refused: int = 0
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0
    accepted: int = 0
    first_day: date | None = None
    last_day: date | None = None
    batch: UUID | None = None
    #: Words that no list holds, those that stand in the file most often first, and how many more there are.
    unmatched: list[Unmatched] = field(default_factory=list, repr=False)
    unmatched_more: int = 0
    #: What the table's own words and the answers meant in this file.
    used: Used = field(default_factory=dict, repr=False)
    #: The same for words that the name guard marks: nothing keeps them.
    used_once: Used = field(default_factory=dict, repr=False)
    #: (List, word as compared) -> as first written in the file.
    spelled: dict[tuple[str, str], str] = field(default_factory=dict, repr=False)
    #: Key of days.SAYABLE -> cells whose day waits for it to be said.
    days: dict[str, int] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether every line can be imported."""
        return not self.problem_count and self.read > 0

    def note(self, problems: list[Problem]) -> None:
        """Count the problems of one line, and name them while there are few."""
        self.problem_count += len(problems)
        self.problems += problems[: max(0, MOST_NAMED - len(self.problems))]

    def stop(self, why: str) -> None:
        """Say before all problems that there may be more."""
        self.problem_count += 1
        self.problems.insert(0, Problem(0, "", why))


def import_file(
    source: Path | IO[bytes],
    *,
    table: Table,
    by: Member | None,
    dry_run: bool = False,
    words: Iterable[tuple[str, str, str]] = (),
    answers: Mapping[tuple[str, str], str] = MappingProxyType({}),
    progress: Callable[[int], None] = lambda _n: None,
) -> Outcome:
    """Import a file into a table's coded records, or say what hinders it.

    `source` is a path, or an uploaded file that stays in memory. `by` is the recorder; None is the operator at the
    command line. `words`, (list, said, means), go before the table's own; `answers` are what the recorder said of
    words of this file that no list holds, (list, place) -> code. What is no code of its list is passed over. Raises
    Denied (hidden) for anybody else and UnreadableFileError for a file that is none. With `dry_run`, or with any
    problem, nothing is kept.
    """
    if by is not None:
        _require_recorder(table, by)
    outcome = Outcome()
    with opened(source) as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # any seekable binary file
        try:
            with transaction.atomic(), in_role("st_worker"):
                _import(file, table, by, digest, outcome, progress, (words, answers))
                _keep_if(outcome.ok and not dry_run)
        except _KeepNothing:
            outcome.batch = None
        except IntegrityError:
            _say_clash(outcome, table, digest)
    return outcome


def _require_recorder(table: Table, by: Member) -> None:
    if not Standing.objects.of(by).at(table.pk).in_roles(Role.RECORDER).exists():
        raise Denied(hide())


def _import(
    file: IO[bytes],
    table: Table,
    by: Member | None,
    digest: str,
    outcome: Outcome,
    progress: Callable[[int], None],
    said_now: tuple[Iterable[tuple[str, str, str]], Mapping[tuple[str, str], str]],
) -> None:
    words = [*words_of(table), *said_now[0]]
    every = lines(file)
    header = next(every, None)
    if header is None:
        raise UnreadableFileError(_("The file is empty."))
    columns, problems = placed(headers(header[1]), [(said, means) for name, said, means in words if not name])
    outcome.note(problems)
    if problems:
        return
    with _stepped_back():
        answers = {at: means for at, means in said_now[1].items() if answers_it(*at, means)}
        lists = read_lists((word for word in words if word[0]), answers, day_at(table))
        days = {said: means for name, said, means in words if name == DAYS}
        days |= {place: means for (name, place), means in answers.items() if name == DAYS}
        reader = RowReader(table, lists, day_at(table), columns, len(header[1]), days)
        newest = CatalogueEntry.objects.in_force(day_at(table)).aggregate(on=Max("valid_from"))["on"] or day_at(table)
    batch = uuid4()
    shared = {"table_id": table.pk, "batch_id": batch, "objections_counted": 0, "version": 1, "consent": "",
              "notice": "", "catalogue_on": newest, "updated_on": day_at(table)}  # fmt: skip
    for rows in _checked(every, reader, outcome, progress):
        if not outcome.problem_count:
            write([row | shared for row in rows])
    if outcome.read == 0:
        outcome.note([Problem(0, "", _("The file has a header and no lines."))])
    with _stepped_back():
        _say_words(outcome, reader)
    # The batch row comes last, since it holds the sums: foreign keys are checked at the commit.
    if outcome.ok and outcome.first_day and outcome.last_day:
        ImportBatch.objects.create(
            pk=batch, table=table, digest=digest, rows=outcome.read, first_day=outcome.first_day,
            last_day=outcome.last_day, imported_by=by,
        )  # fmt: skip
        if outcome.used:
            BatchWords.objects.create(batch_id=batch, table=table, words=outcome.used)
        write_versions(batch)
        outcome.batch = batch


def _checked(
    every: Iterator[Line], reader: RowReader, outcome: Outcome, progress: Callable[[int], None]
) -> Iterator[list[dict[str, Any]]]:
    """The records of the lines, a thousand at a time, with everything wrong noted."""
    while chunk := list(islice(every, _AT_ONCE)):
        good = []
        for number, cells in chunk:
            outcome.read += 1
            row, problems = reader.read(number, cells)
            if problems:
                outcome.refused += 1
                outcome.note(problems)
                continue
            good.append(row)
            outcome.accepted += row["accepted"]
            opened = row["opened_on"]
            outcome.first_day = min(outcome.first_day or opened, opened)
            outcome.last_day = max(outcome.last_day or opened, opened)
        progress(outcome.read)
        chunk.clear()  # before the next thousand are read
        yield good
        if outcome.refused >= MOST_REFUSED:
            outcome.stop(_("Reading stopped after %(n)s lines with problems.") % {"n": outcome.refused})
            return


def _say_words(outcome: Outcome, reader: RowReader) -> None:
    """What the words of the file meant, and which mean nothing yet."""
    found, suggestions = reader.tally.words(), Suggestions(reader.lists)
    outcome.unmatched, outcome.unmatched_more = found[:MOST_ASKED], max(0, len(found) - MOST_ASKED)
    for one in outcome.unmatched:
        one.likely = suggestions.likely(one.said, one.list)
    for name, words in reader.lists.by.items():
        for at, code in words.used.items():
            into = outcome.used_once if is_marked(words.spelled[at]) else outcome.used
            into.setdefault(name, {})[at] = code
            outcome.spelled[name, at] = words.spelled[at]
    if reader.days:
        outcome.used[DAYS] = dict(reader.days)
    outcome.days = dict(reader.tally.days)


@contextmanager
def _stepped_back() -> Iterator[None]:
    """For a moment the app role again: the worker reads no code lists."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        yield
        cursor.execute("SET LOCAL ROLE st_worker")


def _say_clash(outcome: Outcome, table: Table, digest: str) -> None:
    """Why PostgreSQL refused: the same file, or a statistics id that is there already, at this table or at another.

    Which of both is not told: that another table keeps a record is its own affair.
    """
    outcome.batch = None
    with in_role("st_worker"):
        twice = ImportBatch.objects.filter(table=table, digest=digest, undone_at=None).exists()
    if twice:
        told = _("This file has been imported already. Undo that import first, if it is to be replaced.")
    else:
        told = _(
            "A statistics id of the file cannot be used. Nothing was imported. Look whether these discussions came in"
            " before; if not, leave the column “Statistics ID” empty, and new ids are made."
        )
    outcome.note([Problem(0, "", told)])
