"""Which letters are owed about papers and seats, and how does a one-time link work?

A letter is a row; it is sent after the commit by the sweeper, again until it left. It names nobody: a link, nothing
else (R60). The token is made when the letter is sent; its hash alone is kept, it opens one thing once, and it ends.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.models import Letter, Member, PreparedAgreement

log = structlog.get_logger(__name__)

SIGN, SIGN_BY_LINK, EXPIRING = "paper_sign", "paper_sign_link", "paper_expiring"
GUEST, GUEST_BY_LINK = "paper_guest", "paper_guest_link"
SEAT_OFFERED, SEAT_TO_ACCEPT, SEAT_ACTIVE = "seat_offered", "seat_to_accept", "seat_active"
SEAT_ENDED, SEAT_BY_SIGNATORY = "seat_ended", "seat_by_signatory"
WORK_OPEN = "work_open"
JOIN_BY_LINK, SEAT_BY_LINK = "join_link", "seat_link"
#: Told also to whoever may not sign in any more: an account could be ended so that nobody hears of it.
_ALARMS = (SEAT_ENDED, SEAT_BY_SIGNATORY)
_SAYS: dict[str, Promise] = {
    SIGN: gettext_lazy("An agreement waits for your signature."),
    SIGN_BY_LINK: gettext_lazy("An agreement waits for your signature. The link is for you alone and works once."),
    EXPIRING: gettext_lazy("A signature runs out soon. After that day nothing of the table opens."),
    GUEST: gettext_lazy("You are invited to one meeting. Please read and sign before it begins."),
    GUEST_BY_LINK: gettext_lazy(
        "You are invited to one meeting. Please choose a password, read and sign before it begins."
        " The link is for you alone and works once."
    ),
    SEAT_OFFERED: gettext_lazy("A seat at a table waits for you to accept it."),
    SEAT_TO_ACCEPT: gettext_lazy("A seat of your agency waits for you to accept it for the agency."),
    SEAT_ACTIVE: gettext_lazy("A seat of your agency has become active: both sides have accepted it."),
    SEAT_ENDED: gettext_lazy(
        "A seat of yours at a table was ended. If nobody told you why, ask your agency, or a privacy officer of the"
        " table."
    ),
    SEAT_BY_SIGNATORY: gettext_lazy(
        "A seat of an agency has become active by the word of whoever signed its agreement. If you did not expect"
        " this, ask the agency, or a privacy officer of the table."
    ),
    WORK_OPEN: gettext_lazy(
        "Somebody who acts for your agency leaves a seat at a table, and work of theirs is open. Your agency’s lead"
        " names a colleague in their place."
    ),
    JOIN_BY_LINK: gettext_lazy(
        "A seat at a table waits for you. Please choose a password, then accept it. The link is for you alone and"
        " works once."
    ),
    SEAT_BY_LINK: gettext_lazy(
        "You signed an agreement for your agency. A seat of your agency waits for your word. The link is for you alone"
        " and works once."
    ),
}
_LEADS_TO = {
    SIGN: "to_sign", EXPIRING: "papers_ending", GUEST: "to_sign", SEAT_OFFERED: "to_sign", SEAT_TO_ACCEPT: "people",
    SEAT_ACTIVE: "people", SEAT_ENDED: "home", SEAT_BY_SIGNATORY: "home",
    WORK_OPEN: "home",
}  # fmt: skip
_LINKS = {
    SIGN_BY_LINK: "sign_by_link", GUEST_BY_LINK: "guest_joins", JOIN_BY_LINK: "join", SEAT_BY_LINK: "confirm_seats",
}  # fmt: skip
#: How long a link works, and how often sending is tried: after 1, 2, 4 ... minutes.
LINK_LASTS = timedelta(days=14)
MAX_ATTEMPTS = 12


def ask_signatory(prepared: PreparedAgreement) -> None:
    """Owe the signatory a letter: who signs in is told to, everybody else gets a one-time link."""
    inside = prepared.signatory is not None
    Letter.objects.create(
        kind=SIGN if inside else SIGN_BY_LINK, member=prepared.signatory, language=prepared.language,
        address="" if inside else prepared.signatory_email, subject=prepared.pk,
    )  # fmt: skip


def tell(member: Member, kind: str) -> None:
    """Owe a member a letter that leads to a page of their own."""
    Letter.objects.create(kind=kind, member=member, language=member.language)


def invite_guest(guest: Member) -> None:
    """Owe a guest a letter: whoever has no password yet gets a link to choose one."""
    if guest.has_usable_password():
        tell(guest, GUEST)
    else:
        Letter.objects.create(kind=GUEST_BY_LINK, member=guest, language=guest.language)


def invited_by_token(kind: str, token: str) -> Member | None:
    """Who was sent a link to choose a password, while it works; None otherwise, whatever the reason."""
    letter = _working(kind, token)
    invited = letter.member if letter is not None else None
    return invited if invited is not None and invited.is_active and not invited.has_usable_password() else None


def subject_by_token(kind: str, token: str) -> int | None:
    """The row a link is about, while the link works; None otherwise, whatever the reason."""
    letter = _working(kind, token)
    return letter.subject if letter is not None else None


def prepared_by_token(token: str) -> PreparedAgreement | None:
    """The agreement a link leads to, while the link works; None otherwise, whatever the reason."""
    letter = _working(SIGN_BY_LINK, token)
    if letter is None:
        return None
    waiting = PreparedAgreement.objects.filter(pk=letter.subject, agreement__isnull=True, withdrawn_at__isnull=True)
    return waiting.select_related("agency", "table", "signatory").first()


def _working(kind: str, token: str) -> Letter | None:
    links = Letter.objects.filter(kind=kind, token_hash=_hash(token), used_at__isnull=True)
    return links.filter(expires_at__gt=timezone.now()).select_related("member").first()


def links_open() -> QuerySet[Letter]:
    """The letters with a link that were not sent yet, or whose link still works."""
    rows = Letter.objects.filter(kind__in=_LINKS, used_at__isnull=True)
    return rows.filter(Q(sent_at__isnull=True) | Q(expires_at__gt=timezone.now()))


def hand_over(letter: Letter, *, by: Member | None) -> str:
    """A new link in the place of the one that was sent, if any: the way in, to be shown once. `by` gives it on."""
    with transaction.atomic():
        row = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
        token = secrets.token_urlsafe(32)
        row.token_hash, row.expires_at = _hash(token), timezone.now() + LINK_LASTS
        row.sent_at, row.handed_by = timezone.now(), by
        row.save(update_fields=["token_hash", "expires_at", "sent_at", "handed_by"])
    return reverse(_LINKS[row.kind], args=[token])


def send_again(letter: Letter) -> None:
    """Owe a letter once more: it carries a new link, and the one before opens nothing from then on."""
    Letter.objects.filter(pk=letter.pk).update(
        sent_at=None, attempts=0, created_at=timezone.now(), expires_at=None,
        token_hash="",  # nosec B106  # the old link is forgotten; no password
    )  # fmt: skip


def use(token: str) -> None:
    """A link has done what it was for."""
    Letter.objects.filter(token_hash=_hash(token), used_at__isnull=True).update(used_at=timezone.now())


def sweep(limit: int = 100) -> int:
    """Send what is owed and due; returns how many letters left. Safe to run twice at once."""
    ids = Letter.objects.filter(kind__in=_SAYS, sent_at__isnull=True, attempts__lt=MAX_ATTEMPTS)
    return sum(_send(pk) for pk in list(ids.order_by("pk").values_list("pk", flat=True)[:limit]))


def _send(pk: int) -> bool:
    with transaction.atomic():
        letter = Letter.objects.select_for_update(skip_locked=True, of=("self",)).select_related("member").filter(
            pk=pk, sent_at__isnull=True
        ).first()  # fmt: skip
        if letter is None or letter.created_at + timedelta(minutes=2**letter.attempts - 1) > timezone.now():
            return False
        letter.attempts += 1
        token = secrets.token_urlsafe(32) if letter.kind in _LINKS else ""
        if token:
            letter.token_hash, letter.expires_at = _hash(token), timezone.now() + LINK_LASTS
        try:
            _mail(letter, token)
        except (OSError, ValueError):  # smtplib's are OSErrors; a head that cannot be written, a ValueError
            log.exception("letter_failed", kind=letter.kind, attempt=letter.attempts)
            letter.token_hash, letter.expires_at = "", None
        else:
            letter.sent_at = timezone.now()
        letter.save()
        return letter.sent_at is not None


def _mail(letter: Letter, token: str) -> None:
    """Send one letter, unless its member may not sign in any more: then it is done too, but for an alarm."""
    if letter.member is not None and not letter.member.is_active and letter.kind not in _ALARMS:
        return
    address = letter.member.email if letter.member else letter.address
    link = reverse(_LINKS[letter.kind], args=[token]) if token else reverse(_LEADS_TO[letter.kind])
    with translation.override(letter.member.language if letter.member else letter.language):
        subject = _("Situation table: something waits for you")
        send_mail(subject, f"{_SAYS[letter.kind]}\n\n{settings.PUBLIC_URL}{link}\n", None, [address])


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
