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


class Paper(models.TextChoices):
    """What is signed: by an agency, or by a person."""

    AGREEMENT = "agreement", _("Sharing agreement")
    UNDERTAKING = "undertaking", _("Confidentiality undertaking")


class CallReason(models.TextChoices):
    """Why an agency on call is called. Coded: words could say who it is about (R60)."""

    MANDATE = "mandate", _("Its mandate covers what is discussed")
    SERVICE = "service", _("A service it offers may be needed")
    ADVICE = "advice", _("Its advice is needed")


class ConfirmedAs(models.TextChoices):
    """Who spoke for the agency when a seat was accepted (domain.md, "People": administrator)."""

    LEAD = "lead", _("The agency’s lead")
    SIGNATORY = "signatory", _("The agreement’s signatory")
    FIRST_RUN = "first_run", _("The first-run page")
    NEW_TABLE = "new_table", _("Whoever added the table")


#: Roles that speak for an agency: they file, present and act for it.
AGENCY_ROLES = (Role.REPRESENTATIVE, Role.ALTERNATE, Role.AGENCY_LEAD)
#: Roles that hear the de-identified stages of their table.
SEATED_ROLES = (*AGENCY_ROLES, Role.FACILITATOR, Role.RECORDER)
