"""On which legal authority may an agency disclose? (R10, R31, R32, R54)

Authorities come from the reference list; an agency may rely on those of its own statute profile, on express consent,
and, when no statute binds it, on its policy and the sharing agreement. Consensus at the table is not in the list.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from django.db.models import Q, QuerySet
from django.utils import timezone

from agencies.models import Agency
from agencies.vocabulary import Statute
from privacy.models import LegalAuthority

REFERENCE = Path(__file__).parent / "reference" / "legal_authorities.csv"
#: Authorities that rest on the person's consent: no statutory test, but a consent on record.
_CONSENT = {"mfippa-32-b", "fippa-42-1-b", "phipa-consent", "consent-only"}
_NO_GROUNDS = _CONSENT | {"agreement-only"}
_SECONDARY = {"mfippa-32-g", "cspa-80"}
#: Relied on for youth-justice notes, in their own compartment, never for ordinary identifiers (R47).
YOUTH_JUSTICE = "ycja-125-6"


def for_agency(agency: Agency, *, on: date | None = None) -> list[LegalAuthority]:
    """The authorities an agency can choose from for an intervention, newest version in force."""
    statutes = [s for s in agency.statutes if s != Statute.NONE]
    profile = Q(statute__in=statutes) | Q(code="consent-only")
    if not statutes:
        profile |= Q(code="agreement-only")
    return list(_in_force(on).filter(profile).exclude(code=YOUTH_JUSTICE))


def for_youth_justice(agency: Agency, *, on: date | None = None) -> list[LegalAuthority]:
    """What an agency can rely on for youth-justice notes: that section alone, where the Act binds the agency (R47)."""
    bound = Statute.YCJA in agency.statutes
    return list(_in_force(on).filter(code=YOUTH_JUSTICE)) if bound else []


def _in_force(on: date | None) -> QuerySet[LegalAuthority]:
    today = on or timezone.localdate()
    rows = LegalAuthority.objects.filter(secondary_use=False, valid_from__lte=today)
    return rows.filter(Q(retired_on__isnull=True) | Q(retired_on__gt=today))


def load(path: Path = REFERENCE, *, on: date | None = None) -> int:
    """Load the authorities; a changed row becomes a new version. Returns how many changed. Idempotent."""
    today = on or timezone.localdate()
    changed = 0
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            code = row["code"]
            wanted = {
                k: row.get(k) or ""
                for k in (
                    "label_en", "label_fr", "statute", "test_en", "test_fr", "after_duty", "after_duty_en",
                    "after_duty_fr", "provenance",
                )
            } | {
                "needs_grounds": code not in _NO_GROUNDS,
                "is_consent": code in _CONSENT,
                "secondary_use": code in _SECONDARY,
            }  # fmt: skip
            newest = LegalAuthority.objects.filter(code=code).order_by("-version").first()
            if newest and all(getattr(newest, k) == v for k, v in wanted.items()):
                continue
            if newest:
                newest.retired_on = today
                newest.save(update_fields=["retired_on"])
            LegalAuthority.objects.create(
                code=code, version=newest.version + 1 if newest else 1, valid_from=today, **wanted
            )
            changed += 1
    return changed
