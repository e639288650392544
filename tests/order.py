"""Which tests start first, so that no worker ends alone? What takes longest, whatever the number of its tests.

Workers are given classes and modules in this order (`--no-loadscope-reorder`). By number of tests alone a module of one
long test comes last, and the other core waits for it.
"""

from __future__ import annotations

from collections import Counter

import pytest

#: Modules that take a quarter of a minute or more with three workers, longest first.
_LONG = (
    "pages/test_sent_back.py", "journeys/test_whole_way.py", "leaks/test_matrix.py", "journeys/test_first_run.py",
    "dev/test_demo.py", "live/test_devices.py", "french/test_pages.py", "pages/test_home.py",
    "journeys/test_other_ways.py", "laws/test_lifecycle.py", "releases/test_formats.py", "pages/test_corrections.py",
    "api/test_strangers.py", "laws/test_shared_screen.py", "api/test_both_doors.py", "reports/test_outcomes.py",
    "api/test_releases.py", "releases/test_sums.py", "guard/test_guard.py", "pages/test_kept.py",
    "filing/test_picker.py", "filing/test_typing.py", "filing/test_guard_on_the_page.py", "signin/test_journey.py",
    "pack/test_pairs.py", "pack/test_offers.py", "api/test_contract.py",
    "reports/test_due.py", "seed/test_seed_demo.py", "journeys/test_release.py",
)  # fmt: skip
_RANK = {f"tests/{module}": rank for rank, module in enumerate(_LONG)}


def longest_first(items: list[pytest.Item]) -> None:
    """Sort in place: the long modules, then all others by how many tests a class or module has."""
    many = Counter(_scope(item) for item in items)
    items.sort(key=lambda item: (_RANK.get(item.nodeid.partition("::")[0], len(_RANK)), -many[_scope(item)]))


def _scope(item: pytest.Item) -> str:
    return item.nodeid.rsplit("::", 1)[0]
