"""Which words may a program use, and which seats does its member hold?"""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.models import Standing
from agencies.vocabulary import Role
from privacy.decision import Denied, hide
from risk.models import CatalogueEntry
from risk.vocabulary import CodeList
from situations.api.asking import asker
from situations.api.refusals import HIDDEN, REFUSED


class Entry(serializers.Serializer[Any]):
    """One word of a list, as it may be chosen today."""

    id = serializers.IntegerField()
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # declared fields are taken off the class
    definition = serializers.CharField()


class EntryGroup(serializers.Serializer[Any]):
    """The words of one category; code and label are empty in lists without categories."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # declared fields are taken off the class
    entries = Entry(many=True)


class SeatHeld(serializers.Serializer[Any]):
    """A seat in good standing today."""

    table = serializers.CharField(source="table.code")
    table_name = serializers.CharField(source="table.name")
    agency_id = serializers.IntegerField()
    agency = serializers.CharField(source="agency.name")
    role = serializers.ChoiceField(choices=Role.choices)
    meeting = serializers.UUIDField(allow_null=True)


class Me(serializers.Serializer[Any]):
    """The signed-in member."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    language = serializers.CharField()
    seats = SeatHeld(many=True)


class CatalogueView(APIView):
    """One code list."""

    @extend_schema(
        operation_id="catalogue_list",
        parameters=[OpenApiParameter("code_list", OpenApiTypes.STR, OpenApiParameter.PATH, enum=CodeList.values)],
        responses={200: EntryGroup(many=True)} | HIDDEN,
        tags=["reference"],
    )
    def get(self, request: Request, code_list: str) -> Response:
        """Read the entries in force of a list, by category."""
        if code_list not in CodeList.values:
            raise Denied(hide())
        groups = CatalogueEntry.objects.of(CodeList(code_list)).in_force().grouped()
        return Response(EntryGroup(groups, many=True).data)


class MeView(APIView):
    """The member and what the member is at which table."""

    @extend_schema(operation_id="me", responses={200: Me} | REFUSED, tags=["reference"])
    def get(self, request: Request) -> Response:
        """Read one's own seats in good standing."""
        by = asker(request)
        seats = Standing.objects.of(by).select_related("table", "agency").order_by("table__code", "role", "agency_id")
        return Response(Me({"id": by.pk, "name": by.name, "language": by.language, "seats": seats}).data)
