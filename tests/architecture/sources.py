"""What does our source say? Read as syntax, never imported, so that a broken module cannot hide from the tests."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("agencies", "risk", "privacy", "situations", "reports", "situation_table")


@cache
def modules() -> dict[str, Path]:
    """Dotted name -> file of every module of ours (tests and tools apart)."""
    found = {}
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            found[".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")] = path
    return found


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """(dotted name, line) of every absolute import in a file, wherever it stands in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module, node.lineno
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or ""), node.lineno


def importers(package: str) -> set[str]:
    """Our modules that import a package or a part of it."""
    return {
        name
        for name, path in modules().items()
        if any(target == package or target.startswith(f"{package}.") for target, _ in imports(path))
    }
