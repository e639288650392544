"""How does an administrator change a code list without a code ever changing meaning?

By versions with dates: a code gets a new wording from a day on, retires from a day on, or comes back from a day on.
What was recorded keeps pointing at the version it was coded with; the database refuses everything else (migrations
0002, 0003, 0005). Both languages are needed before anything can be used. Sources: domain.md, "Honesty about sources";
issue 3, "Catalogue editor"; docs/adr/0024.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from risk import fixed
from risk.models import CatalogueEntry, CatalogueQuerySet
from risk.vocabulary import CodeList, Origin
from risk.youth import hidden_for_youth


class NotPossible(Exception):
    """A change that may not be made: the reason, and the field it is about (empty: none of them)."""

    def __init__(self, reason: Promise | str, field: str = "") -> None:
        super().__init__(str(reason))
        self.reason = reason
        self.field = field


class ChangedMeanwhile(Exception):
    """Somebody wrote a version of this code after it was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What a version says. Where the English is not the source's own any more, its provenance says so."""

    label_en: str
    label_fr: str
    definition_en: str = ""
    definition_fr: str = ""
    provenance: str
    french_provenance: str
    hidden_for_youth: bool = False


def reword(seen: CatalogueEntry, wording: Wording, *, start: date, why: str, by: AbstractBaseUser) -> CatalogueEntry:
    """Give a code another wording from a day on; also how a retired code comes back (it then may keep its words).

    `seen` is the newest version the administrator looked at. The same change sent twice is made once.
    """
    with transaction.atomic():
        newest = _newest(seen)
        if newest.pk != seen.pk:
            if _is(newest, wording, start) and newest.written_by_id == by.pk and newest.version == seen.version + 1:
                return newest
            raise ChangedMeanwhile
        check_wording(newest, wording, start=start)
        if newest.retired_on is None:
            _end(newest, start, by=by, why=why)
        return _write(newest, wording, version=newest.version + 1, start=start, why=why, by=by)


def check_wording(newest: CatalogueEntry, wording: Wording, *, start: date) -> None:
    """Refuse (NotPossible) a new version that may not be written, before anything is."""
    _both_languages(wording)
    _not_in_the_past(start)
    earliest = newest.retired_on or newest.valid_from
    if start < earliest:
        raise NotPossible(_("The version before it runs until a later day: choose that day or one after it."), "start")
    if newest.retired_on is None and _is(newest, wording, newest.valid_from):
        raise NotPossible(_("Nothing would change: these are the words it has."))
    if newest.hidden_for_youth and not wording.hidden_for_youth:
        raise NotPossible(_("What is hidden for young people stays hidden."), "hidden_for_youth")
    others = CatalogueEntry.objects.filter(code_list=newest.code_list, category_code=newest.category_code)
    _reads_like_no_other(others.exclude(code=newest.code), wording, start)


def add(
    code_list: CodeList, *, category: Category, wording: Wording, start: date, why: str, by: AbstractBaseUser
) -> CatalogueEntry:
    """Add a code, usable from a day on. It is named after its English words, once and for good."""
    with transaction.atomic():
        listed = list(CatalogueEntry.objects.of(code_list).select_for_update().order_by("pk"))
        check_new(code_list, category=category, wording=wording, start=start)
        inside = [e.position for e in listed if e.category_code == category.code]
        entry = CatalogueEntry(
            code_list=code_list, category_code=category.code, category_en=category.label_en,
            category_fr=category.label_fr, code=_code_for(wording.label_en, category.code, listed),
            position=max(inside or [e.position for e in listed], default=0),
        )  # fmt: skip
        hidden = wording.hidden_for_youth or hidden_for_youth(code_list, category.code, entry.code)
        return _write(entry, wording, version=1, start=start, why=why, by=by, hidden=hidden)


def check_new(code_list: CodeList, *, category: Category, wording: Wording, start: date) -> None:
    """Refuse (NotPossible) a code that may not be added, before anything is written."""
    known = {c.code: c for c in categories(code_list)}
    if not fixed.takes_new_codes(code_list):
        raise NotPossible(_("Rules of the program speak of this list’s codes: only their wording may change."))
    if bool(known) != bool(category.code):
        raise NotPossible(_("Choose the category it belongs to."), "category")
    if category.code not in known and category.code:
        if not fixed.takes_new_categories(code_list, has_categories=bool(known)):
            raise NotPossible(_("Choose one of the groups there are."), "category")
        if not (category.label_en and category.label_fr):
            raise NotPossible(_("Name the category in both languages."), "category_fr")
    named = {label.lower() for c in known.values() if c != category for label in (c.label_en, c.label_fr)}
    if known.get(category.code, category) != category or {category.label_en.lower(), category.label_fr.lower()} & named:
        raise NotPossible(_("A category of that name is there already: choose it."), "category_en")
    _both_languages(wording)
    _not_in_the_past(start)
    _reads_like_no_other(CatalogueEntry.objects.of(code_list).filter(category_code=category.code), wording, start)


def retire(seen: CatalogueEntry, *, on: date, why: str, by: AbstractBaseUser) -> CatalogueEntry:
    """Take a code out of use from a day on. It stays readable wherever it was recorded."""
    with transaction.atomic():
        newest = _newest(seen)
        if newest.pk != seen.pk:
            raise ChangedMeanwhile
        if newest.retired_on == on and newest.retired_by_id == by.pk:
            return newest
        check_retirement(newest, on=on)
        _end(newest, on, by=by, why=why)
        return newest


def check_retirement(newest: CatalogueEntry, *, on: date) -> None:
    """Refuse (NotPossible) a retirement that may not be, before anything is written."""
    code_list = CodeList(newest.code_list)
    if not fixed.takes_new_codes(code_list):
        raise NotPossible(_("Rules of the program speak of this list’s codes: none can retire."))
    if newest.retired_on is not None:
        raise NotPossible(_("It is retired already."))
    _not_in_the_past(on)
    if on < newest.valid_from:
        raise NotPossible(_("It begins on a later day: choose that day or one after it."), "start")
    others = CatalogueEntry.objects.filter(Q(retired_on__isnull=True) | Q(retired_on__gt=on)).exclude(pk=newest.pk)
    if fixed.would_be_empty(others, code_list, newest.category_code):
        raise NotPossible(_("It is the last one: a list without codes would stop those who file."))


@dataclass(frozen=True, slots=True)
class Category:
    """A category or group of a list; all empty where the list has none."""

    code: str = ""
    label_en: str = ""
    label_fr: str = ""

    @classmethod
    def new(cls, label_en: str, label_fr: str) -> Category:
        """A category that is not there yet, named after its English words."""
        return cls(slugify(label_en)[:60], label_en, label_fr)


def categories(code_list: CodeList) -> list[Category]:
    """The categories of a list, in its order, as their newest entries word them."""
    found: dict[str, Category] = {}
    for e in CatalogueEntry.objects.of(code_list).exclude(category_code="").order_by("position", "version"):
        found[e.category_code] = Category(e.category_code, e.category_en, e.category_fr)
    return list(found.values())


def _newest(seen: CatalogueEntry) -> CatalogueEntry:
    """The newest version of a code, locked with all the others."""
    versions = CatalogueEntry.objects.versions(CodeList(seen.code_list), seen.category_code, seen.code)
    return list(versions.select_for_update())[-1]


def _end(entry: CatalogueEntry, on: date, *, by: AbstractBaseUser, why: str) -> None:
    entry.retired_on, entry.retired_by_id, entry.why_retired = on, by.pk, why
    entry.save(update_fields=["retired_on", "retired_by", "why_retired"])


def _write(
    like: CatalogueEntry, wording: Wording, *, version: int, start: date, why: str, by: AbstractBaseUser,
    hidden: bool | None = None,
) -> CatalogueEntry:  # fmt: skip
    return CatalogueEntry.objects.create(
        code_list=like.code_list, category_code=like.category_code, code=like.code, category_en=like.category_en,
        category_fr=like.category_fr, position=like.position, version=version, valid_from=start,
        origin=Origin.EDITOR, written_by_id=by.pk, why=why,
        **asdict(wording) | ({} if hidden is None else {"hidden_for_youth": hidden}),
    )  # fmt: skip


def _is(entry: CatalogueEntry, wording: Wording, start: date) -> bool:
    return entry.valid_from == start and all(getattr(entry, k) == v for k, v in asdict(wording).items())


def _both_languages(wording: Wording) -> None:
    for one, other in (("label_en", "label_fr"), ("label_fr", "label_en")):
        if not getattr(wording, one):
            raise NotPossible(_("Both languages are needed before it can be used."), one)
        if bool(getattr(wording, one.replace("label", "definition"))) < bool(
            getattr(wording, other.replace("label", "definition"))
        ):
            raise NotPossible(
                _("A definition stands in both languages, or in neither."), one.replace("label", "definition")
            )


def _not_in_the_past(day: date) -> None:
    if day < timezone.localdate():
        raise NotPossible(_("Choose today or a later day: what was recorded before is not rewritten."), "start")


def _reads_like_no_other(others: CatalogueQuerySet, wording: Wording, start: date) -> None:
    """Two codes side by side that read the same could not be told apart."""
    still = others.filter(Q(retired_on__isnull=True) | Q(retired_on__gt=start))
    for field in ("label_en", "label_fr"):
        if still.filter(**{f"{field}__iexact": getattr(wording, field)}).exists():
            raise NotPossible(_("Another code here has these words."), field)


def _code_for(label: str, category_code: str, listed: Iterable[CatalogueEntry]) -> str:
    """A code no entry of this category ever had."""
    taken = {e.code for e in listed if e.category_code == category_code}
    base = slugify(label)[:90] or "code"
    return next(c for c in (base, *(f"{base}-{n}" for n in range(2, 1000))) if c not in taken)
