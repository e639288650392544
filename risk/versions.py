"""In which words do pages say what the versions of an entry stand for: since when, from which source, by whom?

Whatever has versions with days is said in these words: the codes of this room's lists, and the sectors, which are
another room's (situation_table.sector_pages).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypeAlias, TypeVar

from django.db.models import Model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from risk.vocabulary import FrenchProvenance, Provenance

#: One version of an entry, an object of either room's model: `code`, `version`, `label`, `label_en`, `label_fr`,
#: `provenance`, `valid_from`, `retired_on`, `written_by`, `why`, `retired_by`, `why_retired` are read here.
Version: TypeAlias = Any
V = TypeVar("V", bound=Model)

#: Which field says where words come from, and how the fields of these words end. It stands after them.
_SOURCE_OF = {"provenance": "_en", "french_provenance": "_fr"}

HISTORY_COLUMNS: list[dict[str, Any]] = [
    {"label": gettext_lazy("Version"), "number": False},
    {"label": gettext_lazy("In force")},
    {"label": gettext_lazy("English")},
    {"label": gettext_lazy("French")},
    {"label": gettext_lazy("Source")},
    {"label": gettext_lazy("Written by, and why")},
]


def in_force(version: Version, day: date) -> bool:
    """Whether a version may be chosen on a day."""
    return version.valid_from <= day and (version.retired_on is None or version.retired_on > day)


def now_or_newest(versions: Sequence[V]) -> V:
    """Of the versions of one entry, oldest first: the one in force today; the newest where none is."""
    today = timezone.localdate()
    return next((v for v in reversed(versions) if in_force(v, today)), versions[-1])


def counts(versions: Iterable[Version]) -> list[str]:
    """How many entries of a list are in force, and how many changes are planned, as facts of its row."""
    today, mine = timezone.localdate(), list(versions)
    count = sum(in_force(v, today) for v in mine)
    planned = sum(v.valid_from > today for v in mine) + sum(bool(v.retired_on and v.retired_on > today) for v in mine)
    facts = [ngettext("%(n)s code in force", "%(n)s codes in force", count) % {"n": count}]
    if planned:
        facts.append(ngettext("%(n)s change planned", "%(n)s changes planned", planned) % {"n": planned})
    return facts


def row(now: Version, newest: Version, *, url: str) -> dict[str, Any]:
    """An entry as the page of its list shows it; `gone`: retired, `searched`: what a fragment is looked for in."""
    today = timezone.localdate()
    kind, words = _state(now, newest, today)
    return {
        "url": url, "label": now.label, "english": now.label_en, "french": now.label_fr,
        "provenance": _source(now), "state": kind, "words": words,
        "gone": bool(newest.retired_on and newest.retired_on <= today),
        "searched": f"{now.label_en} {now.label_fr} {newest.label_en} {newest.label_fr} {now.code}".lower(),
    }  # fmt: skip


def history(versions: Sequence[Version]) -> list[list[dict[str, Any]]]:
    """Every version, newest first, as rows of a table whose cells name their column: a telephone shows no header."""
    rows: list[list[dict[str, Any]]] = [
        [
            {"text": str(v.version)},
            {"text": _span(v)},
            {"text": v.label_en, "lang": "en"},
            {"text": v.label_fr, "lang": "fr"},
            {"text": _source(v)},
            {"text": _who(v)},
        ]
        for v in reversed(versions)
    ]
    return [
        [cell | {"label": column["label"]} for cell, column in zip(row, HISTORY_COLUMNS, strict=True)] for row in rows
    ]


def possible(newest: Version) -> list[str]:
    """What may be done to an entry, by its newest version."""
    return ["bring-back"] if newest.retired_on else ["new-version", "retire"]


def change(form: Any, words: list[str], rows: list[list[dict[str, Any]]]) -> dict[str, Any]:
    """What a valid form will do, before it does: from when, in sentences, and which words become which."""
    said = {"day": day(form.cleaned_data["start"])}
    columns = [{"label": _("What")}, {"label": _("Now")}, {"label": _("From %(day)s") % said}]
    return {"when": _("From %(day)s on") % said, "columns": columns, "words": words, "rows": rows}


def differences(before: object | None, after: object, names: dict[str, str]) -> list[list[dict[str, Any]]]:
    """Field by field, what a version says now (None: there is none) and will say. `names`: field -> its label.

    Beside words that change stands where they come from, changed or not: new words that go on calling themselves seen
    at a public source are to be noticed before they are confirmed.
    """
    rows, changed = [], set()
    for name, label in names.items():
        was, becomes = (getattr(before, name) if before else ""), getattr(after, name)
        differs = was != becomes and bool(was or becomes)
        if differs:
            changed.add(name[-3:])
        if differs or _SOURCE_OF.get(name) in changed:
            rows.append([{"text": label}, {"text": _value(name, was)}, {"text": _value(name, becomes)}])
    return rows


def french_source(value: str) -> str:
    """Who put a wording into French; the value itself where it is none of ours."""
    return str(FrenchProvenance(value).label) if value in FrenchProvenance.values else value


def day(value: date) -> str:
    """A day as pages write it."""
    return date_format(value)


def _state(now: Version, newest: Version, today: date) -> tuple[str, str]:
    if newest.retired_on and newest.retired_on <= today:
        return "off", _("Retired on %(day)s") % {"day": day(newest.retired_on)}
    if newest.retired_on:
        return "soon", _("Retires on %(day)s") % {"day": day(newest.retired_on)}
    if newest.valid_from > today:
        said = _("Other words from %(day)s") if in_force(now, today) else _("From %(day)s")
        return "soon", said % {"day": day(newest.valid_from)}
    return "ok", _("In force")


def _source(version: Version) -> str:
    return str(Provenance(version.provenance).label).split(":")[0]


def _span(v: Version) -> str:
    if v.retired_on is None:
        return _("from %(day)s") % {"day": day(v.valid_from)}
    if v.retired_on == v.valid_from:
        return _("never: replaced before it began")
    return pgettext("days", "%(first)s to %(last)s") % {"first": day(v.valid_from), "last": day(v.retired_on)}


def _who(v: Version) -> str:
    parts = [f"{v.written_by.name}: {v.why}" if v.written_by else str(_("Reference file"))]
    if v.retired_by and v.why_retired != v.why:
        said = _("Ended by %(who)s: %(why)s")
        parts.append(said % {"who": v.retired_by.name, "why": v.why_retired})
    return ". ".join(parts)


def _value(name: str, value: Any) -> str:
    if name == "provenance" and value:
        return str(Provenance(value).label)
    if name == "french_provenance" and value:
        return french_source(value)
    if name == "hidden_for_youth":
        return _("hidden before filter 4") if value else _("shown")
    return value or _("none")


def in_languages(rows: Iterable[tuple[str, str, str]]) -> list[dict[str, str]]:
    """Rows of a summary list: key, value, and the language of the value; '' where it is the page's own."""
    return [{"key": key, "value": value, "lang": language} for key, value, language in rows]
