"""What waits for who speaks for an agency? Actions due, answers asked for, the agency's drafts."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from agencies.models import Standing
from agencies.vocabulary import AGENCY_ROLES
from situations.views.frame import people
from situations.views.homes.parts import Entering, Part, Side
from situations.views.waiting import waiting


def home(entering: Entering) -> Iterator[Part | Side]:
    """The three lists, and what to do when it cannot wait."""
    seat = next((s for s in entering.seats if s.role in AGENCY_ROLES), None)
    if seat is None:
        return
    found = waiting(entering.by, entering.seats)
    yield Part(
        "actions", _("Due from me"), found.actions, _("Nothing is due from you."),
        _("Actions, first contacts and notices of situations you act in appear here."), _("due from me"),
    )  # fmt: skip
    yield Part(
        "waiting", _("Waiting for my answer"), found.answers, _("Nobody is waiting for your answer."),
        _("When your agency is chosen you name the person who will act; what is disclosed to you is answered here."),
        _("waiting for my answer"),
    )  # fmt: skip
    yield Part(
        "drafts", _("Drafts of my agency"), found.drafts, _("No draft is open."),
        _("File a situation when your own options are exhausted and the harm is acute."),
        ngettext_lazy("draft of my agency", "drafts of my agency"),
        _who_drafts(seat),
    )  # fmt: skip
    yield Side(
        _("It cannot wait?"),
        note=_("If somebody is in danger now, call 911. For an urgent discussion, ask the facilitator: same filters,"
               " without the weekly meeting."),
    )  # fmt: skip


def _who_drafts(seat: Standing) -> str:
    own = Standing.objects.at(seat.table_id).filter(agency_id=seat.agency_id, role__in=AGENCY_ROLES)
    count = own.values("member_id").distinct().count()
    if count == 1:
        said = _("only you, seated for %(agency)s. Nobody else can know that a draft exists.")
        return said % {"agency": seat.agency.name}
    said = _("the %(people)s seated for %(agency)s. Nobody else can know that a draft exists.")
    return said % {"people": people(count), "agency": seat.agency.name}
