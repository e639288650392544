"""How does a table say what its own spreadsheets mean? Column by column and word by word, kept for the next file.

The header itself is never shown: it is read from the file again, by its place. A column may also be left unread. A word
or a header is kept only where the name guard marks nothing in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import IO

from agencies.models import Member, Standing, Table
from agencies.vocabulary import Role
from privacy.decision import Denied, hide
from privacy.guard import screen
from reports.importing.codes import place_of
from reports.importing.days import DAYS
from reports.importing.layout import IGNORED, LONGEST, columns, headers, kept, placed, plain
from reports.importing.reading import lines
from reports.models import ImportWord

#: List -> word as compared -> code.
Used = dict[str, dict[str, str]]
#: A word as (list, said, means); the list is '' for a header, `days` for how dates are written.
Word = tuple[str, str, str]


def words_of(table: Table) -> list[Word]:
    """The table's own words."""
    return list(ImportWord.objects.filter(table=table).values_list("list", "said", "means"))


def is_marked(said: str) -> bool:
    """Whether the name guard marks anything in a word: such a word is used for its file and kept nowhere."""
    return any(screen(said, language=language) for language in ("en", "fr"))


def unknown_columns(file: IO[bytes], *, table: Table, words: Iterable[Word] = ()) -> list[int]:
    """The places (from 1) of the headers that neither the table nor `words` knows. UnreadableFileError for what is no
    file of lines.
    """
    told = _headers(file)
    said = [(header, means) for name, header, means in (*words_of(table), *words) if not name]
    known, _problems = placed(told, said)
    left_unread = {kept(header) for header, means in said if means == IGNORED}
    return [
        at + 1 for at, header in enumerate(told) if plain(header) and at not in known
        and kept(header) not in left_unread
    ]  # fmt: skip


def learn(file: IO[bytes], chosen: Mapping[int, str], *, table: Table, by: Member) -> dict[int, Word]:
    """Keep what columns mean, by place (from 1): a key of the layout or `ignored`. By place again: the words that are
    for this file alone, since the name guard marks their header.

    Denied (hidden) for who is not the table's recorder; a place or a meaning that does not exist is passed over.
    """
    _require_recorder(table, by)
    told, keys = _headers(file), {IGNORED, *(c.key for c in columns())}
    once: dict[int, Word] = {}
    for place, means in chosen.items():
        header = told[place - 1] if 0 < place <= len(told) else ""
        if not plain(header) or means not in keys:
            continue
        if is_marked(header):
            once[place] = ("", header, means)
        else:
            ImportWord.objects.update_or_create(table=table, list="", said=kept(header), defaults={"means": means})
    return once


def keep(used: Used, answers: Mapping[tuple[str, str], str], *, table: Table, by: Member) -> int:
    """Keep for the next file what was answered for the words that a file used (Outcome.used); how many were kept.

    Denied (hidden) for who is not the table's recorder.
    """
    _require_recorder(table, by)
    many = 0
    for name, said, means in ((name, said, means) for name, words in used.items() for said, means in words.items()):
        place = said if name == DAYS else place_of(name, said)
        if (name, place) in answers and len(said) <= LONGEST:
            ImportWord.objects.update_or_create(table=table, list=name, said=said, defaults={"means": means})
            many += 1
    return many


def _require_recorder(table: Table, by: Member) -> None:
    if not Standing.objects.of(by).at(table.pk).in_roles(Role.RECORDER).exists():
        raise Denied(hide())


def _headers(file: IO[bytes]) -> list[str]:
    first = next(lines(file), None)
    return headers(first[1]) if first else []
