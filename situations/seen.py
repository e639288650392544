"""What shape does a situation have once the policy has let it through? Frozen values, never models.

A part is None when the member may not know its category: templates, serializers, exports and messages receive these
values and can therefore not show more (house-style.md, "One projection").
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from privacy.decision import Text
from privacy.vocabulary import Category


@dataclass(frozen=True, slots=True)
class SeenFactor:
    """One coded fact: identity codes and words."""

    category_code: str
    category: str
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class SeenPerson:
    """One affected person, coarse codes."""

    ordinal: int
    age_group: str
    sex: str
    part: str


@dataclass(frozen=True, slots=True)
class SeenCoded:
    """Category CODED."""

    discussion_type: str
    persons: tuple[SeenPerson, ...]
    risk_factors: tuple[SeenFactor, ...]
    protective_factors: tuple[SeenFactor, ...]
    study_flags: tuple[SeenFactor, ...]
    originating_agency: str
    transferred_from: str
    #: Codes about offending are not shown to this reader because a person is 12 to 17, whether there are any or not:
    #: to say that some are kept back would say that there are some (R46).
    youth_codes_hidden: bool


@dataclass(frozen=True, slots=True)
class SeenScreening:
    """Category SCREENING: the agency's own answers."""

    answers: tuple[tuple[str, Text, bool], ...]
    tried: str
    likely_agencies: tuple[str, ...]
    duty_acknowledged: bool


@dataclass(frozen=True, slots=True)
class SeenAgencyMark:
    """An agency with a time: behind it, agreeing to reject, or objecting."""

    agency: str
    at: datetime
    resolved: bool = False


@dataclass(frozen=True, slots=True)
class SeenOffer:
    """An agency that says it should be involved, and why."""

    agency_id: int
    agency: str
    code: str
    why: Text


@dataclass(frozen=True, slots=True)
class SeenDiscussion:
    """Category DISCUSSION."""

    open: bool
    behind: tuple[SeenAgencyMark, ...]
    rejecting: tuple[SeenAgencyMark, ...]
    objections: tuple[SeenAgencyMark, ...]
    agencies_present: int
    quorum: int
    deferrals: int
    offers: tuple[SeenOffer, ...] = ()


@dataclass(frozen=True, slots=True)
class SeenChoice:
    """One agency on the list (category CHOICE)."""

    agency_id: int
    agency: str
    necessity: Text
    person: str
    proposed_lead: bool
    leads: bool
    ended: bool
    answer: Text


@dataclass(frozen=True, slots=True)
class SeenCompartment:
    """A compartment the member may open: which texts are there, never the texts."""

    id: UUID
    kind: str
    label: str
    subject: int
    elements: tuple[tuple[str, Text], ...]
    #: The last day on which youth-justice notes can be opened (R48).
    until: date | None = None


@dataclass(frozen=True, slots=True)
class SeenAction:
    """One action of the plan; its words are revealed with the plan compartment."""

    number: int
    #: The person it is about; 0 for the whole situation, or the only person.
    subject: int
    agency: str
    ours: bool
    due_on: date
    done: bool
    not_possible: bool


@dataclass(frozen=True, slots=True)
class SeenContactCorrected:
    """An entry of a contact that was corrected: what it said, why that was wrong, and when it was corrected."""

    contacted_at: datetime
    agency: str
    result: Text
    consent_outcome: Text
    subject: int
    why: Text
    at: datetime


@dataclass(frozen=True, slots=True)
class SeenContact:
    """Category CONTACT: the clock, contacts and consents with persons the member's agency knows (R51).

    A contact is when, by whom, how it went, what came of asking and with whom; a consent its id, first and last day,
    whether it was withdrawn, and whose. 0: all persons together.
    """

    due_at: datetime | None
    first_contact_at: datetime | None
    overdue: bool
    declined: bool
    mail_blocked: bool
    safe_contact_recorded: bool
    contacts: tuple[tuple[datetime, str, Text, Text, int], ...]
    consents: tuple[tuple[UUID, date, date, bool, int], ...]
    corrected: tuple[SeenContactCorrected, ...] = ()


@dataclass(frozen=True, slots=True)
class SeenFollowUp:
    """One answer of the lead at a follow-up (category PLAN)."""

    at: datetime
    agency: str
    answer: Text


@dataclass(frozen=True, slots=True)
class SeenNotice:
    """One notice owed (category NOTICES)."""

    id: int
    agency: str
    ours: bool
    duty: Text
    authority: str
    due_on: date
    closed: bool
    how: Text


@dataclass(frozen=True, slots=True)
class SeenCorrection:
    """An ending that was corrected: what it said, why that was wrong, and when it was corrected."""

    was: str
    why: Text
    at: datetime


@dataclass(frozen=True, slots=True)
class SeenReport:
    """Category REPORT_BACK: what the whole table sees."""

    status: Text
    with_intervening_agencies: bool
    concluded_on: date | None
    reason: str
    corrected: tuple[SeenCorrection, ...] = ()


@dataclass(frozen=True, slots=True)
class SeenLedgerEntry:
    """One line of "who has seen this"."""

    at: datetime
    kind: str
    what: Text
    actor: str
    agency: str
    recipients: tuple[str, ...]
    elements: tuple[Text, ...]
    purpose: Text
    authority: str
    medium: Text


@dataclass(frozen=True, slots=True)
class SeenAuthority:
    """An agency's own authority on record (or missing)."""

    agency: str
    authority: str


@dataclass(frozen=True, slots=True)
class SeenSituation:
    """A situation as one member sees it now. `stage` is the band to show: `door` for the table past the door."""

    id: UUID
    number: str
    draft_code: str
    stage: str
    table_code: str
    table: str
    version: int
    categories: frozenset[Category]
    frozen: bool
    held: bool
    named: bool
    leads: bool
    opened_at: datetime
    saved_at: datetime | None
    report: SeenReport
    coded: SeenCoded | None = None
    screening: SeenScreening | None = None
    summary: str | None = None
    discussion: SeenDiscussion | None = None
    choice: tuple[SeenChoice, ...] | None = None
    compartments: tuple[SeenCompartment, ...] = ()
    authorities: tuple[SeenAuthority, ...] | None = None
    plan: tuple[SeenAction, ...] | None = None
    follow_ups: tuple[SeenFollowUp, ...] | None = None
    contact: SeenContact | None = None
    notices: tuple[SeenNotice, ...] | None = None
    #: Agency, kind, result, and for which person (0: all together).
    services: tuple[tuple[str, str, str, int], ...] | None = None

    @property
    def title(self) -> str:
        """What it is called: its number, or a short random code while it is a draft."""
        return self.number or self.draft_code


@dataclass(frozen=True, slots=True)
class SeenRow:
    """A situation in a list."""

    id: UUID
    number: str
    draft_code: str
    stage: str
    status: Text
    opened_at: datetime
    saved_at: datetime | None
    facts: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What it is called."""
        return self.number or self.draft_code
