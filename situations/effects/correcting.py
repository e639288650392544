"""What changes when an entry is corrected? A new one stands beside it; what was shared on the old one stays shared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from privacy import ledger
from privacy.vocabulary import LedgerKind
from situations import apart
from situations.effects.door import subject_compartment
from situations.effects.intervention import declined_after
from situations.intervention import FirstContact
from situations.models import EndingCorrection
from situations.projected_intervention import CONTACT
from situations.scene import Scene


def correct_ending(scene: Scene, data: dict[str, Any]) -> None:
    """The outcome was another one. The day it ended stays."""
    s, reason = scene.situation, data["reason"]
    EndingCorrection.objects.create(
        situation=s, table_id=s.table_id, was_group=s.ending_group, was_reason=s.ending_reason,
        now_group=reason.category_code, now_reason=reason.code, why=data["why"],
    )  # fmt: skip
    s.ending_group, s.ending_reason = reason.category_code, reason.code
    ours = scene.engagement.agency_id if scene.engagement is not None else None  # a facilitator speaks for none
    ledger.record(LedgerKind.CORRECTED, s.pk, agency_id=ours, elements=["ending"])


def correct_contact(scene: Scene, data: dict[str, Any]) -> None:
    """A contact was at another time, went otherwise, or had another answer: what followed from it follows anew."""
    s, wrong = scene.situation, data["contact"]
    FirstContact.objects.create(
        situation=s, table_id=s.table_id, agency_id=wrong.agency_id, member=scene.by, subject=wrong.subject,
        contacted_at=data["contacted_at"], result=data["result"], consent_outcome=data["consent_outcome"],
        not_sought_reason=data.get("not_sought_reason") or "", corrects=wrong, why=data["why"],
    )  # fmt: skip
    standing = _in_the_order_of_entry(s.contacts.all())
    clock, said_no = s.intervention, set[int]()
    for row in standing:
        said_no = declined_after(scene, said_no, row)
    clock.first_contact_at = min(row.contacted_at for row in standing)
    clock.declined_by = sorted(said_no)
    clock.save(update_fields=["first_contact_at", "declined_by"])
    room = "" if wrong.subject == apart.WHOLE else str(subject_compartment(scene, wrong.subject).pk)
    ledger.record(LedgerKind.CORRECTED, s.pk, agency_id=wrong.agency_id, compartment=room, elements=[CONTACT])


def _in_the_order_of_entry(rows: Iterable[FirstContact]) -> list[FirstContact]:
    """The contacts that stand, each in the place of the entry it corrects: a later "no" stays the later one (R26)."""
    known = {row.pk: row for row in rows}
    corrected = {row.corrects_id for row in known.values()}

    def first_entered(row: FirstContact) -> int:
        while row.corrects_id is not None:
            row = known[row.corrects_id]
        return row.pk

    return sorted((row for row in known.values() if row.pk not in corrected), key=first_entered)
