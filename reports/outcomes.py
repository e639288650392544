"""What came of asking for consent, and were the notices owed sent in time? One code each, of a discussion as a whole.

Worked out from what the intervening agencies recorded (domain.md, "Consent and notice"), never typed: dates, persons
and agencies stay where they are. Whoever acts for an engaged agency reads those rows; nobody else does.
"""

from __future__ import annotations

from privacy.vocabulary import NOTICE_OWED
from reports.vocabulary import ConsentCode, NoticeCode
from situations.intervention import Consent, FirstContact, Intervention
from situations.models import Situation
from situations.vocabulary import ConsentOutcome

#: A contact about all persons together.
_ALL = 0


def clock_of(s: Situation) -> Intervention | None:
    """The intervention; None before a lead confirmed, and for who may not read it (any more)."""
    return Intervention.objects.filter(pk=s.pk).first()


def consent_of(s: Situation) -> str:
    """`obtained` where at least one person agreed to further sharing, nobody who was asked stands by a "no", and no
    consent was withdrawn without a newer one; `not-obtained` where somebody was met or tried and that is not so:
    refused, withdrawn or could not be sought, so that what was shared rested on another authority (R25-R27). '' before
    the first contact. A consent that ran out was obtained.
    """
    contacts = list(s.contacts.filter(corrected_by__isnull=True))
    consents = list(s.consents.all())
    clock = clock_of(s)
    if clock is None or not (contacts or consents):
        return ""
    agreed = [c for c in contacts if c.consent_outcome == ConsentOutcome.GIVEN]
    refused = bool(clock.declined_by) or any(_withdrawn(n, consents, agreed) for n in {c.subject for c in consents})
    return ConsentCode.OBTAINED if (agreed or consents) and not refused else ConsentCode.NOT_OBTAINED


def _withdrawn(subject: int, consents: list[Consent], agreed: list[FirstContact]) -> bool:
    """Whether a person's every consent was withdrawn, and the person did not agree anew since."""
    ended = [c.withdrawn_at for c in consents if c.subject == subject]
    since = [at for at in ended if at is not None]
    if len(since) < len(ended):
        return False
    return not any(c.subject in (subject, _ALL) and c.at > max(since) for c in agreed)


def notice_of(s: Situation) -> str:
    """Of a discussion that has ended, so that every notice is given or excused: `late` where one was given after the
    day it was due; else `on-time` where one was given; else `excused` where a documented exception stands for each;
    `not-owed` where no authority that was relied on asks for one (R28, R29).
    """
    owed = [n for n in s.notices.all() if n.duty in NOTICE_OWED]
    if any(n.closed_at is None for n in owed):
        return ""
    if any(n.done_on is not None and n.done_on > n.due_on for n in owed):
        return NoticeCode.LATE
    if any(n.done_on is not None for n in owed):
        return NoticeCode.ON_TIME
    return NoticeCode.EXCUSED if owed else NoticeCode.NOT_OWED
