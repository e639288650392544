"""Who are the people of the invented region, in which roles, and what would each of them click first?

Names are unmistakably invented. One password for all, derived from this installation's own secret: nothing that opens
a door is written in the source, and a demo reached by mistake does not share its password with every other demo.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.utils import timezone
from django.utils.crypto import salted_hmac

from agencies import seats
from agencies.models import Member, Seat
from agencies.vocabulary import ConfirmedAs, Role
from dev.seed.region import BODIES, DOMAIN, Region, before_history

_R = Role
_WORDS = (
    "alder", "amber", "anchor", "birch", "brook", "candle", "cedar", "clover", "copper", "delta", "ember", "fern",
    "garnet", "harbour", "heron", "island", "juniper", "kettle", "lantern", "maple", "meadow", "needle", "orchard",
    "pebble", "quartz", "river", "saddle", "thistle", "umber", "valley", "willow", "yarrow",
)  # fmt: skip
#: The one undertaking that is about to run out.
EXPIRING = ("herons", 20)


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person: seat, and the page that shows best what the role is for."""

    name: str
    agency: str
    role: Role
    first: str
    tables: tuple[str, ...] = ("NIA",)
    language: str = "en"


PEOPLE: dict[str, Person] = {
    "facilitator": Person("O. Exemple-Marchand", "town", _R.FACILITATOR, "Today's meeting: decide the open item"),
    "recorder": Person("T. Ficton-Example", "town", _R.RECORDER, "Today's meeting: type for the chair"),
    "manager": Person("B. Madeup-Lane", "town", _R.MANAGER, "The quarter"),
    "privacy.officer": Person("I. Pretend-Osei", "town", _R.PRIVACY_OFFICER, "The follow-up item: who has seen this"),
    "administrator": Person("N. Sample-Rivers", "town", _R.ADMINISTRATOR, "Home: no situation is anywhere to be seen"),
    "police": Person("R. Delorme-Exemple", "police", _R.REPRESENTATIVE, "The follow-up item: your notice is owed"),
    "police.alternate": Person("K. Invented-Holt", "police", _R.ALTERNATE, "The huddle's number: closed for you"),
    "police.lead": Person("S. Mockford-Example", "police", _R.AGENCY_LEAD, "The follow-up item: name another person"),
    "probation": Person("D. Fabricato-Bell", "probation", _R.REPRESENTATIVE, "The follow-up item: one person only"),
    "probation.lead": Person("L. Ersatz-Kim", "probation", _R.AGENCY_LEAD, "Home: what waits for your agency"),
    "crisis": Person(
        "A. Notreal-Singh", "crisis", _R.REPRESENTATIVE, "The huddle: reveal, then confirm that you lead",
        ("NIA", "KES"),
    ),
    "crisis.alternate": Person("J. Fauxley-Example", "crisis", _R.ALTERNATE, "The item in discussion: stand behind it"),
    "crisis.lead": Person("M. Imaginer-Roy", "crisis", _R.AGENCY_LEAD, "The huddle's number: replace the named person"),
    "hospital": Person(
        "C. Exemple-Gagnon", "hospital", _R.REPRESENTATIVE, "Le point en discussion (français)", ("NIA", "KES"), "fr"
    ),
    "hospital.lead": Person("E. Pretendley-Woods", "hospital", _R.AGENCY_LEAD, "Home: what waits for your agency"),
    "hospital.privacy": Person(
        "F. Factice-Moreau", "hospital", _R.PRIVACY_LEAD, "Le point au choix des organismes : qui a vu (français)",
        language="fr",
    ),
    "aid": Person("P. Madeup-Laurier", "aid", _R.REPRESENTATIVE, "The huddle: what was disclosed to whom"),
    "aid.lead": Person("G. Nowhere-Stone", "aid", _R.AGENCY_LEAD, "The huddle's number: you name, you do not read"),
    "compass": Person("V. Fictive-Arden", "compass", _R.REPRESENTATIVE, "The item in discussion: codes not shown"),
    "school": Person("H. Unreal-Becker", "school", _R.REPRESENTATIVE, "The huddle's number: the door is closed"),
    "housing": Person("W. Example-Duarte", "housing", _R.REPRESENTATIVE, "The huddle: answer the disclosure"),
    "housing.lead": Person("Q. Sampleson-Vale", "housing", _R.AGENCY_LEAD, "Home: what waits for your agency"),
    "shelter": Person("Y. Inventado-Cross", "shelter", _R.REPRESENTATIVE, "Your draft: present it to the table"),
    "shelter.alternate": Person("Z. Mockingham-Ray", "shelter", _R.ALTERNATE, "The agency's draft: save a change"),
    "shelter.lead": Person("U. Ficticio-Lund", "shelter", _R.AGENCY_LEAD, "Home: the concluded item"),
    "shelter.privacy": Person("X. Placeholder-Ng", "shelter", _R.PRIVACY_LEAD, "The concluded item: who has seen this"),
    "alder": Person("A. Exemple-Novak", "alder", _R.REPRESENTATIVE, "The follow-up item: record first contact"),
    "herons": Person("R. Invented-Moss", "herons", _R.REPRESENTATIVE, "Home: an undertaking runs out soon"),
    "guest": Person("S. Visitor-Example", "county", _R.GUEST, "Today's meeting: de-identified items, while it sits"),
    "kes.facilitator": Person(
        "D. Exemple-Harrow", "county", _R.FACILITATOR, "Next week's meeting: its agenda", ("KES",)
    ),
    "kes.police": Person("B. Fauxmont-Example", "kes-police", _R.REPRESENTATIVE, "Your presented item", ("KES",)),
    "kes.manager": Person("L. Madeup-Fenn", "county", _R.MANAGER, "The quarter", ("KES",)),
}  # fmt: skip


def password() -> str:
    """The one password of this installation's demo."""
    digest = salted_hmac("dev.seed.people", "sign-in", algorithm="sha256").digest()
    return "-".join(_WORDS[byte % len(_WORDS)] for byte in digest[:5])


def seat_everybody(region: Region, today: date) -> None:
    """Create the people and their seats, accepted on both sides, with undertakings in force."""
    since = before_history(today)
    shared = make_password(password())  # hashed once: thirty times would cost seconds and protect nothing
    for key, person in PEOPLE.items():
        member = Member(
            email=f"{key}@{DOMAIN}", name=person.name, agency=region.agencies[person.agency],
            language=person.language, password=shared,
        )  # fmt: skip
        member.save()
        region.people[key] = member
        for code in person.tables:
            days = EXPIRING[1] if key == EXPIRING[0] else 330
            seats.sign_undertaking(
                member=member, table=region.tables[code], signed_on=since, ends_on=today + timedelta(days=days)
            )
    for key, person in PEOPLE.items():
        if person.role == Role.GUEST:
            continue  # a guest's seat is for one meeting: invited when that meeting is planned
        for code in person.tables:
            _seat(region, key, code, since)


def invite_guest(region: Region, code: str, meeting: UUID, today: date) -> None:
    """Give the guest a seat for one meeting (R57)."""
    _seat(region, "guest", code, today, ends_on=today, meeting=meeting)


def _seat(
    region: Region, key: str, code: str, since: date, *, ends_on: date | None = None, meeting: UUID | None = None
) -> None:
    """A seat that both sides accepted long ago: the agency's by its lead, or else by who signed its agreement."""
    person = PEOPLE[key]
    lead = region.people.get(f"{person.agency}.lead")
    by_lead = lead is not None and lead != region.people[key]
    accepted = datetime.combine(since, time(9), tzinfo=timezone.get_current_timezone())
    Seat.objects.create(
        member=region.people[key], table=region.tables[code], agency=region.agencies[person.agency], role=person.role,
        starts_on=since, ends_on=ends_on, meeting=meeting, accepted_by_lead_at=accepted,
        accepted_by_member_at=accepted, confirmed_by=lead if by_lead else None,
        confirmed_as="" if meeting else ConfirmedAs.LEAD if by_lead else ConfirmedAs.SIGNATORY,
    )  # fmt: skip


def sign_ins() -> str:
    """Who can sign in, by role, and what to click first; then the password."""
    rows = [
        (str(p.role.label), f"{key}@{DOMAIN}", p.name, BODIES[p.agency].english, p.first)
        for role in Role
        for key, p in PEOPLE.items()
        if p.role == role
    ]
    widths = [max(len(row[i]) for row in rows) for i in range(4)]
    lines = ["  ".join([*(row[i].ljust(widths[i]) for i in range(4)), row[4]]) for row in rows]
    return "\n".join([*lines, "", f"Password for everybody: {password()}"])
