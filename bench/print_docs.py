"""Which pages are printed from the code? `python -m bench.print_docs` rewrites them; a test compares them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import django

DOCS = Path(__file__).resolve().parent.parent / "docs"


def pages() -> dict[Path, Callable[[], str]]:
    """Each page with what prints it."""
    from privacy.printed import sharing_matrix
    from situations.printed import lifecycle

    return {DOCS / "sharing-matrix.md": sharing_matrix, DOCS / "lifecycle.md": lifecycle}


def main() -> None:
    """Write every page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dev.check_settings")
    django.setup()
    for path, printed in pages().items():
        path.write_text(printed(), encoding="utf-8")
        print(path.relative_to(DOCS.parent))


if __name__ == "__main__":
    main()
