"""What may be written into a log line?

A closed list of keys with a closed idea of their values; everything else is dropped before it is printed. No text of
an exception and no argument of a message gets through: a database error quotes the row it refused, and a path or a
query may quote anything. What went wrong is told by type and place.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import structlog

#: Keys a caller may log. Ids here are random or belong to queues; never a person's, never a situation's text.
ALLOWED = frozenset(
    {
        "at", "level", "logger", "event", "where", "frames", "error",
        "trace", "method", "route", "status", "milliseconds",
        "verb", "kind", "outbox", "count", "code", "server", "attempt",
    }
)  # fmt: skip
OURS = ("agencies", "risk", "privacy", "situations", "reports", "situation_table")
_ROOT = Path(__file__).resolve().parent.parent

Event = MutableMapping[str, Any]


def configuration(level: str) -> dict[str, Any]:
    """Django's LOGGING: one JSON line per event on standard error, whoever logged it."""
    structlog.configure(
        processors=[structlog.stdlib.add_log_level, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [
                    describe,
                    structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
                    only_allowed,
                    structlog.processors.JSONRenderer(sort_keys=True),
                ],
                "use_get_message": False,  # the template, never the filled-in sentence
                "pass_foreign_args": False,
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Django and the server bring handlers of their own; ours is the only one.
            **{
                name: {"handlers": [], "propagate": True}
                for name in ("django", "django.server", "uvicorn", "uvicorn.error", "celery")
            },
            # One line per request is ours to write (middleware.Trace): theirs carries the address.
            "django.request": {"level": "ERROR"},
            "uvicorn.access": {"handlers": [], "propagate": False},
        },
    }


def describe(_logger: Any, _method: str, event: Event) -> Event:
    """Say who logged, where, and what was raised, in words that cannot carry content.

    A foreign library's sentence may have content baked into it: only its place in the source is kept.
    """
    record: logging.LogRecord | None = event.get("_record")
    if record is not None:
        event["level"] = record.levelname.lower()
        event["logger"] = record.name
        if not record.name.startswith(OURS):
            event["event"] = "foreign"
            event["where"] = f"{record.module}:{record.funcName}:{record.lineno}"
    raised = _raised(event.get("exc_info"))
    if raised is not None:
        event["error"] = type(raised).__name__
        event["frames"] = [
            f"{_short(frame.filename)}:{frame.lineno}:{frame.name}"
            for frame in traceback.extract_tb(raised.__traceback__)
        ]
    return event


def only_allowed(_logger: Any, _method: str, event: Event) -> Event:
    """Drop every key that is not on the list, and every value that is not a plain one."""
    return {
        key: value
        for key, value in event.items()
        if key in ALLOWED and (isinstance(value, str | int | float | bool) or (key == "frames"))
    }


def _raised(exc_info: Any) -> BaseException | None:
    if isinstance(exc_info, BaseException):
        return exc_info
    if isinstance(exc_info, tuple):
        return exc_info[1] if isinstance(exc_info[1], BaseException) else None
    return sys.exc_info()[1] if exc_info else None


def _short(filename: str) -> str:
    path = Path(filename)
    return str(path.relative_to(_ROOT)) if path.is_relative_to(_ROOT) else path.name
