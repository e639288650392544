"""Which seats of a table do not count yet, and what does each still need? Which ones cover a leave? (R55, R56)

A seat that was offered and is not over, and that the one rule of good standing does not list. Guests are seen to at
their meeting; agencies on call do not sit, which is no lack.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import models
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from agencies import oncall
from agencies.clock import today_at
from agencies.models import AgreementInForce, PaperText, Seat, Standing, Table, Undertaking
from agencies.vocabulary import Paper


class Lack(models.TextChoices):
    """What a seat needs before it counts."""

    LEAD = "lead", _("The agency’s side has to accept it.")
    PERSON = "person", _("The person has to accept it.")
    AGREEMENT = "agreement", _("The agency’s agreement is not in force.")
    UNDERTAKING = "undertaking", _("The person’s undertaking is not signed.")
    UNDERTAKING_OVER = "undertaking_over", _("The person’s undertaking has run out: to be signed again.")
    LATER = "later", _("It begins later.")


@dataclass(frozen=True, slots=True)
class Incomplete:
    """One seat and what it lacks."""

    seat: Seat
    lacks: tuple[Lack, ...]


def seats(table: Table, agency_ids: Collection[int] | None = None) -> list[Incomplete]:
    """The seats of a table (of some agencies) that do not count today, by agency and name; queries are constant."""
    today = today_at(table)
    offered = Seat.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today), table=table, meeting__isnull=True, member__is_active=True,
        agency__is_active=True,
    ).exclude(pk__in=Standing.objects.at(table.pk).values("seat_id"))  # fmt: skip
    offered = offered.exclude(agency_id__in=oncall.on_call(table).order_by().values("agency_id"))
    if agency_ids is not None:
        offered = offered.filter(agency_id__in=agency_ids)
    agreed = set(AgreementInForce.objects.filter(table=table).values_list("agency_id", flat=True))
    promised, over = _promised(table), ran_out(table)
    found = []
    for seat in offered.select_related("member", "agency", "table").order_by("agency__name_en", "member__name", "pk"):
        needs = {
            Lack.LEAD: seat.accepted_by_lead_at is None,
            Lack.PERSON: seat.accepted_by_member_at is None,
            Lack.AGREEMENT: seat.agency_id not in agreed,
            Lack.UNDERTAKING: seat.member_id not in promised | over,
            Lack.UNDERTAKING_OVER: seat.member_id in over - promised,
            Lack.LATER: seat.starts_on > today,
        }
        found.append(Incomplete(seat, tuple(lack for lack, needed in needs.items() if needed)))
    return found


def ran_out(table: Table) -> set[int]:
    """Who signed an undertaking that has run out since."""
    ended = Undertaking.objects.filter(table=table, ends_on__lt=today_at(table))
    return set(ended.values_list("member_id", flat=True))


def without_undertaking(table: Table) -> int:
    """How many people with a seat that is not over, guests apart, have no undertaking that counts."""
    seats_of = Seat.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today_at(table)), table=table, meeting__isnull=True,
        member__is_active=True,
    )  # fmt: skip
    return len(set(seats_of.values_list("member_id", flat=True)) - _promised(table))


def covers(table: Table, agency_ids: Collection[int]) -> list[Seat]:
    """The seats of some agencies that count today and cover somebody's leave."""
    counting = Standing.objects.at(table.pk).filter(agency_id__in=agency_ids).values("seat_id")
    rows = Seat.objects.filter(pk__in=counting, covers__isnull=False).select_related("member", "covers__member")
    return list(rows.order_by("ends_on", "pk"))


def _promised(table: Table) -> set[int]:
    """Whose undertaking counts today, by today's published texts."""
    today = today_at(table)
    again = PaperText.objects.filter(table=table, kind=Paper.UNDERTAKING, sign_again_from__lte=today)
    since = again.aggregate(last=Max("version"))["last"] or 0
    signed = Undertaking.objects.filter(
        table=table, signed_on__lte=today, ends_on__gte=today, text_version__gte=since
    )  # fmt: skip
    return set(signed.values_list("member_id", flat=True))
