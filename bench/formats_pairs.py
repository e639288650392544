"""Do page and files of a release say the same of what comes together? Each read as a stranger would read it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from reports.pack.document import Document
from reports.pack.pairs import Pairs, at_least


def differing(
    document: Document,
    plain: bytes,
    sheets: dict[str, list[list[str]]],
    printed: str,
    tables: dict[str, list[list[str]]],
) -> Iterator[str]:
    """Where one of the formats says another level. `tables` are those of the page, by their titles."""
    told = {pairs["key"]: pairs for pairs in json.loads(plain)["pairs"]}
    squeezed, at = _squeezed(printed), 0
    for pairs in document.pairs:
        every = [(one.first, one.second, one.at_least) for one in pairs.levels]
        found = [(one["first"], one["second"], one["at_least"]) for one in told[pairs.key]["levels"]]
        if found != every:
            yield f"json: {pairs.title}"
        for kind, rows in sheets.items():
            lines = [row[:6] for row in rows if row and row[0] == pairs.title and row[5] != _("Discussions together")]
            if lines != [[pairs.title, *line] for line in _lines(pairs)]:
                yield f"{kind}: {pairs.title} says {lines[:2]}"
        shown = [[one.first_label, one.second_label, at_least(one.at_least)] for one in pairs.told]
        if tables.get(pairs.title) != shown:
            yield f"page: {pairs.title} says {tables.get(pairs.title)}, not {shown}"
        for words in ([pairs.title], [pairs.says], *shown):
            where = squeezed.find(_squeezed("".join(words)), at)
            if where < 0:
                yield f"pdf: {words} is not there"
            at = max(at, where)
    if len(told) != len(document.pairs):
        yield "json: other figures of pairs"


def _lines(pairs: Pairs) -> list[list[str]]:
    return [[one.first_label, one.first, one.second_label, one.second, at_least(one.at_least)] for one in pairs.levels]


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
