"""How does a program read, confirm and correct the record of a meeting? As the page does, from the same record."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.models import Member
from situations import correcting, meeting_record
from situations.api.asking import asker
from situations.api.refusals import HIDDEN


class RecordedItemSeen(serializers.Serializer[Any]):
    """An item of a held meeting that the member may know of."""

    situation = serializers.UUIDField()
    position = serializers.IntegerField()
    number = serializers.CharField()
    kind = serializers.CharField()
    outcomes = serializers.ListField(child=serializers.CharField())
    reason = serializers.CharField(allow_blank=True)
    agencies_present = serializers.IntegerField(allow_null=True)
    objections = serializers.IntegerField(allow_null=True)
    minutes = serializers.IntegerField(allow_null=True, help_text="Null where the meeting was held on paper.")


class RecordedAgencySeen(serializers.Serializer[Any]):
    """An agency that was there."""

    name = serializers.CharField()
    people = serializers.IntegerField()
    by_phone = serializers.BooleanField()
    guests = serializers.BooleanField()


class RecordedTypingSeen(serializers.Serializer[Any]):
    """Who typed decisions, and the facilitator in whose name."""

    by = serializers.CharField()
    chair = serializers.CharField()


class RecordedEntrySeen(serializers.Serializer[Any]):
    """A correction; `by` is empty where the table is not told who acts."""

    words = serializers.CharField()
    reason = serializers.CharField()
    by = serializers.CharField(allow_blank=True)
    at = serializers.DateTimeField()


class RecordSeen(serializers.Serializer[Any]):
    """The record of a held meeting; nothing of it speaks of anybody at risk."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    starts_at = serializers.DateTimeField()
    began = serializers.DateTimeField(allow_null=True)
    ended = serializers.DateTimeField(allow_null=True)
    chair = serializers.CharField(allow_blank=True)
    typed = RecordedTypingSeen(many=True)
    urgent = serializers.BooleanField()
    on_paper = serializers.BooleanField()
    quorum = serializers.IntegerField()
    agencies = RecordedAgencySeen(many=True)
    items = RecordedItemSeen(many=True)
    issues = serializers.SerializerMethodField()
    corrections = RecordedEntrySeen(many=True)
    confirmed_at = serializers.DateTimeField(allow_null=True)
    confirmed_in = serializers.CharField(allow_blank=True)

    def get_issues(self, record: meeting_record.MeetingRecord) -> list[str]:
        """Systemic issues named in the meeting, or dealt with in it."""
        return [words for words, _done in record.issues]


def _answer(meeting_id: UUID, by: Member) -> Response:
    return Response(RecordSeen(meeting_record.record(meeting_id, by=by)).data)


class RecordView(APIView):
    """The record."""

    @extend_schema(operation_id="meetings_record", responses={200: RecordSeen} | HIDDEN, tags=["meetings"])
    def get(self, request: Request, meeting_id: UUID) -> Response:
        """Read the record of a meeting that is over."""
        return _answer(meeting_id, asker(request))


class ConfirmView(APIView):
    """Confirm."""

    @extend_schema(
        operation_id="meetings_confirm", request=None, responses={200: RecordSeen} | HIDDEN, tags=["meetings"]
    )
    def post(self, request: Request, meeting_id: UUID) -> Response:
        """The table, sitting, confirms the record. A second time is refused: it is confirmed."""
        by = asker(request)
        correcting.confirm(meeting_record.held(meeting_id, by=by), by=by)
        return _answer(meeting_id, by)
