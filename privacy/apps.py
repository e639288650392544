"""Registers the app that answers: who may know what, when?"""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "privacy"
    verbose_name = _("Who may know what, when")

    def ready(self) -> None:
        from agencies.audit import track
        from privacy.models import Disclosure, LegalAuthority

        # Code lists, and the creation of each disclosure record (ids and codes only; its columns hold nothing else).
        track(LegalAuthority)
        track(Disclosure, creation_only=True)
