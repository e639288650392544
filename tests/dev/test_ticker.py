"""Does the clock go on when one of its verbs fails?"""

from __future__ import annotations

import pytest

from situation_table.sweeps import Sweep
from situation_table.ticker import Ticker

_ran: list[str] = []


def good() -> None:
    _ran.append("good")


def bad() -> None:
    _ran.append("bad")
    raise ValueError("bad")


@pytest.fixture
def ticker() -> Ticker:
    _ran.clear()
    return Ticker((Sweep(f"{__name__}.bad", 10), Sweep(f"{__name__}.good", 60)), tick=0.01)


def test_a_failing_verb_does_not_keep_the_next_from_running(ticker: Ticker) -> None:
    assert ticker.run_due(1000.0) == 1
    assert _ran == ["bad", "good"]


def test_each_verb_waits_for_its_own_turn(ticker: Ticker) -> None:
    for now in (1000.0, 1005.0, 1011.0, 1061.0):
        ticker.run_due(now)
    assert _ran == ["bad", "good", "bad", "bad", "good"]


def test_it_ends_when_asked(ticker: Ticker) -> None:
    ticker.start()
    ticker.stop()
    assert not ticker._thread.is_alive()
