"""How does a program carry out an act? With the fields of its form and a key, through the verb the pages call.

Every act has an address of its own, so that the contract says what each asks for. The answer shows the situation as
the member sees it afterwards (null when it is no longer theirs to see), never the bare state.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar
from uuid import UUID

from django.urls import URLPattern, path
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.models import Member
from privacy.decision import Denied
from situations import lifecycle, scene
from situations.act import Act
from situations.acts import ACTS
from situations.api import idempotency
from situations.api.asked import Asked, asked
from situations.api.asking import asker
from situations.api.bodies import VERSION, as_form_data, require_valid, schema_of
from situations.api.refusals import CONTESTED, HIDDEN
from situations.api.representation import SituationSeen
from situations.api.showing import shown
from situations.forms import FORMS
from situations.lifecycle import Outcome
from situations.models import Performed


class Done(serializers.Serializer[Any]):
    """What an act led to. `repeated`: this key was carried out before, and nothing happened now."""

    act = serializers.CharField()
    repeated = serializers.BooleanField()
    situation = SituationSeen(allow_null=True)


class ActView(APIView):
    """One act on one situation."""

    act: ClassVar[str]

    def get(self, request: Request, situation_id: UUID) -> Response:
        """Say what the act asks for here, with the choices there are; refused where the act is not possible."""
        found = scene.load(situation_id, by=asker(request))
        lifecycle.decide(ACTS[self.act], found).require()
        return Response(Asked(asked(FORMS[self.act](found))).data)

    def post(self, request: Request, situation_id: UUID) -> Response:
        """Carry out the act."""
        key, by = idempotency.key_of(request), asker(request)
        outcome = _carry_out(self.act, situation_id, request.data, key=key, by=by)
        return Response({"act": self.act, "repeated": outcome.repeated, "situation": _afterwards(situation_id, by)})


def _carry_out(act: str, situation_id: UUID, body: Any, *, key: str, by: Member) -> Outcome:
    try:
        found = scene.load(situation_id, by=by)
        lifecycle.decide(ACTS[act], found).require()
        form = FORMS[act](found, as_form_data(act, body, form=FORMS[act](found)))
        require_valid(form)
        return lifecycle.perform(
            act, situation_id, by=by, key=key, seen_version=form.cleaned_data[VERSION], **form.act_data()
        )
    except (Denied, ValidationError):
        # Sent twice: after the first time the act is often not possible any more, or not even the item there to see.
        if not Performed.objects.filter(member=by, key=key).exists():
            raise
        return lifecycle.perform(act, situation_id, by=by, key=key)


def _afterwards(situation_id: UUID, by: Member) -> dict[str, Any] | None:
    try:
        return shown(situation_id, by=by)
    except Denied:
        return None


def _view(act: Act) -> type[ActView]:
    view = type(f"{act.name.title().replace('_', '')}View", (ActView,), {"act": act.name, "__doc__": act.because})
    described: type[ActView] = extend_schema_view(
        get=extend_schema(
            operation_id=f"acts_{act.name}_asks",
            responses={200: Asked} | HIDDEN,
            tags=["acts"],
        ),
        post=extend_schema(
            operation_id=f"acts_{act.name}",
            summary=str(act.label),
            description=act.because,
            request={"application/json": schema_of(act.name)},
            responses={200: Done} | CONTESTED,
            parameters=[idempotency.PARAMETER],
            tags=["acts"],
        ),
    )(view)
    return described


def addresses() -> Iterator[URLPattern]:
    """The address of every act."""
    for act in ACTS.values():
        yield path(f"situations/<uuid:situation_id>/acts/{act.name}/", _view(act).as_view(), name=f"act_{act.name}")
