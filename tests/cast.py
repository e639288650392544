"""Who are the people the tests speak of? One file; every role; names that belong to nobody.

Table NIA is where the story happens; table KES is the other table. The shelter brings situations, the crisis team
leads, police and housing are chosen or not, the school stays out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from agencies import seats
from agencies.models import Agency, Member, Seat, Sector, Table
from agencies.vocabulary import Role, Statute
from privacy.models import LegalAuthority
from tests.databases import LONG_AGO as LONG_AGO

PASSWORD = "correct horse battery"
FAR = date.today() + timedelta(days=365)  # noqa: DTZ011 - only dates matter here

_AGENCIES: dict[str, tuple[str, str, list[Statute]]] = {
    "shelter": ("Harbour Street Shelter", "social-services", [Statute.NONE]),
    "crisis": ("Lakemoor Crisis Team", "mental-health-and-addictions", [Statute.PHIPA]),
    "police": ("Nia River Police Service", "police", [Statute.MFIPPA, Statute.CSPA, Statute.YCJA]),
    "housing": ("Nia River Housing", "housing", [Statute.MFIPPA]),
    "hospital": ("Lakemoor Hospital", "health", [Statute.FIPPA, Statute.PHIPA]),
    "aid": ("Lakemoor Children's Aid", "child-protection", [Statute.CYFSA]),
    "school": ("Stonebrook School Board", "education", [Statute.MFIPPA]),
    "town": ("Town of Nia River", "municipal", [Statute.MFIPPA]),
}

_ELSEWHERE = "Kesling Outreach"

#: key -> (agency, role). Everybody here is in good standing at table NIA.
_SEATS: dict[str, tuple[str, Role]] = {
    "shelter_rep": ("shelter", Role.REPRESENTATIVE),
    "shelter_colleague": ("shelter", Role.ALTERNATE),
    "shelter_lead": ("shelter", Role.AGENCY_LEAD),
    "shelter_privacy": ("shelter", Role.PRIVACY_LEAD),
    "crisis_rep": ("crisis", Role.REPRESENTATIVE),
    "crisis_colleague": ("crisis", Role.ALTERNATE),
    "crisis_lead": ("crisis", Role.AGENCY_LEAD),
    "police_rep": ("police", Role.REPRESENTATIVE),
    "housing_rep": ("housing", Role.REPRESENTATIVE),
    "hospital_rep": ("hospital", Role.REPRESENTATIVE),
    "aid_rep": ("aid", Role.REPRESENTATIVE),
    "school_rep": ("school", Role.REPRESENTATIVE),
    "facilitator": ("town", Role.FACILITATOR),
    "recorder": ("town", Role.RECORDER),
    "manager": ("town", Role.MANAGER),
    "privacy_officer": ("town", Role.PRIVACY_OFFICER),
    "administrator": ("town", Role.ADMINISTRATOR),
}


@dataclass
class Cast:
    """The people and bodies of the tests, by key."""

    nia: Table
    kes: Table
    agencies: dict[str, Agency]
    people: dict[str, Member] = field(default_factory=dict)

    def __getattr__(self, key: str) -> Member:
        try:
            return self.people[key]
        except KeyError:
            raise AttributeError(key) from None

    @property
    def everybody(self) -> dict[str, Member]:
        """Every member by key, those with no rights included."""
        return self.people

    def authority(self, code: str) -> LegalAuthority:
        """A legal authority by code, newest version."""
        return LegalAuthority.objects.filter(code=code).order_by("-version")[0]


def assemble() -> Cast:
    """Create the whole cast beside the code lists. Call without a member context: people are not row-secured."""
    sector = {s.code: s for s in Sector.objects.all()}
    tables = [
        Table.objects.create(
            code=code, name_en=f"{name} table", name_fr=f"Table de {name}", region_en=name, region_fr=name, quorum=4
        )
        for code, name in (("NIA", "Nia River"), ("KES", "Kesling County"))
    ]
    agencies = {
        key: Agency.objects.create(
            name_en=name, name_fr=name, sector=sector[code], statutes=[str(s) for s in statutes],
            public_contact="555-0100",
        )
        for key, (name, code, statutes) in _AGENCIES.items()
    }  # fmt: skip
    agencies["elsewhere"] = Agency.objects.create(
        name_en=_ELSEWHERE, name_fr=_ELSEWHERE, sector=sector["social-services"],
        statutes=[str(Statute.NONE)],
    )  # fmt: skip
    cast = Cast(tables[0], tables[1], agencies)
    for key in _AGENCIES:
        _agreement(agencies[key], cast.nia)
    _agreement(agencies["elsewhere"], cast.kes)
    for key, (agency, role) in _SEATS.items():
        cast.people[key] = seated(cast, key, agencies[agency], cast.nia, role)
    cast.people["other_table"] = seated(cast, "other_table", agencies["elsewhere"], cast.kes, Role.REPRESENTATIVE)
    cast.people["stranger"] = Member.objects.create_user(_address("stranger"), PASSWORD, name="A. Stranger")
    # Seats that no longer stand, each for one reason.
    cast.people["lapsed_undertaking"] = seated(
        cast, "lapsed_undertaking", agencies["crisis"], cast.nia, Role.REPRESENTATIVE, undertaking_until=_yesterday()
    )
    cast.people["ended_seat"] = seated(cast, "ended_seat", agencies["police"], cast.nia, Role.REPRESENTATIVE)
    seats.end_seat(Seat.objects.get(member=cast.people["ended_seat"]))
    unaccepted = Member.objects.create_user(
        _address("unaccepted"), PASSWORD, name="U. Naccepted", agency=agencies["police"]
    )
    Seat.objects.create(
        member=unaccepted, table=cast.nia, agency=agencies["police"], role=Role.REPRESENTATIVE, starts_on=LONG_AGO
    )
    seats.sign_undertaking(member=unaccepted, table=cast.nia, signed_on=LONG_AGO, ends_on=FAR)
    cast.people["unaccepted"] = unaccepted
    return cast


def recall() -> Cast:
    """The cast of a database in which it sits already (tests/databases.py, `peopled`)."""
    tables = {table.code: table for table in Table.objects.all()}
    names = {key: name for key, (name, _sector, _statutes) in _AGENCIES.items()} | {"elsewhere": _ELSEWHERE}
    rows = {agency.name_en: agency for agency in Agency.objects.select_related("sector")}
    people = {member.email: member for member in Member.objects.select_related("agency")}
    keys = {email.partition("@")[0].replace(".", "_"): member for email, member in people.items()}
    return Cast(tables["NIA"], tables["KES"], {key: rows[name] for key, name in names.items()}, keys)


def seated(
    cast: Cast,
    key: str,
    agency: Agency,
    table: Table,
    role: Role,
    *,
    undertaking_until: date = FAR,
    meeting: UUID | None = None,
    item: UUID | None = None,
) -> Member:
    """A member with one accepted seat."""
    member = Member.objects.create_user(
        _address(key), PASSWORD, name=f"{key.title().replace('_', ' ')} Invented", agency=agency
    )
    seat = Seat(member=member, table=table, agency=agency, role=role, starts_on=LONG_AGO, meeting=meeting, item=item)
    seat.accepted_by_lead_at = seat.accepted_by_member_at = "2024-01-01T00:00:00Z"
    seat.save()
    seats.sign_undertaking(member=member, table=table, signed_on=LONG_AGO, ends_on=undertaking_until)
    return member


def _agreement(agency: Agency, table: Table) -> None:
    seats.sign_agreement(agency=agency, table=table, signatory_name="S. Ignatory", starts_on=LONG_AGO, ends_on=FAR)


def _address(key: str) -> str:
    return f"{key.replace('_', '.')}@example.org"


def _yesterday() -> date:
    return date.today() - timedelta(days=1)  # noqa: DTZ011
