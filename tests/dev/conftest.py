"""What do the tests of servers and commands need?"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """A folder that other users may pass through, with a name short enough for a socket."""
    folder = Path(tempfile.mkdtemp(prefix="st-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)
