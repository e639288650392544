"""Where can a signed-in member go from any page?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from agencies.first_run import open_to_claim
from agencies.models import Member, SignIn, Standing
from agencies.reach import held_seats
from agencies.signin import again, of_request, presenting, required, sessions
from agencies.vocabulary import SEATED_ROLES, Role

#: Address name, label and the seats that lead there (empty: everybody), in the order of the header.
ENTRIES: tuple[tuple[str, Promise, frozenset[str]], ...] = (
    ("home", _("Home"), frozenset()),
    ("situations", _("Situations"), frozenset({*SEATED_ROLES, Role.PRIVACY_LEAD, Role.PRIVACY_OFFICER})),
    ("meetings", _("Meetings"), frozenset({*SEATED_ROLES, Role.GUEST})),
    ("quarter", _("The quarter"), frozenset({Role.MANAGER, Role.FACILITATOR, Role.RECORDER})),
    ("releases", _("Releases"), frozenset({Role.MANAGER, Role.FACILITATOR, Role.RECORDER, Role.PRIVACY_OFFICER})),
    ("record", _("Coded record"), frozenset({Role.MANAGER, Role.FACILITATOR, Role.RECORDER})),
    ("ledger", _("Ledger"), frozenset({Role.PRIVACY_OFFICER})),
    ("people", _("People"), frozenset({Role.ADMINISTRATOR, Role.AGENCY_LEAD, Role.PRIVACY_LEAD})),
    ("papers", _("Agreements"), frozenset({Role.ADMINISTRATOR, Role.PRIVACY_OFFICER, Role.AGENCY_LEAD})),
    ("code_lists", _("Code lists"), frozenset({Role.ADMINISTRATOR})),
    # Only where nothing of any table opens: what is missing, and what to do.
    ("to_sign", _("To sign"), frozenset({"nothing opens"})),
)
#: Open to who holds such a seat while its papers are not in force: somebody has to renew them (agencies.reach).
_WITHOUT_PAPERS = frozenset({"people", "papers", "code_lists", "to_sign"})
#: Pages inside a part of the site: address name -> the entry that is marked; of several, the first that is there.
_INSIDE = {
    "release": "releases", "release_sum": "releases", "release_step": "releases", "evaluation": "quarter releases",
    "evaluation_add": "quarter releases", "planning": "quarter releases", "planning_add": "quarter releases",
    "planning_move": "quarter releases", "planning_take_up": "quarter releases",
    "health_of_table": "quarter releases people",
    "situation": "situations", "draft_new": "situations", "draft_section": "situations", "act": "situations",
    "revealed": "situations", "meeting": "meetings", "meeting_guests": "meetings",
    "meeting_record": "meetings", "meeting_correct": "meetings", "meeting_on_paper": "meetings",
    "meeting_change": "meetings", "meetings_weekly": "meetings", "calendar_feed": "meetings",
    "code_list": "code_lists", "code": "code_lists",
    "code_add": "code_lists", "code_change": "code_lists", "sectors": "code_lists", "sector": "code_lists",
    "sector_add": "code_lists", "sector_change": "code_lists",
    "papers_ending": "papers", "paper_prepare": "papers",
    "agreement": "papers", "agreement_end": "papers", "undertaking": "papers", "on_call": "papers",
    "paper_text": "papers", "paper_text_edit": "papers", "paper_text_publish": "papers",
    "setting_up": "people", "person_add": "people", "people_import": "people", "person": "people",
    "person_change": "people", "seat_propose": "people", "leaving": "people", "hand_over": "people", "seat": "people",
    "seat_cover": "people", "agencies": "people", "agency_add": "people", "agency": "people", "tables": "people",
    "table_add": "people", "table_settings": "people", "letters": "people", "letter_again": "people",
    "export": "record", "export_prepare": "record", "entry_list": "record", "entry": "record", "import_past": "record",
    "sign_undertaking": "to_sign", "sign_agreement": "to_sign",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of the header, as templates/base.html takes it."""

    url: str
    label: Promise
    current: bool


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `signed_in`, the member; `nav`, empty before; `place`, the table of who sits at one only."""
    user = _whose(request)
    here = request.resolver_match.view_name if request.resolver_match else ""
    if user is None:
        # Every page leads whoever is not signed in to the sign-in; that one leads on where nobody belongs yet.
        first_run = _address("first_run") if here == "login" and open_to_claim() else ""
        return {"signed_in": None, "nav": [], "first_run_url": first_run}
    # Only the frame asks: a page that is fetched again while it follows a meeting has none, and reads no seats for it.
    seats = cache(lambda: list(Standing.objects.of(user).select_related("table")))
    return {
        "signed_in": user,
        "nav": SimpleLazyObject(lambda: _entries(user, here, seats())),
        "place": SimpleLazyObject(lambda: _place(seats())),
    }


def _entries(user: Member, here: str, seats: list[Standing]) -> list[NavItem]:
    roles = {s.role for s in seats}
    held = set() if seats else {"nothing opens", *held_seats(user).values_list("role", flat=True)}
    there = {
        name: (url, label)
        for name, label, whose in ENTRIES
        if (not whose or whose & (roles | held if name in _WITHOUT_PAPERS else roles)) and (url := _address(name))
    }
    marked = next((name for name in _INSIDE.get(here, here).split() if name in there), "")
    return [NavItem(url, label, name == marked) for name, (url, label) in there.items()]


def _place(seats: list[Standing]) -> str:
    tables = {s.table_id: s.table.region for s in seats}
    return next(iter(tables.values())) if len(tables) == 1 else ""


def idle(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `idle`, what static/js/idle.js must know; None where nobody is signed in or all is locked.
    `presenting`: whether the session's screen is being shared."""
    sign_in = _session(request)
    shared = sign_in is not None and presenting.on(sign_in)
    if sign_in is None or again.locked(sign_in):
        return {"idle": None, "presenting": shared}
    return {"presenting": shared, "idle": {"minutes": sign_in.idle_minutes, "has_factor": sign_in.second_factor}}


def _whose(request: HttpRequest) -> Member | None:
    """The member of a session that is there, awake and whole: no other has a name in the header, on any page."""
    user = getattr(request, "user", None)
    if not isinstance(user, Member):
        return None
    sign_in = _session(request)
    if sign_in is None or again.locked(sign_in) or required.unfinished(sign_in, user):
        return None
    return user


def _session(request: HttpRequest) -> SignIn | None:
    """The session that asks. The wall is not asked for addresses that are absent or anyone's: an absent address looks
    like one that is hidden."""
    user = getattr(request, "user", None)
    found = of_request.found(request)
    return sessions.of_request(request, user) if found is None and isinstance(user, Member) else found


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
