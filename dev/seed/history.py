"""What did the tables record in the three years before today? Coded records without a situation behind them.

As after destruction: the situations are gone, the coded record remains (domain.md, "Retention"). Drawn from published
rates with a fixed seed per table, so every demo shows the same figures relative to its day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, TypeVar

from django.db.models import Max
from django.utils import timezone

from agencies.models import Sector, Standing
from agencies.vocabulary import Role
from dev.seed import rates
from dev.seed.region import HISTORY_WEEKS, Region, before_history
from privacy.context import acting_as
from reports.models import CodedRecord, CodedRecordVersion
from reports.quarters import Quarter
from reports.vocabulary import Status
from risk.models import CatalogueEntry
from risk.vocabulary import CodeList
from situations.meeting import Meeting, MeetingPresence
from situations.models import DiscussionCounter, SystemicIssue
from situations.vocabulary import IssueKind, MeetingState

_T = TypeVar("_T", str, int)
_CHAIRS = {"NIA": "facilitator", "KES": "kes.facilitator"}
#: Two weeks before today everything of the history has ended: what is open today has a situation behind it.
_QUIET_WEEKS = 2
#: What a table named: kind, sector, how many weeks ago it was named, and how many weeks ago it was closed.
_ISSUES = (
    (IssueKind.WAITING, "mental-health-and-addictions", 58, 40), (IssueKind.SHARING, "health", 31, 12),
    (IssueKind.ABSENT, "housing", 26, 0), (IssueKind.WAITING, "mental-health-and-addictions", 9, 0),
)  # fmt: skip
#: How likely an agency is to come, and how long one of them has not.
_COMES, _AWAY_WEEKS = 0.85, 8


def write(region: Region, code: str, today: date) -> None:
    """Write one table's history: meetings held, coded records, and the number the next discussion follows."""
    rng = Random(f"history of {code}")  # noqa: S311  # nosec B311  # repeatable on purpose, guards nothing
    chair, table = region.people[_CHAIRS[code]], region.tables[code]
    days = [today - timedelta(weeks=n) for n in range(HISTORY_WEEKS, 0, -1)]
    held = [_held(table.pk, chair.pk, day, n, rng) for n, day in enumerate(days, 1)]
    facts = _Facts(rng, before_history(today), count=round(rates.YEARLY * HISTORY_WEEKS / 52))
    opened = sorted(rng.choices(days[:-_QUIET_WEEKS], k=facts.count))
    records = [facts.record(table.pk, day, today) for day in opened]
    with acting_as(chair):
        Meeting.objects.bulk_create(held)
        MeetingPresence.objects.bulk_create(_came(region, code, held, rng))
        SystemicIssue.objects.bulk_create(_named(held, chair.pk))
        CodedRecord.objects.bulk_create(records)
        CodedRecordVersion.objects.bulk_create(v for r in records for v in _versions(r))
        for year in sorted({day.year for day in days} | {today.year}):
            last = sum(r.opened_on.year == year for r in records)
            DiscussionCounter.objects.create(table=table, year=year, last=last)


def _came(region: Region, code: str, held: list[Meeting], rng: Random) -> Iterator[MeetingPresence]:
    """Who came: one representative an agency, most weeks; the last agency stayed away for two months."""
    seats = Standing.objects.filter(table=region.tables[code], role=Role.REPRESENTATIVE).order_by("agency_id", "seat")
    first = {seat.agency_id: seat for seat in reversed(seats)}
    for at, meeting in enumerate(held):
        for agency, seat in first.items():
            away = agency == max(first) and at >= len(held) - _AWAY_WEEKS
            if not away and rng.random() < _COMES:
                yield MeetingPresence(
                    meeting=meeting, table_id=meeting.table_id, member_id=seat.member_id, agency_id=agency
                )


def _named(held: list[Meeting], chair_id: int) -> Iterator[SystemicIssue]:
    """What a table named at its meetings and came back to until it was closed."""
    sectors = {s.code: s for s in Sector.objects.filter(code__in={sector for _k, sector, *_w in _ISSUES})}
    for kind, sector, first, last in _ISSUES:
        meeting = held[-first]
        yield SystemicIssue(
            table_id=meeting.table_id, meeting=meeting, kind=kind, sector=sectors[sector], by_id=chair_id,
            at=meeting.starts_at, closed_in=held[-last] if last else None,
        )  # fmt: skip


def _held(table_id: int, chair_id: int, day: date, number: int, rng: Random) -> Meeting:
    began = timezone.make_aware(datetime.combine(day, time(9, 30)))
    return Meeting(
        table_id=table_id, number=number, starts_at=began, started_at=began + timedelta(minutes=rng.randint(0, 6)),
        ended_at=began + timedelta(minutes=rng.randint(50, 95)), state=MeetingState.HELD, chair_id=chair_id,
    )  # fmt: skip


def _versions(record: CodedRecord) -> list[CodedRecordVersion]:
    """Presented, decided, ended: the days each version came about."""
    acts = [(Status.PRESENTED, record.opened_on)]
    if record.accepted:
        acts.append((Status.ACCEPTED, record.decided_on or record.opened_on))
    acts.append((Status(record.status), record.updated_on))
    return [
        CodedRecordVersion(record=record, table_id=record.table_id, version=n, act=act, on=on)
        for n, (act, on) in enumerate(acts, 1)
    ]


class _Facts:
    """Draws coded facts at the published rates.

    A table's history is small: what the pack prints first is dealt out in the published proportions, not drawn, so that
    chance does not move it by ten points.
    """

    def __init__(self, rng: Random, before: date, *, count: int) -> None:
        self.rng = rng
        self.count = count
        self.types = self.dealt(rates.TYPES, count)
        self.originating = self.dealt(rates.ORIGINATING, count)
        rejected = round(count * (1 - rates.THRESHOLD_MET))
        self.met = self.dealt({True: count - rejected, False: rejected}, count)
        self.conclusions = self.dealt(rates.CONCLUSIONS, count - rejected)
        self.catalogue_on = CatalogueEntry.objects.in_force(before).aggregate(on=Max("valid_from"))["on"]
        self.risks: dict[str, list[str]] = {}
        for e in CatalogueEntry.objects.of(CodeList.RISK_FACTOR).in_force():
            self.risks.setdefault(e.category_code, []).append(f"{e.category_code}/{e.code}")
        self.protective = [
            f"{e.category_code}/{e.code}" for e in CatalogueEntry.objects.of(CodeList.PROTECTIVE_FACTOR).in_force()
        ]
        self.flags = [e.code for e in CatalogueEntry.objects.of(CodeList.STUDY_FLAG).in_force()]

    def record(self, table_id: int, opened: date, today: date) -> CodedRecord:
        """One discussion that was presented on a day and has ended since."""
        row = CodedRecord(
            table_id=table_id, opened_on=opened, quarter=Quarter.of(opened).code, decided_on=opened,
            discussion_type=self.types.pop(), originating_sector=self.originating.pop(),
            deferrals=int(self.rng.random() < 0.06), objections_counted=0, catalogue_on=self.catalogue_on or opened,
        )  # fmt: skip
        if self.met.pop():
            self._concluded(row, today)
        else:
            row.status, row.version, row.closed_on, row.days_open = Status.REJECTED, 2, opened, 0
            row.conclusion_group, row.conclusion_reason = "rejected", self.one(rates.REJECTIONS)
            row.objections_counted = int(self.rng.random() < 0.3)
        row.updated_on = row.closed_on or opened
        return row

    def _concluded(self, row: CodedRecord, today: date) -> None:
        days = min(self.one(rates.DAYS_OPEN), (today - row.opened_on).days - 1)
        row.status, row.accepted, row.version = Status.CONCLUDED, True, 3
        row.closed_on, row.days_open = row.opened_on + timedelta(days=days), days
        row.conclusion_group, row.conclusion_reason = self.conclusions.pop().split("/")
        row.lead_sector = self.one({k: v for k, v in rates.LEADING.items() if k != row.originating_sector})
        others = {k: v for k, v in (rates.LEADING | {"police": 12}).items() if k != row.originating_sector}
        count = self.rng.choice(rates.ASSISTING_PER_DISCUSSION)
        row.assisting_sectors = sorted(self.some({k: v for k, v in others.items() if k != row.lead_sector}, count))
        row.risk_factors = self.risk_factors(self.rng.randint(9, 12))
        row.protective_factors = sorted(
            self.rng.sample(self.protective, self.rng.choice(rates.PROTECTIVE_PER_DISCUSSION))
        )
        row.study_flags = sorted(self.rng.sample(self.flags, self.rng.choice(rates.FLAGS_PER_DISCUSSION)))
        row.persons = self.persons(row.discussion_type)
        row.services = [
            {"category": category, "result": self.one(rates.RESULTS)}
            for category in self.some(rates.SERVICES, self.rng.randint(1, 5))
        ]
        row.hours_to_first_contact = self.one(rates.HOURS_TO_CONTACT)
        row.consent, row.notice = self.one(rates.CONSENT), self.one(rates.NOTICES)

    def dealt(self, weights: Mapping[_T, int], count: int) -> list[_T]:
        """Keys in proportion to their weights (largest remainders), shuffled."""
        total = sum(weights.values())
        shares = {key: divmod(weight * count, total) for key, weight in weights.items()}
        short = count - sum(whole for whole, _rest in shares.values())
        favoured = sorted(shares, key=lambda key: -shares[key][1])[:short]
        deck = [key for key, (whole, _rest) in shares.items() for _n in range(whole + (key in favoured))]
        self.rng.shuffle(deck)
        return deck

    def one(self, weights: Mapping[_T, int]) -> _T:
        """One key, by weight."""
        return self.rng.choices(list(weights), list(weights.values()))[0]

    def some(self, weights: Mapping[str, int], count: int) -> list[str]:
        """Several different keys, by weight."""
        left, found = dict(weights), []
        for _n in range(min(count, len(left))):
            found.append(self.one(left))
            del left[found[-1]]
        return found

    def risk_factors(self, count: int) -> list[str]:
        """Different factors: a category by weight, then one of its factors; each category holds what it holds."""
        left = {category: list(codes) for category, codes in self.risks.items()}
        found: list[str] = []
        while len(found) < count:
            codes = left[self.one(rates.RISK_CATEGORIES)]
            if codes:
                found.append(codes.pop(self.rng.randrange(len(codes))))
        return sorted(found)

    def persons(self, kind: str) -> list[dict[str, Any]]:
        """Who is concerned: one person, or a family's or group's several; nobody by count for a place."""
        if kind == "person":
            return [{"age_group": self.one(rates.AGES), "sex": self.one(rates.SEXES)}]
        ages = rates.FAMILY_AGES if kind == "family" else rates.AGES
        several = self.rng.randint(2, 4) if kind in ("family", "group") else 1
        return [{"age_group": self.one(ages), "sex": self.one(rates.SEXES)} for _n in range(several)]
