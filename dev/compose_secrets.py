"""Which secret files does docker-compose.yml expect? Makes those that are missing: `python -m dev.compose_secrets`."""

from __future__ import annotations

import base64
import secrets
from pathlib import Path

#: Not taken from dev.installation: that needs a PostgreSQL driver, and a host of containers has none.
ROOT = Path(__file__).resolve().parent.parent


def write(folder: Path) -> list[str]:
    """Make what is not there yet, readable by this user only; returns the names made."""
    folder.mkdir(mode=0o700, exist_ok=True)
    passwords = {name: secrets.token_urlsafe(32) for name in ("superuser", "owner", "app", "redis")}
    for name in passwords:
        present = folder / f"{name}_password"
        if present.exists():
            passwords[name] = present.read_text(encoding="ascii").strip()
    contents = {f"{name}_password": password for name, password in passwords.items()}
    for role in ("owner", "app"):
        contents[f"{role}_database_url"] = f"postgresql://st_{role}:{passwords[role]}@main:5432/st"
        contents[f"{role}_keys_database_url"] = f"postgresql://st_{role}:{passwords[role]}@keys:5432/st"
    contents["redis_url"] = f"redis://:{passwords['redis']}@redis:6379/0"
    contents["secret_key"] = secrets.token_urlsafe(48)
    for name in ("key_encryption_key", "ledger_signing_key"):
        contents[name] = base64.b64encode(secrets.token_bytes(32)).decode()
    contents["email_password"] = ""  # the mail server's own; to be filled in where it asks for one
    made = []
    for name, content in contents.items():
        path = folder / name
        if not path.exists():
            # The containers' users read them through the mount: the folder keeps everybody else out.
            path.touch(mode=0o644)
            path.write_text(content, encoding="ascii")
            made.append(name)
    return made


if __name__ == "__main__":
    print("\n".join(write(ROOT / "secrets")) or "nothing was missing")
