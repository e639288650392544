"""How does a member change the own password? With the one before; every other session ends with it."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from agencies.models import Member
from agencies.refusal import NotPossible
from agencies.signin import sessions, tries
from agencies.signin.of_request import sign_in_of


def change(request: HttpRequest, *, old: str, new: str, by: Member) -> None:
    """Change it. PostgreSQL ends every session of the member, this one included, so this one begins anew."""
    before = sign_in_of(request)
    counted = tries.count(by.email, tries.address_of(request))
    if counted.until:
        raise NotPossible(counted.words, "old_password")
    if not by.check_password(old):
        counted.wrong()
        raise NotPossible(counted.words if counted.until else _("This is not your password."), "old_password")
    by.set_password(new)
    by.save(update_fields=["password"])
    sessions.begin(request, by, second_factor=before.second_factor)
