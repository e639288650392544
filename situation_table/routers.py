"""Which tables live on which server? Wrapped data keys on `keys`, everything else on `default`."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

KEYS_APP = "keyring"


class KeyringRouter:
    """Sends the keyring, and only the keyring, to the second server (architecture.md, "Vault")."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        return _home(model._meta.app_label)

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        return _home(model._meta.app_label)

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        return _home(one._meta.app_label) == _home(other._meta.app_label)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return _home(app_label) == db


def _home(app_label: str) -> str:
    return "keys" if app_label == KEYS_APP else "default"
