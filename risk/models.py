"""What is an entry of a code list? A word with one meaning for good, in two languages, with its provenance.

The lists are data: versioned, editable, retired but never deleted (domain.md, "Honesty about sources"). A code is
known by (list, category, code), because ten risk-factor labels stand in two categories. Changing a wording makes a new
version of the same code; what was recorded under the old wording keeps pointing at it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from risk.vocabulary import CodeList, Origin, Provenance

#: Factor categories are titles at the source ("Crime Victimization"); pages write sentences ("Crime victimization").
_TITLE_WORD = re.compile(r"(?<=[\s/])[A-Z](?=[a-z])")


def _in_language(english: str, french: str) -> str:
    return french if (get_language() or "en").startswith("fr") else english


class NeverDeletedError(TypeError):
    """Raised when code tries to delete an entry: it may be retired, so that old records keep their meaning."""


@dataclass(frozen=True, slots=True)
class Group:
    """The entries of one category, in the list's own order; `code` and `label` are empty for lists without any."""

    code: str
    label: str
    entries: tuple[CatalogueEntry, ...]


class CatalogueQuerySet(models.QuerySet["CatalogueEntry"]):
    """Reads of the catalogue."""

    def of(self, code_list: CodeList) -> CatalogueQuerySet:
        """The entries of one list, every version."""
        return self.filter(code_list=code_list)

    def in_force(self, on: date | None = None) -> CatalogueQuerySet:
        """The entries that may be chosen on a day (today, when none is given): at most one version of each code."""
        day = on or timezone.localdate()
        return self.filter(valid_from__lte=day).filter(
            models.Q(retired_on__isnull=True) | models.Q(retired_on__gt=day),
        )

    def grouped(self) -> list[Group]:
        """The entries by category, in the list's order. Meant for one list: `of(...).in_force().grouped()`.

        A category stands where its first entry stands; what an administrator added later stands with its own.
        """
        found: dict[str, list[CatalogueEntry]] = {}
        for entry in self.order_by("code_list", "position", "version", "pk"):
            found.setdefault(entry.category_code, []).append(entry)
        return [Group(code, entries[0].category_label, tuple(entries)) for code, entries in found.items()]

    def versions(self, code_list: CodeList, category_code: str, code: str) -> CatalogueQuerySet:
        """Every version of one code, oldest first."""
        return self.filter(code_list=code_list, category_code=category_code, code=code).order_by("version")

    def delete(self) -> NoReturn:
        """Refused: entries are retired, never deleted."""
        raise NeverDeletedError("an entry of a code list is retired, never deleted")


class CatalogueEntry(models.Model):
    """One version of one code of one list. Rows are written by `risk.catalogue` only."""

    code_list = models.CharField(max_length=20, choices=CodeList.choices)
    # A risk factor's category, a conclusion reason's group; empty where the list has neither.
    category_code = models.SlugField(max_length=60, blank=True, db_index=False)
    code = models.SlugField(max_length=100, db_index=False)
    label_en = models.CharField(max_length=160)
    label_fr = models.CharField(max_length=160)
    category_en = models.CharField(max_length=80, blank=True)
    category_fr = models.CharField(max_length=80, blank=True)
    definition_en = models.CharField(max_length=400, blank=True)
    definition_fr = models.CharField(max_length=400, blank=True)
    provenance = models.CharField(max_length=20, choices=Provenance.choices)
    french_provenance = models.CharField(max_length=40, default="project translation")
    # Not shown before filter 4 when the person is 12 to 17 (the rule and its source: risk.youth).
    hidden_for_youth = models.BooleanField(default=False)
    version = models.PositiveSmallIntegerField(default=1)
    valid_from = models.DateField()
    retired_on = models.DateField(null=True, blank=True)
    position = models.PositiveSmallIntegerField()
    # Who wrote this version: a reference file, or an administrator, whose word no file overrides (docs/adr/0024).
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.REFERENCE)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    why = models.CharField(max_length=200, blank=True)
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    why_retired = models.CharField(max_length=200, blank=True)

    objects = CatalogueQuerySet.as_manager()

    class Meta:
        verbose_name = _("catalogue entry")
        verbose_name_plural = _("catalogue entries")
        ordering = ("code_list", "position", "version")
        constraints = (
            models.UniqueConstraint(
                fields=("code_list", "category_code", "code", "version"),
                name="code_once_per_version",
            ),
            models.UniqueConstraint(
                fields=("code_list", "category_code", "code"),
                condition=models.Q(retired_on__isnull=True),
                name="one_version_in_force_per_code",
            ),
            models.CheckConstraint(
                condition=models.Q(retired_on__isnull=True) | models.Q(retired_on__gte=models.F("valid_from")),
                name="retired_after_it_was_valid",
            ),
            models.CheckConstraint(
                condition=~models.Q(label_en="") & ~models.Q(label_fr=""),
                name="entry_speaks_both_languages",
            ),
            models.CheckConstraint(
                condition=models.Q(definition_en="", definition_fr="")
                | (~models.Q(definition_en="") & ~models.Q(definition_fr="")),
                name="definition_speaks_both_languages",
            ),
            models.CheckConstraint(
                condition=models.Q(category_en="", category_fr="")
                | (~models.Q(category_en="") & ~models.Q(category_fr="")),
                name="category_speaks_both_languages",
            ),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The wording in the active language, as it stands at the start of a line."""
        return capfirst(_in_language(self.label_en, self.label_fr))

    @property
    def category_label(self) -> str:
        """The category or group in the active language, as a sentence; empty where the list has none."""
        english = _TITLE_WORD.sub(lambda letter: letter.group().lower(), self.category_en)
        return _in_language(english, self.category_fr)

    @property
    def definition(self) -> str:
        """What the code means, in the active language; empty where the sources give no definition."""
        return _in_language(self.definition_en, self.definition_fr)

    def delete(self, using: str | None = None, keep_parents: bool = False) -> NoReturn:
        """Refused: an entry is retired, never deleted."""
        raise NeverDeletedError("an entry of a code list is retired, never deleted")
