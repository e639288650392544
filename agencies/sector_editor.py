"""How does an administrator change the list of sectors without a sector ever changing meaning?

As the code lists of risk are changed (risk.editor): by versions with dates, both languages needed, retired but never
deleted; PostgreSQL refuses everything else (migration 0007). An agency of a sector goes on with the newest version in
force (`follow`), because its sector is what it is now; what was counted keeps the code. docs/adr/0024. The pages are
situation_table.sector_pages.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Member, Sector
from agencies.refusal import NotPossible


class ChangedMeanwhile(NotPossible):
    """Somebody wrote a version of this sector after it was read, or retired it."""

    def __init__(self) -> None:
        super().__init__(_("Somebody changed this code after you opened the page. Go back and look at it again."))


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorWords:
    """What a version of a sector says."""

    label_en: str
    label_fr: str
    examples_en: str = ""
    examples_fr: str = ""
    provenance: str
    french_provenance: str


def in_force(on: date | None = None) -> QuerySet[Sector]:
    """The sectors that may be chosen on a day (today): at most one version of each."""
    day = on or timezone.localdate()
    return Sector.objects.filter(Q(retired_on__isnull=True) | Q(retired_on__gt=day), valid_from__lte=day)


def versions(code: str) -> list[Sector]:
    """Every version of one sector, oldest first."""
    found = Sector.objects.filter(code=code).select_related("written_by", "retired_by")
    return list(found.order_by("version"))


def check(newest: Sector | None, words: SectorWords, *, start: date) -> None:
    """Refuse (NotPossible) a version, or a new sector (None), that may not be written."""
    for one, other in (("label_en", "label_fr"), ("label_fr", "label_en")):
        if not getattr(words, one):
            raise NotPossible(_("Both languages are needed before it can be used."), one)
        examples, others = one.replace("label", "examples"), other.replace("label", "examples")
        if getattr(words, others) and not getattr(words, examples):
            raise NotPossible(_("Examples stand in both languages, or in neither."), examples)
    _not_in_the_past(start)
    if newest is not None and start < (newest.retired_on or newest.valid_from):
        raise NotPossible(_("The version before it runs until a later day: choose that day or one after it."), "start")
    if newest is not None and newest.retired_on is None and _says(newest, words):
        raise NotPossible(_("Nothing would change: these are the words it has."))
    others_ = Sector.objects.filter(Q(retired_on__isnull=True) | Q(retired_on__gt=start))
    for field in ("label_en", "label_fr"):
        same = others_.filter(**{f"{field}__iexact": getattr(words, field)})
        if same.exclude(code=newest.code if newest else "").exists():
            raise NotPossible(_("Another code here has these words."), field)


def reword(seen: Sector, words: SectorWords, *, start: date, why: str, by: Member) -> Sector:
    """Give a sector other words from a day on; also how a retired one comes back."""
    with transaction.atomic():
        newest = _newest(seen)
        if newest.pk != seen.pk:
            if _says(newest, words) and newest.valid_from == start and newest.written_by_id == by.pk:
                return newest  # sent twice
            raise ChangedMeanwhile
        check(newest, words, start=start)
        if newest.retired_on is None:
            _end(newest, start, why=why, by=by)
        made = Sector.objects.create(
            code=newest.code, version=newest.version + 1, valid_from=start, written_by=by, why=why, **asdict(words)
        )
    follow()
    return made


def add(words: SectorWords, *, start: date, why: str, by: Member) -> Sector:
    """Add a sector, usable from a day on. Its code is made from the English words, once and for good."""
    with transaction.atomic():
        taken = set(Sector.objects.select_for_update().order_by("pk").values_list("code", flat=True))
        check(None, words, start=start)
        base = slugify(words.label_en)[:50] or "sector"
        code = next(c for c in (base, *(f"{base}-{n}" for n in range(2, 1000))) if c not in taken)
        return Sector.objects.create(code=code, valid_from=start, written_by=by, why=why, **asdict(words))


def check_retirement(newest: Sector, *, on: date) -> None:
    """Refuse (NotPossible) to retire what may not be: a sector that an agency still has."""
    if newest.retired_on is not None:
        raise NotPossible(_("It is retired already."))
    _not_in_the_past(on)
    if on < newest.valid_from:
        raise NotPossible(_("It begins on a later day: choose that day or one after it."), "start")
    if Agency.objects.filter(sector__code=newest.code, is_active=True).exists():
        raise NotPossible(_("Agencies belong to this sector: give them another one first."))


def retire(seen: Sector, *, on: date, why: str, by: Member) -> Sector:
    """Take a sector out of use from a day on."""
    with transaction.atomic():
        newest = _newest(seen)
        if newest.pk != seen.pk:
            raise ChangedMeanwhile
        check_retirement(newest, on=on)
        _end(newest, on, why=why, by=by)
        return newest


def follow() -> int:
    """Let agencies go on with the version of their sector that is in force; how many did. Runs by the clock too."""
    now = {s.code: s for s in in_force()}
    moved = 0
    for agency in Agency.objects.select_related("sector").exclude(sector__in=list(now.values())):
        newer = now.get(agency.sector.code)
        if newer is not None:
            agency.sector = newer
            agency.save(update_fields=["sector"])
            moved += 1
    return moved


def _newest(seen: Sector) -> Sector:
    return list(Sector.objects.select_for_update().filter(code=seen.code).order_by("version"))[-1]


def _end(sector: Sector, on: date, *, why: str, by: Member) -> None:
    sector.retired_on, sector.retired_by, sector.why_retired = on, by, why
    sector.save(update_fields=["retired_on", "retired_by", "why_retired"])


def _says(sector: Sector, words: SectorWords) -> bool:
    return all(getattr(sector, name) == value for name, value in asdict(words).items())


def _not_in_the_past(day: date) -> None:
    if day < timezone.localdate():
        raise NotPossible(_("Choose today or a later day: what was recorded before is not rewritten."), "start")
