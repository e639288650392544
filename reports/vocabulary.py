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


#: What the lifecycle counts a correction as: the record is brought up to date, and stands where it stood.
CORRECTED = "corrected"
#: Statuses that only an accepted discussion can have, and those that only an unaccepted one can have. A stop or a
#: transfer happens on either side of the door.
ALWAYS_ACCEPTED = (Status.ACCEPTED, Status.CONCLUDED)
NEVER_ACCEPTED = (Status.PRESENTED, Status.RETURNED, Status.DEFERRED, Status.WITHDRAWN, Status.REJECTED)
#: Statuses in which the discussion is over.
ENDED = (Status.WITHDRAWN, Status.REJECTED, Status.STOPPED, Status.TRANSFERRED, Status.CONCLUDED)

#: The group of conclusion reasons that counts as "overall risk lowered" (risk/reference/conclusion_reasons.csv).
RISK_LOWERED = "overall-risk-lowered"
