"""How does the second door tell an agency its own figures? The same totals as the page, to its lead alone."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from privacy.decision import Denied, hide
from reports import own_figures
from reports.own_figures import OwnFigure, Place
from reports.pack.periods import Period
from situations.api.asking import asker
from situations.api.refusals import HIDDEN


class PlaceOut(serializers.Serializer[Any]):
    """An agency the member leads at a table, and the quarters that can be asked for, newest first."""

    place = serializers.CharField(source="code", help_text="As addresses have it.")
    table = serializers.CharField(source="table.code")
    agency = serializers.IntegerField(source="agency.pk")
    name = serializers.CharField(source="agency.name")
    quarters = serializers.SerializerMethodField()

    def get_quarters(self, place: Place) -> list[str]:
        """Those that have ended, written as 2026Q1."""
        return [p.code for p in own_figures.periods(place)]


class OwnFigureOut(serializers.Serializer[OwnFigure]):
    """One number."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # declared fields are taken off the class
    count = serializers.IntegerField()


class OwnOut(serializers.Serializer[Any]):
    """The own agency's totals of one quarter."""

    table = serializers.CharField()
    agency = serializers.IntegerField()
    name = serializers.CharField()
    quarter = serializers.CharField()
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    figures = OwnFigureOut(many=True)


class PlacesView(APIView):
    """Of which agencies one reads them."""

    @extend_schema(operation_id="own_figures_places", responses={200: PlaceOut(many=True)} | HIDDEN)
    def get(self, request: Request) -> Response:
        """Where the member leads an agency; 404 for who leads none."""
        places = own_figures.places(asker(request))
        if not places:
            raise Denied(hide())
        return Response(PlaceOut(places, many=True).data)


class OwnFiguresView(APIView):
    """The own figures."""

    @extend_schema(operation_id="own_figures", responses={200: OwnOut} | HIDDEN)
    def get(self, request: Request, place: str, quarter: str) -> Response:
        """What the own agency brought, led and helped with, no breakdown; of a quarter that goes on nothing is told."""
        by = asker(request)
        found = next((p for p in own_figures.places(by) if p.code == place), None)
        if found is None:
            raise Denied(hide())
        period = _period(found, quarter)
        told = {
            "table": found.table.code, "agency": found.agency.pk, "name": found.agency.name, "quarter": period.code,
            "first_day": period.first_day, "last_day": period.last_day,
            "figures": own_figures.own_figures(found, period, by=by),
        }  # fmt: skip
        return Response(OwnOut(told).data)


def _period(place: Place, quarter: str) -> Period:
    found = next((p for p in own_figures.periods(place) if p.code == quarter), None)
    if found is None:
        raise Http404
    return found
