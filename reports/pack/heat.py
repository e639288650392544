"""How are pairs drawn? A table of shaded cells, each with its level in it, as SVG for page and PDF.

From one specification, drawn as `charts.py` draws bars. Darker is more; the words in a cell say it without the shade.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from reports.pack import charts
from reports.pack.pairs import Pairs
from reports.suppression.levels import LEVELS

_SHADES = ("#eef3f4", "#cfe0e4", "#a3c5cd", "#6fa3af", "#3b7c8b", "#1d5b6a")
#: From this level on, words in a cell are light.
_DARK = 4
_INK, _PAPER = "#17232b", "#ffffff"
#: Row, column, words, shade.
Cell = tuple[str, str, str, int]


def drawn(pairs: Pairs) -> str | None:
    """The drawing; none where no level is told."""
    return _drawn(tuple(cells(pairs))) if pairs.told else None


def cells(pairs: Pairs) -> list[Cell]:
    """Every cell: a pair that is the same the other way round stands in both places."""
    found = []
    for level in pairs.levels:
        words = "–" if level.at_least is None else _("%(level)s+") % {"level": level.at_least}
        shade = 0 if level.at_least is None else LEVELS.index(level.at_least) + 1
        found.append((level.first_label, level.second_label, words, shade))
        if pairs.either:
            found.append((level.second_label, level.first_label, words, shade))
    return found


def words(pairs: Pairs) -> str:
    """The same in one sentence, for who does not see it."""
    said = ", ".join(
        _("%(one)s with %(other)s at least %(level)s")
        % {"one": level.first_label, "other": level.second_label, "level": level.at_least}
        for level in pairs.told
    )
    return _("Table of shaded cells. %(title)s: %(values)s.") % {"title": pairs.title, "values": said}


def specification(of: tuple[Cell, ...]) -> dict[str, Any]:
    """The Vega-Lite specification: rows and columns in the order of the lists."""
    rows, columns = (list(dict.fromkeys(cell[at] for cell in of)) for at in (0, 1))
    columns = rows if set(rows) == set(columns) else columns
    axis = {"labelLimit": 320, "domain": False, "ticks": False, "title": None}
    light = {"condition": {"test": f"datum.shade >= {_DARK}", "value": _PAPER}, "value": _INK}
    return {
        "width": {"step": 46}, "height": {"step": 30},
        "data": {"values": [{"row": r, "column": c, "words": w, "shade": s} for r, c, w, s in of]},
        "encoding": {
            "x": {"field": "column", "type": "nominal", "sort": columns,
                  "axis": {**axis, "orient": "top", "labelAngle": -45}},
            "y": {"field": "row", "type": "nominal", "sort": rows, "axis": axis},
        },
        "layer": [
            {"mark": {"type": "rect", "stroke": _PAPER, "strokeWidth": 2},
             "encoding": {"color": {"field": "shade", "type": "ordinal", "legend": None,
                                    "scale": {"domain": list(range(len(_SHADES))), "range": list(_SHADES)}}}},
            {"mark": {"type": "text", "fontSize": 13, "fontWeight": "bold"},
             "encoding": {"text": {"field": "words", "type": "nominal"}, "color": light}},
        ],
        "config": charts.CONFIG,
    }  # fmt: skip


@lru_cache(maxsize=64)
def _drawn(of: tuple[Cell, ...]) -> str:
    return charts.svg(specification(of))
