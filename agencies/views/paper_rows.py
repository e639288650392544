"""In which words does the list of papers say who has signed until when?"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies import agreements, oncall, texts, undertakings
from agencies.clock import today_at
from agencies.models import (
    Agency,
    AgreementInForce,
    Belonging,
    Member,
    PaperText,
    PreparedAgreement,
    Seat,
    SharingAgreement,
    Table,
    Undertaking,
)
from agencies.vocabulary import Paper

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from agencies.views.papers import Desk


def papers_url(table: Table) -> str:
    """The list of a table's papers."""
    return f"{reverse('papers')}?table={table.code}"


def tabs(tables: Iterable[Table], desk: Desk) -> list[dict[str, Any]]:
    """The tables whose papers the member may see."""
    return [{"url": papers_url(t), "label": t.code, "current": t.pk == desk.table.pk} for t in tables]


def listed(table: Table) -> QuerySet[Agency]:
    """The agencies of a table: those that belong to it, signed with it at any time, or are asked to."""
    belong = Belonging.objects.filter(table=table).exclude(until__lte=today_at(table)).values("agency_id")
    signed = SharingAgreement.objects.filter(table=table).values("agency_id")
    asked = {p.agency_id for p in agreements.waiting(table)}
    wanted = Q(pk__in=belong) | Q(pk__in=signed) | Q(pk__in=asked)
    return Agency.objects.filter(wanted, is_active=True)


def agencies(desk: Desk) -> list[dict[str, Any]]:
    """Every agency of the table: its agreement, what waits for its signature, whether it is on call."""
    table = desk.table
    counts = set(AgreementInForce.objects.filter(table=table).values_list("agreement_id", flat=True))
    signed: dict[int, list[SharingAgreement]] = {}
    for a in SharingAgreement.objects.filter(table=table).order_by("ends_on", "pk"):
        signed.setdefault(a.agency_id, []).append(a)
    waits = {p.agency_id: p for p in agreements.waiting(table)}
    waiting_agencies = {row.agency_id for row in oncall.on_call(table)}
    rows = []
    for agency in listed(table).order_by("name_en"):
        if not desk.shows(agency.pk):
            continue
        mine = signed.get(agency.pk, [])
        now = next((a for a in reversed(mine) if a.pk in counts), None)
        newest = now or (mine[-1] if mine else None)
        rows.append(_agency(desk, agency, newest, now, waits.get(agency.pk), on_call=agency.pk in waiting_agencies))
    return rows


def _agency(
    desk: Desk, agency: Agency, newest: SharingAgreement | None, now: SharingAgreement | None,
    prepared: PreparedAgreement | None, *, on_call: bool,
) -> dict[str, Any]:  # fmt: skip
    kind, words = _state(newest, now, desk.table)
    facts = [_("On call")] if on_call else []
    if prepared is not None:
        facts.append(_("Waits for a signature since %(day)s") % {"day": date_format(prepared.prepared_at, "SHORT_DAY")})
    return {
        "title": agency.name,
        "url": reverse("agreement", args=[newest.pk]) if newest else "",
        "kind": kind,
        "words": words,
        "facts": facts,
        "prepare_url": f"{reverse('paper_prepare', args=[desk.table.code])}?agency={agency.pk}",
        "withdraw_url": reverse("paper_withdraw", args=[prepared.pk]) if prepared else "",
        "on_call_url": reverse("on_call", args=[desk.table.code, agency.pk]),
        "on_call": on_call,
    }


def _state(newest: SharingAgreement | None, now: SharingAgreement | None, table: Table) -> tuple[str, str]:
    today = today_at(table)
    if now is not None:
        soon = (now.ends_on - today).days <= max(settings.EXPIRY_NOTICE_DAYS)
        return ("soon" if soon else "ok"), _("In force until %(day)s") % {"day": date_format(now.ends_on)}
    if newest is None:
        return "open", _("Not signed yet")
    if newest.ended_at is not None:
        return "late", _("Ended on %(day)s") % {"day": date_format(timezone.localtime(newest.ended_at))}
    if newest.starts_on > today:
        return "open", _("Signed, from %(day)s") % {"day": date_format(newest.starts_on)}
    if newest.ends_on < today:
        return "late", _("Ran out on %(day)s") % {"day": date_format(newest.ends_on)}
    return "late", _("To be signed again: the text changed")


def people(desk: Desk) -> list[dict[str, Any]]:
    """Everybody with a seat that goes on: until when the own undertaking counts. Guests are listed at their meeting."""
    table, today = desk.table, today_at(desk.table)
    seats = Seat.objects.filter(table=table, meeting__isnull=True).exclude(ends_on__lt=today)
    members = Member.objects.filter(pk__in=seats.values("member_id"), is_active=True).select_related("agency")
    found = [_person(member, table, today) for member in members if desk.shows(member.agency_id)]
    return sorted(found, key=lambda row: (row["rank"], row["title"]))


def _person(member: Member, table: Table, today: date) -> dict[str, Any]:
    last = undertakings.counts_until(member, table)
    newest = Undertaking.objects.filter(member=member, table=table).order_by("-ends_on", "-pk").first()
    soon = last is not None and (last - today).days <= max(settings.EXPIRY_NOTICE_DAYS)
    words = _("Signed until %(day)s") % {"day": date_format(last)} if last else _lapsed(newest, today)
    return {
        "title": member.name,
        "url": reverse("undertaking", args=[newest.pk]) if newest else "",
        "when": words,
        "when_kind": "late" if last is None else "soon" if soon else "ok",
        "facts": [member.agency.name] if member.agency else [],
        "rank": 0 if last is None else 1 if soon else 2,
    }


def _lapsed(newest: Undertaking | None, today: date) -> str:
    """Why nothing of somebody counts: it was never signed, is over, or the text has changed since."""
    if newest is None:
        return _("Not signed")
    if newest.ends_on < today:
        return _("Ran out on %(day)s: to be signed again") % {"day": date_format(newest.ends_on)}
    return _("To be signed again: the text changed")


def a_text(table: Table, kind: Paper) -> dict[str, Any]:
    """One of the table's two texts: the version in force, whether a lawyer has read it, whether a draft waits."""
    text = texts.in_force(table, kind)
    unread = _("No lawyer has read this text yet") if text.written_here else _("A template: no lawyer has read it yet")
    facts = [_("Version %(version)s") % {"version": text.version}, _("Read by a lawyer") if text.reviewed else unread]
    if PaperText.objects.filter(table=table, kind=kind, published_at__isnull=True).exists():
        facts.append(_("A draft is being written"))
    return {"title": kind.label, "url": reverse("paper_text", args=[table.code, kind]), "facts": facts}


def ending(title: str, day: date, table: Table, url: str) -> dict[str, Any]:
    """A signature that ends soon."""
    left = (day - today_at(table)).days
    said = ngettext("%(n)s day left", "%(n)s days left", left) % {"n": left}
    return {
        "title": title, "url": url, "when": said, "when_kind": "late" if left <= 7 else "soon",
        "facts": [_("until %(day)s") % {"day": date_format(day)}],
    }  # fmt: skip


def run_out(paper: SharingAgreement | Undertaking, url: str) -> dict[str, Any]:
    """A signature that is over and was not made again."""
    day = {"day": date_format(paper.ends_on)}
    if isinstance(paper, SharingAgreement):
        title, said = paper.agency.name, _("Ran out on %(day)s") % day
    else:
        title, said = paper.member.name, _("Ran out on %(day)s: to be signed again") % day
    return {"title": title, "url": url, "when": said, "when_kind": "late", "facts": []}


def signature(found: SharingAgreement | Undertaking, who: str, first: date, *, counts: bool) -> list[dict[str, Any]]:
    """A signature as it was made, for a summary list."""
    rows = [(_("Who"), who)]
    if isinstance(found, SharingAgreement):
        signed = ", ".join(x for x in (found.signatory_name, found.signatory_office) if x)
        rows.append((_("Signed by"), signed))
    span = _("From %(first)s to %(last)s") % {"first": date_format(first), "last": date_format(found.ends_on)}
    rows += [(_("Signed on"), date_format(found.signed_on)), (_("In force"), span)]
    if isinstance(found, SharingAgreement) and found.ended_at is not None:
        rows.append((_("Ended before its time on"), date_format(timezone.localtime(found.ended_at))))
    over = isinstance(found, Undertaking) and found.ends_on < today_at(found.table)
    no = _("no: it has run out. The person signs again, under “To sign”.") if over else _("no")
    rows.append((_("Counts today"), _("yes") if counts else no))
    rows.append((_("Version of the text"), str(found.text_version)))
    if found.text_hash:
        kept = found.text is not None and texts.digest(found.text.body_en, found.text.body_fr) == found.text_hash
        said = (
            _("the text below is the one that was signed")
            if kept
            else _("the text below is not the one that was signed")
        )
        rows.append((_("Checked"), said))
        rows.append((_("Hash of the text (SHA-256)"), found.text_hash))
    return [{"key": key, "value": value} for key, value in rows]
