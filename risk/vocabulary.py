"""In which words is risk coded? (domain.md, "Words" and filter 2; R8)"""

from __future__ import annotations

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class CodeList(models.TextChoices):
    """The lists of codes a situation is described and counted by."""

    RISK_FACTOR = "risk_factor", _("Risk factors")
    PROTECTIVE_FACTOR = "protective_factor", _("Protective factors")
    STUDY_FLAG = "study_flag", _("Study flags")
    DISCUSSION_TYPE = "discussion_type", _("Types of discussion")
    AGE_GROUP = "age_group", _("Age groups")
    SEX = "sex", _("Sex")
    SERVICE_CATEGORY = "service_category", _("Kinds of service")
    MOBILIZATION_TYPE = "mobilization_type", _("How services were mobilized")
    CONCLUSION_REASON = "conclusion_reason", _("Reasons for a conclusion")


class Provenance(models.TextChoices):
    """How surely a wording is known. Shown to administrators; no list is ever called official (domain.md)."""

    EXACT = "exact", _("Exact: seen at a public source")
    RECONSTRUCTED = "reconstructed", _("Reconstructed from public reports; wording unconfirmed")
    INFERRED = "inferred", _("Inferred: our own placeholder")
    READ = "read", _("Read: the passage was seen")
    RECALLED = "recalled", _("Recalled from a named document; still to be checked")
    LOCAL = "local", _("Local: worded by an administrator here")


class FrenchProvenance(models.TextChoices):
    """Who put a wording into French. French that is not the source's own is marked so (domain.md)."""

    PROJECT = "project translation", _("Translated by the project")
    LOCAL = "local translation", _("Translated by an administrator here")
    SOURCE = "source", _("The source’s own French")


class Origin(models.TextChoices):
    """Who wrote a version of a code."""

    REFERENCE = "reference", _("Reference file")
    EDITOR = "editor", _("Administrator")


class Criterion(models.TextChoices):
    """The four criteria of acutely elevated risk. The label is the question in plain words (R8)."""

    SIGNIFICANT_INTEREST = "significant_interest", _("Something vital is at stake")
    HIGH_PROBABILITY = "high_probability", _("Harm is very likely, and soon")
    SEVERE_INTENSITY = "severe_intensity", _("The harm would be severe")
    MULTI_AGENCY = "multi_agency", _("No one agency can lower it alone")

    @property
    def formal(self) -> Promise:
        """The criterion's name in the field's own terms, shown under the plain words."""
        return _FORMAL[self]


_FORMAL: dict[Criterion, Promise] = {
    Criterion.SIGNIFICANT_INTEREST: _("Significant interest"),
    Criterion.HIGH_PROBABILITY: _("High probability of harm"),
    Criterion.SEVERE_INTENSITY: _("Severe intensity"),
    Criterion.MULTI_AGENCY: _("Multi-agency nature"),
}
