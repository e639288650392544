"""What is done to a release? Prepared, checked, signed off by a second person, released; discarded, or run again.

Each verb is one transaction. `by` is None only for what is prepared by the clock or at the command line: a person
checks, signs and releases.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Member
from privacy.context import in_role
from privacy.decision import Denied, deny, hide
from reports.pack import details
from reports.pack.audience import Audience, NotOfferedError, require_offered
from reports.pack.counting import TOTALS
from reports.pack.pages import Page
from reports.pack.periods import Period
from reports.pack.release import decide, in_progress, is_page, plain_quarter, year_around
from reports.pack.scopes import Scope
from reports.quarters import day_at
from reports.release_model import Release, ReleaseState
from reports.releases import rights, store

_STALE = _("Somebody was faster: this release is no longer at that step. Nothing was changed.")

_EXPOSED = _("Together with other releases this one would tell a withheld count. Discard it.")
_SECOND_PERSON = _(
    "A second person signs off: a manager or the privacy officer, and neither who prepared nor who checked it."
)
_STANDS = _("What partners and the public were told stands. Late corrections are told to the committee.")


def prepare(
    scope: Scope, period: Period, audience: Audience, *, by: Member | None, now: datetime | None = None
) -> Release:
    """Decide a page and everything before it in the calendar, once; a draft of it. The same draft where there is one.

    NotOfferedError where such a page is not made; Denied (hidden) for who does not prepare packs there.
    """
    now = now or timezone.now()
    if by is not None:
        rights.require_preparing([table.pk for table in scope.tables], by)
    today = day_at(scope.tables[0], now)
    page = Page(scope, plain_quarter(period), audience)
    require_offered(scope, page.period, audience, today)
    if page.period.last_day >= today:
        raise NotOfferedError(_("This period has not ended. It is released when it has."))
    if not is_page(scope, page.period):
        raise NotOfferedError(_("Several years are read as the sum of their releases. Release each year."))
    with in_role("st_statistics"):
        store.one_at_a_time()
        row = Release.objects.select_for_update().filter(_is(page)).first()
        if row is None:
            year = year_around(page.period)
            tables = [table.pk for table in scope.tables]
            store.keep(decide(page, store.read(tables, year.first_day, year.last_day)), now=now, today=today)
            row = Release.objects.get(_is(page))
        if row.state == ReleaseState.PLANNED:
            # By the clock: what somebody prepared before and discarded stays theirs, and is not theirs to sign.
            # By key: the role that decides reads no people.
            row.state, row.prepared_at = ReleaseState.DRAFT, now
            row.prepared_by_id = by.pk if by else row.prepared_by_id
            row.save(update_fields=["state", "prepared_by", "prepared_at"])
    return row


def check(release_id: UUID, *, by: Member) -> Release:
    """Attack it once more, with everything decided by now; then somebody has looked at it."""
    _require_mine(release_id, by)
    with in_role("st_statistics"):
        store.one_at_a_time()
        row = _at(release_id, ReleaseState.DRAFT)
        if _exposed(row):
            raise Denied(deny("exposed", _EXPOSED))
        row.state, row.checked_by, row.checked_at = ReleaseState.CHECKED, by, timezone.now()
        row.save(update_fields=["state", "checked_by", "checked_at"])
    return row


def sign(release_id: UUID, *, by: Member) -> Release:
    """Sign it off: a manager or privacy officer, and neither who prepared nor who checked it."""
    _require_mine(release_id, by)
    with in_role("st_statistics"):
        row = _at(release_id, ReleaseState.CHECKED)
    if not rights.may_sign(row, by):
        raise Denied(
            deny(
                "second-person",
                _SECOND_PERSON,
            )
        )
    with in_role("st_statistics"):
        row.state, row.signed_by, row.signed_at = ReleaseState.SIGNED, by, timezone.now()
        row.save(update_fields=["state", "signed_by", "signed_at"])
    return row


def publish(release_id: UUID, *, by: Member) -> Release:
    """Give it the next number of its scope and audience. From now on it is frozen."""
    _require_mine(release_id, by)
    with in_role("st_statistics"):
        store.one_at_a_time()
        row = _at(release_id, ReleaseState.SIGNED)
        last = Release.objects.filter(scope=row.scope, audience=row.audience).aggregate(last=Max("number"))["last"]
        row.number = (last or 0) + 1
        entries = store.entered_for(row)
        row.evaluation = entries.plain() if entries else None
        row.issues = store.issues_for(row)
        row.state, row.released_by, row.released_at = ReleaseState.RELEASED, by, timezone.now()
        row.save(update_fields=["number", "state", "evaluation", "issues", "released_by", "released_at"])
    return row


def discard(release_id: UUID, *, by: Member) -> None:
    """Take a draft back. What nothing else was held against is counted anew next time; else the numbers stand."""
    _require_mine(release_id, by)
    with in_role("st_statistics"):
        store.one_at_a_time()
        row = _at(release_id, None)
        if row.replaces_id is not None:
            row.delete()
            return
        row.state = ReleaseState.PLANNED
        # Who prepared it stays: the clock prepares it anew, and the same person must not sign it then.
        row.checked_by = row.signed_by = None
        row.prepared_at = row.checked_at = row.signed_at = None
        row.save()
        store.forget(store.page_of(row))


def run_again(release_id: UUID, *, by: Member) -> Release:
    """A new draft of a committee's release with the totals as they stand now. Its figures stand as first told: what a
    few late corrections changed in a figure would be a count of those few.
    """
    now = timezone.now()
    _require_mine(release_id, by)
    with in_role("st_statistics"):
        store.one_at_a_time()
        row = _at(release_id, ReleaseState.RELEASED)
        if row.audience != Audience.COMMITTEE.code:
            raise Denied(
                deny(
                    "stands",
                    _STANDS,
                )
            )
        if Release.objects.filter(replaces=row).exists():
            raise Denied(deny("run-already", _("It was run again already. Run the newest release again.")))
        page = store.page_of(row)
        fresh = store.written(in_progress(page.scope, page.period).told)
        told = {**row.told, **{cell: value for cell, value in fresh.items() if cell.startswith(f"{TOTALS}/")}}
        return Release.objects.create(
            scope=row.scope, tables=row.tables, audience=row.audience, period=row.period, first_day=row.first_day,
            last_day=row.last_day, state=ReleaseState.DRAFT, told=told, durations=row.durations,
            together=row.together, meetings=row.meetings, replaces=row,
            code_lists_of=row.code_lists_of, decided_at=now, prepared_by=by, prepared_at=now,
        )  # fmt: skip


def _is(page: Page) -> Q:
    first, last = page.period.first_day, page.period.last_day
    of = Q(scope=page.scope.code, audience=page.audience.code)
    return of & Q(first_day=first, last_day=last, replaces__isnull=True)


def _require_mine(release_id: UUID, by: Member) -> None:
    """Denied (hidden) for a release that is not there, and for who does not prepare packs of its tables."""
    row = Release.objects.filter(pk=release_id).exclude(state=ReleaseState.PLANNED).first()
    if row is None:
        raise Denied(hide())
    rights.require_preparing(row.tables, by)


def _at(release_id: UUID, state: ReleaseState | None) -> Release:
    """The release, locked; refused at another step than the one that is asked for."""
    row = Release.objects.select_for_update().get(pk=release_id)
    if (state is None and row.state == ReleaseState.RELEASED) or (state is not None and row.state != state):
        raise Denied(deny("another-step", _STALE))
    return row


def _exposed(row: Release) -> bool:
    """Whether anybody who reads it could work out a withheld count, knowing everything decided by now."""
    if row.replaces_id is not None:
        return False  # totals that its readers know from their seats; the figures are those of the first release
    page = store.page_of(row)
    year = year_around(page.period)
    decided = decide(page, store.read(row.tables, year.first_day, year.last_day))
    told, withheld, codes = decided.kept.told, decided.kept.withheld, decided.world.lists.codes
    return bool(decided.world.exposed(page) or details.worked_out(page, told, withheld, codes))
