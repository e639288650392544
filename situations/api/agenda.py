"""How does a program put an agenda in order and plan its time? Item by item, by the verbs of the page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from situations import agenda, running
from situations.api.asking import asker
from situations.api.meetings import MeetingSeen, answered
from situations.api.refusals import MISTAKEN


class PlaceWanted(serializers.Serializer[Any]):
    """At which place an item stands."""

    item = serializers.UUIDField(help_text="The `id` of an item of the agenda.")
    position = serializers.IntegerField(min_value=1, max_value=2**15, help_text="From 1; beyond the last: at the end.")


class MinutesWanted(serializers.Serializer[Any]):
    """How long an item is planned for."""

    item = serializers.UUIDField(help_text="The `id` of an item of the agenda.")
    minutes = serializers.IntegerField(min_value=1, max_value=agenda.MOST_MINUTES)


class OrderView(APIView):
    """Order."""

    @extend_schema(
        operation_id="meetings_order", request=PlaceWanted, responses={200: MeetingSeen} | MISTAKEN, tags=["meetings"]
    )
    def post(self, request: Request, meeting_id: UUID) -> Response:
        """Put an item at a place of the agenda. Again changes nothing."""
        by = asker(request)
        meeting = running.visible_meeting(meeting_id, by=by)
        body = PlaceWanted(data=request.data)
        body.is_valid(raise_exception=True)
        agenda.place_item(
            agenda.item_of(meeting, body.validated_data["item"], by=by), at=body.validated_data["position"], by=by
        )
        return answered(meeting_id, by)


class MinutesView(APIView):
    """Planned time."""

    @extend_schema(
        operation_id="meetings_minutes", request=MinutesWanted, responses={200: MeetingSeen} | MISTAKEN,
        tags=["meetings"],
    )  # fmt: skip
    def post(self, request: Request, meeting_id: UUID) -> Response:
        """Plan another time for an item, before the meeting or while it sits. Again changes nothing."""
        by = asker(request)
        meeting = running.visible_meeting(meeting_id, by=by)
        body = MinutesWanted(data=request.data)
        body.is_valid(raise_exception=True)
        agenda.plan_minutes(
            agenda.item_of(meeting, body.validated_data["item"], by=by), body.validated_data["minutes"], by=by
        )
        return answered(meeting_id, by)
