"""How is a figure drawn? Bars from one specification, as SVG for page and PDF; what is withheld has no bar.

A drawing shows nothing that its table beside it does not say. Drawn without a browser and without styles: the page's
security policy allows none.
"""

from __future__ import annotations

import json
import re
import textwrap
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from reports.pack.document import Document
from reports.pack.rows import Row

_INK, _BAR = "#17232b", "#1d5b6a"
_WIDTH, _STEP = 400, 26
#: Letters in a line of a label, which is never cut off; points from line to line.
_LINE, _LEADING = 23, 15
#: As wide as such a line: drawings of short labels are not larger than others.
_LABELS = 160
#: How every drawing of a pack looks.
CONFIG = {
    "background": None, "view": {"stroke": None}, "font": "Noto Sans",
    "axis": {"labelFontSize": 13, "labelColor": _INK},
}  # fmt: skip
#: Figures that people would rather look at.
DRAWN = (
    "risk-category",
    "age",
    "sex",
    "originating",
    "lead",
    "assisting",
    "service-result",
    "first-contact",
    "conclusion",
)
FUNNEL = ("opened", "met", "concluded", "risk-lowered")


def funnel(document: Document) -> str | None:
    """The way through the filters; none where one of its totals is withheld."""
    rows = funnel_rows(document)
    return bars(rows) if rows and all(row.count is not None for row in rows) else None


def funnel_rows(document: Document) -> list[Row]:
    """The totals on the way through the filters that an audience is told of at all."""
    by_code = {row.code: row for row in document.totals}
    return [by_code[code] for code in FUNNEL if code in by_code]


def bars(rows: list[Row]) -> str | None:
    """One bar a row that is told; none where there is none."""
    told = tuple((row.label, row.count) for row in rows if row.count is not None)
    return _drawn(told) if told else None


def words(title: str, rows: list[Row]) -> str:
    """The same in one sentence, for who does not see it."""
    said = ", ".join(f"{row.label} {row.count}" for row in rows if row.count is not None)
    return _("Bar chart. %(title)s: %(values)s.") % {"title": title, "values": said}


def specification(told: tuple[tuple[str, int], ...]) -> dict[str, Any]:
    """The Vega-Lite specification: bars in the order of the list, each with its number."""
    labels = ["\n".join(textwrap.wrap(label, _LINE)) for label, _many in told]
    lines = max(label.count("\n") for label in labels) + 1
    category = {"field": "category", "type": "nominal", "sort": None, "title": None,
                "axis": {"labelExpr": "split(datum.label, '\\n')", "labelLimit": 260, "labelLineHeight": _LEADING,
                         "minExtent": _LABELS, "domain": False, "ticks": False, "labelPadding": 8}}  # fmt: skip
    most = max(many for _label, many in told)
    number = {"field": "many", "type": "quantitative", "title": None, "axis": None,
              "scale": {"domain": [0, max(1, most) * 1.12]}}  # fmt: skip
    return {
        "width": _WIDTH,
        "height": {"step": max(_STEP, _LEADING * lines + 8)},
        "data": {"values": [{"category": label, "many": one[1]} for label, one in zip(labels, told, strict=True)]},
        "encoding": {"y": category, "x": number},
        "layer": [
            {"mark": {"type": "bar", "color": _BAR, "height": 16}},
            {
                "mark": {"type": "text", "align": "left", "dx": 6, "fontSize": 13, "fontWeight": "bold", "color": _INK},
                "encoding": {"text": {"field": "many", "type": "quantitative"}},
            },
        ],
        "config": CONFIG,
    }  # fmt: skip


@lru_cache(maxsize=256)
def _drawn(told: tuple[tuple[str, int], ...]) -> str:
    return svg(specification(told))


def svg(of: dict[str, Any]) -> str:
    """What a specification looks like, as wide as there is room."""
    import vl_convert

    # The words for it stand beside the drawing (`words`); its own would be English.
    made = re.sub(r' (?:aria-[a-z]+|role)="[^"]*"', "", vl_convert.vegalite_to_svg(json.dumps(of)))
    return re.sub(r'^(<svg [^>]*?) width="(\d+)" height="\d+"', r'\1 width="100%"', made, count=1)
