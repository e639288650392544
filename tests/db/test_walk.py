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
