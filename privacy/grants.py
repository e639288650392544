"""Which named person may open which compartment?

The one file that speaks to django-guardian. Grants live in its direct-foreign-key table on `privacy.Compartment`: the
same rows the gate's SQL reads. A grant alone opens nothing: the gate also checks the person's seat, engagement and
what was disclosed to that person.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models
from guardian.models import UserObjectPermissionBase
from guardian.shortcuts import assign_perm, remove_perm

if TYPE_CHECKING:
    from agencies.models import Member
    from privacy.models import AccessState, Compartment

#: The one permission on a compartment.
OPEN = "open_compartment"


class CompartmentGrant(UserObjectPermissionBase):
    """A named person's grant to one compartment (guardian's direct-key model)."""

    content_object = models.ForeignKey("privacy.Compartment", on_delete=models.CASCADE)

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False


def grant(compartment: Compartment, member: Member) -> None:
    """Let a named person open a compartment. Idempotent."""
    assign_perm(OPEN, member, compartment)


def revoke(compartment: Compartment, member: Member) -> None:
    """End a named person's grant. Idempotent."""
    remove_perm(OPEN, member, compartment)


def revoke_all(access: AccessState, members: Iterable[Member] | None = None) -> None:
    """End the grants to every compartment of a situation, for some members or for all."""
    grants = CompartmentGrant.objects.filter(content_object__access=access)
    if members is not None:
        grants = grants.filter(user__in=list(members))
    grants.delete()


def granted(access: AccessState, member: Member) -> set[str]:
    """The ids of a situation's compartments that are granted to a member."""
    rows = CompartmentGrant.objects.filter(content_object__access=access, user=member)
    return {str(pk) for pk in rows.values_list("content_object_id", flat=True)}
