"""How does a program move or cancel a meeting that is to come, and read the weekly series? The verbs of planning."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.vocabulary import SEATED_ROLES
from privacy.decision import Denied, hide
from situations import planning, running, series
from situations.api.asking import asker, table_of
from situations.api.meetings import MeetingSeen, answered
from situations.api.refusals import CONTESTED, HIDDEN, MISTAKEN
from situations.meeting import MINUTES


class TimeWanted(serializers.Serializer[Any]):
    """Another time for a planned meeting."""

    starts_at = serializers.DateTimeField()
    minutes = serializers.IntegerField(min_value=10, max_value=480, default=MINUTES)
    seen_moves = serializers.IntegerField(
        min_value=0, max_value=2**15, help_text="The `moves` of the meeting that was looked at."
    )


class SeriesQuery(serializers.Serializer[Any]):
    """The series of one table."""

    table = serializers.CharField(max_length=5, help_text="The table's code.")


class SeriesSeen(serializers.Serializer[Any]):
    """The weekday and time at which a table meets."""

    weekday = serializers.IntegerField(help_text="Monday is 0.")
    at = serializers.TimeField()
    minutes = serializers.IntegerField()
    starts_on = serializers.DateField()
    skipped = serializers.ListField(child=serializers.DateField())


class ChangeView(APIView):
    """Another time."""

    @extend_schema(
        operation_id="meetings_change", request=TimeWanted, responses={200: MeetingSeen} | CONTESTED, tags=["meetings"]
    )
    def post(self, request: Request, meeting_id: UUID) -> Response:
        """Move a planned meeting. Whoever knew of it is told."""
        by = asker(request)
        found = running.visible_meeting(meeting_id, by=by)
        body = TimeWanted(data=request.data)
        body.is_valid(raise_exception=True)
        wanted = body.validated_data
        planning.move(found, starts_at=wanted["starts_at"], minutes=wanted["minutes"], by=by, seen=wanted["seen_moves"])
        return answered(meeting_id, by)


class CancelView(APIView):
    """Cancel."""

    @extend_schema(
        operation_id="meetings_cancel", request=None, responses={200: MeetingSeen} | HIDDEN, tags=["meetings"]
    )
    def post(self, request: Request, meeting_id: UUID) -> Response:
        """Cancel a planned meeting; its agenda goes onto the next one. A second time is refused."""
        by = asker(request)
        planning.cancel(running.visible_meeting(meeting_id, by=by), by=by)
        return answered(meeting_id, by)


class SeriesView(APIView):
    """The weekly series."""

    @extend_schema(
        operation_id="meetings_weekly", parameters=[SeriesQuery], responses={200: SeriesSeen} | MISTAKEN,
        tags=["meetings"],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """When the table meets weekly; 404 where it does not."""
        query = SeriesQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        found = series.running(table_of(query.validated_data["table"], by=asker(request), roles=SEATED_ROLES))
        if found is None:
            raise Denied(hide())
        return Response(SeriesSeen(found).data)
