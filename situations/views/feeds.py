"""On which page does a member get a calendar feed, and what does its address answer?"""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from privacy.context import acting_as
from situations import calendar, feeds
from situations.views.frame import member_of


@require_http_methods(["GET", "POST"])
def calendar_feed(request: HttpRequest) -> HttpResponse:
    """One's own feed: make an address, which is shown once, or another one."""
    by = member_of(request)
    if request.method == "POST":
        token = feeds.make(by=by)
        address = settings.PUBLIC_URL + reverse("calendar_file", args=[token])
        return render(request, "meetings/feed_address.html", {"address": address})
    found = feeds.of(by)
    since = date_format(timezone.localtime(found.since), "DAY_AND_HOUR") if found else ""
    return render(request, "meetings/feed.html", {"since": since})


@require_POST
def calendar_feed_off(request: HttpRequest) -> HttpResponse:
    """Take one's own address back."""
    feeds.take_back(by=member_of(request))
    messages.success(request, _("The address opens nothing any more."))
    return redirect("calendar_feed")


@require_safe
def calendar_file(request: HttpRequest, token: str) -> HttpResponse:
    """The times of the meetings of whoever's address this is; 404 to an address that is nobody's or no more."""
    member = feeds.whose(token)
    if member is None:
        raise Http404
    with acting_as(member), translation.override(member.language):
        rows = feeds.meetings(member)
        if rows is None:
            raise Http404
        body = calendar.calendar(rows)
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")
