"""How do laws share one walk? A class walks once, in a committed database; what a test does on top never happened."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction


@pytest.fixture
def never_happened() -> Iterator[None]:
    """Everything the test writes is rolled back; its walks are committed before."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
