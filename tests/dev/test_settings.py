"""Is a bad setting refused loudly, by name, and never with its content?

The file of the settings runs once for each question, in this process: a process of its own for each takes a second and
a half, nearly all of it for what the settings import.
"""

from __future__ import annotations

import os
import runpy
import traceback
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

import pytest
from django.core.exceptions import ImproperlyConfigured

from agencies.vocabulary import Role
from dev.installation import ROOT


def _load(changes: dict[str, str | None]) -> Any:
    """The settings as they are in an environment with these changes."""
    environment = {k: v for k, v in os.environ.items() if k not in changes}
    environment |= {k: v for k, v in changes.items() if v is not None}
    with mock.patch.dict(os.environ, environment, clear=True):
        return SimpleNamespace(**runpy.run_path(str(ROOT / "situation_table" / "settings.py")))


def test_the_tests_own_environment_is_accepted() -> None:
    assert _load({}).SECRET_KEY


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"DATABASE_URL": None}, "DATABASE_URL"),
        ({"DATABASE_URL": "sqlite:///CANARY"}, "DATABASE_URL"),
        ({"KEYS_DATABASE_URL": "postgresql://CANARY@host/"}, "KEYS_DATABASE_URL"),
        ({"SECRET_KEY_FILE": None, "SECRET_KEY": "CANARY"}, "SECRET_KEY"),
        ({"KEY_ENCRYPTION_KEY_FILE": None, "KEY_ENCRYPTION_KEY": "Q0FOQVJZ"}, "KEY_ENCRYPTION_KEY"),
        ({"LEDGER_SIGNING_KEY_FILE": "/nowhere/CANARY"}, "LEDGER_SIGNING_KEY_FILE"),
        ({"KEY_ENCRYPTION_KEY": "CANARY"}, "KEY_ENCRYPTION_KEY_FILE"),
        ({"CHECKPOINT_DIR": "/nowhere/CANARY"}, "CHECKPOINT_DIR"),
        ({"DEBUG": "CANARY"}, "DEBUG"),
        ({"CONN_MAX_AGE": "-1"}, "CONN_MAX_AGE"),
        ({"REDIS_URL": "CANARY"}, "REDIS_URL"),
        ({"SECOND_FACTOR_ROLES": "facilitator,CANARY"}, "SECOND_FACTOR_ROLES"),
        ({"DEBUG": "1", "ALLOWED_HOSTS": "table.example"}, "DEBUG"),
        ({"PLAIN_HTTP_ON_LOOPBACK": "1", "ALLOWED_HOSTS": "table.example"}, "PLAIN_HTTP_ON_LOOPBACK"),
    ],
)
def test_a_bad_value_is_refused_by_name_without_its_content(changes: dict[str, str | None], named: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        _load(changes)
    assert named in str(refused.value)
    said = "".join(traceback.format_exception(refused.value))  # what a process that does not start writes
    assert "CANARY" not in said
    assert "Q0FOQVJZ" not in said


def test_without_the_demos_exception_every_cookie_is_secure_and_http_is_sent_to_https() -> None:
    s = _load({"PLAIN_HTTP_ON_LOOPBACK": None, "ALLOWED_HOSTS": "table.example"})
    assert s.SESSION_COOKIE_SECURE
    assert s.CSRF_COOKIE_SECURE
    assert s.LANGUAGE_COOKIE_SECURE
    assert s.SECURE_SSL_REDIRECT
    assert s.SECURE_HSTS_SECONDS > 0
    assert not s.DEBUG
    assert s.SESSION_COOKIE_HTTPONLY
    assert s.CSRF_COOKIE_HTTPONLY
    assert s.SESSION_COOKIE_AGE <= 8 * 3600


def test_every_seat_requires_a_second_factor_unless_the_installation_says_otherwise() -> None:
    unsaid = _load({"SECOND_FACTOR_ROLES": None}).SECOND_FACTOR_ROLES
    assert unsaid == set(Role.values)
    assert not _load({"SECOND_FACTOR_ROLES": "none"}).SECOND_FACTOR_ROLES


def test_a_secret_by_file_is_read_without_its_last_line_break(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("k" * 40 + "\n", encoding="ascii")
    assert _load({"SECRET_KEY_FILE": str(file)}).SECRET_KEY == "k" * 40


def test_passwords_are_hashed_by_argon2() -> None:
    assert _load({}).PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
