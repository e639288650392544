"""How does one run a management command on the running demo? (`make manage C="verify_ledger"`, as the app role)"""

from __future__ import annotations

import os
import sys

from dev.demo import home
from dev.installation import ROOT, Installation


def main(arguments: list[str]) -> None:
    """Become the command."""
    folder = home()
    if not (folder / "main" / "data" / "postmaster.pid").exists():
        sys.exit("The demo is not running: start it with `make demo` in another terminal.")
    environment = Installation(folder).environment()
    os.chdir(ROOT)
    os.execve(sys.executable, [sys.executable, "manage.py", *arguments], environment)  # noqa: S606  # no shell


if __name__ == "__main__":
    main(sys.argv[1:])
