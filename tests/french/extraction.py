"""Which words does the source ask to be translated? Read without gettext's own tools, so that it runs everywhere.

Python is read as a syntax tree; a template is first turned into gettext calls by Django, as `makemessages` does.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
APPS = ("agencies", "risk", "privacy", "situations", "reports", "situation_table")

#: Function -> which of its arguments are context, message and plural.
_PLACES: dict[str, tuple[int | None, int, int | None]] = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "pgettext": (0, 1, None),
    "ngettext": (None, 0, 1),
    "npgettext": (0, 1, 2),
}
_CALL = re.compile(r"(?<![A-Za-z_])(_|n?p?gettext)\(")
_STRING = re.compile(r"\s*u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")\s*(,|\))?")


@dataclass(frozen=True, order=True)
class Wanted:
    """One message of the source."""

    message: str
    plural: str = ""
    context: str = ""


def wanted() -> dict[Wanted, str]:
    """Every message, and the first file that asks for it."""
    found: dict[Wanted, str] = {}
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            for message in from_python(path.read_text(encoding="utf-8")):
                found.setdefault(message, str(path.relative_to(ROOT)))
    for path in sorted((ROOT / "templates").rglob("*.html")):
        for message in from_template(path.read_text(encoding="utf-8")):
            found.setdefault(message, str(path.relative_to(ROOT)))
    return found


def from_python(source: str) -> Iterator[Wanted]:
    """The messages of a module. Raises ValueError where one is put together at run time: nobody can translate it."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        places = _PLACES.get(name.removesuffix("_lazy"))
        if places is None:
            continue
        texts = [a.value if isinstance(a, ast.Constant) and isinstance(a.value, str) else None for a in node.args]
        yield _made(places, texts, f"line {node.lineno}")


def from_template(source: str) -> Iterator[Wanted]:
    """The messages of a template."""
    calls = templatize(source)
    for call in _CALL.finditer(calls):
        texts: list[str | None] = []
        at = call.end()
        while (text := _STRING.match(calls, at)) is not None:
            texts.append(ast.literal_eval(text[1]))
            at = text.end()
            if text[2] != ",":
                break
        yield _made(_PLACES[call[1]], texts, call[0])


def _made(places: tuple[int | None, int, int | None], texts: list[str | None], where: str) -> Wanted:
    def at(place: int | None) -> str:
        if place is None:
            return ""
        text = texts[place] if place < len(texts) else None
        if text is None:
            raise ValueError(f"a message that is not one literal: {where}")
        return text

    context, message, plural = places
    return Wanted(message=at(message), plural=at(plural), context=at(context))
