"""How is the coded record kept? By the lifecycle, in the transaction of every decision it counts.

The six groups enter on acceptance and are taken out again when the discussion ends before the door (domain.md,
"Exits"; reports.md, "The coded record"). What enters is read anew each time, under the member's own row-level
policies: whoever may decide may see what the decision records.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Max

from privacy.models import Engagement
from reports.models import SIX_GROUPS, CodedRecord, CodedRecordVersion
from reports.outcomes import clock_of, consent_of, notice_of
from reports.quarters import Quarter, day_at
from reports.vocabulary import CORRECTED, ENDED, FOLLOWED, ConsentCode, Status
from risk.models import CatalogueEntry
from risk.vocabulary import CodeList
from situations.models import Situation
from situations.vocabulary import State

#: States in which the threshold is met and stands. A stop, withdrawal or transfer before the door leads elsewhere.
_ACCEPTED = (State.CHOOSING, State.LIMITED, State.INTERVENING, State.CONCLUDED)
_HOUR = 3600


def keep(situation: Situation, *, act: str, on: date | None = None) -> None:
    """Open or update the coded record after a decision; `act` is what the lifecycle counts it as (a Status value).

    `on`: the day of the meeting held on paper at which it was decided, where it is entered afterwards; `updated_on`
    says the day of entering.
    Called with the situation locked and its new state set. Once the link is cut there is nothing to keep.
    """
    if situation.statistics_id is None:
        return
    if act in (CORRECTED, FOLLOWED):
        (_correct if act == CORRECTED else _follow)(situation, situation.statistics_id)
        return
    status = Status(act)
    record = CodedRecord.objects.at(situation.table_id).filter(pk=situation.statistics_id).first()
    new = record is None
    if record is None:
        record = CodedRecord(statistics_id=situation.statistics_id, table=situation.table)
    else:
        record.version += 1
    record.status, record.updated_on = status, day_at(situation.table)
    record.accepted = situation.state in _ACCEPTED
    if new or status == Status.PRESENTED:
        _open(record, situation)
    if status == Status.RETURNED:
        # A draft again: what it is about is its agency's alone (R1), and if it is discarded nothing of it stays here.
        record.discussion_type = record.originating_sector = ""
    day = _told_at(record, on)
    _decide(record, situation, day)
    _fill_groups(record, situation)
    _close(record, situation, day)
    record.save(force_insert=new, force_update=not new)
    CodedRecordVersion.objects.create(
        record=record, table_id=record.table_id, version=record.version, act=status, on=record.updated_on
    )


def _correct(s: Situation, link: UUID) -> None:
    """An entry was corrected: the record follows in what it says of the outcome and of the first contact. It goes on
    standing where it stands, and what it holds of agencies and persons is not read anew: access may have ended since.
    """
    record = CodedRecord.objects.at(s.table_id).filter(pk=link).first()
    if record is None:
        return
    record.version += 1
    record.updated_on = day_at(s.table)
    if record.status in ENDED:
        record.conclusion_group, record.conclusion_reason = s.ending_group, s.ending_reason
    if record.accepted and clock_of(s) is not None:
        record.hours_to_first_contact, record.consent = _hours_to_contact(s), consent_of(s)
    record.save(force_update=True)
    _remember(record)


def _follow(s: Situation, link: UUID) -> None:
    """Somebody was met or asked, or took a consent back, during the intervention or after it.

    A version is what a line of the provincial record says (exporting/lines.py): consent stands in none, so it brings
    about no version that a recorder would have to type over.
    """
    record = CodedRecord.objects.at(s.table_id).filter(pk=link).first()
    if record is None or not record.accepted:
        return
    before = record.hours_to_first_contact, record.consent
    if clock_of(s) is not None:
        record.hours_to_first_contact, record.consent = _hours_to_contact(s), consent_of(s)
    elif record.consent:  # its own withdrawal ended what the member could read: nothing but that is known
        record.consent = ConsentCode.NOT_OBTAINED
    if before == (record.hours_to_first_contact, record.consent):
        return
    record.updated_on = day_at(s.table)
    said_otherwise = before[0] != record.hours_to_first_contact
    record.version += said_otherwise
    record.save(force_update=True)
    if said_otherwise:
        _remember(record)


def _remember(record: CodedRecord) -> None:
    """That a version came about while the record goes on standing where it stands."""
    CodedRecordVersion.objects.create(
        record=record, table_id=record.table_id, version=record.version, act=record.status, on=record.updated_on
    )


def _open(record: CodedRecord, s: Situation) -> None:
    """What is known from the presentation that stands."""
    record.opened_on = day_at(s.table, s.presented_at)
    record.quarter = Quarter.of(record.opened_on).code
    record.discussion_type = s.discussion_type.code if s.discussion_type else ""
    record.originating_sector = s.originating_agency.sector.code
    newest = CatalogueEntry.objects.in_force(record.opened_on).aggregate(on=Max("valid_from"))["on"]
    record.catalogue_on = newest or record.opened_on


def _told_at(record: CodedRecord, on: date | None) -> date | None:
    """The day a meeting on paper gives to what was decided there: never one before an earlier decision.

    What a table decided on, it was presented with: a filing written down afterwards was open on that day. The code
    lists stay those it was filed with.
    """
    if on is None:
        return None
    if record.decided_on is not None:
        return max(on, record.decided_on)
    if on < record.opened_on:
        record.opened_on, record.quarter = on, Quarter.of(on).code
    return on


def _decide(record: CodedRecord, s: Situation, day: date | None) -> None:
    """The day of the threshold decision: kept from the acceptance on; none where the table did not decide."""
    record.deferrals, record.objections_counted = s.deferrals, s.objections_counted
    if not record.accepted and record.status != Status.REJECTED:
        record.decided_on = None
    elif record.decided_on is None:
        record.decided_on = day or day_at(s.table, s.decided_at)


def _close(record: CodedRecord, s: Situation, day: date | None) -> None:
    """How and when it ended."""
    if record.status not in ENDED:
        return
    record.closed_on = day or day_at(s.table, s.concluded_at)
    record.days_open = (record.closed_on - record.opened_on).days
    record.conclusion_group, record.conclusion_reason = s.ending_group, s.ending_reason


def _fill_groups(record: CodedRecord, s: Situation) -> None:
    """The six groups, the lead and the first contact as they stand; N/A while not accepted."""
    if not record.accepted:
        for group in SIX_GROUPS:
            setattr(record, group, None)
        record.lead_sector, record.hours_to_first_contact = "", None
        record.consent = record.notice = ""
        return
    record.risk_factors = _facts(s, CodeList.RISK_FACTOR)
    record.protective_factors = _facts(s, CodeList.PROTECTIVE_FACTOR)
    record.study_flags = _facts(s, CodeList.STUDY_FLAG)
    record.persons = [
        {"age_group": p.age_group.code, "sex": p.sex.code} for p in s.persons.select_related("age_group", "sex")
    ]
    record.services = [
        {"category": x.category.code, "result": x.result.code} for x in s.services.select_related("category", "result")
    ]
    record.lead_sector, record.assisting_sectors = _sectors(s)
    record.hours_to_first_contact = _hours_to_contact(s)
    record.consent = consent_of(s)
    record.notice = notice_of(s) if record.status in ENDED else ""


def _facts(s: Situation, code_list: CodeList) -> list[str]:
    """The coded facts of one list, in the list's order; with the category where the list has categories."""
    entries = s.facts.filter(entry__code_list=code_list).order_by("entry__position")
    found = entries.values_list("entry__category_code", "entry__code")
    return [f"{category}/{code}" if category else code for category, code in found]


def _sectors(s: Situation) -> tuple[str, list[str]]:
    """Sector of the confirmed lead ('' before), and of each agency that helps it.

    The originating agency has its own column and does not count as assisting; an agency only proposed to lead does
    neither yet. A sector is listed once for each agency.
    """
    rows = Engagement.objects.filter(access_id=s.pk, status=Engagement.Status.ENGAGED).select_related("agency__sector")
    lead, assisting = "", []
    for row in rows:
        if row.lead_confirmed_at is not None:
            lead = row.agency.sector.code
        elif not row.proposed_lead and row.agency_id != s.originating_agency_id:
            assisting.append(row.agency.sector.code)
    return lead, sorted(assisting)


def _hours_to_contact(s: Situation) -> int | None:
    """Whole hours, rounded up, from the confirmation of the lead to the first contact or attempt (R23)."""
    clock = clock_of(s)
    if clock is None or clock.first_contact_at is None:
        return None
    seconds = (clock.first_contact_at - clock.lead_confirmed_at).total_seconds()
    return max(0, -int(-seconds // _HOUR))
