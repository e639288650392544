"""Which statutes bind an agency, and which places are there at a table? (domain.md, "People")"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Statute(models.TextChoices):
    """The disclosure statutes an agency can be bound by; an agency may be bound by several (R31)."""

    FIPPA = "fippa", _("FIPPA")
    MFIPPA = "mfippa", _("MFIPPA")
    PHIPA = "phipa", _("PHIPA (health information custodian)")
    CYFSA = "cyfsa", _("CYFSA Part X")
    YCJA = "ycja", _("YCJA")
    PIPEDA = "pipeda", _("PIPEDA")
    CSPA = "cspa", _("Community Safety and Policing Act")
    NONE = "none", _("No disclosure statute")


class Role(models.TextChoices):
    """A person's place at a table. One person may hold several seats."""

    REPRESENTATIVE = "representative", _("Agency representative")
    ALTERNATE = "alternate", _("Alternate representative")
    AGENCY_LEAD = "agency_lead", _("Agency lead")
    PRIVACY_LEAD = "privacy_lead", _("Agency privacy lead")
    FACILITATOR = "facilitator", _("Facilitator")
    RECORDER = "recorder", _("Recorder")
    MANAGER = "manager", _("Manager")
    PRIVACY_OFFICER = "privacy_officer", _("Privacy officer")
    ADMINISTRATOR = "administrator", _("Administrator")
    GUEST = "guest", _("Guest")


#: Roles that speak for an agency: they file, present and act for it.
AGENCY_ROLES = (Role.REPRESENTATIVE, Role.ALTERNATE, Role.AGENCY_LEAD)
#: Roles that hear the de-identified stages of their table.
SEATED_ROLES = (*AGENCY_ROLES, Role.FACILITATOR, Role.RECORDER)
