"""Is this session still somebody's, whole, awake and sure? Asked before every page, answer and stream of a member.

A session without a row is nobody's: it ended, or its account did. Before a required second factor is set up nothing
else opens; nor while the session is locked; while its screen is shared only what `shared_screen`
names (docs/adr/0043). What `sure` addresses open asks for the factor again after ten minutes.
On a page the question stands in place of the page; what was being sent is carried along and sent on after the answer.
To programs, scripts and streams it is a refusal with its code. (docs/adr/0032)
"""

from __future__ import annotations

from typing import Literal

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from agencies.forms.sign_in import AgainForm
from agencies.models import Member, SignIn
from agencies.refusal import NotPossible
from agencies.signin import again, factor, of_request, presenting, required, sessions
from privacy.context import acting_as, set_member, set_shared
from situation_table import shared_screen, typed
from situation_table.url_policy import UrlRule

Why = Literal["locked", "confirm"]


class SeeAgain(HttpResponseRedirect):
    """The same address once more, with the same method and body: what was sent waits in the form, not with us."""

    status_code = 307


def question(request: HttpRequest, rule: UrlRule, *, apart: bool) -> HttpResponse | None:
    """What stands between this member and the address; None: nothing. `apart`: outside the request's transaction."""
    member = request.user
    if not isinstance(member, Member):
        return None
    if apart:
        with acting_as(member):
            return _question(request, rule, member)
    answer = _question(request, rule, member)
    if not request.user.is_authenticated:
        set_member(None)
    return answer


def _question(request: HttpRequest, rule: UrlRule, member: Member) -> HttpResponse | None:
    sign_in = sessions.of_request(request, member)
    if sign_in is None:
        request.session.flush()
        request.user = AnonymousUser()
        return None
    of_request.put(request, sign_in)
    if "unfinished" not in rule.even and required.unfinished(sign_in, member):
        if factor.of(member) is not None:  # set up in another session: its code makes this one whole
            return _ask(request, rule, sign_in, "confirm")
        if _no_page(request):
            return _refused("second-factor", _("Set up a second factor first."))
        return redirect("factor_set_up")
    if again.locked(sign_in):
        return None if "locked" in rule.even else _ask(request, rule, sign_in, "locked")
    if presenting.on(sign_in):
        set_shared(on=True)
        if _name(request) not in shared_screen.OPENS:
            return _not_while_shared(request)
    if rule.sure and not again.sure(sign_in):
        return _ask(request, rule, sign_in, "confirm")
    # What a program sends is its parsers' to refuse: read as a form here, a form would pass for JSON there.
    if "locked" not in rule.even and request.method == "POST" and not request.path_info.startswith("/api/"):
        _take_off_ours(request)
    if _somebody_is_there(request) or (presenting.on(sign_in) and _name(request) in shared_screen.STAYS_AWAKE):
        sessions.seen(sign_in)
    return None


def _name(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""


def _not_while_shared(request: HttpRequest) -> HttpResponse:
    """The neutral screen in place of everything that is not named, and the same to programs."""
    if _no_page(request):
        return _refused("presenting", str(presenting.NOT_WHILE_SHARED))
    context = {"reason": presenting.NOT_WHILE_SHARED, **typed.again(request)}
    return render(request, "signin/not_while_shared.html", context, status=403)


def _ask(request: HttpRequest, rule: UrlRule, sign_in: SignIn, why: Why) -> HttpResponse:
    """The question in place of the page, or its answer."""
    if _no_page(request):
        said = _("This session is locked. Give your password or code again.")
        if why == "confirm":
            said = _("Give your code or password again first: the last time was over ten minutes ago.")
        # A script that fetches its own page again is to wait, not to give up: what was typed there must come back.
        wait = why == "locked" and not request.path_info.startswith("/api/")
        return _refused(why, said, status=423 if wait else 403)
    strict, member, was = why == "confirm", sign_in.member, request.POST.get(f"{typed.OURS}was", "")
    given = request.POST if request.method == "POST" and was else None
    form = AgainForm(given, has_factor=factor.of(member) is not None, strict=strict)
    if form.is_bound and form.is_valid():
        try:
            again.give(request, sign_in, form.cleaned_data["secret"], by=member, strict=strict)
        except NotPossible as refused:
            form.add_error(refused.field, str(refused.reason))
        else:
            # A request of its own: had the page refused in this one, the answer would be rolled back with it.
            return SeeAgain(request.get_full_path()) if was == "post" else redirect(request.get_full_path())
    return _page(request, rule, form, why, was)


def _page(request: HttpRequest, rule: UrlRule, form: AgainForm, why: Why, was: str) -> HttpResponse:
    sent = request.method == "POST" and was != "get"
    action = request.get_full_path()
    if sent and why == "locked" and rule.sure:  # nothing is revealed by what was pressed before the lock
        sent, action = False, "/"
    context = {
        "form": form, "locked": why == "locked", "action": action, "was": "post" if sent else "get",
        "carried": typed.carried(request) if sent else [], "keeps": sent and why == "locked",
        "files": sent and typed.files(request), "left": False,
        "title": _("Your screen is locked") if why == "locked" else _("Is it still you?"),
    }  # fmt: skip
    return render(request, "signin/again.html", context, status=403)


def _take_off_ours(request: HttpRequest) -> None:
    """No page is given the password that was typed to get to it."""
    ours = [name for name in request.POST if name.startswith(typed.OURS)]
    if not ours:
        return
    rest = request.POST.copy()
    for name in ours:
        del rest[name]
    request.POST = rest  # type: ignore[assignment]  # a copy of the same kind


def _no_page(request: HttpRequest) -> bool:
    """Whether a program, a script or a stream asks: a page in the answer would be of no use."""
    if request.path_info.startswith(("/api/", "/live/")) or "HX-Request" in request.headers:
        return True
    return request.headers.get("Sec-Fetch-Dest", "document") not in {"document", "iframe"}


def _somebody_is_there(request: HttpRequest) -> bool:
    """Not what a page fetches by itself, nor a stream that opens again."""
    if request.path_info.startswith("/live/"):
        return False
    return request.method != "GET" or request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"


def _refused(code: str, reason: str, *, status: int = 403) -> JsonResponse:
    return JsonResponse({"code": code, "reason": reason}, status=status)
