"""What of a draft is done, what is missing, and who sees each part? The task list of filter 1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from privacy.decision import Text
from situations.conditions import missing_sections
from situations.conditions.screening import NONE_IS_TOLD
from situations.scene import Scene
from situations.seen import SeenSituation
from situations.views.frame import Heads, people
from situations.vocabulary import ScreeningQuestion

#: Section -> its title, in the order of the list.
TITLES: dict[str, Promise] = {
    "whom": gettext_lazy("What kind and whom"),
    "acute": gettext_lazy("Why it is acute"),
    "factors": gettext_lazy("Risk factors"),
    "protective": gettext_lazy("Protective factors and study flags"),
    "summary": gettext_lazy("Summary"),
}
_LISTS = ", "


@dataclass(frozen=True, slots=True)
class Tasks:
    """The task list, as its template takes it."""

    tasks: tuple[dict[str, Any], ...]
    steps: tuple[bool, ...]
    words: str
    next_url: str
    next_label: str
    complete: bool


def tasks(scene: Scene, seen: SeenSituation, counted: Heads) -> Tasks:
    """The sections with their state, and where to go on."""
    ref = scene.situation.pk
    missing = set(missing_sections(scene))
    texts = _texts(seen)
    if "factors" in missing and texts["factors"]:
        texts["factors"] = f"{texts['factors']}. {NONE_IS_TOLD}"
    rows, steps = [], []
    for number, (name, title) in enumerate(TITLES.items(), 1):
        done = name not in missing and (name != "protective" or bool(texts[name]))
        steps.append(done)
        rows.append(
            {
                "title": title,
                "url": reverse("draft_section", args=[ref, name]),
                "text": texts[name],
                **_state(name, done=done, begun=bool(texts[name]), seen=seen),
                **_who(name, counted),
                "number": number,
            }
        )
    present = reverse("act", args=[ref, "present"])
    rows.append(_last(present if not missing else "", counted))
    todo = next((r for r, done in zip(rows, steps, strict=False) if not done and r["kind"] != "off"), None)
    must = next((r for r in rows[:-1] if r["must"]), None)
    first = must or (None if not missing else todo)
    return Tasks(
        tasks=tuple(rows),
        steps=(*steps, False),
        words=_("%(done)s of %(all)s sections done. Answer in any order.") % {"done": sum(steps), "all": len(rows)},
        next_url=str(first["url"]) if first else present,
        next_label=_("Continue with section %(n)s") % {"n": first["number"]} if first else _("Check and present"),
        complete=not missing,
    )


def _state(name: str, *, done: bool, begun: bool, seen: SeenSituation) -> dict[str, Any]:
    if done:
        return {"kind": "ok", "words": _("Done"), "must": False}
    if name == "protective":
        return {"kind": "open", "words": _("Optional"), "must": False}
    if begun:
        left = _still_missing(name, seen)
        return {"kind": "half", "words": left or _("Not complete"), "must": True}
    return {"kind": "open", "words": _("To do"), "must": True}


def _still_missing(name: str, seen: SeenSituation) -> str:
    if name != "acute" or seen.screening is None:
        return ""
    left = sum(not yes for _code, _label, yes in seen.screening.answers) + (not seen.screening.likely_agencies)
    if not left:
        return _("Duty to report to acknowledge")
    return ngettext("%(n)s answer missing", "%(n)s answers missing", left) % {"n": left}


def _who(name: str, counted: Heads) -> dict[str, Any]:
    if name == "acute":
        return {"who": _("your agency, and never anybody else."), "who_shut": True}
    said = _("your agency now (%(own)s); the whole table (%(table)s) once you present.")
    return {"who": said % {"own": people(counted.own), "table": people(counted.table)}, "who_shut": False}


def _last(url: str, counted: Heads) -> dict[str, Any]:
    open_words = _("It shows what %(people)s will see before you confirm.") % {"people": people(counted.table)}
    shut_words = _("Opens when every section above that is not optional is done. ") + open_words
    return {
        "title": _("Check answers and present"),
        "url": url,
        "text": open_words if url else shut_words,
        "kind": "open" if url else "off",
        "words": _("Ready") if url else _("Not yet"),
        "must": False,
        "who": "",
        "who_shut": False,
        "number": len(TITLES) + 1,
    }


def _texts(seen: SeenSituation) -> dict[str, Text]:
    """One line for each section: what is there so far, coded; empty where nothing is."""
    coded, screening = seen.coded, seen.screening
    if coded is None or screening is None:
        return dict.fromkeys(TITLES, "")
    persons = [f"{p.age_group}, {p.sex}" for p in coded.persons]
    answered = sum(yes for _code, _label, yes in screening.answers)
    acute = []
    if answered:
        acute.append(_("%(n)s of %(all)s screening answers") % {"n": answered, "all": len(ScreeningQuestion)})
    if screening.likely_agencies:
        acute.append(_LISTS.join(screening.likely_agencies))
    if screening.tried and not acute:
        acute.append(_("What was tried is written"))
    factors, categories = len(coded.risk_factors), len({f.category_code for f in coded.risk_factors})
    protective = [
        ngettext("%(n)s protective factor", "%(n)s protective factors", n) % {"n": n}
        for n in [len(coded.protective_factors)]
        if n
    ] + [ngettext("%(n)s study flag", "%(n)s study flags", n) % {"n": n} for n in [len(coded.study_flags)] if n]
    in_categories = ngettext("%(n)s factor", "%(n)s factors", factors) % {"n": factors}
    return {
        "whom": "; ".join([*([coded.discussion_type] if coded.discussion_type else []), *persons]),
        "acute": "; ".join(acute),
        "factors": f"{in_categories} ({_('categories: %(n)s') % {'n': categories}})" if factors else "",
        "protective": _LISTS.join(protective),
        "summary": _("Written, sealed") if (seen.summary or "").strip() else "",
    }
