"""Registers the wiring's own checks, and what Django is to say and write our way. No models here."""

from django.apps import AppConfig

from situation_table import first_of_month, missing_answers

# Before the models of any app are loaded, and with them perhaps a form.
first_of_month.teach()
missing_answers.teach()


class WiringConfig(AppConfig):
    name = "situation_table"

    def ready(self) -> None:
        from situation_table import checks  # noqa: F401  # registers by being imported
