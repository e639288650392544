"""Registers the wiring's own checks. No models here."""

from django.apps import AppConfig


class WiringConfig(AppConfig):
    name = "situation_table"

    def ready(self) -> None:
        from situation_table import checks  # noqa: F401  # registers by being imported
