"""What does the planning page show? Risks by rank with their trend and area, missing services, systemic issues."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.forms import Form
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.committee import Committee
from reports.models import Matter
from reports.pack.document import Document
from reports.pack.periods import parse
from reports.planning import issues, risks
from reports.planning.forms import MoveForm, TakeUpForm, services
from reports.planning.issues import Issue
from reports.planning.risks import Risk
from reports.planning.verbs import standing
from reports.planning_model import Area, MatterKind, MatterStatus

#: How many risks are named before the tables.
_FIRST = 3
_STATES = {
    MatterStatus.RAISED: "open", MatterStatus.IN_HAND: "half", MatterStatus.SETTLED: "ok",
    MatterStatus.SET_ASIDE: "off",
}  # fmt: skip


def page(committee: Committee, moving: Mapping[int, Form]) -> dict[str, Any]:
    """Everything the template takes, decided. `moving`: the form that was sent, by the number of its matter."""
    release = risks.newest(committee.table)
    document = risks.document_of(release)
    found = risks.ranked(committee.table, document)
    matters = list(Matter.objects.filter(table=committee.table).select_related("owner"))
    return {
        "release": {"url": reverse("release", args=[release.pk]), "label": parse(release.period).label}
        if release else None,
        "areas": [{"title": area.label, "rows": [_risk(r) for r in found if r.area == area]} for area in Area],
        "risk_columns": [
            {"label": _("Risk category")}, {"label": _("Accepted situations with it"), "number": True},
            {"label": _("Since the period before")},
        ],
        "ranked": bool(found), "first": ", ".join(r.label for r in found[:_FIRST]),
        "results": _results(document),
        "result_columns": [{"label": _("Services mobilized, by result")}, {"label": _("Count"), "number": True},
                           {"label": _("Period before"), "number": True}],
        "gaps": [_matter(m, committee, moving.get(m.pk)) for m in matters if m.kind == MatterKind.GAP],
        "raised": [_issue(i, committee) for i in issues.raised(committee.table)],
        "issues": [_matter(m, committee, moving.get(m.pk)) for m in matters if m.kind == MatterKind.SYSTEMIC],
    }  # fmt: skip


def _risk(risk: Risk) -> list[dict[str, Any]]:
    """Three columns: a telephone shows them all."""
    accepted = str(risk.count)
    if risk.percent is not None:
        share = _("%(share)s%%") % {"share": formats.number_format(risk.percent, 1)}
        accepted += f"\N{NO-BREAK SPACE}({share})"
    return [{"text": f"{risk.rank}. {risk.label}"}, {"text": accepted, "number": True}, {"text": _trend(risk)}]


def _trend(risk: Risk) -> str:
    if risk.before is None:
        return _("withheld before")
    more = risk.count - risk.before
    if not more:
        return _("as many")
    if more > 0:
        return ngettext("%(n)s more", "%(n)s more", more) % {"n": more}
    return ngettext("%(n)s fewer", "%(n)s fewer", -more) % {"n": -more}


def _results(document: Document | None) -> list[list[dict[str, Any]]]:
    """How services went, as released: what was not available or was refused stands beside the register."""
    rows = next((f.rows for f in document.figures if f.key == "service-result"), ()) if document else ()
    return [
        [{"text": row.label}, {"text": str(row.count), "number": True},
         {"text": "–" if row.before is None else str(row.before), "number": True}]
        for row in rows if row.count is not None
    ]  # fmt: skip


def _matter(matter: Matter, committee: Committee, sent: Form | None) -> dict[str, Any]:
    labels = dict(services())
    gap = (
        [labels.get(matter.service, matter.service), matter.get_why_display()] if matter.kind == MatterKind.GAP else []
    )
    status = MatterStatus(matter.status)
    now = {"owner": matter.owner_id, "status": matter.status, "seen": standing(matter)}
    move = sent or MoveForm(initial=now, table=committee.table, prefix=f"m{matter.pk}")
    title = matter.words
    if matter.issue_kind:
        title = issues.words(matter.issue_kind, issues.sectors().get(matter.issue_sector, matter.issue_sector))
        gap = [_("Named at the table’s meetings")]
    return {
        "title": title,
        "facts": [
            *gap, matter.get_area_display(),
            matter.owner.name if matter.owner else _("Nobody’s yet"),
            _("Raised in %(month)s") % {"month": formats.date_format(matter.raised_on, "F Y")},
        ],
        "state": status.label, "kind": _STATES[status],
        "id": matter.pk,
        "url": reverse("planning_move", args=[matter.pk]) if committee.raises else "",
        "form": move, "opened": sent is not None,
    }  # fmt: skip


def _issue(issue: Issue, committee: Committee) -> dict[str, Any]:
    """What the table named, with the way to take it up, or to where it was taken up."""
    status = MatterStatus(issue.matter.status) if issue.matter else None
    state = status.label if status else _("Open at the table") if issue.open else _("Closed by the table")
    takes = committee.manages and issue.matter is None
    return {
        "title": issue.label,
        "facts": [
            ngettext("Named %(n)s time", "Named %(n)s times", issue.raised) % {"n": issue.raised},
            _("Since %(month)s") % {"month": formats.date_format(issue.since, "F Y")},
            ngettext("Before %(n)s meeting", "Before %(n)s meetings", issue.meetings) % {"n": issue.meetings},
            *([_("Open at the table") if issue.open else _("Closed by the table")] if status else []),
        ],
        "state": state, "kind": _STATES[status] if status else "open" if issue.open else "off",
        "matter": issue.matter.pk if issue.matter else None,
        "url": reverse("planning_take_up", args=[issue.kind, issue.sector]) if takes else "",
        "form": TakeUpForm(table=committee.table, prefix=prefix(issue)) if takes else None,
    }  # fmt: skip


def prefix(issue: Issue) -> str:
    """How the fields of an issue's form begin."""
    return f"i-{issue.kind}-{issue.sector}"
