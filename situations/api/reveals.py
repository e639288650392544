"""How does a program reach identity? As a person does: ask with a purpose, then present the receipt.

Two requests, so two transactions: the row that says who reads what, and why, is committed before anything is opened.
A receipt that is absent, used, old or somebody else's is refused alike.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from privacy import gate
from privacy.decision import Denied, hide
from privacy.models import Compartment
from privacy.vocabulary import Purpose
from situations import consents, scene
from situations.api import idempotency
from situations.api.asking import asker
from situations.api.refusals import CONTESTED, HIDDEN
from situations.once import once
from situations.projected_intervention import element_label


class RevealWanted(serializers.Serializer[Any]):
    """Which compartment, and why."""

    compartment = serializers.UUIDField()
    purpose = serializers.ChoiceField(choices=Purpose.choices)


class Receipt(serializers.Serializer[Any]):
    """What to present within half a minute, once."""

    receipt = serializers.UUIDField()


class OpenedText(serializers.Serializer[Any]):
    """One opened text."""

    element = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # declared fields are taken off the class
    text = serializers.CharField()


class Opened(serializers.Serializer[Any]):
    """The opened texts of one compartment. Keep none of it."""

    situation = serializers.UUIDField()
    compartment = serializers.UUIDField()
    texts = OpenedText(many=True)


class RevealsView(APIView):
    """Ask to read a compartment."""

    @extend_schema(
        operation_id="reveals_ask",
        request=RevealWanted,
        responses={201: Receipt, 200: Receipt} | CONTESTED,
        parameters=[idempotency.PARAMETER],
        tags=["reveals"],
    )
    def post(self, request: Request, situation_id: UUID) -> Response:
        """Record who will read which compartment, and why; answers with a receipt."""
        body = RevealWanted(data=request.data)
        body.is_valid(raise_exception=True)
        key, by = idempotency.key_of(request), asker(request)
        found = scene.load(situation_id, by=by)
        compartment = Compartment.objects.filter(access=found.access, pk=body.validated_data["compartment"]).first()
        if compartment is None:
            raise Denied(hide())
        consents.not_over(found, compartment).require()
        purpose = Purpose(body.validated_data["purpose"])
        # Another compartment or purpose under the same key is another intention.
        intention = f"reveal:{compartment.pk.hex[:8]}:{purpose[:14]}"
        receipt, new = once(key, intention, lambda: gate.authorise(compartment, purpose=purpose), by=by)
        return Response({"receipt": receipt}, status=status.HTTP_201_CREATED if new else status.HTTP_200_OK)


class RevealedView(APIView):
    """Read what a receipt allows."""

    @extend_schema(operation_id="reveals_read", responses={200: Opened} | HIDDEN, tags=["reveals"])
    def get(self, request: Request, receipt: UUID) -> Response:
        """Present a committed receipt; answers with the texts, once."""
        asker(request)
        opened = gate.reveal(receipt)
        texts = [{"element": i, "label": element_label(i), "text": t} for i, t in sorted(opened.texts.items())]
        shown = {"situation": opened.ref, "compartment": opened.compartment, "texts": texts}
        return Response(Opened(shown).data, headers={"Cache-Control": "no-store"})
