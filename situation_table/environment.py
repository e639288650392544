"""What does the environment say, and is it well formed?

Every value that differs between a laptop and a province comes through here. A missing or malformed value stops the
program with its name, never with its content. Secrets may come by file: `NAME_FILE` names a file that holds `NAME`.
"""

from __future__ import annotations

import base64
import binascii
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

_YES, _NO = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


def text(name: str, default: str | None = None) -> str:
    """A value from `NAME` or from the file that `NAME_FILE` names; both at once is refused."""
    value, file = os.environ.get(name), os.environ.get(f"{name}_FILE")
    if value and file:
        raise ImproperlyConfigured(f"{name} and {name}_FILE are both set: keep one.")
    if file:
        try:
            value = Path(file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as unreadable:
            raise ImproperlyConfigured(f"{name}_FILE cannot be read ({type(unreadable).__name__}).") from None
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"{name} (or {name}_FILE) is not set.")
    return default


def flag(name: str) -> bool:
    """Off unless clearly on; anything else than yes or no is refused."""
    value = text(name, "").strip().lower()
    if value in _YES:
        return True
    if value in _NO:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0.")


def number(name: str, default: int, *, least: int = 0) -> int:
    """A whole number, at least `least`."""
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit() or int(value) < least:
        raise ImproperlyConfigured(f"{name} must be a whole number of at least {least}.")
    return int(value)


def numbers(name: str, default: str, *, least: int = 1) -> tuple[int, ...]:
    """A comma-separated list of whole numbers, at least one of them, each at least `least`; the largest first."""
    given = words(name, default)
    if not given or not all(n.isascii() and n.isdigit() and int(n) >= least for n in given):
        raise ImproperlyConfigured(f"{name} must be whole numbers of at least {least}, with commas between.")
    return tuple(sorted({int(n) for n in given}, reverse=True))


def words(name: str, default: str) -> list[str]:
    """A comma-separated list."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def roles(name: str, default: str, known: Iterable[str]) -> frozenset[str]:
    """Some of the known roles with commas between; "all" or "none" of them."""
    given, every = set(words(name, default)), frozenset(known)
    if given in ({"all"}, {"none"}):
        return every if given == {"all"} else frozenset()
    if not given or not given <= every:
        raise ImproperlyConfigured(f"{name} must be all, none, or roles with commas between.")
    return frozenset(given)


def key_of_32_bytes(name: str) -> bytes:
    """A key, given as base64 of exactly 32 bytes."""
    try:
        key = base64.b64decode(text(name), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != 32:
        raise ImproperlyConfigured(f"{name} must be base64 of exactly 32 bytes.")
    return key


def folder(name: str) -> Path:
    """An existing folder."""
    path = Path(text(name))
    if not path.is_dir():
        raise ImproperlyConfigured(f"{name} must name an existing folder.")
    return path.resolve()


def database(name: str, *, keep_seconds: int) -> dict[str, Any]:
    """A PostgreSQL connection from a URL; a unix socket is a percent-encoded host."""
    try:
        parsed: dict[str, Any] = dict(dj_database_url.parse(text(name), conn_max_age=keep_seconds))
    except (ValueError, KeyError, dj_database_url.UnknownSchemeError):
        raise ImproperlyConfigured(f"{name} is not a database URL.") from None
    if parsed.get("ENGINE") != "django.db.backends.postgresql":
        raise ImproperlyConfigured(f"{name} must name a PostgreSQL database: the walls are PostgreSQL's.")
    if not parsed.get("NAME"):
        raise ImproperlyConfigured(f"{name} names no database.")
    parsed["CONN_HEALTH_CHECKS"] = keep_seconds > 0
    return parsed
