"""Who has a calendar feed, and whose is this address? A long random secret, kept as a hash, replaced or taken back.

The address is all its reader needs, so it opens times, numbers and links and nothing else; each request asks again
whether its member sits at a table. (docs/adr/0045)
"""

from __future__ import annotations

import hashlib
import secrets

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from agencies.models import Member, Standing
from agencies.vocabulary import SEATED_ROLES
from situations import calendar
from situations.meeting import Meeting
from situations.series_model import CalendarFeed
from situations.vocabulary import MeetingState


def of(member: Member) -> CalendarFeed | None:
    """The member's feed, if there is one."""
    return CalendarFeed.objects.filter(member=member).first()


def make(*, by: Member) -> str:
    """A new secret for one's own feed, to be shown once; the address before opens nothing from now on."""
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(member=by, defaults={"digest": _digest(token), "since": timezone.now()})
    return token


def take_back(*, by: Member) -> None:
    """One's own feed is no more."""
    CalendarFeed.objects.filter(member=by).delete()


def whose(token: str) -> Member | None:
    """The member whose feed has this secret. A function of the database answers: nobody is signed in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT situations_feed_of(%s)", [_digest(token)])
        found = cursor.fetchone()[0]
    return Member.objects.filter(pk=found, is_active=True).first() if found else None


def meetings(member: Member) -> QuerySet[Meeting] | None:
    """What stands in the member's feed; None where the member sits at no table in good standing."""
    tables = set(Standing.objects.of(member).in_roles(*SEATED_ROLES).values_list("table_id", flat=True))
    if not tables:
        return None
    rows = Meeting.objects.filter(table_id__in=tables, starts_at__gte=timezone.now() - calendar.BACK)
    # Whoever was never told of a cancelled meeting need not see that there was one.
    shown = rows.filter(~Q(state=MeetingState.CANCELLED) | Q(invited_at__isnull=False))
    return shown.select_related("table").order_by("starts_at")


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
