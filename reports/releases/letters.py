"""Who is told that a release waits or is out? A link to its page, nothing else; what opens there is decided there."""

from __future__ import annotations

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from agencies.models import Member
from privacy.context import in_role
from reports.release_model import Release, ReleaseState
from reports.releases import rights

log = structlog.get_logger(__name__)
_AT_ONCE = 20


def sweep() -> int:
    """Send what is owed: to those who may check, sign or release it, and to all its readers once it is out."""
    sent = 0
    with transaction.atomic():
        with in_role("st_statistics"):
            owed = list(
                Release.objects.exclude(state=ReleaseState.PLANNED).exclude(letters_of=F("state"))
                .select_for_update(skip_locked=True).order_by("pk")[:_AT_ONCE]
            )  # fmt: skip
            for release in owed:
                Release.objects.filter(pk=release.pk).update(letters_of=release.state)
        for release in owed:
            for member in rights.readers(release):
                sent += _send(release, member)
    return sent


def _send(release: Release, member: Member) -> bool:
    link = settings.PUBLIC_URL + reverse("release", args=[release.pk])
    with translation.override(member.language or settings.LANGUAGE_CODE):
        if release.state == ReleaseState.RELEASED:
            subject = _("Figures were released")
        else:
            subject = _("Figures wait to be checked, signed off or released")
        try:
            send_mail(subject, f"{subject}.\n\n{link}\n", None, [member.email])
        except (OSError, ValueError):  # smtplib's are OSErrors; a head that cannot be written, a ValueError
            log.warning("release-letter-failed")
            return False
    return True
