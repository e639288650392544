"""How is the record of a meeting printed? As tagged PDF, with the words of its page; data never becomes markup."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reports import printing
from situations import meeting_record
from situations.meeting_record import MeetingRecord
from situations.views import record as page
from situations.views.frame import member_of

_TEMPLATE = Path(__file__).parent / "meeting.typ"


@require_safe
def meeting_record_pdf(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The record as a file, for who may read its page."""
    seen = meeting_record.record(meeting_id, by=member_of(request))
    answer = HttpResponse(pdf(seen), content_type="application/pdf")
    name = content_disposition_header(as_attachment=True, filename=f"{seen.code}.pdf")
    answer.headers["Content-Disposition"] = name or "attachment"
    return answer


def pdf(seen: MeetingRecord) -> bytes:
    """The record as PDF/UA-1: headings, header cells, reading order."""
    said = {
        "language": (get_language() or "en")[:2],
        "title": _("Meeting record %(code)s") % {"code": seen.code},
        "confirmed": page.confirmed(seen),
        "facts": [[fact["key"], fact["value"].replace("\n", ", ")] for fact in page.facts(seen)],
        "columns": [column["label"] for column in page.columns(seen)],
        "parts": [
            {"title": _("Items"), "rows": [[cell["text"] for cell in row] for row in page.rows(seen)],
             "lines": page.counts(seen)},
            *(
                {"title": title, "rows": [], "lines": lines}
                for title, lines in (
                    (_("Agencies present"), page.agencies(seen)), (_("Systemic issues"), page.issues(seen)),
                    (_("Corrections"), page.corrections(seen)),
                )
                if lines
            ),
        ],
    }  # fmt: skip
    return printing.pdf(_TEMPLATE, said)
