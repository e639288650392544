"""Registers the app that answers: who sits at the table?"""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgenciesConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "agencies"
    verbose_name = _("Who sits at the table")

    def ready(self) -> None:
        from agencies import audit

        audit.register()
