"""What differs when the tests run? Servers of their own, undefined template variables fail, passwords cost less.

The controller picks a free folder under var/test (several runs may go on side by side); its workers and the servers
they start inherit the choice.
"""

from __future__ import annotations

import fcntl
import os
import sys
from pathlib import Path
from typing import IO

from dev.installation import ROOT, Installation

_MOST_RUNS_AT_ONCE = 20


def _free_folder() -> tuple[Path, IO[str]]:
    for slot in range(_MOST_RUNS_AT_ONCE):
        folder = ROOT / "var" / "test" / str(slot)
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            continue
        return folder, lock
    raise RuntimeError("too many test runs at once in this folder")


# What is compiled is kept, whatever the shell says: each process of a run would compile a thousand modules again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

if "ST_TEST_RUN" not in os.environ:
    _folder, LOCK = _free_folder()  # held while this process lives
    os.environ["ST_TEST_RUN"] = str(_folder)
    _installation = Installation(_folder, fast=True)
    _installation.prepare()
    _redis = os.environ.get("REDIS_URL", "") if os.environ.get("ST_BROKER") == "1" else ""
    _environment = _installation.environment()
    os.environ.update(_environment)
    os.environ["REDIS_URL"] = _redis
    for _name in (
        "SECRET_KEY",
        "KEY_ENCRYPTION_KEY",
        "LEDGER_SIGNING_KEY",
        "DATABASE_URL_FILE",
        "KEYS_DATABASE_URL_FILE",
    ):
        os.environ.pop(_name, None)

# Runs and workers that share one Redis keep their queues apart.
os.environ["BROKER_PREFIX"] = f"{os.environ['ST_TEST_RUN']}-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}-"

from situation_table.settings import *  # noqa: E402, F403  # the environment must be there first
from situation_table.settings import TEMPLATES  # noqa: E402


class UndefinedVariable(str):
    """Rendering an undefined template variable is a mistake, not an empty string."""

    __slots__ = ()

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, variable: object) -> str:
        raise LookupError(f"undefined template variable: {variable}")


TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UndefinedVariable("undefined")
# Argon2 on purpose takes time; thirty invented people times every committing class.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "django.contrib.auth.hashers.Argon2PasswordHasher",
]

# The secret key differs from run to run, and with it what chance withholds. Tests of that say so themselves.
REPORT_ONE_MORE_IN = 0
