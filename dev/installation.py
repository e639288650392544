"""What does one whole installation in a folder consist of? Two servers, their databases, secrets, an environment.

The demo and the tests each make their own under var/. The environment is all a process of ours ever gets: the app
role's addresses, or the owner's for the one process that migrates.
"""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path

from dev.bootstrap import Passwords, bootstrap
from dev.pg import CannotStart, Server

ROOT = Path(__file__).resolve().parent.parent
DATABASE = "st"
_KEYS_OF_32_BYTES = ("KEY_ENCRYPTION_KEY", "LEDGER_SIGNING_KEY")
#: What an installation decides itself and must not inherit from the shell.
_OURS = (
    "DATABASE_URL", "KEYS_DATABASE_URL", "SECRET_KEY", *_KEYS_OF_32_BYTES,
    "CHECKPOINT_DIR", "DEBUG", "ALLOWED_HOSTS", "STATIC_ROOT", "CSRF_TRUSTED_ORIGINS", "BEHIND_TLS_PROXY",
    "PUBLIC_URL", "EMAIL_HOST", "EMAIL_PORT", "EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD", "EMAIL_FROM", "CONN_MAX_AGE",
)  # fmt: skip


class Installation:
    """Everything under one folder."""

    def __init__(self, home: Path, *, fast: bool = False) -> None:
        self.home = home.resolve()
        self.main = Server(self.home / "main", fast=fast)
        self.keys = Server(self.home / "keys", fast=fast)
        self.checkpoints = self.home / "checkpoints"
        self._secrets = self.home / "secrets"

    @property
    def servers(self) -> tuple[Server, Server]:
        return self.main, self.keys

    def prepare(self) -> None:
        """Make the folders and whatever secret is not there yet. Raises CannotStart."""
        try:
            self.checkpoints.mkdir(parents=True, exist_ok=True)
            self._secrets.mkdir(mode=0o700, exist_ok=True)
            for name in ("SECRET_KEY", "OWNER_PASSWORD", "APP_PASSWORD"):
                self._make(name, secrets.token_urlsafe(48))
            for name in _KEYS_OF_32_BYTES:
                self._make(name, base64.b64encode(secrets.token_bytes(32)).decode())
        except OSError as refused:
            raise CannotStart(
                f"No permission to write in {self.home} ({refused.strerror}). Run from a folder that is yours."
            ) from None

    def bootstrap(self, database: str = DATABASE) -> None:
        """Roles, databases and rights on both running servers, which must be two."""
        identifiers = {bootstrap(server, database, self.passwords()) for server in self.servers}
        if len(identifiers) != len(self.servers):
            raise CannotStart("The two folders hold one and the same server: keys would share its backups. Remove one.")

    def passwords(self) -> Passwords:
        return Passwords(self._read("OWNER_PASSWORD"), self._read("APP_PASSWORD"))

    def environment(self, *, owner: bool = False, main: str = DATABASE, keys: str = DATABASE) -> dict[str, str]:
        """The environment of a process: the app role's databases, or the owner's."""
        inherited = {k: v for k, v in os.environ.items() if k.removesuffix("_FILE") not in _OURS}
        passwords = self.passwords()
        user, password = ("st_owner", passwords.owner) if owner else ("st_app", passwords.app)
        return {
            **inherited,
            "DATABASE_URL": self.main.url(user, password, main),
            "KEYS_DATABASE_URL": self.keys.url(user, password, keys),
            "CHECKPOINT_DIR": str(self.checkpoints),
            "PLAIN_HTTP_ON_LOOPBACK": "1",
            # Whoever tries the demo signs in with one step; a member may still switch a second factor on.
            "SECOND_FACTOR_ROLES": "none",
            **{f"{name}_FILE": str(self._secrets / name) for name in ("SECRET_KEY", *_KEYS_OF_32_BYTES)},
        }

    def _make(self, name: str, value: str) -> None:
        path = self._secrets / name
        if not path.exists():
            unfinished = path.with_suffix(".new")
            unfinished.touch(mode=0o600)
            unfinished.write_text(value, encoding="ascii")
            unfinished.rename(path)

    def _read(self, name: str) -> str:
        return (self._secrets / name).read_text(encoding="ascii")
