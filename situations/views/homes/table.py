"""What does everybody who hears a table see of it? The next meeting, and how much is open."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.vocabulary import SEATED_ROLES, Role
from situations.next_meeting import next_meeting
from situations.views import asked
from situations.views.homes.parts import Entering, Part, Side
from situations.vocabulary import MeetingState

#: Who starts a meeting and keeps it going.
RUNS = (Role.FACILITATOR, Role.RECORDER)


def home(entering: Entering) -> Iterator[Part | Side]:
    """The next meeting, with the way in; then each table's open situations."""
    if not entering.holds(*SEATED_ROLES, Role.GUEST):
        return
    yield _meeting(entering)
    for table in entering.tables(*SEATED_ROLES):
        count = asked.open_rows(table, entering.by).count()
        said = ngettext("%(n)s situation is open", "%(n)s situations are open", count) % {"n": count}
        yield Side(
            table.name,
            note=_("Past the door you see only that intervening agencies have it, unless you are named."),
            url=asked.url(table, "open"),
            link=said,
        )


def _meeting(entering: Entering) -> Side:
    meeting = next_meeting(t.pk for t in entering.tables(*SEATED_ROLES, Role.GUEST))
    runs = entering.holds(*RUNS)
    if meeting is None:
        plan = reverse("meetings") if runs else ""
        return Side(_("Next meeting"), text=_("None is planned."), url=plan, link=_("Plan a meeting"), button=runs)
    sits = meeting.state == MeetingState.SITTING
    # Who runs it goes by its page; everybody else came to hear the item that the table is on.
    follows = sits and not runs
    return Side(
        _("The meeting is sitting") if sits else _("Next meeting"),
        big=date_format(timezone.localtime(meeting.starts_at), "WEEKDAY_AND_HOUR"),
        text=meeting.table.name if len(entering.tables(*SEATED_ROLES, Role.GUEST)) > 1 else "",
        url=reverse("meeting_now" if follows else "meeting", args=[meeting.pk]),
        link=_("Open the meeting") if runs else _("Follow the item on the table") if follows else _("Open the agenda"),
        button=runs or follows,
        now=sits,
    )
