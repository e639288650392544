"""Has this person promised confidentiality to the table, and how is the promise made? (R56)

Everybody signs for himself: with the own password again, under the text as it was read, for the days it lasts. A guest
signs for the day of the meeting. Until then nothing of the table opens.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Min, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies import texts
from agencies.clock import today_at
from agencies.models import Member, PaperText, Seat, Table, Undertaking
from agencies.refusal import NotPossible
from agencies.vocabulary import Paper, Role

#: So many days before it ends it can be signed again.
RENEW = 60


@dataclass(frozen=True, slots=True)
class Owed:
    """An undertaking that a person has to sign, or may already sign again."""

    table: Table
    text: PaperText
    #: The last day on which the one before it counts; None: nothing is in force.
    counts_until: date | None
    #: Somebody invited this person to a meeting: signing accepts.
    invited: bool


def counts_until(member: Member, table: Table) -> date | None:
    """The last day on which a person's signature counts at a table, by today's published texts; None: none does."""
    signed = Undertaking.objects.filter(member=member, table=table).select_related("table")
    return max((last for u in signed if (last := last_day(u)) is not None), default=None)


def last_day(undertaking: Undertaking) -> date | None:
    """The last day on which one signature counts, by today's published texts; None: it does not count today."""
    today = today_at(undertaking.table)
    again = PaperText.objects.filter(
        table=undertaking.table, kind=Paper.UNDERTAKING, version__gt=undertaking.text_version,
        sign_again_from__isnull=False,
    ).aggregate(first=Min("sign_again_from"))["first"]  # fmt: skip
    last = min(undertaking.ends_on, again - timedelta(days=1)) if again else undertaking.ends_on
    return last if undertaking.signed_on <= today <= last else None


def owed(member: Member) -> list[Owed]:
    """What a person has to sign: for each table with a seat offered or held, unless a signature counts long and no
    invitation to a meeting waits: that is accepted by signing, whatever was signed before.
    """
    found = []
    for table in Table.objects.filter(pk__in=_seats(member).values("table_id")):
        last = counts_until(member, table)
        invited = _invited(member, table).filter(accepted_by_lead_at__isnull=False).exists()
        if invited or not _long_enough(last, member, table):
            found.append(Owed(table, texts.in_force(table, Paper.UNDERTAKING), last, invited))
    return found


def _long_enough(last: date | None, member: Member, table: Table) -> bool:
    """Whether a signature that counts until a day need not be made again yet."""
    if last is None:
        return False
    meeting = _last_meeting(member, table)
    if meeting is not None and last >= meeting:
        return True  # a guest who has signed for the day of the meeting
    return last - today_at(table) > timedelta(days=RENEW)


def sign(*, table: Table, read: str, language: str, password: str, by: Member) -> Undertaking:
    """Sign for oneself. `read` is the hash of the text that was on the page, `password` the own one, typed again."""
    if not _seats(by).filter(table=table).exists():
        raise NotPossible(_("Nobody offered you a seat at this table."))
    text = texts.in_force(table, Paper.UNDERTAKING)
    if read != text.digest:
        raise NotPossible(_("The text changed while you were reading. Here is the new one."))
    if not by.check_password(password):
        raise NotPossible(_("That is not your password."), "password")
    today, meeting = today_at(table), _last_meeting(by, table)
    last = max(meeting, today) if meeting is not None else today + timedelta(days=text.term_days - 1)
    signed, _new = Undertaking.objects.get_or_create(
        member=by, table=table, text=text, text_version=text.version, text_hash=text.digest, language=language,
        signed_on=today, ends_on=last,
    )  # fmt: skip
    # Whoever is invited to one meeting accepts by signing; every other seat is accepted on a page of its own.
    _invited(by, table).update(accepted_by_member_at=timezone.now())
    return signed


def _invited(member: Member, table: Table) -> QuerySet[Seat]:
    """The guest's seats at a table that the person has not accepted."""
    return _seats(member).filter(table=table, role=Role.GUEST, accepted_by_member_at__isnull=True)


def _seats(member: Member) -> QuerySet[Seat]:
    """The seats of a member that are offered or held, and not over."""
    today = timezone.localdate()
    return Seat.objects.filter(member=member).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))


def _last_meeting(member: Member, table: Table) -> date | None:
    """The last day for which a guest is registered; None for whoever has another seat at the table too."""
    seats = list(_seats(member).filter(table=table))
    if any(s.role != Role.GUEST for s in seats):
        return None
    return max((s.ends_on for s in seats if s.ends_on), default=None)
