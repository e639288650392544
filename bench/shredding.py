"""Proof: can a backup be read after an item has ended? Sealed rows as they were before, with the keys of today."""

from __future__ import annotations

from uuid import UUID

from agencies.models import Table
from bench.proof import SEED, Proof
from risk.vocabulary import CodeList
from situations import outbox, retention
from tests import builders
from tests.builders import Walk, entry
from tests.cast import Cast, assemble
from tests.db.test_erasure import Backup, backup, readable

#: Situations of each kind: rejected, withdrawn, stopped, discarded, destroyed after retention.
EACH = 20


def run() -> Proof:
    """End many situations in every way there is, and read what was saved before."""
    cast = assemble()
    kept: dict[UUID, Backup] = {}
    before = 0
    for number in range(EACH):
        for walk in (_against(cast), builders.presented(cast), builders.discussed(cast), builders.draft(cast)):
            kept[walk.id] = backup(walk.id)
        _end_all(cast, list(kept)[-4:])
        kept_now = builders.concluded(cast)
        kept[kept_now.id] = backup(kept_now.id)
        before += sum(len(rows) for ref in list(kept)[-5:] for rows in kept[ref].values())
        print(f"{number + 1} of {EACH}", flush=True)
    control = sum(readable(ref, rows) for ref, rows in kept.items())
    Table.objects.filter(pk=cast.nia.pk).update(retention_days=0, retention_basis="by-law")
    retention.sweep(limit=10 * EACH)
    outbox.sweep(limit=10_000)
    opened = sum(readable(ref, rows) for ref, rows in kept.items())
    return Proof(
        "shredding",
        f"{opened} of {before} saved texts readable (target 0)",
        len(kept),
        SEED,
        opened == 0 and control > 0,
        f"{EACH} each of rejected, withdrawn, stopped, discarded, and concluded past retention. The same reader opened"
        f" {control} texts of those that had not ended yet, so it can read what has a key.",
    )


def _against(cast: Cast) -> Walk:
    walk = builders.discussed(cast)
    walk.act("crisis_rep", "agree_reject")
    walk.act("police_rep", "agree_reject")
    return walk


def _end_all(cast: Cast, refs: list[UUID]) -> None:
    meeting = builders.sitting_meeting(cast)
    rejected, withdrawn, stopped, discarded = (Walk(cast, ref, meeting) for ref in refs)
    reason = entry(CodeList.CONCLUSION_REASON, "single-agency-can-address-risk-alone", "rejected")
    rejected.act("facilitator", "reject", reason=reason)
    withdrawn.act("shelter_rep", "withdraw")
    stopped.act("facilitator", "stop", reason="duplicate")
    discarded.act("shelter_rep", "discard")
