"""Which words does the name guard mark while somebody types? Asked by the page of a draft's summary (R6).

Nothing is stored and nothing is logged; what was typed is forgotten with the answer. Only who may save the draft may
ask, so that nobody can use it to learn whether a draft exists.
"""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from situations import marks
from situations import scene as scenes
from situations.acts import ACTS
from situations.forms.draft import MOST_WORDS
from situations.lifecycle import decide
from situations.pace import Pace
from situations.views import marked
from situations.views.frame import member_of

#: A person types; a page asks once in a while. More than this is a program.
_TIMES, _SECONDS = 60, 60
_SAID = ("label", "why", "instead")
_PACE = Pace(times=_TIMES, seconds=_SECONDS)


@require_POST
def draft_screen(request: HttpRequest, situation_id: UUID) -> JsonResponse:
    """The marks in what was typed: offsets in characters, and what they are."""
    by = member_of(request)
    scene = scenes.load(situation_id, by=by)
    decide(ACTS["save"], scene).require()
    text = request.POST.get("text", "")
    if len(text) > MOST_WORDS:
        return JsonResponse({"code": "too-long"}, status=413)
    if not _PACE.allows(by.pk):
        return JsonResponse({"code": "too-often"}, status=429)
    found = marks.marks_in(text, scene.situation)
    # The page has the words; they are not sent back.
    rows = [{k: v for k, v in row.items() if k != "words"} for row in marked.rows(text, found)]
    shown = [row | {name: str(row[name]) for name in _SAID} for row in rows]
    return JsonResponse({"said": marked.heading(found), "marks": shown})
