"""Which invitations are on their way, and how is a link given to somebody who gets no mail?

Where a mail server is set, a letter can be sent again. Where none is, the administrator is shown a new link once, to
give it to the person; that is recorded (docs/adr/0033).
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies import confirming, paper_letters, people, reach, seat_letters
from agencies.models import Letter, Member, PreparedAgreement, SharingAgreement
from agencies.views import who
from agencies.vocabulary import Role


@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """The links that were not used yet, of the tables one administers."""
    by = who.administrator(request)
    rows = [_row(letter) for letter in _seen(by)]
    context = {"rows": rows, "parts": who.parts(by, "letters"), "by_hand": seat_letters.by_hand()}
    return render(request, "belonging/letters.html", context)


@require_POST
def letter_again(request: HttpRequest, letter_id: int) -> HttpResponse:
    """Send a letter again, or show a new link once where no mail server is set. The link before opens nothing more."""
    by = who.administrator(request)
    letter = next((x for x in _seen(by) if x.pk == letter_id), None)
    if letter is None:
        raise Http404
    if not seat_letters.by_hand():
        paper_letters.send_again(letter)
        messages.success(request, _("It is sent again, with a new link. The one before opens nothing any more."))
        return redirect("letters")
    link = f"{settings.PUBLIC_URL}{paper_letters.hand_over(letter, by=by)}"
    context = {"link": link, "back_url": reverse("letters")} | _row(letter)
    return render(request, "belonging/letter_link.html", context)


def _seen(by: Member) -> list[Letter]:
    """Links for people whose account one decides about, and for signatories of agreements of one's tables.

    A link to choose a password opens the account at every table of the person: none is given on by an administrator
    of one of them. Never one's own, nor the signatory's while a seat of one's own waits for that word.
    """
    tables = reach.held_seats(by, Role.ADMINISTRATOR).values("table_id")
    prepared = PreparedAgreement.objects.filter(table__in=tables, agreement__isnull=True, withdrawn_at__isnull=True)
    signed = SharingAgreement.objects.filter(table__in=tables)
    joins = Q(kind=paper_letters.JOIN_BY_LINK, member__in=people.people_seen(by).filter(is_active=True).values("pk"))
    signs = Q(kind=paper_letters.SIGN_BY_LINK, subject__in=prepared.values("pk"))
    confirms = Q(kind=paper_letters.SEAT_BY_LINK, subject__in=signed.values("pk"))
    rows = paper_letters.links_open().filter(joins | signs | confirms)
    found = rows.exclude(member=by).select_related("member__agency", "handed_by").order_by("kind", "pk")
    return [letter for letter in found if _gives_on(letter, by)]


def _gives_on(letter: Letter, by: Member) -> bool:
    if letter.kind == paper_letters.JOIN_BY_LINK:
        return letter.member is not None and people.governs(by, letter.member)
    if letter.kind == paper_letters.SEAT_BY_LINK:
        agreement = SharingAgreement.objects.select_related("table").get(pk=letter.subject)
        return all(seat.member_id != by.pk for seat in confirming.waiting(agreement))
    return True


def _row(letter: Letter) -> dict[str, Any]:
    what = {
        paper_letters.JOIN_BY_LINK: _("chooses a password and accepts a seat"),
        paper_letters.SIGN_BY_LINK: _("signs an agreement for an agency"),
        paper_letters.SEAT_BY_LINK: _("accepts or declines the agency’s seats, having signed its agreement"),
    }[letter.kind]
    when, kind = _("Not sent yet"), "open"
    if letter.sent_at is not None:
        day = date_format(timezone.localtime(letter.sent_at), "DAY_AND_HOUR")
        said = _("Given by hand, %(day)s") if letter.handed_by_id else _("Sent %(day)s")
        when, kind = said % {"day": day}, "ok"
    return {
        "title": letter.member.name if letter.member else letter.address, "what": what, "when": when, "kind": kind,
        "again_url": reverse("letter_again", args=[letter.pk]), "about": _about(letter),
    }  # fmt: skip


def _about(letter: Letter) -> str:
    """For whom or what: the agency whose paper or seat it is."""
    if letter.member is not None:
        return letter.member.agency.name if letter.member.agency else ""
    model = PreparedAgreement if letter.kind == paper_letters.SIGN_BY_LINK else SharingAgreement
    row = model.objects.select_related("agency", "table").filter(pk=letter.subject).first()
    return f"{row.agency.name}, {row.table.code}" if row is not None else ""
