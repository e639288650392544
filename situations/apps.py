"""Registers the app that is the thing itself: situation, lifecycle, meeting, intervention."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SituationsConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "situations"
    verbose_name = _("Situations and meetings")

    def ready(self) -> None:
        from agencies.audit import track
        from risk.models import CatalogueEntry

        # The code lists are administered rows too; risk imports none of our apps, so its list is registered here.
        track(CatalogueEntry)
