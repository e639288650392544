"""Registers the wiring's own checks, and how Django is to write dates. No models here."""

from django.apps import AppConfig

from situation_table import first_of_month

first_of_month.teach()


class WiringConfig(AppConfig):
    name = "situation_table"

    def ready(self) -> None:
        from situation_table import checks  # noqa: F401  # registers by being imported
