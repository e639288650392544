"""How does the second door tell what the plan is asked and how a table works? The same as the pages, with codes."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from reports.committee import HEALTH, READS, committee_at
from reports.health import meetings
from reports.health.threshold import Calibration, calibration
from reports.models import Matter
from reports.planning import issues, risks
from reports.planning.issues import Issue
from reports.planning.risks import Risk
from situations.api.refusals import HIDDEN


class RiskOut(serializers.Serializer[Risk]):
    """A risk category of the newest release, by rank."""

    rank = serializers.IntegerField()
    category = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # declared fields are taken off the class
    count = serializers.IntegerField()
    percent = serializers.FloatField(allow_null=True)
    before = serializers.IntegerField(allow_null=True)
    area = serializers.CharField()
    chosen_by_the_table = serializers.BooleanField(source="own")


class IssueOut(serializers.Serializer[Issue]):
    """What the table named at its meetings, counted."""

    kind = serializers.CharField()
    sector = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # declared fields are taken off the class
    named = serializers.IntegerField(source="raised")
    meetings = serializers.IntegerField()
    since = serializers.DateField()
    open = serializers.BooleanField()
    matter = serializers.IntegerField(source="matter.pk", allow_null=True, default=None)


class MatterOut(serializers.ModelSerializer[Matter]):
    """A missing service or a systemic issue. `owner`: an agency's number."""

    class Meta:
        model = Matter
        fields = (
            "id", "kind", "words", "area", "service", "why", "issue_kind", "issue_sector", "owner", "status",
            "raised_on",
        )  # fmt: skip


class PlanningOut(serializers.Serializer[Any]):
    """What the figures of one table ask of the community's plan."""

    table = serializers.CharField()
    release = serializers.UUIDField(allow_null=True)
    period = serializers.CharField(allow_null=True)
    risks = RiskOut(many=True)
    issues = IssueOut(many=True)
    matters = MatterOut(many=True)


class AttendanceOut(serializers.Serializer[meetings.Attendance]):
    """How an agency comes. Never a person."""

    agency = serializers.IntegerField(source="agency.pk")
    name = serializers.CharField(source="agency.name")
    held = serializers.IntegerField()
    came = serializers.IntegerField()
    missed_in_a_row = serializers.IntegerField()
    review = serializers.BooleanField()


class YearOut(serializers.Serializer[meetings.Meetings]):
    """A year of meetings; null where too little is there to tell."""

    held = serializers.IntegerField()
    agencies_present = serializers.FloatField(source="present", allow_null=True)
    situations = serializers.FloatField(source="items", allow_null=True)
    minutes = serializers.FloatField(allow_null=True)
    # The least and the most agencies that brought a situation.
    bringing = serializers.ListField(child=serializers.IntegerField())


class ThresholdOut(serializers.Serializer[Calibration]):
    """Four whole quarters of decisions."""

    first_day = serializers.DateField()
    last_day = serializers.DateField()
    presented = serializers.IntegerField()
    accepted = serializers.IntegerField()
    rejected = serializers.IntegerField()
    deferred = serializers.IntegerField()
    objected = serializers.IntegerField(allow_null=True)


class HealthOut(serializers.Serializer[Any]):
    """How one table works. What is null is not told to who asks."""

    table = serializers.CharField()
    attendance = AttendanceOut(many=True)
    missing_sectors = serializers.ListField(child=serializers.CharField())
    year = YearOut(allow_null=True)
    rarely_intervening = serializers.ListField(child=serializers.IntegerField(), allow_null=True)
    threshold = ThresholdOut(many=True, allow_null=True)


class PlanningView(APIView):
    """The plan, for the committee and who reads beside it."""

    @extend_schema(operation_id="planning", responses={200: PlanningOut, **HIDDEN})
    def get(self, request: Request, table: str) -> Response:
        """Risks of the newest release by rank, issues named at meetings, and the register."""
        asked = committee_at(request.user, table).table
        release = risks.newest(asked)
        found = {
            "table": asked.code, "release": release.pk if release else None,
            "period": release.period if release else None,
            "risks": risks.ranked(asked, risks.document_of(release)), "issues": issues.raised(asked),
            "matters": Matter.objects.filter(table=asked),
        }  # fmt: skip
        return Response(PlanningOut(found).data)


class HealthView(APIView):
    """How a table works, for who reads its work; to its administrator who comes."""

    @extend_schema(operation_id="table_health", responses={200: HealthOut, **HIDDEN})
    def get(self, request: Request, table: str) -> Response:
        """Attendance by agency, missing sectors, the year, who rarely intervenes, the threshold."""
        committee = committee_at(request.user, table, *HEALTH)
        asked, reads = committee.table, bool(committee.roles & set(READS))
        coming = meetings.attendance(asked)
        found = {
            "table": asked.code, "attendance": coming,
            "missing_sectors": [sector.code for sector in meetings.missing_sectors(asked)],
            "year": meetings.meetings(asked) if reads else None,
            "rarely_intervening": [a.pk for a in meetings.rarely_intervening(asked, coming)] if reads else None,
            "threshold": calibration(asked) if reads else None,
        }  # fmt: skip
        return Response(HealthOut(found).data)
