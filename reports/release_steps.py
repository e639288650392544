"""Which step of a release is next, who takes it, and what is said once it is taken?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from agencies.models import Member
from reports.pack.audience import Audience
from reports.release_model import Release, ReleaseState
from reports.releases import rights


@dataclass(frozen=True, slots=True)
class NextStep:
    """What comes next, in words; the button of who may do it, else no label."""

    words: str
    label: str = ""
    url: str = ""


def next_step(row: Release, by: Member) -> NextStep | None:
    """The step that waits, for who prepares packs there; None once it is out, and for everybody else."""
    if row.state == ReleaseState.RELEASED or not _prepares(row, by):
        return None
    if row.state == ReleaseState.DRAFT:
        words = _("Read the figures. If nothing in them surprises you, mark them as checked. A second person then signs"
                  " them off.")  # fmt: skip
        return NextStep(words, _("Mark as checked"), _url(row, "check"))
    if row.state == ReleaseState.SIGNED:
        return NextStep(_frozen(row), _("Release"), _url(row, "publish"))
    if rights.may_sign(row, by):
        words = _("You are the second person. Read the figures. If they may be released, sign them off.")
        return NextStep(words, _("Sign off"), _url(row, "sign"))
    return NextStep(_second_person(row))


def other_actions(row: Release, by: Member) -> list[dict[str, str]]:
    """What else can be done, and waits for nobody."""
    if not _prepares(row, by):
        return []
    if row.state != ReleaseState.RELEASED:
        return [{"label": _("Discard the draft"), "url": _url(row, "discard"), "kind": "quiet"}]
    if row.audience != Audience.COMMITTEE.code or rights.run_again_already(row):
        return []
    return [{"label": _("Run again"), "url": _url(row, "again"), "kind": "quiet"}]


def steps(row: Release) -> list[dict[str, str]]:
    """The four steps, with who took them when."""
    done = (
        (_("Prepared"), row.prepared_at, row.prepared_by), (_("Checked"), row.checked_at, row.checked_by),
        (_("Signed off by a second person"), row.signed_at, row.signed_by),
        (_("Released and frozen"), row.released_at, row.released_by),
    )  # fmt: skip
    return [
        {"key": label, "value": _when(at, who) if at else _("not yet"), "url": "", "lines": ""}
        for label, at, who in done
    ]


def taken(row: Release, step: str) -> str:
    """What is said on the page that follows a step."""
    said = {
        "check": _("The figures are marked as checked."),
        "sign": _("The figures are signed off."),
        "publish": _("The figures are released as number %(number)s. Whoever may read them is sent a link.")
        % {"number": row.number},
        "again": _("This is a new draft, with what was corrected since the release."),
    }  # fmt: skip
    return said[step]


def released_words(row: Release) -> str:
    """When, and as which number."""
    day = formats.date_format(day_of(row.released_at), "DATE_FORMAT")
    return _("Released %(day)s as number %(number)s") % {"day": day, "number": row.number}


def day_of(at: datetime | None) -> date:
    """The day of a moment, where the reader is."""
    return timezone.localtime(at or timezone.now()).date()


def _frozen(row: Release) -> str:
    audience = Audience[row.audience.upper()]
    return {
        Audience.COMMITTEE: _(
            "Release the figures. The steering committee can read them then, and they no longer change."
        ),
        Audience.PARTNER: _(
            "Release the figures. Everybody at the table can read them then, and they no longer change."
        ),
        Audience.PUBLIC: _(
            "Release the figures. Everybody who signs in can read them then, and they no longer change."
        ),
    }[audience]


def _second_person(row: Release) -> str:
    """Whose step it is, by name: nobody has to ask around."""
    names = [member.name for member in rights.second_persons(row)]
    if not names:
        return _(
            "A second person signs off: a manager or the privacy officer, and neither who prepared nor who checked it."
            " Nobody at the table can do that now. Ask the administrator to fill the seat."
        )
    return _(
        "A second person signs off: a manager or the privacy officer, and neither who prepared nor who checked it. The"
        " figures wait on the first page of: %(names)s."
    ) % {"names": ", ".join(names)}


def _when(at: datetime | None, who: Member | None) -> str:
    day = formats.date_format(day_of(at), "DATE_FORMAT")
    return f"{day}\n{who.name}" if who else f"{day}\n{_('by the clock')}"


def _prepares(row: Release, by: Member) -> bool:
    return bool({table.pk for table in rights.tables_prepared_by(by)} & set(row.tables))


def _url(row: Release, step: str) -> str:
    return reverse("release_step", args=[row.pk, step])
