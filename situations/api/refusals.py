"""In which shapes does the second door say no? Described once, so that the contract and the answers agree.

The answers themselves are made in one place from the exceptions of the verbs (`EXCEPTION_HANDLER` in the settings).
"""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class Refusal(serializers.Serializer[dict[str, str]]):
    """Refused (403), absent or not yours to know (404, always the same), or changed meanwhile (409)."""

    code = serializers.CharField(help_text="Stable; for programs.")
    reason = serializers.CharField(help_text="A sentence for a person, in the language of the session.")


class Errors(serializers.Serializer[dict[str, Any]]):
    """What was sent cannot be used: the sentences by field; `__all__` for what concerns no single field."""

    errors = serializers.DictField(  # type: ignore[assignment]  # declared fields are taken off the class
        child=serializers.ListField(child=serializers.CharField())
    )


REFUSED: dict[int, Any] = {403: Refusal}
HIDDEN: dict[int, Any] = REFUSED | {404: Refusal}
MISTAKEN: dict[int, Any] = HIDDEN | {400: Errors}
CONTESTED: dict[int, Any] = MISTAKEN | {409: Refusal}
