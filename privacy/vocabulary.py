"""In which words does the sharing policy speak? (domain.md, "The life of a situation" and "People")"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Filter(models.TextChoices):
    """The stage of information sharing a situation has reached."""

    F1 = "f1", _("Filter 1 - screening")
    F2 = "f2", _("Filter 2 - de-identified")
    F3A = "f3a", _("Filter 3 - choosing agencies")
    F3B = "f3b", _("Filter 3 - limited identifiers")
    F4 = "f4", _("Filter 4 - intervening")
    CONCLUDED = "concluded", _("Concluded")
    CLOSED = "closed", _("Closed before the door")
    DESTROYED = "destroyed", _("Destroyed")


#: Stages at which the item has passed the door: identity may exist, for named persons only.
PAST_THE_DOOR = (Filter.F3B, Filter.F4, Filter.CONCLUDED)


class Audience(models.TextChoices):
    """The relation in which a member stands to one situation. A member may stand in several; rights add up."""

    ORIGINATING = "originating", _("People seated for the originating agency")
    SEATED = "seated", _("Agencies seated at the table")
    FACILITATOR = "facilitator", _("Facilitator")
    RECORDER = "recorder", _("Recorder")
    GUEST = "guest", _("Guest at the sitting meeting")
    NAMED = "named", _("Named person of an intervening agency")
    AGENCY_LEAD = "agency_lead", _("Lead of an agency that was chosen")
    PRIVACY_LEAD = "privacy_lead", _("Privacy lead of an agency concerned")
    PRIVACY_OFFICER = "privacy_officer", _("Privacy officer")
    MANAGER = "manager", _("Manager")
    ADMINISTRATOR = "administrator", _("Administrator")
    OUTSIDER = "outsider", _("Anybody else")


class Category(models.TextChoices):
    """The kinds of information about a situation that the policy speaks of."""

    EXISTENCE = "existence", _("That it exists: number, status")
    CODED = "coded", _("Coded facts: type, age group, sex, factors, flags, originating agency")
    YOUTH_CODES = "youth_codes", _("Criminal-involvement codes for ages 12-17")
    SCREENING = "screening", _("Screening answers")
    SUMMARY = "summary", _("Screened summary")
    DISCUSSION = "discussion", _("Backing, objections, presence")
    CHOICE = "choice", _("Agencies chosen, why, and the proposed lead")
    IDENTIFIERS = "identifiers", _("Limited identifiers: name, birth, location")
    SAFE_CONTACT = "safe_contact", _("Safe-contact instructions")
    PLAN = "plan", _("Plan and actions")
    YOUTH_JUSTICE = "youth_justice", _("Youth-justice notes")
    CONTACT = "contact", _("First contact and consent")
    NOTICES = "notices", _("Notices owed to the person")
    SERVICES = "services", _("Services mobilized")
    REPORT_BACK = "report_back", _("With intervening agencies; concluded on, status, reason")
    LEDGER = "ledger", _("Who has seen this")


class CompartmentKind(models.TextChoices):
    """The unit of access from F3b on."""

    SUBJECT = "subject", _("One person: safe contact and who it is")
    PLAN = "plan", _("Plan and actions")
    YOUTH = "youth", _("Youth-justice notes")


class Element(models.TextChoices):
    """What a disclosure of limited identifiers may consist of (R16). Plan entries are named `plan:<n>[:<person>]`."""

    NAME = "name", _("Name")
    BIRTH = "birth", _("Date of birth or age")
    LOCATION = "location", _("Location")
    SAFE_CONTACT = "safe_contact", _("Safe-contact instructions")


#: The elements that say who a person is; safe contact stands beside them, the rest belongs to the plan compartment.
IDENTIFYING = (Element.NAME, Element.BIRTH, Element.LOCATION)


class Purpose(models.TextChoices):
    """Why identity is disclosed or revealed. Coded: the ledger holds no narrative."""

    RECOGNISE = "recognise", _("Recognise whether the person is already known to us")
    PLAN_CONTACT = "plan_contact", _("Plan first contact")
    MAKE_CONTACT = "make_contact", _("Make or follow up contact")
    PROVIDE_SERVICE = "provide_service", _("Provide a service")
    GIVE_NOTICE = "give_notice", _("Give the written notice that is owed")
    CORRECT = "correct", _("Check or correct what we recorded")
    ACCESS_REQUEST = "access_request", _("Answer the person's access request")


class Medium(models.TextChoices):
    """How the information passed (R33)."""

    SCREEN = "screen", _("On screen")
    VOICE = "voice", _("By voice")


class Duty(models.TextChoices):
    """What an authority obliges the discloser to do afterwards."""

    NONE = "none", _("Nothing")
    MAILED_NOTICE = "mailed-notice", _("Written notice to the person's last known address")
    WRITTEN_NOTICE = "written-notice-without-delay", _("Written notice without delay")
    NOTICE_RECOMMENDED = "notice-recommended", _("Notice is recommended")
    SEPARATE_STORAGE = "separate-storage", _("Keep separate and destroy when no longer needed")


#: Duties that become a task which blocks the conclusion until done or excused (R28, R29).
NOTICE_OWED = (Duty.MAILED_NOTICE, Duty.WRITTEN_NOTICE)


class Answer(models.TextChoices):
    """What a recipient answers to a disclosure of limited identifiers."""

    PENDING = "pending", _("Not answered yet")
    OURS = "ours", _("We will act")
    INVOLVED = "involved", _("Already involved")
    NOT_OURS = "not_ours", _("Not ours")


class Necessity(models.TextChoices):
    """Why an agency is reasonably necessary to the intervention (R15). Coded: no narrative before the door."""

    BROUGHT_IT = "brought_it", _("It brought the situation and discloses")
    PROVIDES_SERVICE = "provides_service", _("It provides a service this situation needs")
    KNOWN_EXPERTISE = "known_expertise", _("It has the expertise this harm calls for")
    LEGAL_DUTY = "legal_duty", _("It has a legal duty here")
    CULTURAL_SUPPORT = "cultural_support", _("It can offer support in the person's language or culture")
    OFFERED = "offered", _("It said it should be involved")


class MarksReason(models.TextChoices):
    """Why words that the name guard marks may stay in a summary that is presented (R6). Coded: no narrative."""

    COMMON_WORDS = "common-words", _("They are ordinary words, not a name or a number")
    PUBLIC_PLACE = "public-place", _("They name a public place or a service that many people use")
    AGENCY = "agency", _("They name an agency or a role, not a person")
    NEEDED = "needed", _("The table cannot judge the risk without them")
    OTHER = "other", _("Another reason")


class LedgerKind(models.TextChoices):
    """What a ledger row says happened."""

    PRESENTED = "presented", _("Presented to those present")
    OPENED = "opened", _("Opened the de-identified item")
    DISCLOSED = "disclosed", _("Disclosed")
    AUTHORISED = "revealed", _("Revealed")
    GRANTED = "granted", _("Access given")
    ENDED = "ended", _("Access ended")
    RECUSED = "recused", _("Recused")
    OVERRIDE = "override", _("Presented with marked words left")
    FROZEN = "frozen", _("Frozen")
    UNFROZEN = "unfrozen", _("Freeze lifted")
    HELD = "held", _("Hold placed")
    RELEASED = "released", _("Hold released")
    ERASED = "erased", _("Sealed text destroyed")
    RECALLED = "recalled", _("Disclosure recalled")
    CORRECTED = "corrected", _("Corrected by a new entry")
