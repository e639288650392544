"""Which tables and agencies does the invented region have, and which statutes bind each agency?

Every name is invented. Statute profiles are what such bodies usually fall under in Ontario (domain.md, "Consent and
notice"; R31): municipal bodies and police MFIPPA, ministries and hospitals FIPPA, custodians PHIPA, children's aid
CYFSA; charities often none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from agencies import seats
from agencies.models import Agency, Belonging, Member, Sector, SharingAgreement, Table
from agencies.vocabulary import Statute

#: E-mail addresses of the demo live in a domain that can never exist (RFC 2606).
DOMAIN = "region.example"
#: The history reaches back three years, so that two whole ones lie in it on any day; agreements were signed before.
HISTORY_WEEKS = 157
TABLES = ("NIA", "KES")

_S = Statute


@dataclass(frozen=True, slots=True)
class Body:
    """One agency: names, sector, statutes, tables it belongs to."""

    english: str
    french: str
    sector: str
    statutes: tuple[Statute, ...]
    tables: tuple[str, ...] = ("NIA",)


BODIES: dict[str, Body] = {
    "town": Body("Town of Nia River", "Ville de Nia River", "municipal", (_S.MFIPPA,)),
    "police": Body(
        "Nia River Police Service", "Service de police de Nia River", "police", (_S.MFIPPA, _S.CSPA, _S.YCJA)
    ),
    "probation": Body(
        "Lakemoor Probation and Parole", "Probation et libération conditionnelle de Lakemoor",
        "probation-and-parole", (_S.FIPPA, _S.YCJA),
    ),
    "crisis": Body(
        "Lakemoor Crisis Team", "Équipe de crise de Lakemoor", "mental-health-and-addictions", (_S.PHIPA,), TABLES
    ),
    "hospital": Body(
        "Lakemoor General Hospital", "Hôpital général de Lakemoor", "health", (_S.FIPPA, _S.PHIPA), TABLES
    ),
    "aid": Body(
        "Children's Aid of Nia and Kesling", "Aide à l’enfance de Nia et Kesling", "child-protection", (_S.CYFSA,),
        TABLES,
    ),
    "compass": Body(
        "Compass Youth Services", "Services à la jeunesse La Boussole", "children-and-youth", (_S.CYFSA, _S.PHIPA)
    ),
    "school": Body("Stonebrook School Board", "Conseil scolaire Stonebrook", "education", (_S.MFIPPA,)),
    "housing": Body("Nia River Community Housing", "Logement communautaire de Nia River", "housing", (_S.MFIPPA,)),
    "shelter": Body("Harbour Street Shelter", "Refuge de la rue du Havre", "social-services", (_S.NONE,)),
    "alder": Body("Alder House", "Maison de l’Aulne", "victim-services", (_S.NONE,)),
    "herons": Body(
        "Four Herons Friendship Centre", "Centre d’amitié des Quatre-Hérons", "indigenous-services", (_S.NONE,)
    ),
    "county": Body("County of Kesling", "Comté de Kesling", "municipal", (_S.MFIPPA,), ("KES",)),
    "kes-police": Body(
        "Kesling County Police Service", "Service de police du comté de Kesling", "police",
        (_S.MFIPPA, _S.CSPA, _S.YCJA), ("KES",),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Region:
    """The invented region, by key."""

    tables: dict[str, Table]
    agencies: dict[str, Agency]
    people: dict[str, Member]


def found(today: date) -> Region:
    """Create tables, agencies and their agreements in force; nobody sits anywhere yet."""
    sectors = {s.code: s for s in Sector.objects.filter(retired_on=None)}
    tables = {
        "NIA": Table.objects.create(
            code="NIA", name_en="Nia River Situation Table", name_fr="Table d’intervention de Nia River",
            region_en="Nia River", region_fr="Nia River",
        ),
        "KES": Table.objects.create(
            code="KES", name_en="Kesling County Situation Table", name_fr="Table d’intervention du comté de Kesling",
            region_en="Kesling County", region_fr="Comté de Kesling", quorum=4, contact_clock_counts_weekends=False,
        ),
    }  # fmt: skip
    agencies = {}
    for number, (key, body) in enumerate(BODIES.items(), 1):
        agencies[key] = Agency.objects.create(
            name_en=body.english, name_fr=body.french, sector=sectors[body.sector],
            statutes=[str(s) for s in body.statutes], public_contact=f"555-01{number:02d}",
        )  # fmt: skip
        for code in body.tables:
            seats.sign_agreement(
                agency=agencies[key], table=tables[code], signatory_name="V. Signatory-Exemple",
                starts_on=before_history(today), ends_on=today + timedelta(days=400),
            )  # fmt: skip
            Belonging.objects.create(agency=agencies[key], table=tables[code], since=before_history(today))
    return Region(tables, agencies, {})


def before_history(today: date) -> date:
    """The day the region's papers were signed: two weeks before its first recorded meeting."""
    return today - timedelta(weeks=HISTORY_WEEKS + 2)


def existing() -> Region | None:
    """The region as it stands in the database, or None before the first seeding."""
    tables = {t.code: t for t in Table.objects.filter(code__in=TABLES)}
    if not tables:
        return None
    by_name = {a.name_en: a for a in Agency.objects.filter(pk__in=SharingAgreement.objects.values("agency_id"))}
    people = Member.objects.filter(email__endswith=f"@{DOMAIN}").select_related("agency")
    return Region(
        tables,
        {key: by_name[body.english] for key, body in BODIES.items()},
        {m.email.removesuffix(f"@{DOMAIN}"): m for m in people},
    )
