"""Do imports point the one way that architecture.md draws ("Rooms and arrows")?"""

from __future__ import annotations

import pytest

from tests.architecture.sources import ROOMS, ROOT, imports, modules

#: Who may import whom. Nobody may import situation_table.
ARROWS: dict[str, set[str]] = {
    "agencies": set(),
    "risk": set(),
    "privacy": {"agencies"},
    "situations": {"risk", "privacy", "agencies"},
    "reports": {"situations", "risk", "privacy", "agencies"},
    "situation_table": {"reports", "situations", "risk", "privacy", "agencies"},
}
FORBIDDEN_NAMES = {"common", "core", "utils", "helpers"}
MOST_LINES = 300


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_along_the_arrows(room: str) -> None:
    against = [
        f"{name}:{line} imports {target}"
        for name, path in modules().items()
        if name.split(".")[0] == room
        for target, line in imports(path)
        if (other := target.split(".")[0]) in ROOMS and other != room and other not in ARROWS[room]
    ]
    assert against == []


def test_every_room_is_there_and_was_read() -> None:
    assert {name.split(".")[0] for name in modules()} == set(ROOMS)
    assert any(target.startswith("agencies") for _, path in modules().items() for target, _ in imports(path))


def test_no_import_is_relative() -> None:
    """An arrow must be readable in the line that draws it."""
    assert [name for name, path in modules().items() for target, _ in imports(path) if target.startswith(".")] == []


def test_the_wiring_owns_no_models() -> None:
    assert not (ROOT / "situation_table" / "models.py").exists()
    assert not (ROOT / "situation_table" / "migrations").exists()


def test_no_module_is_named_after_nothing() -> None:
    assert [name for name in modules() if set(name.split(".")) & FORBIDDEN_NAMES] == []


def test_no_module_asks_more_than_one_question() -> None:
    """Past 300 lines a module is probably two questions (house-style.md, 1)."""
    long = {
        name: count
        for name, path in modules().items()
        if "migrations" not in path.parts and (count := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES
    }
    assert long == {}


def test_every_module_says_its_question() -> None:
    import ast

    silent = [
        name
        for name, path in modules().items()
        if "migrations" not in path.parts
        and path.stat().st_size
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []
