"""From when does the proof of the door count a device's two seconds? (bench/door.py)"""

from __future__ import annotations

import math
from pathlib import Path
from uuid import uuid4

import pytest

from bench.door import Device
from tests.processes import Served


@pytest.mark.parametrize(
    ("contacts", "counted_from"),
    [
        pytest.param([(0.0, math.inf)], 10.0, id="in contact: from the commit"),
        pytest.param([(0.0, 10.01), (10.4, math.inf)], 10.0, id="lost just afterwards: from the commit"),
        pytest.param([(0.0, 9.9), (9.99, 10.0), (10.2, 10.9), (11.2, math.inf)], 10.2, id="away: from when it asks"),
        pytest.param([(0.0, 9.9)], math.inf, id="away for good"),
    ],
)
def test_two_seconds_are_counted_from_contact(contacts: list[tuple[float, float]], counted_from: float) -> None:
    device = Device(Served("http://127.0.0.1:1", log=Path(__file__)), "", "dropping", uuid4(), 1)
    device.contacts += contacts
    assert device.reachable_from(10.0) == counted_from
