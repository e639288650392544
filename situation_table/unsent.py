"""What becomes of a form that was sent while nobody was signed in, or from a page of an earlier sign-in?

It is not carried out, and not lost: the answer is a page that holds it and can send it once more. Whoever sends it then
does so as themselves, which the page says, and everything is asked of them again. A form that did not come from our own
pages is neither kept nor offered: somebody else might have filled it in; what carries our token did. (docs/adr/0063)
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from situation_table import typed

#: The header by which files.js says that its page stays, and the one that tells it where the answer leads.
STAYS, LEADS_TO = "X-Stays", "X-Leads-To"


def by_script(request: HttpRequest) -> bool:
    """Whether a script of a page that stays has sent it."""
    return STAYS in request.headers


def signed_out(request: HttpRequest) -> HttpResponse | None:
    """The page for a form that nobody signed in has sent; None where nothing was sent."""
    if request.method != "POST":
        return None
    if by_script(request):
        return JsonResponse({"code": "signed-out"}, status=401)
    kept = typed.again(request)
    if not kept["carried"]:
        return None
    return render(request, "signin/signed_out.html", {**kept, "typed": []}, status=403)


def token_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form whose token is not this browser's any more: most often somebody signed in again since."""
    if by_script(request):
        return JsonResponse({"code": "token"}, status=403)
    kept: dict[str, Any] = typed.again(request) if _our_own(request) else {"carried": [], "files": False}
    return render(request, "signin/not_sent.html", kept, status=403)


def _our_own(request: HttpRequest) -> bool:
    """Whether the browser says that one of our own pages sent it; what does not say so is nobody's to keep."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
