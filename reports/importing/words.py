"""How does a table say what its own spreadsheets mean? Column by column, kept for the next file.

The header itself is never shown: it is read from the file again, by its place. A column may also be left unread.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO

from agencies.models import Member, Standing, Table
from agencies.vocabulary import Role
from privacy.decision import Denied, hide
from reports.importing.batches import words_of
from reports.importing.layout import IGNORED, columns, placed, plain
from reports.importing.reading import lines
from reports.models import ImportWord

_LONGEST = 120


def unknown_columns(file: IO[bytes], *, table: Table) -> list[int]:
    """The places (from 1) of the headers that nobody knows yet. UnreadableFileError for what is no file of lines."""
    headers = _headers(file)
    known, _problems = placed(headers, [(said, means) for name, said, means in words_of(table) if not name])
    left_unread = {plain(said) for name, said, means in words_of(table) if not name and means == IGNORED}
    return [
        at + 1 for at, header in enumerate(headers) if plain(header) and at not in known
        and plain(header) not in left_unread
    ]  # fmt: skip


def learn(file: IO[bytes], chosen: Mapping[int, str], *, table: Table, by: Member) -> int:
    """Keep what columns mean, by place (from 1): a key of the layout or `ignored`. How many were learned.

    Denied (hidden) for who is not the table's recorder; a place or a meaning that does not exist is passed over.
    """
    if not Standing.objects.of(by).at(table.pk).in_roles(Role.RECORDER).exists():
        raise Denied(hide())
    headers, keys = _headers(file), {IGNORED, *(c.key for c in columns())}
    learned = 0
    for place, means in chosen.items():
        said = plain(headers[place - 1])[:_LONGEST] if 0 < place <= len(headers) else ""
        if said and means in keys:
            ImportWord.objects.update_or_create(table=table, list="", said=said, defaults={"means": means})
            learned += 1
    return learned


def _headers(file: IO[bytes]) -> list[str]:
    first = next(lines(file), None)
    return [str(cell) for cell in first[1]] if first else []
