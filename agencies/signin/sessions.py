"""Where is a member signed in, since when, and how does it end? A session without its row is nobody's."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Min, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.module_loading import import_string

from agencies.kept import kept
from agencies.models import Member, Seat, SignIn
from agencies.signin import device
from agencies.signin.models import IDLE_MINUTES
from agencies.signin.own_rows import own_rows

_BACKEND = "agencies.signin.backend.Members"


def begin(
    request: HttpRequest, member: Member, *, second_factor: bool, confirmed_at: datetime | None = None
) -> SignIn:  # fmt: skip
    """Sign the member in, in this browser. The session gets a new key, and whatever was in it before is over.

    `confirmed_at`: when the last factor was given, where that was not just now.
    """
    before = request.session.session_key
    login(request, member, backend=_BACKEND)
    if request.session.session_key is None:
        request.session.create()
    with own_rows(member):
        SignIn.objects.filter(session_key=before or "").delete()
        return SignIn.objects.create(
            member=member, session_key=str(request.session.session_key), second_factor=second_factor,
            device=device.coarse(request.headers.get("User-Agent", "")), idle_minutes=_idle_minutes(member),
            confirmed_at=confirmed_at or timezone.now(),
        )  # fmt: skip


def of_request(request: HttpRequest, member: Member) -> SignIn | None:
    """The row of the session that asks, on the member's behalf."""
    return next(iter(_of_key(request.session.session_key or "", member.pk)), None)


@kept
def _of_key(key: str, member_id: int) -> QuerySet[SignIn]:
    return SignIn.objects.filter(session_key=key, member=member_id)


def finished(sign_in: SignIn) -> None:
    """The second factor that was asked for stands: the session is a whole one."""
    sign_in.second_factor, sign_in.confirmed_at = True, timezone.now()
    sign_in.save(update_fields=["second_factor", "confirmed_at"])


def seen(sign_in: SignIn) -> None:
    """The member did something. Written seldom: a quarter of the idle time late at most, and never a minute."""
    now, late = timezone.now(), min(60, sign_in.idle_minutes * 15)
    if now - sign_in.seen_at > timedelta(seconds=late):
        sign_in.seen_at = now
        sign_in.save(update_fields=["seen_at"])


def all_of(member: Member) -> QuerySet[SignIn]:
    """Where the member is signed in, the latest first."""
    alive = Session.objects.filter(expire_date__gt=timezone.now())
    return SignIn.objects.filter(member=member, session_key__in=alive.values("session_key")).order_by("-seen_at")


def awake(keys: Collection[str]) -> set[str]:
    """Those of some sessions, anybody's, that are signed in and not locked: what a stream may go on in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT agencies_awake_sessions(%s)", [list(keys)])
        return {str(row[0]) for row in cursor.fetchall()}


def end(ident: UUID, *, by: Member) -> int:
    """End one session of one's own; how many ended (none: it is not there)."""
    return _end(SignIn.objects.filter(member=by, pk=ident))


def end_others(request: HttpRequest, *, by: Member) -> int:
    """End every session of one's own but this one, and what opens without a session."""
    end_kept(by)
    return _end(SignIn.objects.filter(member=by).exclude(session_key=request.session.session_key))


def end_all(member: Member) -> int:
    """End every session of a member, on that member's behalf."""
    with own_rows(member):
        end_kept(member)
        return _end(SignIn.objects.filter(member=member))


def end_kept(member: Member) -> None:
    """End what a member has that opens without a session: a setting names it, for this room knows no calendar."""
    import_string(settings.ENDS_WITH_SESSIONS)(by=member)


def sign_out(request: HttpRequest) -> None:
    """End this session."""
    _end(SignIn.objects.filter(session_key=request.session.session_key or ""))
    logout(request)


def _end(rows: QuerySet[SignIn]) -> int:
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    rows.delete()
    return len(keys)


def _idle_minutes(member: Member) -> int:
    """The shortest time among the tables where the member has a seat."""
    least = Seat.objects.filter(member=member).aggregate(least=Min("table__idle_minutes"))["least"]
    return int(least or IDLE_MINUTES)
