"""How does a program read who drives a meeting, turn to an item, hand the typing over and take it back?

By the verbs of `situations.turns`; who drives is told to those who run the meeting (docs/adr/0037, 0054).
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.models import Member
from agencies.vocabulary import Role
from situations import agenda, driving, running, turns
from situations.api.asking import asker
from situations.api.meetings import MeetingSeen, answered
from situations.api.refusals import HIDDEN, MISTAKEN


class DriverSeen(serializers.Serializer[driving.Driver]):
    """Somebody to whom the typing can be handed."""

    member = serializers.IntegerField()
    name = serializers.CharField()
    role = serializers.ChoiceField(choices=Role.choices)


class DrivingSeen(serializers.Serializer[driving.Driving]):
    """Who drives."""

    drives = serializers.BooleanField(help_text="Whether the member turns the items now.")
    driver = serializers.CharField(allow_blank=True, help_text="Who else does; empty: the member, or nobody.")
    types_for = serializers.CharField(
        allow_blank=True, help_text="The facilitator in whose name the member types decisions; else empty."
    )
    chairs = serializers.BooleanField(help_text="Whether the member decides in their own name.")
    may_take = serializers.BooleanField()
    hand_to = DriverSeen(many=True)


class TurnWanted(serializers.Serializer[Any]):
    """The item the table is on from now on."""

    item = serializers.UUIDField(help_text="The `id` of an item of the agenda.")


class HandOverWanted(serializers.Serializer[Any]):
    """Who types from now on: one of `hand_to`."""

    member = serializers.PrimaryKeyRelatedField(
        queryset=Member.objects.all(), pk_field=serializers.IntegerField(max_value=2**31)
    )


def _answer(meeting_id: UUID, by: Member) -> Response:
    return Response(DrivingSeen(driving.driving(running.visible_meeting(meeting_id, by=by), by=by)).data)


class DrivingView(APIView):
    """Driving."""

    @extend_schema(operation_id="meetings_driving", responses={200: DrivingSeen} | HIDDEN, tags=["meetings"])
    def get(self, request: Request, meeting_id: UUID) -> Response:
        """Read who drives, and to whom the typing can be handed: for those who run the meeting."""
        return _answer(meeting_id, asker(request))


class TurnView(APIView):
    """Turn."""

    @extend_schema(
        operation_id="meetings_turn", request=TurnWanted, responses={200: MeetingSeen} | MISTAKEN, tags=["meetings"]
    )
    def post(self, request: Request, meeting_id: UUID) -> Response:
        """Turn the table to an item, by whoever drives. Again changes nothing. It opens no item and discloses none."""
        by = asker(request)
        meeting = running.visible_meeting(meeting_id, by=by)
        body = TurnWanted(data=request.data)
        body.is_valid(raise_exception=True)
        turns.turn_to(meeting, agenda.item_of(meeting, body.validated_data["item"], by=by), by=by)
        return answered(meeting_id, by)


class HandOverView(APIView):
    """Hand over."""

    @extend_schema(
        operation_id="meetings_hand_over", request=HandOverWanted, responses={200: DrivingSeen} | MISTAKEN,
        tags=["meetings"],
    )  # fmt: skip
    def post(self, request: Request, meeting_id: UUID) -> Response:
        """Hand the typing over, by whoever drives. A second time is refused: somebody else drives.

        Handed by a facilitator to a recorder, the recorder types the decisions too, in the facilitator's name.
        """
        by = asker(request)
        meeting = running.visible_meeting(meeting_id, by=by)
        body = HandOverWanted(data=request.data)
        # People who do not run this table's meetings are no choice: the answer for them is the same as for nobody.
        body.fields["member"].queryset = driving.to_hand_to(meeting, by=by)  # type: ignore[attr-defined]
        body.is_valid(raise_exception=True)
        turns.hand_over(meeting, body.validated_data["member"], by=by)
        return _answer(meeting_id, by)


class TakeOverView(APIView):
    """Take over."""

    @extend_schema(
        operation_id="meetings_take_over", request=None, responses={200: DrivingSeen} | HIDDEN, tags=["meetings"]
    )
    def post(self, request: Request, meeting_id: UUID) -> Response:
        """Drive from now on: a facilitator takes it from anybody, a recorder where nobody drives. Again: the same."""
        by = asker(request)
        turns.take_over(running.visible_meeting(meeting_id, by=by), by=by)
        return _answer(meeting_id, by)
