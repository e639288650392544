"""What does the discussion of an item look like as JSON: who stands behind it, who objects, who offers itself?"""

from __future__ import annotations

from rest_framework import serializers

from situations.seen import SeenAgencyMark, SeenDiscussion, SeenOffer


class AgencyMark(serializers.Serializer[SeenAgencyMark]):
    """An agency that stands behind an item, agrees to reject it, or objects."""

    agency = serializers.CharField()
    at = serializers.DateTimeField()
    resolved = serializers.BooleanField()


class OfferSeen(serializers.Serializer[SeenOffer]):
    """An agency that says it should be involved, and why."""

    agency = serializers.CharField()
    code = serializers.CharField()
    why = serializers.CharField()


class Discussion(serializers.Serializer[SeenDiscussion]):
    """Category `discussion`."""

    open = serializers.BooleanField()
    offers = OfferSeen(many=True)
    behind = AgencyMark(many=True)
    rejecting = AgencyMark(many=True)
    objections = AgencyMark(many=True)
    agencies_present = serializers.IntegerField()
    quorum = serializers.IntegerField()
    deferrals = serializers.IntegerField()
