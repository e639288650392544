"""Can one situation travel the whole way?"""

from __future__ import annotations

import pytest

from situations.vocabulary import State
from tests import builders
from tests.cast import Cast


@pytest.mark.usefixtures("committed_db_with_keys")
class TestTheWholeWay:
    def test_from_draft_to_conclusion(self, committed_cast: Cast) -> None:
        walk = builders.concluded(committed_cast)
        assert walk.outcomes[-1].state == State.CONCLUDED

    def test_everybody_gets_a_projection_or_nothing(self, committed_cast: Cast) -> None:
        from privacy.context import acting_as
        from privacy.decision import Denied
        from situations import projection, scene, who_saw

        for build in builders.TO_STATE.values():
            walk = build(committed_cast)
            for member in committed_cast.everybody.values():
                with acting_as(member):
                    try:
                        projection.see(walk.id, by=member)
                        who_saw.who_saw(scene.load(walk.id, by=member))
                    except Denied:
                        pass
