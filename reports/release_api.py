"""How does a program read releases? The list of those its member may read, and each as its JSON file says it.

The same rows as the pages: PostgreSQL's policy decides which there are, and one that is not is absent.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.models import Table
from privacy.decision import Denied, hide
from reports.release_model import ReleaseState
from reports.releases import reading, rights, store
from reports.sum_forms import SumForm
from situations.api.asking import asker
from situations.api.refusals import HIDDEN, MISTAKEN, REFUSED

_ID = "Of the release: its address is /api/v1/releases/{id}/."


class ReleaseListed(serializers.Serializer[Any]):
    """One release or draft, without its numbers."""

    id = serializers.UUIDField(help_text=_ID)
    scope = serializers.CharField(source="label_of_scope", help_text="In words, in the language of the session.")
    scope_code = serializers.CharField(source="scope", help_text="A table's code, region: with its name, or province.")
    audience = serializers.CharField(help_text="committee, partner or public.")
    period = serializers.CharField(help_text="2026Q1, 2026 or FY2026.")
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    state = serializers.ChoiceField(choices=[s.value for s in ReleaseState if s is not ReleaseState.PLANNED])
    number = serializers.IntegerField(allow_null=True, help_text="Within scope and audience; null until it is out.")
    released_at = serializers.DateTimeField(allow_null=True)
    replaces = serializers.UUIDField(
        source="replaces_id", allow_null=True, help_text="The release whose totals this one brings up to date."
    )


class NumberOut(serializers.Serializer[Any]):
    """One number; `count` is null where it is withheld."""

    code = serializers.CharField(allow_blank=True)
    label = serializers.CharField()  # type: ignore[assignment]  # declared fields are taken off the class
    count = serializers.IntegerField(allow_null=True)
    base = serializers.IntegerField(allow_null=True)
    percent = serializers.FloatField(allow_null=True)
    before = serializers.IntegerField(allow_null=True)


class FigureTold(serializers.Serializer[Any]):
    """A figure with its base."""

    key = serializers.CharField()
    title = serializers.CharField()
    base = serializers.CharField()
    base_count = serializers.IntegerField(allow_null=True)
    adds_up = serializers.BooleanField()
    rows = NumberOut(many=True)


class LevelOut(serializers.Serializer[Any]):
    """Two things, and how many discussions at least had both; null is fewer, or not told."""

    first = serializers.CharField()
    first_label = serializers.CharField()
    second = serializers.CharField()
    second_label = serializers.CharField()
    at_least = serializers.IntegerField(allow_null=True)


class PairsOut(serializers.Serializer[Any]):
    """What comes together."""

    key = serializers.CharField()
    title = serializers.CharField()
    first = serializers.CharField()
    second = serializers.CharField()
    either = serializers.BooleanField()
    says = serializers.CharField()
    levels = LevelOut(many=True)


class ChangeOut(serializers.Serializer[Any]):
    """One total before and now."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # declared fields are taken off the class
    before = serializers.IntegerField(allow_null=True)
    now = serializers.IntegerField(allow_null=True)


class ChangesOut(serializers.Serializer[Any]):
    """What differs from the release that this one brings up to date."""

    since = serializers.IntegerField()
    totals = ChangeOut(many=True)


class MeetingLineOut(serializers.Serializer[Any]):
    """One number of a table's meetings; `value` is null where too few are there to say, `until` the most of a step."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # declared fields are taken off the class
    value = serializers.FloatField(allow_null=True)
    until = serializers.FloatField(allow_null=True)
    base = serializers.CharField(allow_blank=True)
    base_count = serializers.IntegerField(allow_null=True)
    before = serializers.FloatField(allow_null=True)
    before_until = serializers.FloatField(allow_null=True)


class MeetingsOut(serializers.Serializer[Any]):
    """How a table's meetings went."""

    says = serializers.CharField(allow_blank=True)
    lines = MeetingLineOut(many=True)


class RaisedOut(serializers.Serializer[Any]):
    """A systemic issue in the words of the report, and how far it has come."""

    words = serializers.CharField()
    state = serializers.CharField(help_text="raised, in-hand, settled or set-aside.")
    state_label = serializers.CharField()


class ReleaseOut(serializers.Serializer[Any]):
    """A release as its JSON file says it."""

    scope = serializers.CharField()
    scope_code = serializers.CharField()
    period = serializers.CharField()
    period_label = serializers.CharField()
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    in_progress = serializers.BooleanField()
    compared_with = serializers.CharField(allow_null=True)
    compared_release = serializers.IntegerField(allow_null=True)
    audience = serializers.CharField()
    audience_label = serializers.CharField()
    k = serializers.IntegerField(help_text="The fewest in a count.")
    code_lists_of = serializers.DateField(allow_null=True)
    made_at = serializers.DateTimeField()
    made_by = serializers.CharField(allow_blank=True)
    release = serializers.IntegerField(allow_null=True)
    state = serializers.CharField()
    totals = NumberOut(many=True)
    total_bases = serializers.ListField(child=serializers.CharField(allow_blank=True))
    figures = FigureTold(many=True)
    durations = NumberOut(many=True)
    duration_bases = serializers.ListField(child=serializers.CharField())
    pairs = PairsOut(many=True)
    changes = ChangesOut(allow_null=True)
    evaluation = serializers.DictField(allow_null=True, help_text="Costs and what they are set against.")
    meetings = MeetingsOut(allow_null=True, help_text="Of a table's own pages, for its committee.")
    issues = RaisedOut(many=True, allow_null=True, help_text="Of a table's own pages, for its committee.")
    withheld = serializers.IntegerField()
    notes = serializers.ListField(child=serializers.CharField())


class ReleasesView(APIView):
    """The releases one may read; and drafts, for those who prepare them."""

    @extend_schema(
        operation_id="releases", responses={200: ReleaseListed(many=True)} | REFUSED, tags=["releases"], filters=False
    )
    def get(self, request: Request) -> Response:
        """Newest period first."""
        rows = rights.readable(asker(request))
        known = {table.pk: table for table in Table.objects.all()}
        for row in rows:
            row.label_of_scope = store.page_of(row, known).scope.label  # type: ignore[attr-defined]  # for the list
        return Response(ReleaseListed(rows, many=True).data)


class ReleaseSumView(APIView):
    """Several releases as one: several tables, several years, or both."""

    @extend_schema(
        operation_id="releases_together", tags=["releases"], responses={200: ReleaseOut} | MISTAKEN,
        parameters=[
            OpenApiParameter("of", str, many=True, required=True, description="Codes of tables, or one scope code."),
            OpenApiParameter("period", str, required=True, description="2026Q1, 2026, 2024-2026 or FY2026."),
            OpenApiParameter("audience", str, required=True, description="committee, partner or public."),
        ],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """The sum of what was told; a count that any of them withholds is withheld. 400 says what is missing."""
        form = SumForm(request.query_params, readable=rights.readable(asker(request)))
        if not form.has_choices:
            raise Denied(hide())
        if not form.is_valid():
            raise ValidationError({name: [str(said) for said in found] for name, found in form.errors.items()})
        document = form.document or reading.document_of(form.alone)  # type: ignore[arg-type]  # one of both, once valid
        return Response(document.plain())


class ReleaseView(APIView):
    """One release."""

    @extend_schema(operation_id="releases_read", responses={200: ReleaseOut} | HIDDEN, tags=["releases"])
    def get(self, request: Request, release_id: UUID) -> Response:
        """All its numbers, what they are counted among, and what a reader must know: the JSON file."""
        row = rights.one(release_id, by=asker(request))
        return Response(reading.document_of(row).plain())
