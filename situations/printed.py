"""How does the lifecycle read on paper? As a diagram, and as one paragraph an act.

Printed from `acts.py` and the docstrings of the conditions, in English. The committed page docs/lifecycle.md is
compared with it byte for byte in the tests; `python -m bench.print_docs` rewrites it.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import translation

from situations.act import Act, Condition
from situations.acts import ACTS
from situations.vocabulary import FILTER_OF, State

_HEAD = """\
# The life of a situation

Printed from `situations/acts.py` by `python -m bench.print_docs`; do not edit. A test compares this page with the code.

`situations.lifecycle.perform` is the only function that carries an act out. It locks the situation, checks who acts,
the state, the freeze and every condition in the order given here, and writes everything in one transaction. Whoever
may not know that a situation exists gets the answer of a situation that does not exist; everybody else a reason."""

_AFTER_RETENTION = (
    "Not an act of a person: when the table's retention period after the last use is over and no hold is in place,"
    " a concluded situation becomes destroyed (`situations/retention.py`). Sealed text and keys go, and with them the"
    " rows of the intervention; number, dates, outcome and ledger remain."
)


def lifecycle() -> str:
    """The whole lifecycle as Markdown, ending with a line break."""
    with translation.override("en"):
        return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield _HEAD
    yield from ("", "## States", "", "| state | name | filter of the sharing matrix |", "|---|---|---|")
    for state in State:
        yield f"| `{state.value}` | {state.label} | `{FILTER_OF[state].value}` |"
    yield from ("", "## Which act leads where", "", "```mermaid", "stateDiagram-v2", "    [*] --> draft")
    for act in ACTS.values():
        if act.target is not None:
            for source in act.sources:
                yield f"    {source.value} --> {act.target.value}: {act.name}"
    yield from (f"    {State.CONCLUDED.value} --> {State.DESTROYED.value}: retention over", "```", "", _AFTER_RETENTION)
    yield from ("", "## Every act")
    for act in ACTS.values():
        yield from _act(act)


def _act(act: Act) -> Iterator[str]:
    yield from ("", f"### {act.name}", "", f"{act.label}. {act.because}", "")
    yield f"- from: {', '.join(f'`{s.value}`' for s in act.sources)}"
    yield f"- by: {'; '.join(str(a.label) for a in act.who)}"
    yield f"- to: `{act.target.value}`" if act.target is not None else "- to: stays where it is"
    if act.conditions:
        yield "- on condition:"
        yield from (f"  1. {_words(condition)}" for condition in act.conditions)
    if act.erases:
        yield "- erases the six groups and all sealed text in the same transaction"
    if act.counted_as:
        yield f"- counted as: {act.counted_as}"
    if act.while_frozen:
        yield "- works while the item is frozen"


def _words(condition: Condition) -> str:
    """The first sentence a condition says of itself."""
    return (condition.__doc__ or "").strip().splitlines()[0]
