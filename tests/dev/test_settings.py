"""Is a bad setting refused loudly, by name, and never with its content?"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dev.installation import ROOT


def _load(changes: dict[str, str | None], *, then: str = "") -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k not in changes}
    environment |= {k: v for k, v in changes.items() if v is not None}
    program = f"import situation_table.settings as s\n{then}"
    return subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def test_the_tests_own_environment_is_accepted() -> None:
    assert _load({}).returncode == 0


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
    refused = _load(changes)
    assert refused.returncode != 0
    last = refused.stderr.strip().splitlines()[-1]
    assert "ImproperlyConfigured" in last
    assert named in last
    assert "CANARY" not in refused.stderr
    assert "Q0FOQVJZ" not in refused.stderr


def test_without_the_demos_exception_every_cookie_is_secure_and_http_is_sent_to_https() -> None:
    check = (
        "assert s.SESSION_COOKIE_SECURE and s.CSRF_COOKIE_SECURE and s.LANGUAGE_COOKIE_SECURE\n"
        "assert s.SECURE_SSL_REDIRECT and s.SECURE_HSTS_SECONDS > 0 and not s.DEBUG\n"
        "assert s.SESSION_COOKIE_HTTPONLY and s.CSRF_COOKIE_HTTPONLY and s.SESSION_COOKIE_AGE <= 8 * 3600"
    )
    safe = _load({"PLAIN_HTTP_ON_LOOPBACK": None, "ALLOWED_HOSTS": "table.example"}, then=check)
    assert safe.returncode == 0, safe.stderr


def test_every_seat_requires_a_second_factor_unless_the_installation_says_otherwise() -> None:
    check = "from agencies.vocabulary import Role\nassert s.SECOND_FACTOR_ROLES == set(Role.values)"
    assert _load({"SECOND_FACTOR_ROLES": None}, then=check).returncode == 0
    assert _load({"SECOND_FACTOR_ROLES": "none"}, then="assert not s.SECOND_FACTOR_ROLES").returncode == 0


def test_a_secret_by_file_is_read_without_its_last_line_break(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("k" * 40 + "\n", encoding="ascii")
    assert _load({"SECRET_KEY_FILE": str(file)}, then="assert s.SECRET_KEY == 'k' * 40").returncode == 0


def test_passwords_are_hashed_by_argon2() -> None:
    check = "assert s.PASSWORD_HASHERS == ['django.contrib.auth.hashers.Argon2PasswordHasher']"
    assert _load({}, then=check).returncode == 0
