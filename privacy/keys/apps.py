"""Registers the only app on the `keys` database."""

from django.apps import AppConfig


class KeysConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "privacy.keys"
    label = "keyring"
