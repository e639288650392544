"""Which pages tell what the table's figures ask of the plan, and where is that written down?"""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies.vocabulary import Role
from privacy.decision import Denied, hide
from privacy.vault import StaleText
from reports.committee import RAISES, Committee, committee_of
from reports.models import AreaOfRisk, Matter
from reports.planning import issues, risks, verbs
from reports.planning.forms import AreaForm, GapForm, MatterForm, MoveForm, TakeUpForm
from reports.planning.pages import page, prefix
from reports.planning_model import Area, MatterKind, MatterStatus


@require_safe
def planning(request: HttpRequest) -> HttpResponse:
    """Risks, missing services and systemic issues of one table."""
    return _shown(request, committee_of(request))


@require_POST
def planning_add(request: HttpRequest, kind: str) -> HttpResponse:
    """Write down a missing service or a systemic issue, or choose the area of a risk."""
    committee = committee_of(request, *((Role.MANAGER,) if kind == "area" else RAISES))
    form = _form(kind, committee, request)
    if not form.is_valid():
        return _shown(request, committee, {kind: form})
    said = dict(form.cleaned_data)
    if kind == "area":
        area, seen = Area(said["area"]), said["seen"]
        try:
            verbs.choose_area(table=committee.table, category=said["category"], area=area, by=committee.by, seen=seen)
        except StaleText:
            return _shown(request, committee, {kind: _area_over(request, committee, said["category"])}, status=409)
    else:
        verbs.raise_matter(table=committee.table, kind=MatterKind(kind), by=committee.by, **said)
    messages.success(request, _("It is written down."))
    return redirect(committee.address("planning"))


@require_POST
def planning_move(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Say whose a matter is and how far it has come."""
    committee = committee_of(request, *RAISES)
    form = MoveForm(request.POST, table=committee.table, prefix=f"m{matter_id}")
    if not form.is_valid():
        return _shown(request, committee, {"move": form}, matter=matter_id)
    said = form.cleaned_data
    try:
        verbs.move_matter(
            matter_id, table=committee.table, owner=said["owner"], status=MatterStatus(said["status"]),
            by=committee.by, seen=said["seen"],
        )  # fmt: skip
    except StaleText:
        over = _over(request, committee, matter_id)
        return _shown(request, committee, {"move": over}, matter=matter_id, status=409)
    messages.success(request, _("It is written down."))
    return redirect(committee.address("planning"))


@require_POST
def planning_take_up(request: HttpRequest, kind: str, sector: str) -> HttpResponse:
    """Take up what the table named at its meetings."""
    committee = committee_of(request, Role.MANAGER)
    issue = next((i for i in issues.raised(committee.table) if (i.kind, i.sector) == (kind, sector)), None)
    if issue is None:
        raise Denied(hide())
    if issue.matter is not None and issue.matter.raised_by_id != committee.by.pk:
        messages.warning(request, _("Somebody else took it up before you: it stands there as they wrote it."))
        return redirect(f"{committee.address('planning')}#m{issue.matter.pk}")
    form = TakeUpForm(request.POST, table=committee.table, prefix=prefix(issue))
    if not form.is_valid():
        return _shown(request, committee, {"take": form})
    said = form.cleaned_data
    matter = verbs.take_up(
        issue, table=committee.table, area=Area(said["area"]), owner=said["owner"],
        status=MatterStatus(said["status"]), by=committee.by,
    )  # fmt: skip
    messages.success(request, _("It is taken up, and listed under systemic issues."))
    return redirect(f"{committee.address('planning')}#m{matter.pk}")


def _over(request: HttpRequest, committee: Committee, matter_id: int) -> MoveForm:
    """What was typed, over what stands there now: sent again, it knows of it."""
    now, prefix_ = Matter.objects.select_related("owner").get(pk=matter_id, table=committee.table), f"m{matter_id}"
    data = request.POST.copy()
    data[f"{prefix_}-seen"] = verbs.standing(now)
    form = MoveForm(data, table=committee.table, prefix=prefix_)
    form.is_valid()
    said = _(
        "Somebody changed this after you opened the page. Now it is: %(whose)s, %(how_far)s. Yours is still in the"
        " fields. Write it down again to put it in its place."
    )
    whose = now.owner.name if now.owner else _("Nobody’s yet")
    form.add_error(None, said % {"whose": whose, "how_far": now.get_status_display()})
    return form


def _area_over(request: HttpRequest, committee: Committee, category: str) -> AreaForm:
    """The same of an area: only a risk that another one chose an area for since comes here."""
    data = request.POST.copy()
    data["area-seen"] = verbs.chosen_areas(committee.table)
    form = AreaForm(data, prefix="area")
    form.is_valid()
    chosen = AreaOfRisk.objects.filter(table=committee.table, category=category)
    now = risks.area_of(category, {row.category: Area(row.area) for row in chosen})
    said = _(
        "Somebody chose an area for this risk after you opened the page. Now it is: %(area)s. Yours is still in the"
        " fields. Write it down again to put it in its place."
    )
    form.add_error(None, said % {"area": now.label})
    return form


def _form(kind: str, committee: Committee, request: HttpRequest | None = None) -> Form:
    data = request.POST if request else None
    if kind == "area":
        return AreaForm(data, prefix=kind, initial={"seen": verbs.chosen_areas(committee.table)})
    if kind not in MatterKind.values:
        raise Http404
    return (GapForm if kind == MatterKind.GAP else MatterForm)(data, prefix=kind, table=committee.table)


def _shown(
    request: HttpRequest, committee: Committee, bound: dict[str, Form] | None = None, *, matter: int | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    """`matter`: whose form in the list is the bound one."""
    bound = bound or {}
    titles = {
        "gap": _("Write down a missing service"), "systemic": _("Write down a systemic issue"),
        "area": _("Take a risk up in another area"),
    }  # fmt: skip
    kinds = [*(("gap", "systemic") if committee.raises else ()), *(("area",) if committee.manages else ())]
    forms = [
        {"kind": kind, "title": titles[kind], "form": bound.get(kind) or _form(kind, committee), "open": kind in bound}
        for kind in kinds
    ]
    context = {
        "committee": committee, "tabs": committee.tabs("planning"), "beside": committee.beside("planning"),
        "forms": forms, "form": next(iter(bound.values()), None),
        **page(committee, {matter: bound["move"]} if matter is not None else {}),
    }  # fmt: skip
    return render(request, "reports/planning.html", context, status=status)
