"""How may a discussion stand in the coded record? (domain.md, "Exits", column "counted as")"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Where a discussion stands. The values are those the lifecycle counts its decisions as."""

    PRESENTED = "presented", _("Presented")
    RETURNED = "returned", _("Returned to the agency")
    DEFERRED = "deferred", _("Deferred")
    ACCEPTED = "accepted", _("Threshold met")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REJECTED = "rejected", _("Rejected")
    STOPPED = "stopped", _("Stopped")
    TRANSFERRED = "transferred", _("Transferred to another table")
    CONCLUDED = "concluded", _("Concluded")


#: What the lifecycle counts a correction as, and what happens in an intervention: the record is brought up to date, and
#: stands where it stood.
CORRECTED, FOLLOWED = "corrected", "followed"


class ConsentCode(models.TextChoices):
    """What came of asking for consent to further sharing, of a discussion as a whole (R25, R27). '': not recorded."""

    OBTAINED = "obtained", _("Consent obtained")
    NOT_OBTAINED = "not-obtained", _("Consent not obtained: refused, withdrawn or not sought")


class NoticeCode(models.TextChoices):
    """Whether the written notices that were owed were sent in time, of a discussion as a whole (R28, R29). '': not
    recorded, or the discussion goes on.
    """

    ON_TIME = "on-time", _("Notices sent on time")
    LATE = "late", _("A notice sent late")
    EXCUSED = "excused", _("No notice sent, for a recorded reason")
    NOT_OWED = "not-owed", _("No notice owed")


#: Statuses that only an accepted discussion can have, and those that only an unaccepted one can have. A stop or a
#: transfer happens on either side of the door.
ALWAYS_ACCEPTED = (Status.ACCEPTED, Status.CONCLUDED)
NEVER_ACCEPTED = (Status.PRESENTED, Status.RETURNED, Status.DEFERRED, Status.WITHDRAWN, Status.REJECTED)
#: Statuses in which the discussion is over.
ENDED = (Status.WITHDRAWN, Status.REJECTED, Status.STOPPED, Status.TRANSFERRED, Status.CONCLUDED)

#: The group of conclusion reasons that counts as "overall risk lowered" (risk/reference/conclusion_reasons.csv).
RISK_LOWERED = "overall-risk-lowered"
