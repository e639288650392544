"""In which states can a situation be, and in which words is it decided? (domain.md, "The life of a situation")"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from privacy.vocabulary import Filter


class State(models.TextChoices):
    """The state of a situation. Each belongs to one filter of the sharing policy."""

    DRAFT = "draft", _("Draft")
    PRESENTED = "presented", _("Presented")
    CHOOSING = "choosing", _("Choosing agencies")
    LIMITED = "limited", _("In the huddle")
    INTERVENING = "intervening", _("Intervening")
    CONCLUDED = "concluded", _("Concluded")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    STOPPED = "stopped", _("Stopped")
    TRANSFERRED = "transferred", _("Transferred")
    DESTROYED = "destroyed", _("Destroyed")


#: The filter each state stands at. A transfer or stop past the door keeps its intervening readers (CONCLUDED).
FILTER_OF = {
    State.DRAFT: Filter.F1,
    State.PRESENTED: Filter.F2,
    State.CHOOSING: Filter.F3A,
    State.LIMITED: Filter.F3B,
    State.INTERVENING: Filter.F4,
    State.CONCLUDED: Filter.CONCLUDED,
    State.REJECTED: Filter.CLOSED,
    State.WITHDRAWN: Filter.CLOSED,
    State.STOPPED: Filter.CLOSED,
    State.TRANSFERRED: Filter.CLOSED,
    State.DESTROYED: Filter.DESTROYED,
}

#: What the whole table hears, still de-identified (domain.md, "the door").
BEFORE_THE_DOOR = (State.PRESENTED, State.CHOOSING)
OPEN_STATES = (*BEFORE_THE_DOOR, State.LIMITED, State.INTERVENING)


class StopReason(models.TextChoices):
    """Why an item is stopped without a rejection."""

    MITIGATED = "risk-already-being-mitigated", _("The risk is already being mitigated")
    DUPLICATE = "duplicate", _("The same situation is already before the table")


class ReturnReason(models.TextChoices):
    """Why the facilitator returns a filing to its agency before discussion."""

    IDENTIFYING = "identifying-words", _("The summary holds words that may say who this is")
    UNCLEAR = "unclear", _("The table could not judge the risk from it")
    INCOMPLETE = "incomplete", _("Risk factors or screening seem incomplete")
    WRONG_TABLE = "wrong-table", _("It belongs to another table")


class ScreeningQuestion(models.TextChoices):
    """The screening answers of filter 1, each required before presenting (R2)."""

    IMMINENT = "imminent", _("The harm is acute and imminent")
    EXHAUSTED = "exhausted", _("Our own options are exhausted")
    BEYOND = "beyond", _("The risk goes beyond our mandate, and several mandates are engaged")
    REDUCES = "reduces", _("Sharing is likely to reduce the harm")


class Stance(models.TextChoices):
    """What an agency stands behind in the threshold discussion."""

    ACCEPT = "accept", _("We stand behind it")
    REJECT = "reject", _("We agree to reject it")


class MeetingState(models.TextChoices):
    """Where a meeting is."""

    PLANNED = "planned", _("Planned")
    SITTING = "sitting", _("Sitting")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


class ItemKind(models.TextChoices):
    """Why an item is on the agenda."""

    FOLLOW_UP = "follow_up", _("Follow-up")
    DEFERRED = "deferred", _("Deferred")
    NEW = "new", _("New")


class Mode(models.TextChoices):
    """How a person takes part."""

    ROOM = "room", _("In the room")
    PHONE = "phone", _("By phone")


class Room(models.TextChoices):
    """Where a person is for one item: the main meeting, or the huddle behind the door."""

    MAIN = "main", _("Main meeting")
    HUDDLE = "huddle", _("Huddle")


class Part(models.TextChoices):
    """The part an affected person has; with intimate partner violence the two stay in separate compartments (R51)."""

    SUBJECT = "subject", _("Person at risk")
    HARMED = "harmed", _("Person harmed")
    HARMING = "harming", _("Person causing harm")


class ContactResult(models.TextChoices):
    """How the first contact went (R23)."""

    REACHED = "reached", _("Reached the person")
    ATTEMPTED = "attempted", _("Tried, not reached")


class ConsentOutcome(models.TextChoices):
    """What came of asking for consent, a recorded step of the first contact (R25)."""

    GIVEN = "given", _("Consent given")
    REFUSED = "refused", _("Consent refused")
    NOT_SOUGHT = "not_sought", _("Consent could not be sought")


class NotSought(models.TextChoices):
    """Why consent could not be sought."""

    NOT_REACHED = "not_reached", _("The person was not reached")
    NO_CAPACITY = "no_capacity", _("The person could not understand the question at the time")
    UNSAFE = "unsafe", _("Asking would have put somebody in danger")


class ConsentForm(models.TextChoices):
    """The form of a consent."""

    ORAL = "oral", _("Oral")
    WRITTEN = "written", _("Written")


class ConsentGiver(models.TextChoices):
    """Who gave a consent: by capacity, never by age alone (R50)."""

    PERSON = "person", _("The person")
    SUBSTITUTE = "substitute", _("A substitute decision-maker")


class NoticeMethod(models.TextChoices):
    """How a written notice was given (R30)."""

    MAILED = "mailed", _("Mailed")
    HANDED = "handed", _("Handed over in person")
    COUNSEL = "counsel", _("Through the person's lawyer or advocate")


class NoticeExcuse(models.TextChoices):
    """Why a notice was not given: a documented exception (R28)."""

    DANGER = "danger", _("Notice would put somebody in danger")
    UNKNOWN_ADDRESS = "unknown_address", _("No address is known and the person could not be found")
    DECEASED = "deceased", _("The person has died")


class OutboxKind(models.TextChoices):
    """What is to happen after a commit."""

    SHRED = "shred", _("Delete the keys of an erased situation")
    TELL = "tell", _("Tell a person that something waits")
    MEETING = "meeting", _("Tell a person when a meeting is")


class Message(models.TextChoices):
    """What a person is told: a number and a link, nothing else (R60)."""

    NAMED = "named", _("You have been named to act")
    DISCLOSED = "disclosed", _("Something was disclosed to you")
    RETURNED = "returned", _("A situation was returned to your agency")
    LEAD_PROPOSED = "lead_proposed", _("Your agency is proposed to lead")
    ENDED = "ended", _("Your access has ended")
    MEETING = "meeting", _("The table meets.")
    MEETING_URGENT = "meeting_urgent", _("The table is called to an urgent discussion.")
    MEETING_MOVED = "meeting_moved", _("A meeting of the table is at another time.")
    MEETING_CANCELLED = "meeting_cancelled", _("A meeting of the table is cancelled.")


class FollowUpAnswer(models.TextChoices):
    """What the lead answers at a follow-up; that it is concluded is said by concluding it."""

    DONE = "done", _("Done")
    NOT_POSSIBLE = "not_possible", _("Not possible")
    NOT_DONE = "not_done", _("Not done yet")


class Told(models.TextChoices):
    """What came of an item in a meeting, as far as the whole table may know. The names are those of acts."""

    ACCEPT = "accept", _("Threshold met")
    REJECT = "reject", _("Rejected")
    STOP = "stop", _("Stopped")
    DEFER = "defer", _("Deferred")
    WITHDRAW = "withdraw", _("Withdrawn by its agency")
    TRANSFER = "transfer", _("Transferred to another table")
    DOOR = "pass_door", _("Handed to the intervening agencies")
    CONCLUDE = "conclude", _("Concluded")
    STOP_INTERVENTION = "stop_intervention", _("Stopped")
    TRANSFER_INTERVENTION = "transfer_intervention", _("Transferred to another table")


class CorrectionKind(models.TextChoices):
    """What the record of a meeting has wrong."""

    PRESENT = "present", _("An agency was present")
    ABSENT = "absent", _("An agency was not present")
    DECISION = "decision", _("The decision on an item was another one")


class CorrectionReason(models.TextChoices):
    """Why a record has something wrong."""

    MISTYPED = "mistyped", _("It was typed wrongly")
    FORGOTTEN = "forgotten", _("It was not typed")
    MISHEARD = "misheard", _("It was misunderstood in the room")
    MIXED_UP = "mixed_up", _("Two situations, persons or agencies were mixed up")


#: Why an entry that was made says something wrong.
ENTERED_WRONGLY = (CorrectionReason.MISTYPED, CorrectionReason.MISHEARD, CorrectionReason.MIXED_UP)


class IssueKind(models.TextChoices):
    """What stands in the way of many, by code: words would say of whom."""

    ABSENT = "absent", _("There is no such service here")
    WAITING = "waiting", _("The wait is too long")
    SHUT_OUT = "shut_out", _("Its conditions shut people out")
    HOURS = "hours", _("It is not open when it is needed")
    REACH = "reach", _("It cannot be reached without a car")
    LANGUAGE = "language", _("It is not offered in the language or culture needed")
    SHARING = "sharing", _("What may be shared is not clear")
    COST = "cost", _("It costs too much")
