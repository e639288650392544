"""What of which situations may a program read for its member, and how does it open a draft?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.models import Agency, Member, Standing, Table
from agencies.vocabulary import AGENCY_ROLES
from privacy.access import standing_of
from privacy.decision import Decision, Denied, hide
from situations import lifecycle, scene
from situations.acts import ACTS
from situations.api import idempotency
from situations.api.asking import asker, table_of
from situations.api.pages import page
from situations.api.refusals import CONTESTED, HIDDEN, MISTAKEN
from situations.api.representation import LedgerLine, RowSeen, SituationSeen
from situations.api.showing import shown
from situations.models import Situation
from situations.narrowing import narrowed
from situations.once import once
from situations.projection import listed, see_rows
from situations.seen import SeenRow
from situations.vocabulary import OPEN_STATES, State
from situations.who_saw import who_saw

WHICH = (("open", "Before the table or with intervening agencies"), ("ended", "Ended"), ("draft", "Own drafts"))


class ListQuery(serializers.Serializer[Any]):
    """Which situations: of one table, always."""

    table = serializers.CharField(max_length=5, help_text="The table's code.")
    state = serializers.ChoiceField(choices=WHICH, default="open")
    cursor = serializers.CharField(required=False, default="", max_length=200, help_text="`next` of the page before.")


class RowsSeen(serializers.Serializer[Any]):
    """One page of situations, newest first; `next` is null on the last one."""

    results = RowSeen(many=True)
    next = serializers.CharField(allow_null=True)


class DecisionSeen(serializers.Serializer[Any]):
    """An act that is this member's at this stage: possible, or refused with a reason."""

    act = serializers.ChoiceField(choices=[(name, act.label) for name, act in ACTS.items()])
    label = serializers.CharField()  # type: ignore[assignment]  # declared fields are taken off the class
    allowed = serializers.BooleanField()
    code = serializers.CharField()
    reason = serializers.CharField()


class DraftWanted(serializers.Serializer[Any]):
    """For which agency, at which table. Nothing about the situation: that is saved section by section."""

    table = serializers.CharField(max_length=5, help_text="The table's code.")
    agency = serializers.IntegerField(min_value=1, max_value=2**31, help_text="An agency the member is seated for.")


class SituationsView(APIView):
    """The situations of one table, and a new draft."""

    @extend_schema(
        operation_id="situations_list",
        parameters=[ListQuery],
        responses={200: RowsSeen} | MISTAKEN,
        tags=["situations"],
    )
    def get(self, request: Request) -> Response:
        """List the situations of one table that the member may know of."""
        query = ListQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        wanted, by = query.validated_data, asker(request)
        table, seats = table_of(wanted["table"], by=by), standing_of(by)
        found = page(
            listed(_wanted(table, wanted["state"], by, seats)),
            by_time="opened_at",
            cursor=wanted["cursor"],
            show=lambda rows: _shown(rows, by, seats),
        )
        return Response(RowsSeen(found).data)

    @extend_schema(
        operation_id="situations_open_draft",
        request=DraftWanted,
        responses={201: SituationSeen, 200: SituationSeen} | CONTESTED,
        parameters=[idempotency.PARAMETER],
        tags=["situations"],
    )
    def post(self, request: Request) -> Response:
        """Open a draft at filter 1 (200 when this key opened it before)."""
        body = DraftWanted(data=request.data)
        body.is_valid(raise_exception=True)
        key, by = idempotency.key_of(request), asker(request)
        table = table_of(body.validated_data["table"], by=by, roles=AGENCY_ROLES)
        # An agency that is absent and one the member does not sit for are refused alike, by the verb.
        agency = Agency.objects.filter(pk=body.validated_data["agency"]).first() or Agency(pk=0)
        ref, new = once(
            key,
            f"open:{table.pk}:{agency.pk}",
            lambda: lifecycle.open_draft(table=table, agency=agency, by=by).pk,
            by=by,
        )
        return Response(shown(ref, by=by), status=status.HTTP_201_CREATED if new else status.HTTP_200_OK)


def _wanted(table: Table, state: str, by: Member, seats: Sequence[Standing]) -> QuerySet[Situation]:
    rows = narrowed(Situation.objects.at(table.pk), table.pk, by=by, seats=seats)
    if state == "draft":
        return rows.drafts_of([s.agency_id for s in seats if s.table_id == table.pk and s.role in AGENCY_ROLES])
    return rows.open() if state == "open" else rows.exclude(state__in=(State.DRAFT, *OPEN_STATES))


def _shown(rows: Sequence[Situation], by: Member, seats: Sequence[Standing]) -> list[tuple[Situation, SeenRow]]:
    seen = {row.id: row for row in see_rows(rows, by=by, seats=seats)}
    return [(s, seen[s.pk]) for s in rows if s.pk in seen]


class SituationView(APIView):
    """One situation."""

    @extend_schema(operation_id="situations_see", responses={200: SituationSeen} | HIDDEN, tags=["situations"])
    def get(self, request: Request, situation_id: UUID) -> Response:
        """See a situation as the projection lets the member see it."""
        return Response(shown(situation_id, by=asker(request)))


class DecisionsView(APIView):
    """What can be done with a situation."""

    @extend_schema(
        operation_id="situations_decisions", responses={200: DecisionSeen(many=True)} | HIDDEN, tags=["situations"]
    )
    def get(self, request: Request, situation_id: UUID) -> Response:
        """List the acts that are this member's at this stage, each possible or refused with a reason."""
        decided = lifecycle.decisions(scene.load(situation_id, by=asker(request)))
        return Response(DecisionSeen([_decided(name, d) for name, d in decided.items()], many=True).data)


def _decided(name: str, d: Decision) -> dict[str, Any]:
    return {"act": name, "label": ACTS[name].label, "allowed": d.allowed, "code": d.code, "reason": d.reason}


class LedgerView(APIView):
    """Who has seen a situation."""

    @extend_schema(
        operation_id="situations_ledger", responses={200: LedgerLine(many=True)} | HIDDEN, tags=["situations"]
    )
    def get(self, request: Request, situation_id: UUID) -> Response:
        """Read who has seen a situation, oldest first."""
        lines = who_saw(scene.load(situation_id, by=asker(request)))
        if lines is None:
            raise Denied(hide())
        return Response(LedgerLine(list(lines), many=True).data)
