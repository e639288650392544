"""Who prepares, signs and reads a release? By seats in good standing today, at one of the tables it speaks of."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from agencies.models import Member, Standing, Table
from agencies.vocabulary import Role
from privacy.decision import Denied, hide
from reports.pack.audience import Audience
from reports.release_model import Release, ReleaseState

#: The steering committee, and who runs and records the meeting; the privacy officer reads what is to be told.
PREPARES = (Role.MANAGER, Role.FACILITATOR, Role.RECORDER, Role.PRIVACY_OFFICER)
SIGNS = (Role.MANAGER, Role.PRIVACY_OFFICER)
#: Every seat of a table but a guest's: they read what partners are told (the row policy of `reports_release`).
SEATED = tuple(role for role in Role if role is not Role.GUEST)


def tables_prepared_by(member: Member) -> list[Table]:
    """The tables for which a member prepares packs."""
    return list(Table.objects.filter(pk__in=Standing.objects.of(member).in_roles(*PREPARES).values("table_id")))


def require_preparing(tables: Iterable[int], by: Member) -> None:
    """Denied (hidden) for who has no seat that prepares packs at one of these tables."""
    if not _sits(by, tables, PREPARES):
        raise Denied(hide())


def may_sign(release: Release, by: Member) -> bool:
    """A manager or privacy officer who neither prepared nor checked it: the clock's draft takes two persons too."""
    return _sits(by, release.tables, SIGNS) and by.pk not in (release.prepared_by_id, release.checked_by_id)


def second_persons(release: Release) -> list[Member]:
    """Who may sign it off, by name."""
    seats = Standing.objects.in_roles(*SIGNS).filter(table_id__in=release.tables)
    found = Member.objects.filter(pk__in=seats.values("member_id"), is_active=True)
    return list(found.exclude(pk__in=[release.prepared_by_id or 0, release.checked_by_id or 0]).order_by("name"))


def run_again_already(release: Release) -> bool:
    """Whether there is a newer one of the same page that the member may read."""
    return Release.objects.filter(replaces=release).exists()


def readable(member: Member, audience: Audience | None = None) -> list[Release]:
    """Releases a member may read: PostgreSQL's own policy decides, this names the order."""
    found = Release.objects.select_related("prepared_by", "checked_by", "signed_by", "released_by")
    if audience is not None:
        found = found.filter(audience=audience.code)
    return list(found.exclude(state=ReleaseState.PLANNED).order_by("-last_day", "-first_day", "-number"))


def one(release_id: UUID, *, by: Member) -> Release:
    """The release, if PostgreSQL lets this member read it; Denied (hidden) else. The context is the member's own."""
    found = Release.objects.select_related("prepared_by", "checked_by", "signed_by", "released_by")
    row = found.filter(pk=release_id).first() if by.is_active else None
    if row is None:
        raise Denied(hide())
    return row


def readers(release: Release) -> list[Member]:
    """Who is sent a link: while it is prepared, who prepares packs at one of its tables; once it is out, all of these
    tables who may read it. The public's opens for everybody who signs in, but is no letter to other tables.
    """
    out = release.state == ReleaseState.RELEASED and release.audience != Audience.COMMITTEE.code
    seats = Standing.objects.in_roles(*(SEATED if out else PREPARES)).filter(table_id__in=release.tables)
    return list(Member.objects.filter(pk__in=seats.values("member_id"), is_active=True).order_by("pk"))


def _sits(member: Member, tables: Iterable[int], roles: tuple[Role, ...]) -> bool:
    return Standing.objects.of(member).in_roles(*roles).filter(table_id__in=list(tables)).exists()
