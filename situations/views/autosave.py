"""What does the page of a section hear when it has saved itself? The time, or that a colleague was there first.

The page sends what its button would send, to the same address and the same verb; only the answer is small.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agencies.models import Member
from situations import scene as scenes
from situations.forms import ActForm
from situations.forms.draft import SAVE_SECTIONS

#: The field by which a page says that it saves by itself.
FIELD = "autosave"


def saved_words(at: datetime | None) -> str:
    """When the draft was saved, as a page says it; empty before the first time."""
    if at is None:
        return ""
    here = timezone.localtime(at)
    today = here.date() == timezone.localdate()
    return _("Saved %(when)s") % {"when": date_format(here, "HOUR" if today else "DAY_AND_HOUR")}


def saved(situation_id: UUID, section: str, *, by: Member) -> JsonResponse:
    """It is saved; the versions to save over next."""
    scene = scenes.load(situation_id, by=by)
    said = saved_words(scene.situation.saved_at)
    return JsonResponse({"said": said, "fields": _next(SAVE_SECTIONS[section](scene))})


def incomplete() -> JsonResponse:
    """Something typed cannot be kept as it is; the page says what when the button is pressed."""
    return JsonResponse({"said": _("Not saved yet: something here is not complete.")}, status=422)


def met(request: HttpRequest, form: ActForm, theirs: list[dict[str, Any]]) -> JsonResponse:
    """A colleague saved meanwhile: theirs to read, the versions to save over once this person has read it."""
    html = render_to_string("situations/_theirs.html", {"theirs": theirs}, request)
    said = _("Not saved: a colleague changed this section. Theirs stands beside yours; save to keep yours.")
    return JsonResponse({"said": said, "html": html, "fields": _next(form)}, status=409)


def _next(form: ActForm) -> dict[str, str]:
    """A new key, and the versions as they are now. `form`: made from the scene as it is now."""
    seen = {n: f.initial for n, f in form.fields.items() if n.startswith("seen_")}
    return {"key": uuid4().hex} | {n: "" if v is None else str(v) for n, v in seen.items()}
