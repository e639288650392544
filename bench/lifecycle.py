"""Proof: is every act at every stage by everybody done or refused as agreed? Every cell, decided and carried out."""

from __future__ import annotations

from uuid import UUID

from agencies.models import Member
from bench.proof import SEED, Proof
from privacy.context import acting_as
from privacy.decision import Denied
from situations import lifecycle, scene
from situations.acts import ACTS
from tests.cast import assemble
from tests.laws import stages
from tests.laws.lifecycle_by_hand import LAWS
from tests.laws.lifecycle_product import FROZEN, HIDDEN, refusal, try_cell


def run() -> Proof:
    """Try the whole product; every perform is undone."""
    cast = assemble()
    stages.add_guest(cast)
    walks, wrong, tried = stages.walk_all(cast), [], 0
    for stage in stages.STAGES:
        walk = walks[stage.name]
        for key, member in cast.everybody.items():
            offered = _offered(walk.id, member)
            for name in LAWS:
                tried += 2
                why = refusal(name, key, stage)
                if (offered is None) != (why == HIDDEN) or (offered and (name in offered) != (why in ("", FROZEN))):
                    wrong.append((stage.name, key, name, "offered otherwise"))
                found = try_cell(walk, stage, key, member, name)
                if found:
                    wrong.append((stage.name, key, name, found))
        print(f"{stage.name}: {tried} tried, {len(wrong)} differences", flush=True)
    for cell in wrong:
        print("differs:", *cell)
    return Proof(
        "lifecycle",
        f"{len(wrong)} differences (target 0)",
        tried,
        SEED,
        not wrong,
        f"{len(LAWS)} acts, {len(walks)} stages, {len(cast.everybody)} people; each once decided, once carried out.",
    )


def _offered(ref: UUID, member: Member) -> set[str] | None:
    """The acts a page would offer or refuse with a reason; None where the item does not exist for the member."""
    with acting_as(member):
        try:
            found = scene.load(ref, by=member)
        except Denied:
            return None
        return set(lifecycle.decisions(found)) & set(ACTS)
