"""Which signatures have run out or do so soon, and who is told before? 60, 30 and 7 days before (setting), by e-mail.

Once each. The e-mail names nobody (R60); it leads to the list. What was signed again is neither listed nor told.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet

from agencies import paper_letters, reach
from agencies.clock import today_at
from agencies.models import ExpiryNotice, Member, Seat, SharingAgreement, Table, Undertaking
from agencies.undertakings import counts_until
from agencies.vocabulary import Paper


def sweep() -> int:
    """Owe the letters that are due today; returns how many notices were new. Safe to run twice at once."""
    return sum(_agreements(table) + _undertakings(table) for table in Table.objects.all())


def ending_agreements(table: Table, within: int) -> list[SharingAgreement]:
    """The agreements of a table that end within so many days and are not followed by another."""
    today = today_at(table)
    running = SharingAgreement.objects.filter(
        table=table, ended_at__isnull=True, agency__is_active=True,
        ends_on__range=(today, today + timedelta(days=within)),
    ).select_related("agency")  # fmt: skip
    later = SharingAgreement.objects.filter(table=table, ended_at__isnull=True, agency=OuterRef("agency"))
    goes_on = later.filter(ends_on__gt=OuterRef("ends_on"), starts_on__lte=OuterRef("ends_on") + timedelta(days=1))
    return list(running.exclude(Exists(goes_on)).order_by("ends_on"))


def ending_undertakings(table: Table, within: int) -> list[Undertaking]:
    """The undertakings of people with a seat at a table that end within so many days and are not signed again."""
    today = today_at(table)
    running = Undertaking.objects.filter(
        table=table, member__is_active=True, ends_on__range=(today, today + timedelta(days=within)),
        member__in=_seated(table, today),
    ).select_related("member", "member__agency")  # fmt: skip
    followed = Undertaking.objects.filter(table=table)
    return [
        u for u in running.order_by("ends_on")
        if not followed.filter(member=u.member, ends_on__gt=u.ends_on).exists()
        and (counts_until(u.member, table) or today) <= u.ends_on
    ]  # fmt: skip


def run_out_agreements(table: Table) -> list[SharingAgreement]:
    """The last agreements of agencies with a seat that goes on, where that one is over and none was signed after it."""
    today = today_at(table)
    over = SharingAgreement.objects.filter(
        table=table, ended_at__isnull=True, agency__is_active=True, ends_on__lt=today,
        agency__in=_going_on(table, today).values("agency_id"),
    ).select_related("agency")  # fmt: skip
    later = SharingAgreement.objects.filter(table=table, agency=OuterRef("agency"), ends_on__gt=OuterRef("ends_on"))
    return list(over.exclude(Exists(later)).order_by("ends_on"))


def run_out_undertakings(table: Table) -> list[Undertaking]:
    """The last undertakings of people with a seat that goes on, where that one is over and none was signed after it."""
    today = today_at(table)
    over = Undertaking.objects.filter(
        table=table, member__is_active=True, ends_on__lt=today, member__in=_seated(table, today)
    ).select_related("member", "member__agency")
    later = Undertaking.objects.filter(table=table, member=OuterRef("member"), ends_on__gt=OuterRef("ends_on"))
    return list(over.exclude(Exists(later)).order_by("ends_on"))


def _seated(table: Table, today: date) -> Iterable[int]:
    """Everybody with a seat that goes on, guests apart: theirs ends with its meeting."""
    return list(_going_on(table, today).values_list("member_id", flat=True))


def _going_on(table: Table, today: date) -> QuerySet[Seat]:
    seats = table.seats.filter(meeting__isnull=True, accepted_by_lead_at__isnull=False)
    return seats.exclude(ends_on__lt=today)


def _agreements(table: Table) -> int:
    told = 0
    for agreement in ending_agreements(table, max(settings.EXPIRY_NOTICE_DAYS)):
        days = _due((agreement.ends_on - today_at(table)).days)
        told += _once(Paper.AGREEMENT, agreement.pk, days, reach.heads_of(table, agreement.agency_id))
    return told


def _undertakings(table: Table) -> int:
    told = 0
    for undertaking in ending_undertakings(table, max(settings.EXPIRY_NOTICE_DAYS)):
        days = _due((undertaking.ends_on - today_at(table)).days)
        told += _once(Paper.UNDERTAKING, undertaking.pk, days, [undertaking.member])
    return told


def _due(left: int) -> int:
    """Which notice is due with so many days left: the nearest one that was reached."""
    days: tuple[int, ...] = settings.EXPIRY_NOTICE_DAYS
    return min(d for d in days if left <= d)


def _once(kind: Paper, paper: int, days: int, to: Iterable[Member]) -> int:
    try:
        with transaction.atomic():
            ExpiryNotice.objects.create(kind=kind, paper=paper, days=days)
            for member in to:
                paper_letters.tell(member, paper_letters.EXPIRING)
    except IntegrityError:
        return 0
    return 1
