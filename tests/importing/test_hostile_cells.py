"""Can one cell, or one word that comes in every line, cost more than it says?"""

from __future__ import annotations

import time
import tracemalloc
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from reports.importing import batches, entries
from reports.importing.codes import Words
from tests.cast import Cast
from tests.importing.test_import_records import ACCEPTED, _file, _records

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

#: Seconds of processor for one line; an honest one takes thousandths.
_PATIENCE = 3.0


def _checked(cast: Cast, path: Path) -> batches.Outcome:
    return batches.import_file(path, table=cast.nia, by=None, dry_run=True)


@pytest.mark.parametrize("column", ["Affected Persons", "Services Mobilized", "Risk Factors", "Opened"])
@pytest.mark.parametrize(
    "cell", ["a" + " " * 15_000 + "b", "a/" * 5000, "a " * 5000, "f " * 150 + "(" * 150, "a;" * 5000, "a," * 5000],
    ids=["spaces", "marks", "words", "one entry", "entries", "commas"],
)  # fmt: skip
def test_one_long_cell_is_refused_at_once(cast: Cast, tmp_path: Path, column: str, cell: str) -> None:
    """Each mark, and each space, of one that took 13 seconds began a comparison of the whole cell."""
    path = _file(tmp_path, ACCEPTED | {column: cell})
    began = time.process_time()
    done = _checked(cast, path)
    assert time.process_time() - began < _PATIENCE
    assert {p.column for p in done.problems} == {column}


@pytest.mark.parametrize(
    "column",
    [
        "Opened", "Discussion Type", "Originating Agency", "Lead Agency", "Affected Persons", "Risk Factors",
        "Services Mobilized", "Conclusion",
    ],
)  # fmt: skip
def test_accents_without_end_are_not_put_in_order(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, column: str
) -> None:
    """Twenty thousand on one letter take more than a second, for every comparison."""
    path, longest, normal = _file(tmp_path, ACCEPTED | {column: "a" + "\u0301\u0323" * 9_000}), 0, unicodedata.normalize

    def counted(form: Any, text: str) -> str:
        nonlocal longest
        longest = max(longest, len(text))
        return normal(form, text)

    monkeypatch.setattr(unicodedata, "normalize", counted)
    assert _checked(cast, path).problem_count
    assert longest <= entries.LONGEST_ENTRY


@pytest.mark.parametrize(
    ("column", "one"),
    [("Affected Persons", "99 x f 12-17;"), ("Services Mobilized", "99 x Counselling: Connected to service;"),
     ("Assisting Agencies", "99 x Health;"), ("Assisting Agencies", "99 x Health,")],
)  # fmt: skip
def test_a_cell_of_counts_does_not_become_a_hundred_thousand_entries(
    cast: Cast, tmp_path: Path, column: str, one: str
) -> None:
    """A thousand such lines, a few kilobytes as a spreadsheet, are in memory at once; and nobody was that many."""
    path = _file(tmp_path, ACCEPTED | {column: one * (19_500 // len(one))})
    tracemalloc.start()
    done = _checked(cast, path)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [p.column for p in done.problems] == [column], f"{most // 2**20} MB for one line"
    assert "more than 200 entries" in done.problems[0].text


@pytest.mark.parametrize(
    ("times", "comes_in"),
    [("99 x f 12-17; 99 x m 12-17; 2 x f 6-11", True), ("99 x f 12-17; 99 x m 12-17; 3 x f 6-11", False)],
)
def test_two_hundred_persons_are_counted_and_no_more(cast: Cast, tmp_path: Path, times: str, comes_in: bool) -> None:
    done = batches.import_file(_file(tmp_path, ACCEPTED | {"Affected Persons": times}), table=cast.nia, by=None)
    assert done.ok == comes_in
    assert [len(r.persons or ()) for r in _records(cast.nia.pk)] == [200] * comes_in


def test_what_is_in_no_list_is_looked_for_once(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that is refused comes again: twenty thousand of them are read before a file is given up."""
    looked, meant = 0, Words.meant

    def counted(words: Words, said: str) -> set[str]:
        nonlocal looked
        looked += 1
        return meant(words, said)

    monkeypatch.setattr(Words, "meant", counted)
    wrong = ACCEPTED | {"Affected Persons": "somebody", "Risk Factors": "trouble", "Services Mobilized": "help"}
    done = _checked(cast, _file(tmp_path, *[wrong] * 50))
    assert done.refused == 50
    assert {one.said: one.times for one in done.unmatched} == {"somebody": 50, "trouble": 50, "help": 50}
    assert looked < 30


def test_entries_are_remembered_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "_REMEMBERED", 3)
    look = entries.Lookup("list", {"a": 1, "b": 2, "c": 3, "d": 4}.__getitem__)
    assert [look(said) for said in "abcdabcd"] == [1, 2, 3, 4] * 2
    assert len(look._found) == 3


def test_what_is_only_compared_is_not_held_in_its_whole_length(cast: Cast, tmp_path: Path) -> None:
    """Numbers of 19,000 letters; an upload of 2.5 MB may unpack to 512 MB of them."""
    path = _file(tmp_path, *[ACCEPTED | {"Discussion Number": f"{n:06d}" + "x" * 19_000} for n in range(3000)])
    tracemalloc.start()
    done = _checked(cast, path)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert done.ok
    assert most < 20 * 2**20 + 1000 * 20_000  # a thousand lines at once are in memory by design


def test_a_number_that_stands_twice_is_found_by_its_last_letter(cast: Cast, tmp_path: Path) -> None:
    numbers = ["x" * 1000 + end for end in "abcA"]
    done = _checked(cast, _file(tmp_path, *[ACCEPTED | {"Discussion Number": said} for said in numbers]))
    assert [(p.line, p.column, p.text) for p in done.problems] == [(5, "Discussion Number", "stands in the file twice")]
