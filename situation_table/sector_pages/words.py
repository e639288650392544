"""In which words do the pages of the sectors say what stands, what is planned and what a change will do?"""

from __future__ import annotations

import unicodedata
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Sector
from risk import versions
from risk.vocabulary import Provenance
from situation_table.sector_pages.forms import RetireSectorForm, SectorForm


def a_list() -> dict[str, Any]:
    """The sectors as one of the code lists, with their counts; the setting FURTHER_CODE_LISTS names this function."""
    return {"title": _("Sectors"), "url": reverse("sectors"), "facts": versions.counts(Sector.objects.all())}


def rows(*, words: str, retired: bool) -> list[dict[str, Any]]:
    """Every sector by its newest version; those that read like `words` only."""
    by_code: dict[str, list[Sector]] = {}
    for sector in Sector.objects.order_by("version"):
        by_code.setdefault(sector.code, []).append(sector)
    found = [versions.row(versions.now_or_newest(v), v[-1], url=address(v[-1])) for v in by_code.values()]
    found = [r for r in found if (retired or not r["gone"]) and words.lower() in r["searched"]]
    return sorted(found, key=lambda r: _in_order(r["label"]))


def wording(sector: Sector) -> list[dict[str, Any]]:
    """What a version says, for a summary list."""
    said = [
        (_("English"), sector.label_en, "en"),
        (_("French"), sector.label_fr, "fr"),
        (_("Examples, in English"), sector.examples_en or _("none"), "en" if sector.examples_en else ""),
        (_("Examples, in French"), sector.examples_fr or _("none"), "fr" if sector.examples_fr else ""),
        (_("Where the English comes from"), str(Provenance(sector.provenance).label), ""),
        (_("Where the French comes from"), versions.french_source(sector.french_provenance), ""),
        (_("Code in files and exports"), sector.code, ""),
    ]
    return versions.in_languages(said)


def preview(form: SectorForm | RetireSectorForm) -> dict[str, Any]:
    """What a change will do, before it does: from when, which words become which, what stays as it is."""
    counted = _("What was counted before stays counted under the same code.")
    if isinstance(form, RetireSectorForm):
        return versions.change(form, [_("No agency can be given this sector any more."), counted], [])
    names = {
        "label_en": _("English"), "label_fr": _("French"), "examples_en": _("Examples, in English"),
        "examples_fr": _("Examples, in French"), "provenance": _("Where the English comes from"),
        "french_provenance": _("Where the French comes from"),
    }  # fmt: skip
    if form.newest is None:
        words = [
            _("Agencies can be given this sector, at every table."),
            _("Its name in files and exports is made from the English words and never changes."),
        ]
    else:
        words = [_("Agencies of this sector, at every table, go on with the new words."), counted]
    return versions.change(form, words, versions.differences(form.newest, form.words, names))


def _in_order(label: str) -> str:
    """Éducation stands among the E."""
    return "".join(c for c in unicodedata.normalize("NFKD", label.casefold()) if not unicodedata.combining(c))


def address(sector: Sector) -> str:
    """The page of a sector."""
    return reverse("sector", args=[sector.code])
