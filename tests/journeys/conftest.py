"""How do the people of the cast get to the one web process of a class?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.browsers import Browser
from tests.cast import Cast
from tests.journeys.company import Company
from tests.processes import Served


@pytest.fixture(scope="class")
def company(committed_cast: Cast, served: Served, chromium: Browser) -> Iterator[Company]:
    """Everybody of the cast, through one web process."""
    with ExitStack() as stack:
        yield Company(committed_cast, chromium, served.url, stack)
