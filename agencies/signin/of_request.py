"""Which session does a request come from? The wall puts it there before any page of a member is asked."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from agencies.models import Member, SignIn


def put(request: HttpRequest, sign_in: SignIn) -> None:
    """Keep the row with the request."""
    request.sign_in = sign_in  # type: ignore[attr-defined]  # an attribute on a request, as Django's own middleware does it


def found(request: HttpRequest) -> SignIn | None:
    """The session of a request; None for a stranger's."""
    return getattr(request, "sign_in", None)


def member_of(request: HttpRequest) -> Member:
    """Who is signed in; absent for anybody else."""
    if not isinstance(request.user, Member):
        raise Http404
    return request.user


def sign_in_of(request: HttpRequest) -> SignIn:
    """The session of a member's request; absent for anybody else."""
    sign_in = found(request)
    if sign_in is None:
        raise Http404
    return sign_in
