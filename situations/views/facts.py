"""How do coded facts stand on a page? As rows of key and lines, grouped as the lists are."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from situations.seen import SeenSituation
from situations.views.inside import inside

_LISTS = "; "


def heading(seen: SeenSituation) -> str:
    """What and whom, in one line of codes."""
    if seen.coded is None:
        return ""
    persons = [f"{p.age_group}, {inside(p.sex)}" for p in seen.coded.persons]
    return _LISTS.join([*([seen.coded.discussion_type] if seen.coded.discussion_type else []), *persons])


def coded_rows(seen: SeenSituation) -> list[dict[str, Any]]:
    """The coded facts, as components/summary_list.html takes them."""
    coded = seen.coded
    if coded is None:
        return []
    persons = [_person(p.age_group, p.sex, p.part) for p in coded.persons]
    rows: list[dict[str, Any]] = [
        {"key": _("Kind"), "value": coded.discussion_type or _("Not said")},
        {"key": _("Affected"), "lines": persons or [_("Not said")]},
    ]
    return rows + factor_rows(seen)


def factor_rows(seen: SeenSituation) -> list[dict[str, Any]]:
    """Risk factors by category, then what protects, then the flags."""
    coded = seen.coded
    if coded is None:
        return []
    rows: list[dict[str, Any]] = [
        {"key": category, "lines": [f.label for f in found]}
        for category, found in groupby(coded.risk_factors, key=lambda f: f.category)
    ]
    if coded.protective_factors:
        rows.append({"key": _("Protective factors"), "lines": [f.label for f in coded.protective_factors]})
    if coded.study_flags:
        rows.append({"key": _("Study flags"), "value": _LISTS.join(f.label for f in coded.study_flags)})
    return rows


def _person(age_group: str, sex: str, part: str) -> str:
    return _("%(age)s, %(sex)s (%(part)s)") % {"age": age_group, "sex": inside(sex), "part": inside(part)}
