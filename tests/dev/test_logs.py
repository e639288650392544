"""Can anything but the allowed keys get into a log line?"""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from situation_table import logs

CANARY = "Zebulon Canary"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What the configured formatter writes, whoever logs."""
    written, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(written)
    settings = logs.configuration("INFO")["formatters"]["json"]
    handler.setFormatter(settings["()"](**{k: v for k, v in settings.items() if k != "()"}))
    before = root.level
    root.addHandler(handler)
    root.setLevel("INFO")
    yield written
    root.removeHandler(handler)
    root.setLevel(before)


def _only(written: io.StringIO) -> dict[str, Any]:
    found = [json.loads(line) for line in written.getvalue().splitlines()]
    assert len(found) == 1
    assert isinstance(found[0], dict)
    return found[0]


def test_a_key_that_is_not_on_the_list_is_dropped(lines: io.StringIO) -> None:
    structlog.get_logger("privacy.gate").info("revealed", count=2, name=CANARY)
    line = _only(lines)
    assert line["event"] == "revealed"
    assert line["count"] == 2
    assert CANARY not in lines.getvalue()


def test_a_value_that_is_not_plain_is_dropped(lines: io.StringIO) -> None:
    structlog.get_logger("privacy.gate").info("revealed", count={"who": CANARY})
    assert CANARY not in lines.getvalue()


def test_arguments_of_a_message_are_dropped(lines: io.StringIO) -> None:
    logging.getLogger("situations").warning("no such person: %s", CANARY)
    assert _only(lines)["event"] == "no such person: %s"


def test_a_foreign_sentence_is_replaced_by_its_place(lines: io.StringIO) -> None:
    logging.getLogger("somebodys.library").error(f"could not save {CANARY}")  # noqa: G004  # what others do
    line = _only(lines)
    assert CANARY not in lines.getvalue()
    assert line["where"].startswith("test_logs:")


@pytest.mark.parametrize("logger", ["situations", "django.request"])
def test_an_exception_is_told_by_type_and_place_only(lines: io.StringIO, logger: str) -> None:
    try:
        int(CANARY)
    except ValueError:
        logging.getLogger(logger).exception("failed")
    line = _only(lines)
    assert line["error"] == "ValueError"
    assert any("test_logs.py" in frame for frame in line["frames"])
    assert CANARY not in lines.getvalue()


def test_our_own_exception_log_keeps_type_and_place(lines: io.StringIO) -> None:
    try:
        dict[str, str]()[CANARY]
    except KeyError:
        structlog.get_logger("situation_table.ticker").exception("sweep-failed", verb="a.verb")
    line = _only(lines)
    assert (line["error"], line["verb"]) == ("KeyError", "a.verb")
    assert CANARY not in lines.getvalue()
