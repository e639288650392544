"""Which addresses lock a session, say that somebody is there, and unlock it?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from agencies.forms.sign_in import AgainForm
from agencies.refusal import NotPossible
from agencies.signin import again as verbs
from agencies.signin import factor
from agencies.signin.of_request import member_of, sign_in_of


@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Lock this session now."""
    verbs.lock(sign_in_of(request))
    return HttpResponse(status=204) if _by_script(request) else redirect("again")


@require_POST
def here(request: HttpRequest) -> HttpResponse:
    """Somebody types or clicks on a page that asks for nothing else: the wall notes it. A locked session is told so."""
    if verbs.locked(sign_in_of(request)):
        return JsonResponse({"code": "locked"}, status=423)
    return HttpResponse(status=204)


@sensitive_post_parameters("again-secret")
@require_http_methods(["GET", "POST"])
def again(request: HttpRequest) -> HttpResponse:
    """Give password or code again: unlocks, and is the confirmation that a reveal asks for."""
    by, sign_in = member_of(request), sign_in_of(request)
    strict = not verbs.locked(sign_in)
    form = AgainForm(
        request.POST if request.method == "POST" else None, has_factor=factor.of(by) is not None, strict=strict
    )
    if form.is_bound and form.is_valid():
        try:
            verbs.give(request, sign_in, form.cleaned_data["secret"], by=by, strict=strict)
        except NotPossible as refused:
            form.add_error(refused.field, str(refused.reason))
        else:
            return JsonResponse({"code": "ok"}) if _by_script(request) else redirect("home")
    if _by_script(request):
        return JsonResponse(
            {"code": "refused", "reason": " ".join(map(str, form.errors.get("secret", [])))}, status=403
        )
    context = {
        "form": form, "locked": not strict, "action": request.path, "was": "get", "carried": [], "keeps": False,
        "files": False, "left": not strict,
        "title": _("Your screen is locked") if not strict else _("Is it still you?"),
    }  # fmt: skip
    return render(request, "signin/again.html", context)


def _by_script(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")
