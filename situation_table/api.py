"""How does the second door say no? The same refusals as the pages, as `{"code", "reason"}`; mistakes by field."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import APIException, ParseError, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from privacy.decision import Denied
from privacy.vault import StaleText
from situations.lifecycle import Stale


def handler(raised: Exception, context: dict[str, Any]) -> Response | None:
    """Denied -> 403 (404 where existence is hidden), Stale -> 409, absent -> 404; nothing half done is kept."""
    answer = _refusal(raised) or _mistake(raised, context)
    if answer is not None and transaction.get_connection().in_atomic_block:
        transaction.set_rollback(True)
    return answer


def _refusal(raised: Exception) -> Response | None:
    if isinstance(raised, Denied) and not raised.decision.hidden:
        refusal = {"code": raised.decision.code, "reason": str(raised.decision.reason)}
        return Response(refusal, status=status.HTTP_403_FORBIDDEN)
    if isinstance(raised, Denied | Http404):
        absent = {"code": "not-found", "reason": _("There is nothing here for you.")}
        return Response(absent, status=status.HTTP_404_NOT_FOUND)
    if isinstance(raised, Stale | StaleText):
        stale = {"code": "stale", "reason": _("Somebody changed this in the meantime. Load it again.")}
        return Response(stale, status=status.HTTP_409_CONFLICT)
    return None


def _mistake(raised: Exception, context: dict[str, Any]) -> Response | None:
    """What the framework itself refuses, in the same two shapes: no sign-in, wrong method, unreadable body, ..."""
    answer = exception_handler(raised, context)
    if answer is None:
        return None
    if isinstance(raised, ValidationError):
        answer.data = {"errors": raised.detail if isinstance(raised.detail, dict) else {"__all__": raised.detail}}
    elif isinstance(raised, ParseError):
        answer.data = {"errors": {"__all__": [_("The body is not readable as JSON.")]}}
    elif isinstance(raised, APIException):
        answer.data = {"code": str(raised.get_codes()).replace("_", "-"), "reason": str(raised.detail)}
    return answer
