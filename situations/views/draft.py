"""How does an agency file a situation? It opens a draft, works through the sections, and comes back whenever."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from agencies.models import Member, Standing
from agencies.vocabulary import AGENCY_ROLES
from privacy import vault
from privacy.decision import Denied, deny
from situations import marks
from situations import scene as scenes
from situations.acts import ACTS
from situations.forms import SAVE_SECTIONS
from situations.forms.base import ActForm
from situations.forms.draft import SectionForm
from situations.lifecycle import Stale, decide, open_draft, perform
from situations.once import key_field, once
from situations.projection import project
from situations.views import autosave, marked
from situations.views.again import done_before, fresh
from situations.views.frame import band, heads, member_of, people
from situations.views.tasks import TITLES


class SeatForm(forms.Form):
    """For which agency, at which table; asked only of somebody who has a choice."""

    key = key_field()
    seat = forms.ChoiceField(
        label=gettext_lazy("For which agency, at which table"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose for whom you file")},
    )

    def __init__(self, by: Member, data: Any = None) -> None:
        super().__init__(data)
        seats = Standing.objects.of(by).filter(role__in=AGENCY_ROLES).select_related("agency", "table")
        self.seats = {f"{s.table_id}-{s.agency_id}": s for s in seats}
        self.fields["seat"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (value, f"{s.agency.name}, {s.table.name}") for value, s in self.seats.items()
        ]
        if len(self.seats) == 1:
            self.fields["seat"].initial = next(iter(self.seats))
            self.fields["seat"].widget = forms.HiddenInput()


@require_http_methods(["GET", "POST"])
def draft_new(request: HttpRequest) -> HttpResponse:
    """Say what a filing is, and open the draft."""
    by = member_of(request)
    form = SeatForm(by, request.POST if request.method == "POST" else None)
    if not form.seats:
        raise Denied(deny("not-your-agency", _("You can file for an agency you are seated for.")))
    if form.is_bound and form.is_valid():
        seat = form.seats[form.cleaned_data["seat"]]
        ref, _new = once(
            form.cleaned_data["key"],
            f"open:{seat.table_id}:{seat.agency_id}",
            lambda: open_draft(table=seat.table, agency=seat.agency, by=by).pk,
            by=by,
        )
        return redirect("draft_section", ref, next(iter(SAVE_SECTIONS)))
    return render(request, "situations/new.html", {"form": form, "titles": list(TITLES.values())})


@require_http_methods(["GET", "POST"])
def draft_section(request: HttpRequest, situation_id: UUID, section: str) -> HttpResponse:
    """One section of the draft."""
    by = member_of(request)
    scene = scenes.load(situation_id, by=by)
    if section not in SAVE_SECTIONS:
        raise Http404
    decide(ACTS["save"], scene).require()
    if request.method != "POST":
        rows = {"rows": request.GET["rows"]} if "rows" in request.GET else None
        return _page(request, scene, section, SAVE_SECTIONS[section](scene, initial=rows))
    quiet = autosave.FIELD in request.POST
    if done_before(by, "save", request.POST.get("key", ""), situation_id):
        return autosave.saved(situation_id, section, by=by) if quiet else _onward(request, situation_id, section)
    form = SAVE_SECTIONS[section](scene, request.POST)
    if not form.is_valid():
        return autosave.incomplete() if quiet else _page(request, scene, section, form)
    try:
        with transaction.atomic():
            perform(
                "save",
                situation_id,
                by=by,
                key=form.cleaned_data["key"],
                seen_version=form.cleaned_data["seen_version"],
                **form.act_data(),
            )
    except Stale:
        return _conflict(request, by, situation_id, section, quiet=quiet)
    return autosave.saved(situation_id, section, by=by) if quiet else _onward(request, situation_id, section)


def _onward(request: HttpRequest, situation_id: UUID, section: str) -> HttpResponseRedirect:
    """Where the pressed button leads: another person, back to the list, or the next section."""
    if "more" in request.POST:
        rows = request.POST.get("rows", "1")
        following = int(rows) + 1 if rows.isdecimal() else 2
        url = reverse("draft_section", args=[situation_id, section])
        return HttpResponseRedirect(f"{url}?rows={following}#id_person_{following}_age")
    names = list(SAVE_SECTIONS)
    after = names.index(section) + 1
    if "later" in request.POST or after == len(names):
        return redirect("situation", situation_id)
    return redirect("draft_section", situation_id, names[after])


def _conflict(
    request: HttpRequest, by: Member, situation_id: UUID, section: str, *, quiet: bool = False
) -> HttpResponse:
    """A colleague saved meanwhile: what was typed stays in the fields, what is there now stands beside it."""
    scene = scenes.load(situation_id, by=by)
    form_class = SAVE_SECTIONS[section]
    theirs = _theirs(scene, form_class)
    if quiet:
        return autosave.met(request, form_class(scene), theirs)
    form = form_class(scene, fresh(request.POST, form_class(scene)))
    form.is_valid()
    form.add_error(
        None,
        _("A colleague saved this draft after you opened the page. Yours is still in the fields, theirs stands under"
          " “What is saved there now”. Save again to keep yours."),
    )  # fmt: skip
    return _page(request, scene, section, form, theirs=theirs, status=409)


def _theirs(scene: scenes.Scene, form_class: type[SectionForm]) -> list[dict[str, Any]]:
    """What is saved in a section now, field by field: its texts, and its codes in words."""
    saved = form_class(scene)
    stored = vault.read_screened(scene.situation.pk, vault.F1)
    rows = [{"key": saved.fields[i].label, "value": stored.get(i, ("", 0))[0]} for i in form_class.texts]
    for field in saved.visible_fields():
        value = field.value()
        known = getattr(field.field, "by_value", None)
        if known is None:
            continue
        chosen = [str(known[v]) for v in (value if isinstance(value, list) else [value]) if v in known]
        rows.append({"key": field.label, "value": ", ".join(chosen) or _("Nothing")})
    return rows


def _guard(scene: scenes.Scene, form: ActForm) -> dict[str, Any]:
    """The marks in the summary as it stands in the field, for pages without a script as well."""
    text = str(form["summary"].value() or "")
    found = marks.marks_in(text, scene.situation)
    url = reverse("draft_screen", args=[scene.situation.pk])
    return {"url": url, "field": "id_summary", "said": marked.heading(found), "rows": marked.rows(text, found)}


def _page(
    request: HttpRequest, scene: scenes.Scene, section: str, form: ActForm, *, theirs: Any = (), status: int = 200
) -> HttpResponse:
    seen, counted = project(scene), heads(scene)
    number = list(SAVE_SECTIONS).index(section) + 1
    said = {"own": people(counted.own), "table": people(counted.table)}
    context = {
        "form": form,
        "section": section,
        "title": TITLES[section],
        "caption": _("Draft %(code)s, section %(n)s of %(all)s")
        % {"code": seen.draft_code, "n": number, "all": len(SAVE_SECTIONS) + 1},
        "band": band(scene, seen, counted),
        "back_url": reverse("situation", args=[scene.situation.pk]),
        "shut": section == "acute",
        "who": _("your agency (%(own)s), and never anybody else.") % said
        if section == "acute"
        else _("your agency now (%(own)s); the whole table (%(table)s) once you present.") % said,
        "theirs": theirs,
        "guard": _guard(scene, form) if section == "summary" else None,
        "conflict": status == 409,
        # What was sent with this page was not saved: a tick beside its buttons would say the opposite.
        "saved": "" if status == 409 or form.errors else autosave.saved_words(scene.situation.saved_at),
    }
    return render(request, "situations/section.html", context, status=status)
