"""Where are proofs run? On the tests' own servers, in databases of their own, with the tests' cast."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django


def prepare() -> None:
    """Read the settings of the tests. Call before anything of the product is imported."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    logging.disable(logging.CRITICAL)  # a proof prints its own lines only
    from tests import cheaper

    cheaper.find_static_files_once()
    cheaper.collect_rarely()


@contextmanager
def servers() -> Iterator[None]:
    """Both servers with their templates, for as long as the block lasts."""
    from tests.databases import build_templates, installation

    made = installation()
    started = []
    try:
        for server in made.servers:
            started.append(server)
            server.start()
        os.environ["ST_TEMPLATE"] = build_templates(made)
        yield
    finally:
        for server in reversed(started):
            server.stop()


@contextmanager
def fresh() -> Iterator[None]:
    """Empty databases on both servers, and checkpoints of their own."""
    from django.test.utils import override_settings, setup_test_environment, teardown_test_environment

    from tests import cheaper
    from tests.databases import cloned

    setup_test_environment()
    cheaper.render_plainly()
    try:
        with (
            tempfile.TemporaryDirectory() as folder,
            override_settings(CHECKPOINT_DIR=Path(folder)),
            cloned("proof"),
        ):
            yield
    finally:
        teardown_test_environment()
