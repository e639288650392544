"""How does the second door tell the quarter? The same totals as the page, with codes for programs."""

from __future__ import annotations

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.models import Member
from privacy.decision import Denied, hide
from reports import figures
from reports.figures import Figure, QuarterTotals
from reports.quarters import Quarter
from situations.api.refusals import HIDDEN


class FigureOut(serializers.Serializer[Figure]):
    """One count and what it is counted among."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # declared fields are taken off the class
    count = serializers.IntegerField()
    base = serializers.IntegerField(allow_null=True)
    base_code = serializers.CharField(allow_blank=True)
    base_words = serializers.CharField()
    percent = serializers.IntegerField(allow_null=True)


class QuarterOut(serializers.Serializer[QuarterTotals]):
    """The totals of one table in one calendar quarter."""

    table = serializers.CharField(source="table.code")
    quarter = serializers.CharField(source="quarter.code")
    first_day = serializers.DateField(source="quarter.first_day")
    last_day = serializers.DateField(source="quarter.last_day")
    in_progress = serializers.BooleanField()
    code_lists_of = serializers.DateField(allow_null=True)
    figures = FigureOut(many=True)


class QuarterView(APIView):
    """The quarter's totals, for the managers, the facilitator and the recorder of the table."""

    @extend_schema(operation_id="quarter", responses={200: QuarterOut, **HIDDEN})
    def get(self, request: Request, table: str, quarter: str) -> Response:
        """The totals of a table in a quarter written as 2026Q1."""
        if not isinstance(request.user, Member):
            raise Denied(hide())
        asked = next((t for t in figures.readable_tables(request.user) if t.code == table), None)
        if asked is None:
            raise Denied(hide())
        try:
            found = figures.totals(asked, Quarter.parse(quarter), by=request.user)
        except ValueError:
            raise Http404 from None
        return Response(QuarterOut(found).data)
