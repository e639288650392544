"""Proof: does everybody see exactly what the signed matrix says? Every cell, and every member at every stage."""

from __future__ import annotations

import contextlib

from bench.proof import SEED, Proof
from privacy import gate
from privacy.context import acting_as
from privacy.decision import Denied
from privacy.models import Compartment
from privacy.policy import rule
from privacy.vocabulary import Category, Purpose
from situations.vocabulary import State
from tests.cast import assemble
from tests.laws import stages
from tests.laws.sharing_product import GRID, PARTS, differences


def run() -> Proof:
    """Compare the policy with the page, then what each of the cast is shown with the page."""
    wrong = [cell for cell, yes in GRID.items() if (cell[2] in rule(cell[0], cell[1]).categories) != yes]
    tried, cast = len(GRID), assemble()
    stages.add_guest(cast)
    walks = stages.walk_all(cast)
    shown: list[tuple[str, str, str]] = []
    for stage in stages.STAGES:
        walk = walks[stage.name]
        with acting_as(cast.shelter_rep):
            compartments = list(Compartment.objects.filter(access_id=walk.id))
        opens = stage.name != "frozen" and stage.state in (State.LIMITED, State.INTERVENING, State.CONCLUDED)
        for key, member in cast.everybody.items():
            # List, refusal, categories, ledger, words, compartments, and each part of the projection.
            tried += 6 + len(PARTS)
            shown += [(stage.name, key, what) for what in differences(walk, stage, key, member)]
            receipts = []
            for compartment in compartments:
                tried += 1
                with acting_as(member), contextlib.suppress(Denied):
                    receipts.append(gate.authorise(compartment, purpose=Purpose.RECOGNISE))
            if receipts and not (opens and key in stages.NAMED):
                shown.append((stage.name, key, "gate"))
    for found in (*wrong, *shown):
        print("differs:", *found)
    return Proof(
        "sharing-matrix",
        f"{len(wrong) + len(shown)} differences (target 0)",
        tried,
        SEED,
        not wrong and not shown,
        f"{len(GRID)} cells of {len(Category)} categories; {len(walks)} stages by {len(cast.everybody)} people.",
    )
