"""What happens around every request, whoever asks and whatever they ask for?

`RowContext` opens the request's transaction and tells PostgreSQL on whose behalf it runs; `UrlPolicy` answers 404 to
an address nobody has classified and asks for a sign-in where the policy does (`guard.py`); `Refusals` turns a refused
act into a page with its reason; `Trace` writes the one log line; `Stays` answers a script that keeps its page.
(architecture.md, "Row-level security"; house-style.md, 11.)
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from typing import Any

import structlog
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse

from agencies.models import Member
from privacy.context import outside_transaction, set_member, set_shared
from privacy.decision import Denied, Text
from privacy.vault import StaleText
from situation_table import guard, typed, unsent
from situation_table.url_policy import URL_POLICY
from situations import scene as scenes
from situations.lifecycle import Stale
from situations.projection import project

__all__ = ["Refusals", "Refused", "RowContext", "Stays", "Trace", "UrlPolicy", "outside_transaction"]

Answer = Callable[[HttpRequest], HttpResponse]
log = structlog.get_logger(__name__)


class Refused(HttpResponse):
    """A refused act on its way out. The page is made after the transaction has been rolled back."""

    def __init__(self, status: int, code: str = "", reason: Text = "") -> None:
        super().__init__(status=status)
        self.code = code
        self.reason = reason

    def page(self, request: HttpRequest) -> HttpResponse:
        """The page that says why; absent and forbidden look the same."""
        context: dict[str, Any] = {}
        if self.status_code != 404:  # who is refused knows the thing itself and may look at it again
            context = {
                "code": self.code, "reason": self.reason, "back_url": _way_back(request),
                "typed": typed.sentences(request), "now": self._stands_now(request),
            }  # fmt: skip
        context |= typed.again(request)
        return render(request, f"{self.status_code}.html", context, status=self.status_code)

    def _stands_now(self, request: HttpRequest) -> Text:
        """Where the situation stands that somebody else moved on meanwhile, as the whole table may know it."""
        asked = request.resolver_match.kwargs if request.resolver_match else {}
        moved = self.status_code == 409 or self.code == "not-now"
        if not moved or "situation_id" not in asked or not isinstance(request.user, Member):
            return ""
        try:
            return project(scenes.load(asked["situation_id"], by=request.user)).report.status
        except Denied:
            return ""


def _way_back(request: HttpRequest) -> str:
    """The page of the situation or meeting that was acted on, else nothing: the page then leads home."""
    asked = request.resolver_match.kwargs if request.resolver_match else {}
    for name in ("situation", "meeting"):
        if f"{name}_id" in asked:
            return reverse(name, args=[asked[f"{name}_id"]])
    return ""


class Trace:
    """One log line per request: the route, never the address; a random trace id, never a person."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started, trace = time.perf_counter(), secrets.token_hex(8)
        response = self.get_response(request)
        response.headers["X-Trace"] = trace
        # What one person was shown must not be found in a shared computer's cache by the next one.
        response.headers.setdefault("Cache-Control", "no-store")
        match = request.resolver_match
        log.info(
            "request",
            trace=trace,
            method=request.method if request.method in {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"} else "OTHER",
            route=match.route if match else "none",
            status=response.status_code,
            milliseconds=round((time.perf_counter() - started) * 1000),
        )
        return response


class RowContext:
    """One transaction per request, on the signed-in member's behalf; rolled back on a refusal and on a 5xx.

    Sync on purpose: the ORM is. Set for everybody, to nobody when anonymous, so that nothing is ever inherited.
    """

    sync_capable, async_capable = True, False

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            view = resolve(request.path_info).func
        except Resolver404:
            return self._answered(request, Refused(404))
        set_shared(on=False)  # the guard says otherwise, for this request only
        try:
            if getattr(view, "outside_transaction", False):
                return self._answered(request, self.get_response(request))
            with transaction.atomic():
                set_member(request.user.pk)
                response = self.get_response(request)
                if response.status_code >= 500 or isinstance(response, Refused):
                    transaction.set_rollback(True)
            return self._answered(request, response)
        finally:
            set_shared(on=False)

    def _answered(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """The answer itself, or the page of a refusal, made in a transaction of its own."""
        if not isinstance(response, Refused):
            return response
        with transaction.atomic():
            set_member(request.user.pk)
            return response.page(request)


class UrlPolicy(LoginRequiredMiddleware):
    """No row in the policy, no page. `anyone` needs no sign-in; everything else a session the guard lets through."""

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        rule = URL_POLICY.get(match.view_name) if match else None
        if rule is None:
            return Refused(404)
        if rule.who == "anyone":
            return None
        asked = guard.question(request, rule, apart=getattr(view_func, "outside_transaction", False))
        return asked or super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(  # type: ignore[override]  # a page is an answer as good as a redirect to one
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        """Nobody is signed in: to the sign-in, but what was being sent waits on a page of its own."""
        return unsent.signed_out(request) or super().handle_no_permission(request, view_func)


class Stays:
    """A script that sends a form from a page that stays is told where an answer leads; were it to follow, the messages
    for that page would be shown to nobody (static/js/files.js)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if unsent.by_script(request) and response.status_code in (301, 302, 303):
            return HttpResponse(status=204, headers={unsent.LEADS_TO: response.headers["Location"]})
        return response


class Refusals:
    """Denied becomes 403 (404 where existence itself is not theirs to know), Stale 409, absent 404. In one place."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, raised: Exception) -> HttpResponse | None:
        if isinstance(raised, Http404):
            return Refused(404)
        if isinstance(raised, Denied):
            if raised.decision.hidden:
                return Refused(404)
            return Refused(403, raised.decision.code, raised.decision.reason)
        if isinstance(raised, Stale | StaleText):
            return Refused(409, "stale")
        return None
