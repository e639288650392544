"""Do guardian, auditlog and cryptography each have the one file that speaks to them (house-style.md, 13)?"""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from tests.architecture.sources import importers, imports, modules


@pytest.mark.parametrize(
    ("package", "doors"),
    [
        ("guardian", {"privacy.grants"}),
        ("auditlog", {"agencies.audit"}),
        # Sealing and signing are two questions; agencies may not import privacy.
        ("cryptography", {"privacy.vault", "privacy.signing", "agencies.signin.sealing"}),
    ],
)
def test_a_sensitive_library_is_imported_by_its_door_only(package: str, doors: set[str]) -> None:
    assert {name for name in importers(package) if ".migrations." not in name} == doors


def test_psycopg_3_is_absent() -> None:
    """Django prefers it silently where both are installed."""
    assert find_spec("psycopg") is None
    assert find_spec("psycopg2") is not None


def test_signals_carry_no_business_rule() -> None:
    """The one that is connected names the actor of an audit entry, which auditlog gives no other way to do."""
    receivers = {
        name
        for name, path in modules().items()
        for target, _ in imports(path)
        if target.startswith(("django.db.models.signals", "django.dispatch"))
    }
    assert receivers <= {"agencies.audit"}
