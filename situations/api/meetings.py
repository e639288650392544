"""How does a program plan, read and run a meeting? By the verbs of `situations.meetings`, each with its own refusal.

The agenda lists what the member may know of and nothing else. Who is in a huddle is never listed: past the door that
is for the named persons to know.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.models import Member
from agencies.vocabulary import SEATED_ROLES
from privacy.decision import Denied, hide
from situations import agenda, meetings, paper, presence, running, scene
from situations.api import idempotency
from situations.api.asking import asker, table_of
from situations.api.pages import page
from situations.api.refusals import CONTESTED, HIDDEN, MISTAKEN
from situations.api.representation import RowSeen
from situations.meeting import MINUTES, Meeting
from situations.models import AffectedPerson
from situations.once import once
from situations.projection import see_rows
from situations.vocabulary import ItemKind, MeetingState, Mode


class MeetingsQuery(serializers.Serializer[Any]):
    """The meetings of one table."""

    table = serializers.CharField(max_length=5, help_text="The table's code.")
    cursor = serializers.CharField(required=False, default="", max_length=200, help_text="`next` of the page before.")


class MeetingRow(serializers.Serializer[Any]):
    """A meeting in a list."""

    id = serializers.UUIDField()
    table = serializers.CharField(source="table.code")
    code = serializers.CharField(help_text="The neutral number of the meeting.")
    starts_at = serializers.DateTimeField()
    minutes = serializers.IntegerField(help_text="How long it is planned for.")
    state = serializers.ChoiceField(choices=MeetingState.choices)
    urgent = serializers.BooleanField()
    on_paper = serializers.BooleanField()
    started_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    moves = serializers.IntegerField(help_text="How often it was moved. Send it back as `seen_moves` to move it.")


class MeetingRows(serializers.Serializer[Any]):
    """One page of meetings, newest first; `next` is null on the last one."""

    results = MeetingRow(many=True)
    next = serializers.CharField(allow_null=True)


class ItemSeen(serializers.Serializer[Any]):
    """An item of the agenda that the member may know of."""

    id = serializers.UUIDField()
    position = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=ItemKind.choices)
    planned_minutes = serializers.IntegerField()
    opened_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    situation = RowSeen()


class PresentSeen(serializers.Serializer[Any]):
    """Somebody present at the meeting now."""

    member = serializers.IntegerField(source="member_id")
    name = serializers.CharField(source="member.name")
    agency = serializers.CharField(source="agency.name")
    mode = serializers.ChoiceField(choices=Mode.choices)
    guest = serializers.BooleanField()


class MeetingSeen(MeetingRow):
    """A meeting with its agenda and who is present."""

    may_run = serializers.BooleanField()
    current = serializers.UUIDField(
        allow_null=True, help_text="The `id` of the item the table is on; null: none, or none the member takes part in."
    )
    agenda = ItemSeen(many=True)
    present = PresentSeen(many=True)


class MeetingWanted(serializers.Serializer[Any]):
    """A meeting to plan."""

    table = serializers.CharField(max_length=5, help_text="The table's code.")
    starts_at = serializers.DateTimeField()
    minutes = serializers.IntegerField(min_value=10, max_value=480, default=MINUTES)
    urgent = serializers.BooleanField(default=False)
    on_paper = serializers.BooleanField(
        default=False, help_text="It was held on paper: it is opened at once, to be entered, and marked."
    )


class PresenceWanted(serializers.Serializer[Any]):
    """Who is present, or gone."""

    member = serializers.PrimaryKeyRelatedField(
        queryset=Member.objects.all(), pk_field=serializers.IntegerField(max_value=2**31)
    )
    present = serializers.BooleanField(default=True)
    mode = serializers.ChoiceField(choices=Mode.choices, default=Mode.ROOM)


class ItemWanted(serializers.Serializer[Any]):
    """What to put on the agenda."""

    situation = serializers.UUIDField()


_OWN = ("id", "table", "code", "starts_at", "minutes", "state", "urgent", "on_paper", "moves")


def _seen(meeting: Meeting, by: Member) -> dict[str, Any]:
    items = list(
        meeting.items.select_related("situation__discussion_type")
        .prefetch_related(Prefetch("situation__persons", AffectedPerson.objects.select_related("age_group", "sex")))
        .order_by("position")
    )
    rows = {row.id: row for row in see_rows([i.situation for i in items], by=by)}
    shown = {name: getattr(meeting, name) for name in _OWN}
    return shown | {
        "started_at": meeting.started_at,
        "ended_at": meeting.ended_at,
        "may_run": bool(running.may_run(meeting.table_id, by=by)),
        "current": next((i.pk for i in items if i.pk == meeting.current_id and i.situation_id in rows), None),
        "agenda": [
            {
                "id": item.pk, "position": position, "kind": item.kind, "opened_at": item.opened_at,
                "closed_at": item.closed_at, "planned_minutes": item.planned_minutes,
                "situation": rows[item.situation_id],
            }
            # Counted among what is shown: a gap would tell of items that are not theirs to know.
            for position, item in enumerate((i for i in items if i.situation_id in rows), 1)
        ],
        "present": meeting.presences.filter(left_at__isnull=True).select_related("member", "agency"),
    }  # fmt: skip


def answered(meeting_id: UUID, by: Member, code: int = status.HTTP_200_OK) -> Response:
    return Response(MeetingSeen(_seen(running.visible_meeting(meeting_id, by=by), by)).data, status=code)


class MeetingsView(APIView):
    """The meetings of one table."""

    @extend_schema(
        operation_id="meetings_list", parameters=[MeetingsQuery], responses={200: MeetingRows} | MISTAKEN,
        tags=["meetings"],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """List the meetings of a table where the member sits."""
        query = MeetingsQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        table = table_of(query.validated_data["table"], by=asker(request), roles=SEATED_ROLES)
        found = page(
            Meeting.objects.filter(table=table).select_related("table"),
            by_time="starts_at",
            cursor=query.validated_data["cursor"],
            show=lambda rows: [(row, row) for row in rows],
        )
        return Response(MeetingRows(found).data)

    @extend_schema(
        operation_id="meetings_plan", request=MeetingWanted, responses={201: MeetingSeen, 200: MeetingSeen} | CONTESTED,
        parameters=[idempotency.PARAMETER], tags=["meetings"],
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        """Plan a meeting; open situations without a place on an agenda come onto it."""
        body = MeetingWanted(data=request.data)
        body.is_valid(raise_exception=True)
        key, by, wanted = idempotency.key_of(request), asker(request), body.validated_data
        table = table_of(wanted["table"], by=by, roles=SEATED_ROLES)
        when = {"table": table, "minutes": wanted["minutes"], "by": by}

        def made() -> UUID:
            if wanted["on_paper"]:
                return paper.enter(held_at=wanted["starts_at"], **when).pk
            return meetings.plan(starts_at=wanted["starts_at"], urgent=wanted["urgent"], **when).pk

        ref, new = once(
            key,
            f"plan:{table.pk}",
            made,
            by=by,
        )
        return answered(ref, by, status.HTTP_201_CREATED if new else status.HTTP_200_OK)


class MeetingView(APIView):
    """One meeting."""

    @extend_schema(operation_id="meetings_see", responses={200: MeetingSeen} | HIDDEN, tags=["meetings"])
    def get(self, request: Request, meeting_id: UUID) -> Response:
        """See a meeting: agenda and who is present."""
        return answered(meeting_id, asker(request))


class StartView(APIView):
    """Start."""

    @extend_schema(
        operation_id="meetings_start", request=None, responses={200: MeetingSeen} | HIDDEN, tags=["meetings"]
    )
    def post(self, request: Request, meeting_id: UUID) -> Response:
        """Start a planned meeting. A second time is refused: it sits already."""
        by = asker(request)
        meetings.start(running.visible_meeting(meeting_id, by=by), by=by)
        return answered(meeting_id, by)


class EndView(APIView):
    """End."""

    @extend_schema(operation_id="meetings_end", request=None, responses={200: MeetingSeen} | HIDDEN, tags=["meetings"])
    def post(self, request: Request, meeting_id: UUID) -> Response:
        """End a sitting meeting. A second time is refused: it sits no more."""
        by = asker(request)
        meetings.end(running.visible_meeting(meeting_id, by=by), by=by)
        return answered(meeting_id, by)


class PresenceView(APIView):
    """Presence."""

    @extend_schema(
        operation_id="meetings_presence", request=PresenceWanted, responses={200: MeetingSeen} | MISTAKEN,
        tags=["meetings"],
    )  # fmt: skip
    def post(self, request: Request, meeting_id: UUID) -> Response:
        """Mark somebody present or gone: oneself, or anybody by whoever runs the meeting. Again changes nothing."""
        by = asker(request)
        meeting = running.visible_meeting(meeting_id, by=by)
        body = PresenceWanted(data=request.data)
        # People who do not sit here are no choice: the answer for them is the same as for nobody.
        body.fields["member"].queryset = presence.to_mark(meeting)  # type: ignore[attr-defined]
        body.is_valid(raise_exception=True)
        wanted = body.validated_data
        if wanted["present"]:
            presence.mark_present(meeting, wanted["member"], mode=Mode(wanted["mode"]), by=by)
        else:
            presence.mark_gone(meeting, wanted["member"], by=by)
        return answered(meeting_id, by)


class AgendaView(APIView):
    """Agenda."""

    @extend_schema(
        operation_id="meetings_agenda", request=ItemWanted, responses={200: MeetingSeen} | MISTAKEN, tags=["meetings"]
    )
    def post(self, request: Request, meeting_id: UUID) -> Response:
        """Put an open situation of the table on the agenda. Again changes nothing."""
        by = asker(request)
        meeting = running.visible_meeting(meeting_id, by=by)
        body = ItemWanted(data=request.data)
        body.is_valid(raise_exception=True)
        found = scene.load(body.validated_data["situation"], by=by)
        if found.situation.table_id != meeting.table_id:
            raise Denied(hide())
        agenda.add_to_agenda(meeting, found.situation, by=by)
        return answered(meeting_id, by)
