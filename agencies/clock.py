"""Which day is it at a table? Its own time zone decides, as in the view of standing seats."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from django.utils import timezone

from agencies.models import Table


def today_at(table: Table) -> date:
    """The day at a table, now."""
    return timezone.localdate(timezone=ZoneInfo(table.time_zone))
