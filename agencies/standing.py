"""Which seats count today? The database view behind this model is the one rule (R55, R56, R57, R59).

A seat counts while both sides accepted it, its dates run, member and agency are active, the person's undertaking and
the agency's agreement are in force, and the agency does not sit on call only; a guest's, for its meeting. The row-level
policies read the same view (migrations 0002, 0005, 0007), so the rule cannot differ between Python and PostgreSQL.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from agencies.kept import kept
from agencies.vocabulary import Role

if TYPE_CHECKING:
    from agencies.models import Member


class StandingQuerySet(models.QuerySet["Standing"]):
    """Reads of the seats that count now."""

    def of(self, member: Member) -> StandingQuerySet:
        """The standing seats of one member."""
        return self.filter(member_id=member.pk)

    def at(self, table_id: int) -> StandingQuerySet:
        """The standing seats at one table."""
        return self.filter(table_id=table_id)

    def in_roles(self, *roles: Role) -> StandingQuerySet:
        """The standing seats that hold one of these roles."""
        return self.filter(role__in=roles)


class Standing(models.Model):
    """A seat in good standing today (the database view `agencies_standing`; its rule: R55, R56)."""

    seat = models.OneToOneField("agencies.Seat", primary_key=True, on_delete=models.DO_NOTHING, related_name="+")
    member = models.ForeignKey("agencies.Member", on_delete=models.DO_NOTHING, related_name="standing")
    table = models.ForeignKey("agencies.Table", on_delete=models.DO_NOTHING, related_name="standing")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.DO_NOTHING, related_name="standing")
    role = models.CharField(max_length=20, choices=Role.choices)
    meeting = models.UUIDField(null=True)
    item = models.UUIDField(null=True)

    objects = StandingQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "agencies_standing"

    def __str__(self) -> str:
        return f"standing {self.pk}"


@kept
def seats_of(member_id: int) -> models.QuerySet[Standing]:
    """The standing seats of one member with their agencies: asked at every request."""
    return Standing.objects.filter(member_id=member_id).select_related("agency")
