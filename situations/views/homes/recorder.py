"""Which meetings are not finished on record? Those nobody ended, and those that left an item undecided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from agencies.models import Member
from agencies.vocabulary import Role
from privacy.models import Recusal
from situations.meeting import AgendaItem, Meeting
from situations.models import Determination
from situations.views.homes.parts import Entering, Part, Row, Side, point
from situations.vocabulary import MeetingState, State

#: Older meetings are looked up in the list of meetings.
_BACK = timedelta(days=60)


def home(entering: Entering) -> Iterator[Part | Side]:
    """The meetings whose record is open."""
    tables = entering.tables(Role.RECORDER)
    if not tables:
        return
    yield Part(
        "records", _("Meetings to finish"), [_row(m) for m in unfinished({t.pk for t in tables}, entering.by)],
        _("No other meeting waits to be finished."),
        _("A meeting that nobody ended, or in which an opened item was left without a decision, appears here."),
        ngettext_lazy("meeting to finish", "meetings to finish"),
    )  # fmt: skip


def unfinished(table_ids: set[int], by: Member) -> list[Meeting]:
    """Meetings of the last weeks, newest first, with `undecided`: how many opened items have no decision in them; none
    that the recorder stepped away from is counted (R58)."""
    decided = Determination.objects.filter(meeting=OuterRef("meeting"), situation=OuterRef("situation"))
    open_items = (
        AgendaItem.objects.filter(table_id__in=table_ids, opened_at__isnull=False, situation__state=State.PRESENTED)
        .exclude(Exists(decided))
        .exclude(situation_id__in=Recusal.objects.filter(member=by).values("access_id"))
        .values("pk")
    )
    rows = Meeting.objects.filter(table_id__in=table_ids, starts_at__gte=timezone.now() - _BACK)
    rows = rows.annotate(undecided=Count("items", filter=Q(items__pk__in=open_items)))
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    wanted = Q(state=MeetingState.HELD, undecided__gt=0) | Q(state=MeetingState.SITTING, starts_at__lt=today)
    return list(rows.filter(wanted).select_related("table"))


def _row(meeting: Meeting) -> Row:
    count: int = meeting.undecided  # type: ignore[attr-defined]  # annotated above
    said = ngettext(
        "%(n)s item was opened and not decided.", "%(n)s items were opened and not decided.", count
    ) % {"n": count}  # fmt: skip
    sits = meeting.state == MeetingState.SITTING
    return point(
        capfirst(date_format(timezone.localtime(meeting.starts_at), "WHOLE_DAY_AND_HOUR")),
        url=reverse("meeting", args=[meeting.pk]),
        state=_("Not ended") if sits else _("To review"),
        kind="late" if sits else "warn",
        text=_("It still sits: end it, so that its items close.") if sits else said,
    )
