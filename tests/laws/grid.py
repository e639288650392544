"""What did people sign? The grids of docs/sharing-matrix.md, read back from the committed page."""

from __future__ import annotations

from pathlib import Path

from privacy.printed import YES
from privacy.vocabulary import Audience, Category, Filter

DOCS = Path(__file__).resolve().parents[2] / "docs"
Grid = dict[tuple[Filter, Audience, Category], bool]


def signed() -> Grid:
    """Every cell of the committed page. A cell that is neither yes nor - is an error."""
    cells: Grid = {}
    filter_: Filter | None = None
    columns: list[Category] = []
    for line in (DOCS / "sharing-matrix.md").read_text(encoding="utf-8").splitlines():
        parts = [part.strip() for part in line.strip("|").split("|")]
        head = parts[0].strip("`")
        if len(parts) != len(Category) + 1:
            continue
        if head in Filter.values:
            filter_, columns = Filter(head), [Category(c) for c in parts[1:]]
        elif head in Audience.values and filter_ is not None:
            for category, cell in zip(columns, parts[1:], strict=True):
                if cell not in (YES, "-"):
                    raise ValueError(f"unreadable cell in the matrix: {filter_} {head} {category}")
                cells[filter_, Audience(head), category] = cell == YES
    return cells
