"""How does the sharing policy read on paper? As a grid for each filter, so that people can sign what the code does.

Printed from `policy.py` alone, in English. The committed page docs/sharing-matrix.md is compared with it byte for
byte in the tests; `python -m bench.print_docs` rewrites it.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import translation

from privacy.policy import POLICY, rule
from privacy.vocabulary import Audience, Category, Filter

YES, NO = "yes", "-"

_HEAD = """\
# Who may know what, when

Printed from `privacy/policy.py` by `python -m bench.print_docs`; do not edit. A test compares this page with the code.

A row is an audience, a column a kind of information; **yes** means that the audience may know it at that filter, `-`
that it may not. What is not written is not shared. A member may stand in several relations to one situation; rights
add up. Two things the grid cannot say: identity is read by compartment, by a named person to whom it was disclosed,
through the gate; and every right ends at the next request once a seat, an agreement, an undertaking or an account no
longer stands, or the member has stepped away."""


def sharing_matrix() -> str:
    """The whole policy as Markdown, ending with a line break."""
    with translation.override("en"):
        return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield _HEAD
    yield from ("", "## The columns", "", "| column | what it is |", "|---|---|")
    for category in Category:
        yield f"| `{category.value}` | {category.label} |"
    for filter_ in Filter:
        yield from ("", f"## {filter_.label}", "")
        yield f"| `{filter_.value}` | {' | '.join(c.value for c in Category)} |"
        yield "|---|" + "---|" * len(Category)
        for audience in Audience:
            known = rule(filter_, audience).categories
            yield f"| `{audience.value}` | {' | '.join(YES if c in known else NO for c in Category)} |"
        yield ""
        for audience in Audience:
            if (filter_, audience) in POLICY:
                yield f"- **{audience.label}**: {POLICY[filter_, audience].signed}"
        silent = [str(a.label) for a in Audience if (filter_, a) not in POLICY]
        yield f"- Nothing for: {', '.join(silent)}."
