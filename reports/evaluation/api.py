"""How does the second door tell what a table cost and what came of it, and how is that entered there?

The figures of the page, the fields of its forms, its verbs; money as text, so that no cent is lost on the way.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.vocabulary import Role
from reports.committee import Committee, committee_at
from reports.evaluation import verbs
from reports.evaluation.forms import CostForm, NoteForm, ProxyForm
from reports.evaluation.reckoning import Line
from reports.evaluation.told import told
from reports.evaluation_model import CostKind, Currency, Outcome
from reports.models import Cost, EvaluationNote, Proxy
from reports.release_pages import Lowered, lowered_by_risk
from situations.api import idempotency
from situations.api.refusals import CONTESTED, HIDDEN

_PERIOD = "2026Q1, 2026 or FY2026: one of `periods`."


class LineOut(serializers.Serializer[Line]):
    """One figure. `part`: cost, each, worth or ratio; null where a count it rests on is withheld, or not estimated."""

    part = serializers.CharField()
    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # declared fields are taken off the class
    rests_on = serializers.CharField(allow_blank=True)
    unit = serializers.CharField(allow_blank=True, help_text="A currency; empty for a ratio.")
    central = serializers.CharField(allow_null=True)
    low = serializers.CharField(allow_null=True)
    high = serializers.CharField(allow_null=True)


class LoweredOut(serializers.Serializer[Lowered]):
    """Accepted situations that had a risk, and with how many overall risk was lowered."""

    category = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # declared fields are taken off the class
    accepted = serializers.IntegerField()
    lowered = serializers.IntegerField()
    percent = serializers.FloatField()


class CostOut(serializers.Serializer[Cost]):
    """A cost that was entered."""

    id = serializers.IntegerField()
    kind = serializers.CharField()
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    amount = serializers.CharField()
    currency = serializers.ChoiceField(choices=Currency.choices)
    hours = serializers.IntegerField(allow_null=True)
    entered_by = serializers.CharField(source="entered_by.name")
    entered_at = serializers.DateTimeField()


class ProxyOut(serializers.Serializer[Proxy]):
    """What one of a result is taken to be worth."""

    id = serializers.IntegerField()
    outcome = serializers.ChoiceField(choices=Outcome.choices)
    title = serializers.CharField()
    low = serializers.CharField()
    central = serializers.CharField()
    high = serializers.CharField()
    currency = serializers.ChoiceField(choices=Currency.choices)
    claimed = serializers.IntegerField()
    source = serializers.CharField()  # type: ignore[assignment]  # declared fields are taken off the class
    source_year = serializers.IntegerField()
    entered_by = serializers.CharField(source="entered_by.name")
    entered_at = serializers.DateTimeField()


class NoteOut(serializers.Serializer[EvaluationNote]):
    """A few sentences."""

    id = serializers.IntegerField()
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    words = serializers.CharField()
    written_by = serializers.CharField(source="written_by.name")
    written_at = serializers.DateTimeField()


class EvaluationOut(serializers.Serializer[Any]):
    """What one table cost in a period and what came of it. `periods`: those that can be asked for."""

    table = serializers.CharField()
    period = serializers.CharField()
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    periods = serializers.ListField(child=serializers.CharField())
    release = serializers.UUIDField(allow_null=True, help_text="Whose counts it rests on.")
    lines = LineOut(many=True)
    says = serializers.ListField(child=serializers.CharField(), help_text="What it does not prove. Show it with it.")
    before_and_after = LoweredOut(many=True)
    costs = CostOut(many=True)
    proxies = ProxyOut(many=True)
    notes = NoteOut(many=True)


class CostWanted(serializers.Serializer[Any]):
    """A cost to enter; hours with those given in kind, and with no other."""

    kind = serializers.ChoiceField(choices=CostKind.choices)
    period = serializers.CharField(max_length=12, help_text=_PERIOD)
    amount = serializers.DecimalField(max_digits=12, decimal_places=2, min_value=Decimal(0))
    currency = serializers.ChoiceField(choices=Currency.choices)
    hours = serializers.IntegerField(min_value=1, max_value=1_000_000, required=False)


class ProxyWanted(serializers.Serializer[Any]):
    """What one of a result is taken to be worth."""

    outcome = serializers.ChoiceField(choices=Outcome.choices)
    title = serializers.CharField(max_length=160, help_text="Refused where it may say who somebody is.")
    low = serializers.DecimalField(max_digits=10, decimal_places=2, min_value=Decimal(0))
    central = serializers.DecimalField(max_digits=10, decimal_places=2, min_value=Decimal(0))
    high = serializers.DecimalField(max_digits=10, decimal_places=2, min_value=Decimal(0))
    currency = serializers.ChoiceField(choices=Currency.choices)
    claimed = serializers.IntegerField(min_value=1, max_value=100, help_text="Per cent.")
    source = serializers.CharField(max_length=300)  # type: ignore[assignment]  # declared fields are taken off the class
    source_year = serializers.IntegerField(min_value=1990, max_value=9999)


class NoteWanted(serializers.Serializer[Any]):
    """A few sentences about the table's work."""

    period = serializers.CharField(max_length=12, help_text=_PERIOD)
    words = serializers.CharField(max_length=500, help_text="Refused where they may say who somebody is.")
    marks_reason = serializers.CharField(
        max_length=12, required=False, default="", help_text="Where words were marked: why they may stay."
    )


class EntryMade(serializers.Serializer[Any]):
    """What to take it back by."""

    id = serializers.IntegerField()


class EvaluationView(APIView):
    """The evaluation."""

    @extend_schema(operation_id="evaluation", responses={200: EvaluationOut} | HIDDEN, tags=["evaluation"])
    def get(self, request: Request, table: str, period: str) -> Response:
        """What it cost, what came of it, what that rests on and does not prove; and what was entered by whom."""
        committee = committee_at(request.user, table)
        known = committee.periods()
        asked = next((p for p in known if p.code == period), None)
        if asked is None:
            raise Http404
        found = told(committee.table, asked)
        body = {
            "table": committee.table.code, "period": asked.code, "first_day": asked.first_day,
            "last_day": asked.last_day, "periods": [p.code for p in known],
            "release": found.release.pk if found.release else None, "lines": found.made.lines if found.made else (),
            "says": found.says, "before_and_after": lowered_by_risk(found.counts), "costs": found.costs,
            "proxies": found.proxies, "notes": found.notes,
        }  # fmt: skip
        return Response(EvaluationOut(body).data)


class EntryView(APIView):
    """One kind of entry."""

    kind: ClassVar[str]
    wanted: ClassVar[type[serializers.Serializer[Any]]]

    def post(self, request: Request, table: str) -> Response:
        """Enter it, by a manager of the table. Nothing is edited: what was wrong is taken back and entered anew."""
        committee = committee_at(request.user, table, Role.MANAGER)
        body = self.wanted(data=request.data)
        body.is_valid(raise_exception=True)
        form = _form(self.kind, committee, body.validated_data)
        if not form.is_valid():
            raise ValidationError({name: [str(said) for said in found] for name, found in form.errors.items()})
        said = {name: value for name, value in form.cleaned_data.items() if name != "key"}  # here it is a header's
        made, new = verbs.enter_once(
            self.kind, said, key=idempotency.key_of(request), table=committee.table, by=committee.by
        )
        return Response({"id": made}, status=status.HTTP_201_CREATED if new else status.HTTP_200_OK)


class TakeBackView(APIView):
    """Take back."""

    @extend_schema(
        operation_id="evaluation_take_back", request=None, responses={204: None} | HIDDEN, tags=["evaluation"]
    )
    def post(self, request: Request, table: str, kind: str, entry_id: int) -> Response:
        """Take a cost, proxy or note back. Releases keep what they were made of. A second time it is not there."""
        committee = committee_at(request.user, table, Role.MANAGER)
        if kind not in verbs.KINDS:
            raise Http404
        verbs.take_back(kind, entry_id, table=committee.table, by=committee.by)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _form(kind: str, committee: Committee, said: dict[str, Any]) -> forms.Form:
    if kind == "proxy":
        return ProxyForm(said)
    return (CostForm if kind == "cost" else NoteForm)(said, periods=committee.periods())


def _view(kind: str, wanted: type[serializers.Serializer[Any]]) -> type[EntryView]:
    view = type(f"{kind.title()}View", (EntryView,), {"kind": kind, "wanted": wanted, "__doc__": wanted.__doc__})
    described: type[EntryView] = extend_schema_view(
        post=extend_schema(
            operation_id=f"evaluation_enter_{kind}", request=wanted, tags=["evaluation"],
            responses={201: EntryMade, 200: EntryMade} | CONTESTED, parameters=[idempotency.PARAMETER],
        )
    )(view)  # fmt: skip
    return described


CostView, ProxyView, NoteView = _view("cost", CostWanted), _view("proxy", ProxyWanted), _view("note", NoteWanted)
