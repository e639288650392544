"""In which words do the pages of the code lists say what stands, what is planned and what was?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from risk import fixed, versions
from risk.changing import ChangeForm
from risk.editor import Wording
from risk.forms import NewCodeForm, RetireForm, WordingForm
from risk.models import CatalogueEntry, Group
from risk.vocabulary import CodeList, Provenance

#: Stands in an address where a list has no categories.
NO_CATEGORY = "-"


def a_list(which: CodeList, entries: Iterable[CatalogueEntry]) -> dict[str, Any]:
    """One list among all of them, with its counts."""
    facts = versions.counts(e for e in entries if e.code_list == which)
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
            if versions.in_force(e, today):
                running[e.category_code, e.code] = e
    found = []
    for group in all_versions:
        codes = {e.code: None for e in group.entries}
        rows = [
            versions.row(
                running.get((group.code, c)) or newest[group.code, c],
                newest[group.code, c],
                url=address(newest[group.code, c]),
            )
            for c in codes
        ]
        rows = [r for r in rows if (retired or not r["gone"]) and words.lower() in r["searched"]]
        if rows:
            found.append({"label": group.label, "rows": rows})
    return found


def caption(entry: CatalogueEntry) -> str:
    """Where a code stands: its list and category."""
    return " – ".join(str(x) for x in (CodeList(entry.code_list).label, entry.category_label) if x)


def wording(entry: CatalogueEntry) -> list[dict[str, Any]]:
    """What a version says, for a summary list."""
    rows = [
        (_("English"), entry.label_en, "en"),
        (_("French"), entry.label_fr, "fr"),
        (_("Meaning, in English"), entry.definition_en or _("none"), "en" if entry.definition_en else ""),
        (_("Meaning, in French"), entry.definition_fr or _("none"), "fr" if entry.definition_fr else ""),
        (_("Where the English comes from"), str(Provenance(entry.provenance).label), ""),
        (_("Where the French comes from"), versions.french_source(entry.french_provenance), ""),
        (_("Code in files and exports"), entry.code, ""),
    ]
    if entry.hidden_for_youth:
        rows.append((_("For ages 12 to 17"), _("hidden before filter 4"), ""))
    return versions.in_languages(rows)


def possible(newest: CatalogueEntry) -> list[str]:
    """What may be done to a code, by its newest version."""
    if not fixed.takes_new_codes(CodeList(newest.code_list)):
        return ["new-version"]
    return versions.possible(newest)


def preview(form: ChangeForm[CatalogueEntry]) -> dict[str, Any]:
    """What a change will do, before it does: from when, which words become which, what stays as it is."""
    if isinstance(form, RetireForm):
        words = [
            _("Nobody can choose this code any more, on pages or through the API."),
            _("Where it was chosen before, it stays, and is counted, with the words it had."),
        ]
        return versions.change(form, words, [])
    if isinstance(form, NewCodeForm):
        words = [
            _("Everybody who files can choose this code."),
            _("Its name in files and exports is made from the English words and never changes."),
        ]
        return versions.change(form, words, _differences(None, form.wording))
    if isinstance(form, WordingForm) and form.newest is not None:
        kept = _("What was recorded before keeps version %(version)s and its words.")
        words = [
            _("Everybody who files, at every table, reads the new words."),
            kept % {"version": form.newest.version},
        ]
        return versions.change(form, words, _differences(form.newest, form.wording))
    raise TypeError("no preview for this form")


def _differences(before: CatalogueEntry | None, after: Wording) -> list[list[dict[str, Any]]]:
    names = {
        "label_en": _("English"), "label_fr": _("French"), "definition_en": _("Meaning, in English"),
        "definition_fr": _("Meaning, in French"), "provenance": _("Where the English comes from"),
        "french_provenance": _("Where the French comes from"), "hidden_for_youth": _("For ages 12 to 17"),
    }  # fmt: skip
    return versions.differences(before, after, names)


def address(e: CatalogueEntry) -> str:
    """The page of a code."""
    return reverse("code", args=[e.code_list, e.category_code or NO_CATEGORY, e.code])
