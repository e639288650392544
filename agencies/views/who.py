"""Who asks, and which pages of belonging are theirs?"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies import people, reach
from agencies.models import Member
from agencies.vocabulary import Role


def member_of(request: HttpRequest) -> Member:
    """The member who asks; 404 for anybody else."""
    if not isinstance(request.user, Member):
        raise Http404
    return request.user


def sees_people(request: HttpRequest) -> Member:
    """Whoever sees to people: administrators, agency leads, privacy leads; 404 for anybody else."""
    by = member_of(request)
    if not people.sees_people(by):
        raise Http404
    return by


def administrator(request: HttpRequest) -> Member:
    """An administrator of any table; 404 for anybody else."""
    by = member_of(request)
    if not reach.held_seats(by, Role.ADMINISTRATOR).exists():
        raise Http404
    return by


def parts(by: Member, current: str) -> list[dict[str, Any]]:
    """The pages of belonging side by side; one of them is this one. Empty where there is only one."""
    if not reach.held_seats(by, Role.ADMINISTRATOR).exists():
        return []
    said = {
        "setting_up": _("Setting up"), "people": _("People"), "agencies": _("Agencies"), "tables": _("Tables"),
        "letters": _("Invitations"),
    }  # fmt: skip
    return [{"url": reverse(name), "label": label, "current": name == current} for name, label in said.items()]
