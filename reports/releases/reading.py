"""What does somebody read who asks for a pack: the release, a draft, a sum of releases, or only a look at it?"""

from __future__ import annotations

from datetime import date, datetime

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import Member
from privacy.context import in_role
from reports.evaluation.entries import Entries, entered, kept
from reports.pack import document
from reports.pack.audience import Audience, NotOfferedError, require_offered
from reports.pack.changes import Changes
from reports.pack.document import Before, Document, Standing
from reports.pack.pairs import held, pairs_of
from reports.pack.periods import Period
from reports.pack.release import Store, Told, is_page, parts_of, plain_quarter, summed
from reports.pack.scopes import Scope
from reports.planning import raised
from reports.quarters import day_at
from reports.release_model import Release, ReleaseState
from reports.releases import difference, store


class MissingError(Exception):
    """Pages without a release that the reader may see: no sum is made of the others."""

    def __init__(self, pages: list[tuple[Scope, Period]]) -> None:
        super().__init__("a release is missing")
        self.pages = pages


def document_of(release: Release) -> Document:
    """A release or a draft as a document: its numbers as they were kept; beside a draft what is entered by now."""
    out = release.state == ReleaseState.RELEASED
    entries = kept(release.evaluation) if out else store.entered_for(release)
    issues = release.issues if out else store.issues_for(release)
    return _document_of(release, _before(release), entries, difference.of(release), issues)


def _document_of(
    release: Release, before: Before | None, entries: Entries | None, changes: Changes | None,
    issues: list[raised.Stored] | None,
) -> Document:  # fmt: skip
    page = store.page_of(release)
    out = release.state == ReleaseState.RELEASED
    made_by = _name(release.signed_by) if out else _("not signed off yet")
    standing = Standing(
        release.number, str(release.state), release.released_at or release.decided_at, made_by, release.code_lists_of,
        tuple(_says(release)),
    )  # fmt: skip
    return document.build(
        page.scope, page.period, page.audience, store.cells(release.told), release.durations, standing, before=before,
        entries=entries, pairs=pairs_of(release.together) if held(page.scope, page.period, page.audience) else (),
        changes=changes, meetings=release.meetings, issues=None if issues is None else raised.told(issues),
    )  # fmt: skip


def _before(release: Release) -> Before | None:
    """What a release is compared with, as far as its reader may see it. What is released later changes nothing here."""
    period = store.period_of(release).before
    return _as_before(_newest(release.scope, period, release.audience, until=release.released_at), period)


def _as_before(found: Release | None, period: Period) -> Before | None:
    if found is None:
        return None
    return Before(period, found.number, store.cells(found.told), found.durations, found.meetings)


def newest(scope: Scope, period: Period, audience: Audience) -> Release | None:
    """The newest release of a page that the reader may see."""
    return _newest(scope.code, period, audience.code)


def _newest(scope: str, period: Period, audience: str, until: datetime | None = None) -> Release | None:
    asked = plain_quarter(period)
    found = Release.objects.filter(
        scope=scope, audience=audience, first_day=asked.first_day, last_day=asked.last_day,
        state=ReleaseState.RELEASED,
    )  # fmt: skip
    if until is not None:
        found = found.filter(released_at__lte=until)
    return found.order_by("-number").first()


def sum_of(scope: Scope, period: Period, audience: Audience) -> Document:
    """Several years, a year reckoned otherwise, or several tables, as the sum of releases that the reader may see.
    MissingError names those that there are not.
    """
    asked = parts_of(scope, period)
    found = [newest(one, part, audience) for one, part in asked]
    parts = [release for release in found if release is not None]
    if len(parts) < len(asked):
        raise MissingError([page for page, release in zip(asked, found, strict=True) if release is None])
    return _sum_of(scope, period, audience, parts)


def _sum_of(scope: Scope, period: Period, audience: Audience, parts: list[Release]) -> Document:
    found = summed([Told(store.cells(part.told)) for part in parts])
    said = _("The sum of %(many)s releases. A count that any of them withholds is withheld here.") % {
        "many": len(parts)
    }
    newest_ = max(part.released_at or part.decided_at for part in parts)
    standing = Standing(
        None, "sum", newest_, "", max((p.code_lists_of for p in parts if p.code_lists_of), default=None), (said,)
    )
    return document.build(scope, period, audience, found.told, {}, standing)


def at_the_command_line(scope: Scope, period: Period, audience: Audience, *, now: datetime) -> Document:
    """The release, or what would be told held against everything released. Reads as the statistics role."""
    today = day_at(scope.tables[0], now)
    require_offered(scope, period, audience, today)
    with in_role("st_statistics"):
        asked = parts_of(scope, period)
        found = [newest(one, part, audience) for one, part in asked]
    parts = [release for release in found if release is not None]
    if len(parts) == len(asked) and period.last_day < today:
        if not is_page(scope, period):
            return _sum_of(scope, period, audience, parts)
        with in_role("st_statistics"):
            before, changes = _before(parts[0]), difference.of(parts[0])
        return _document_of(parts[0], before, kept(parts[0].evaluation), changes, parts[0].issues)
    own = audience is Audience.COMMITTEE and scope.single
    with in_role("st_statistics"):
        entries = entered(scope.tables[0].pk, period) if own else None
    ended = own and period.last_day < today and is_page(scope, period)
    issues = raised.between(scope.tables[0].pk, period.first_day, period.last_day) if ended else None
    return document.make(
        scope, period, audience, made_by=_("command line"), now=now, reads=_reads,
        before=_shown_before(scope, period, audience, today), entries=entries,
        issues=None if issues is None else raised.told(issues),
    )  # fmt: skip


def _shown_before(scope: Scope, period: Period, audience: Audience, today: date) -> Before | None:
    """The release of the period before, or what would be told of it; none where such a pack is not made."""
    if period.last_day >= today:
        return None
    with in_role("st_statistics"):
        released = newest(scope, period.before, audience) if is_page(scope, period.before) else None
    try:
        return _as_before(released, period.before) or document.as_before(
            scope, period, audience, today=today, reads=_reads
        )
    except NotOfferedError:
        return None


def _reads(tables: object, first: object, last: object) -> Store:
    with in_role("st_statistics"):
        return store.read(tables, first, last)  # type: ignore[arg-type]  # what Reads says


def _says(release: Release) -> list[str]:
    said = []
    if release.state != ReleaseState.RELEASED:
        said.append(_("A draft: not released. Not to be passed on."))
    if release.replaces_id is not None:
        said.append(_("Totals as of %(day)s, with late corrections. Figures and their shares stand as first released.")
                    % {"day": formats.date_format(timezone.localtime(release.decided_at), "DATE_FORMAT")})  # fmt: skip
    many = difference.late(release)
    if many is not None:
        said.append(
            ngettext(
                "%(many)s discussion of this period was recorded or corrected later. It is not counted here.",
                "%(many)s discussions of this period were recorded or corrected later. They are not counted here.",
                many,
            )
            % {"many": many}
        )
    return said


def _name(member: Member | None) -> str:
    return member.name if member is not None else ""
