"""What is written down for the plan: where a risk is taken up, a missing service, a systemic issue, how far it came?"""

from __future__ import annotations

from datetime import UTC
from typing import Any

from django.db import transaction
from django.utils import timezone

from agencies.models import Agency, Member, Standing, Table
from agencies.vocabulary import Role
from privacy.decision import Denied, hide
from privacy.vault import StaleText
from reports.committee import RAISES
from reports.models import AreaOfRisk, Matter
from reports.planning.issues import Issue
from reports.planning_model import FINISHED, Area, MatterKind, MatterStatus


def choose_area(*, table: Table, category: str, area: Area, by: Member, seen: str | None = None) -> None:
    """Take a risk up in an area of the plan, for this table.

    `seen`: the areas that were chosen as whoever chooses looked (`chosen_areas`); this risk's chosen since raises
    StaleText. To say the same as what stands there overwrites nobody.
    """
    _require(table, by, Role.MANAGER)
    with transaction.atomic():
        Table.objects.select_for_update(no_key=True).get(pk=table.pk)  # what is compared stays until it is written
        now = AreaOfRisk.objects.filter(table=table, category=category).first()
        if now is not None and now.area == area:
            return
        if seen is not None and (now.area if now else "") != _areas(seen).get(category, ""):
            raise StaleText("area")
        AreaOfRisk.objects.update_or_create(
            table=table, category=category, defaults={"area": area, "set_by": by, "set_at": timezone.now()}
        )


def chosen_areas(table: Table) -> str:
    """The areas a table chose itself, as a form carries them: its one form is for every risk."""
    rows = AreaOfRisk.objects.filter(table=table).order_by("category").values_list("category", "area")
    return " ".join(f"{category}:{area}" for category, area in rows)


def _areas(seen: str) -> dict[str, str]:
    return {category: area for category, _mark, area in (entry.partition(":") for entry in seen.split())}


def raise_matter(*, table: Table, kind: MatterKind, by: Member, **said: Any) -> Matter:
    """Write down what a meeting raised; sent twice by one hand it is one. The form had the guard read the words.

    What was settled or set aside and comes up again in the same words is another one: it waits for somebody anew.
    """
    _require(table, by, *RAISES)
    with transaction.atomic():
        Table.objects.select_for_update(no_key=True).get(pk=table.pk)  # the second press waits for the first
        same = Matter.objects.filter(table=table, kind=kind, raised_by=by, **said)
        there = same.exclude(status__in=FINISHED).first()
        return there or Matter.objects.create(table=table, kind=kind, raised_by=by, **said)


def take_up(
    issue: Issue, *, table: Table, area: Area, owner: Agency | None, status: MatterStatus, by: Member
) -> Matter:
    """Take up what the table named at its meetings. Once: taken up already, it stays as it is."""
    _require(table, by, Role.MANAGER)
    matter, _made = Matter.objects.get_or_create(
        table=table, issue_kind=issue.kind, issue_sector=issue.sector,
        defaults={
            "kind": MatterKind.SYSTEMIC, "area": area, "owner": owner, "status": status, "raised_on": issue.since,
            "raised_by": by,
        },
    )  # fmt: skip
    return matter


def move_matter(
    matter_id: int, *, table: Table, owner: Agency | None, status: MatterStatus, by: Member, seen: str | None = None
) -> None:  # fmt: skip
    """Say whose it is and how far it has come. Denied (hidden) for one that is not there.

    `seen`: when it had been changed last as whoever moves it looked (`standing`); changed since raises StaleText. To
    say the same as what stands there overwrites nobody.
    """
    _require(table, by, *RAISES)
    with transaction.atomic():
        row = Matter.objects.select_for_update(of=("self",)).filter(pk=matter_id, table=table).first()
        if row is None:
            raise Denied(hide())
        if (row.owner, row.status) == (owner, status):
            return
        if seen is not None and seen != standing(row):
            raise StaleText("matter")
        row.owner, row.status, row.changed_at = owner, status, timezone.now()
        row.save(update_fields=["owner", "status", "changed_at"])


def standing(matter: Matter) -> str:
    """When a matter was changed last, as a form carries it."""
    return matter.changed_at.astimezone(UTC).isoformat()


def _require(table: Table, by: Member, *roles: Role) -> None:
    if not Standing.objects.of(by).at(table.pk).in_roles(*roles).exists():
        raise Denied(hide())
