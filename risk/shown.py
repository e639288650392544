"""In which words do the pages of the code lists say what stands, what is planned and what was?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from risk import fixed
from risk.editor import Wording
from risk.forms import ChangeForm, NewCodeForm, RetireForm, WordingForm
from risk.models import CatalogueEntry, Group
from risk.vocabulary import CodeList, FrenchProvenance, Provenance

#: Stands in an address where a list has no categories.
NO_CATEGORY = "-"
HISTORY_COLUMNS = [
    {"label": gettext_lazy("Version"), "number": False},
    {"label": gettext_lazy("In force")},
    {"label": gettext_lazy("English")},
    {"label": gettext_lazy("French")},
    {"label": gettext_lazy("Source")},
    {"label": gettext_lazy("Written by, and why")},
]


def a_list(which: CodeList, entries: Iterable[CatalogueEntry]) -> dict[str, Any]:
    """One list among all of them, with its counts."""
    today = timezone.localdate()
    mine = [e for e in entries if e.code_list == which]
    count = sum(_in_force(e, today) for e in mine)
    planned = sum(e.valid_from > today for e in mine) + sum(bool(e.retired_on and e.retired_on > today) for e in mine)
    facts = [ngettext("%(n)s code in force", "%(n)s codes in force", count) % {"n": count}]
    if planned:
        facts.append(ngettext("%(n)s change planned", "%(n)s changes planned", planned) % {"n": planned})
    if not fixed.takes_new_codes(which):
        facts.append(_("wording only"))
    return {"title": which.label, "url": reverse("code_list", args=[which]), "facts": facts}


def groups(which: CodeList, *, words: str, retired: bool) -> list[dict[str, Any]]:
    """The codes of a list by category: each by its newest version, those that read like `words` only."""
    newest: dict[tuple[str, str], CatalogueEntry] = {}
    running: dict[tuple[str, str], CatalogueEntry] = {}
    today = timezone.localdate()
    all_versions: list[Group] = CatalogueEntry.objects.of(which).grouped()
    for group in all_versions:
        for e in sorted(group.entries, key=lambda e: e.version):
            newest[e.category_code, e.code] = e
            if _in_force(e, today):
                running[e.category_code, e.code] = e
    found = []
    for group in all_versions:
        codes = {e.code: None for e in group.entries}
        rows = [
            _row(running.get((group.code, c)) or newest[group.code, c], newest[group.code, c], today) for c in codes
        ]
        rows = [r for r in rows if (retired or not r["gone"]) and words.lower() in r["searched"]]
        if rows:
            found.append({"label": group.label, "rows": rows})
    return found


def _row(now: CatalogueEntry, newest: CatalogueEntry, today: date) -> dict[str, Any]:
    kind, words = _state(now, newest, today)
    return {
        "url": _address(newest), "label": now.label, "english": now.label_en, "french": now.label_fr, "code": now.code,
        "provenance": Provenance(now.provenance).label.split(":")[0], "state": kind, "words": words,
        "gone": bool(newest.retired_on and newest.retired_on <= today),
        "searched": f"{now.label_en} {now.label_fr} {newest.label_en} {newest.label_fr} {now.code}".lower(),
    }  # fmt: skip


def _state(now: CatalogueEntry, newest: CatalogueEntry, today: date) -> tuple[str, str]:
    if newest.retired_on and newest.retired_on <= today:
        return "off", _("Retired on %(day)s") % {"day": _day(newest.retired_on)}
    if newest.retired_on:
        return "soon", _("Retires on %(day)s") % {"day": _day(newest.retired_on)}
    if newest.valid_from > today:
        said = _("Other words from %(day)s") if _in_force(now, today) else _("From %(day)s")
        return "soon", said % {"day": _day(newest.valid_from)}
    return "ok", _("In force")


def caption(entry: CatalogueEntry) -> str:
    """Where a code stands: its list and category."""
    return " – ".join(str(x) for x in (CodeList(entry.code_list).label, entry.category_label) if x)


def now_or_newest(versions: list[CatalogueEntry]) -> CatalogueEntry:
    """The version in force today; the newest where none is."""
    today = timezone.localdate()
    return next((e for e in reversed(versions) if _in_force(e, today)), versions[-1])


def wording(entry: CatalogueEntry) -> list[dict[str, Any]]:
    """What a version says, for a summary list."""
    rows = [
        (_("English"), entry.label_en),
        (_("French"), entry.label_fr),
        (_("Meaning, in English"), entry.definition_en or _("none")),
        (_("Meaning, in French"), entry.definition_fr or _("none")),
        (_("Where the English comes from"), Provenance(entry.provenance).label),
        (_("Where the French comes from"), _french_source(entry.french_provenance)),
        (_("Code in files and exports"), entry.code),
    ]
    if entry.hidden_for_youth:
        rows.append((_("For ages 12 to 17"), _("hidden before filter 4 (R46)")))
    return [{"key": key, "value": value} for key, value in rows]


def history(versions: list[CatalogueEntry]) -> list[list[dict[str, Any]]]:
    """Every version, newest first, as rows of a table."""
    return [
        [
            {"text": str(e.version)},
            {"text": _span(e)},
            {"text": e.label_en},
            {"text": e.label_fr},
            {"text": Provenance(e.provenance).label.split(":")[0]},
            {"text": _who(e)},
        ]
        for e in reversed(versions)
    ]


def possible(newest: CatalogueEntry) -> list[str]:
    """What may be done to a code, by its newest version."""
    if not fixed.takes_new_codes(CodeList(newest.code_list)):
        return ["new-version"]
    return ["bring-back"] if newest.retired_on else ["new-version", "retire"]


def preview(form: ChangeForm) -> dict[str, Any]:
    """What a change will do, before it does: from when, which words become which, what stays as it is."""
    day = _day(form.cleaned_data["start"])
    said: dict[str, Any] = {
        "when": _("From %(day)s on") % {"day": day},
        "columns": [{"label": _("What")}, {"label": _("Now")}, {"label": _("From %(day)s") % {"day": day}}],
    }
    if isinstance(form, RetireForm):
        words = [
            _("Nobody can choose this code any more, on pages or through the API."),
            _("Where it was chosen before, it stays, and is counted, with the words it had."),
        ]
        return said | {"rows": [], "words": words}
    if isinstance(form, NewCodeForm):
        words = [
            _("Everybody who files can choose this code."),
            _("Its name in files and exports is made from the English words and never changes."),
        ]
        return said | {"rows": _differences(None, form.wording), "words": words}
    if isinstance(form, WordingForm) and form.newest is not None:
        kept = _("What was recorded before keeps version %(version)s and its words.")
        words = [
            _("Everybody who files, at every table, reads the new words."),
            kept % {"version": form.newest.version},
        ]
        return said | {"rows": _differences(form.newest, form.wording), "words": words}
    raise TypeError("no preview for this form")


def _differences(before: CatalogueEntry | None, after: Wording) -> list[list[dict[str, Any]]]:
    names = {
        "label_en": _("English"), "label_fr": _("French"), "definition_en": _("Meaning, in English"),
        "definition_fr": _("Meaning, in French"), "provenance": _("Where the English comes from"),
        "french_provenance": _("Where the French comes from"), "hidden_for_youth": _("For ages 12 to 17"),
    }  # fmt: skip
    rows = []
    for name, label in names.items():
        was, becomes = (getattr(before, name) if before else ""), getattr(after, name)
        if was != becomes and (was or becomes):
            rows.append([{"text": label}, {"text": _value(name, was)}, {"text": _value(name, becomes)}])
    return rows


def _value(name: str, value: Any) -> str:
    if name == "provenance" and value:
        return str(Provenance(value).label)
    if name == "french_provenance" and value:
        return _french_source(value)
    if name == "hidden_for_youth":
        return _("hidden before filter 4 (R46)") if value else _("shown")
    return value or _("none")


def _french_source(value: str) -> str:
    return str(FrenchProvenance(value).label) if value in FrenchProvenance.values else value


def _span(e: CatalogueEntry) -> str:
    if e.retired_on is None:
        return _("from %(day)s") % {"day": _day(e.valid_from)}
    if e.retired_on == e.valid_from:
        return _("never: replaced before it began")
    return _("%(first)s to %(last)s") % {"first": _day(e.valid_from), "last": _day(e.retired_on)}


def _who(e: CatalogueEntry) -> str:
    parts = [f"{e.written_by.name}: {e.why}" if e.written_by else str(_("Reference file"))]
    if e.retired_by and e.why_retired != e.why:
        said = _("Ended by %(who)s: %(why)s")
        parts.append(said % {"who": e.retired_by.name, "why": e.why_retired})
    return ". ".join(parts)


def _address(e: CatalogueEntry) -> str:
    return reverse("code", args=[e.code_list, e.category_code or NO_CATEGORY, e.code])


def _in_force(e: CatalogueEntry, day: date) -> bool:
    return e.valid_from <= day and (e.retired_on is None or e.retired_on > day)


def _day(day: date) -> str:
    return date_format(day)
