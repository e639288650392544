"""What of a situation does this member see? The one projection: it reads the policy, and nothing else decides.

Every door (page, API, export, message) takes its values from here. Identity is never here: a compartment says which
texts exist for the member, the gate reveals them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from operator import attrgetter
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Member, Standing
from privacy import access, vault
from privacy.decision import Text
from privacy.models import AccessState, Engagement
from privacy.policy import rule
from privacy.vocabulary import (
    PAST_THE_DOOR,
    Answer,
    Audience,
    Category,
    CompartmentKind,
    Filter,
    Necessity,
)
from risk.models import CatalogueEntry
from risk.vocabulary import CodeList
from risk.youth import YOUTH_AGE_GROUPS
from situations import on_file
from situations import scene as scenes
from situations.models import AffectedPerson, Situation
from situations.projected_intervention import authorities, compartments, contact, follow_ups, notices, plan, services
from situations.scene import Scene, alike
from situations.seen import (
    SeenAgencyMark,
    SeenChoice,
    SeenCoded,
    SeenCorrection,
    SeenDiscussion,
    SeenFactor,
    SeenOffer,
    SeenPerson,
    SeenReport,
    SeenRow,
    SeenScreening,
    SeenSituation,
)
from situations.vocabulary import CorrectionReason, ScreeningQuestion, Stance, State

_WITH_AGENCIES = _("With intervening agencies")
_DOOR = "door"


def see(situation_id: UUID, *, by: Member) -> SeenSituation:
    """The situation as this member sees it. Denied (hidden) when its existence is not theirs to know."""
    return project(scenes.load(situation_id, by=by))


@alike
def project(scene: Scene) -> SeenSituation:
    """Project a loaded scene."""
    return _projected(scene, _knows(scene), named=Audience.NAMED in scene.relation.audiences)


def project_for_room(scene: Scene, *, beside: Collection[Audience] = ()) -> SeenSituation:
    """What everybody in a room may look at together: what the table knows now, and of that what it knew at filter 2,
    in codes. Whoever signed in adds nothing, and takes away what is not theirs to know; so does everybody who is there
    `beside` the table (docs/adr/0042).
    """
    now, viewer = Filter(scene.access.filter), scene.relation
    may = (rule(Filter.F2, Audience.SEATED).categories - {Category.SUMMARY}) & viewer.knows(now)
    for audience in (Audience.SEATED, *beside):
        may &= rule(now, audience).categories
    room = replace(scene, relation=access.Relation(frozenset({Audience.SEATED}), frozenset()))
    return _projected(room, may, named=False)


def _projected(scene: Scene, may: frozenset[Category], *, named: bool) -> SeenSituation:
    s = scene.situation
    return SeenSituation(
        id=s.pk,
        number=s.number,
        draft_code=s.draft_code,
        stage=_stage(scene.access, named=named),
        table_code=s.table.code,
        table=s.table.name,
        version=s.version,
        categories=may,
        frozen=scene.access.frozen,
        held=scene.access.held and Category.LEDGER in may,
        named=named,
        leads=scene.relation.leads,
        opened_at=s.opened_at,
        saved_at=s.saved_at,
        report=_report(s),
        coded=_coded(scene, may) if Category.CODED in may else None,
        screening=_screening(s) if Category.SCREENING in may else None,
        summary=_summary(scene) if Category.SUMMARY in may else None,
        discussion=_discussion(scene) if Category.DISCUSSION in may else None,
        choice=_choice(scene) if Category.CHOICE in may else None,
        compartments=compartments(scene, may),
        authorities=authorities(scene) if Category.PLAN in may else None,
        plan=plan(scene) if Category.PLAN in may else None,
        follow_ups=follow_ups(scene) if Category.PLAN in may else None,
        contact=contact(scene) if Category.CONTACT in may else None,
        notices=notices(scene) if Category.NOTICES in may else None,
        services=services(scene) if Category.SERVICES in may else None,
    )


def listed(situations: QuerySet[Situation]) -> QuerySet[Situation]:
    """The same, read with what a row says of them: one more query, however many rows."""
    persons = Prefetch("persons", AffectedPerson.objects.select_related("age_group", "sex"))
    return situations.select_related("discussion_type").prefetch_related(persons)


def see_rows(
    situations: Iterable[Situation], *, by: Member, facts: bool = True, seats: Sequence[Standing] | None = None
) -> list[SeenRow]:
    """Several situations for a list, in the order given; those the member may not know are left out. Without `facts`
    nothing is said of them but their number and where they stand."""
    known = (x for x in scenes.of_rows(situations, by=by, seats=seats) if Category.EXISTENCE in _knows(x))
    return [see_row(x, facts=facts) for x in known]


def see_row(scene: Scene, *, facts: bool = True) -> SeenRow:
    """One row of a list, of a scene the member may know of."""
    s = scene.situation
    return SeenRow(
        id=s.pk,
        number=s.number,
        draft_code=s.draft_code,
        stage=_stage(scene.access, named=Audience.NAMED in scene.relation.audiences),
        status=_status(s),
        opened_at=s.opened_at,
        saved_at=s.saved_at,
        facts=_row_facts(s) if facts and Category.CODED in _knows(scene) else (),
    )


def _knows(scene: Scene) -> frozenset[Category]:
    return scene.relation.knows(Filter(scene.access.filter))


def _stage(state: AccessState, *, named: bool) -> str:
    filter_ = Filter(state.filter)
    if filter_ in (Filter.F3B, Filter.F4) and not named:
        return _DOOR
    return str(filter_.value)


def _status(s: Situation) -> Text:
    state = State(s.state)
    if state in (State.LIMITED, State.INTERVENING):
        return _WITH_AGENCIES
    if state == State.CONCLUDED and s.ending_group in ("stopped", "transferred"):
        return State.STOPPED.label if s.ending_group == "stopped" else State.TRANSFERRED.label
    return state.label


def _report(s: Situation) -> SeenReport:
    return SeenReport(
        status=_status(s),
        with_intervening_agencies=s.state in (State.LIMITED, State.INTERVENING),
        concluded_on=timezone.localtime(s.concluded_at).date() if s.concluded_at else None,
        reason=ending_in_words(s.ending_group, s.ending_reason),
        corrected=_corrected(s),
    )


def _corrected(s: Situation) -> tuple[SeenCorrection, ...]:
    """What the record of the ending said before it was corrected, oldest first."""
    rows = s.corrections.all() if s.ending_reason else ()
    return tuple(
        SeenCorrection(ending_in_words(c.was_group, c.was_reason), CorrectionReason(c.why).label, c.at) for c in rows
    )


def ending_in_words(group: str, reason: str) -> str:
    """The limited reason: the coded ending in words."""
    if not reason:
        return ""
    listed = CatalogueEntry.objects.of(CodeList.CONCLUSION_REASON).filter(category_code=group, code=reason)
    entry = listed.order_by("-version").first()
    if entry is not None:
        # Of a rejection the group is the status itself, which stands beside it.
        of = "" if group == State.REJECTED else entry.category_label
        return str(_("%(name)s: %(words)s") % {"name": of, "words": entry.label}) if of else entry.label
    from situations.vocabulary import StopReason

    return str(StopReason(reason).label) if reason in StopReason.values else ""


def _coded(scene: Scene, may: frozenset[Category]) -> SeenCoded:
    s, persons = scene.situation, on_file.persons(scene)
    hide = (
        any(p.age_group.code in YOUTH_AGE_GROUPS for p in persons)
        and Category.YOUTH_CODES not in may
        and not s.table.youth_codes_before_f4
    )
    shown = [e for e in on_file.coded(scene) if not (hide and e.hidden_for_youth)]
    return SeenCoded(
        discussion_type=s.discussion_type.label if s.discussion_type else "",
        persons=tuple(
            SeenPerson(p.ordinal, p.age_group.label, p.sex.label, str(p.get_part_display())) for p in persons
        ),
        risk_factors=_factors(shown, CodeList.RISK_FACTOR),
        protective_factors=_factors(shown, CodeList.PROTECTIVE_FACTOR),
        study_flags=_factors(shown, CodeList.STUDY_FLAG),
        originating_agency=s.originating_agency.name,
        transferred_from=s.transferred_from,
        youth_codes_hidden=hide,
    )


def _factors(entries: Iterable[CatalogueEntry], code_list: CodeList) -> tuple[SeenFactor, ...]:
    return tuple(
        SeenFactor(e.category_code, e.category_label, e.code, e.label) for e in entries if e.code_list == code_list
    )


def _screening(s: Situation) -> SeenScreening:
    texts = vault.read_screened(s.pk, vault.F1)
    return SeenScreening(
        answers=tuple((q.value, q.label, q.value in s.screening) for q in ScreeningQuestion),
        tried=texts.get("tried", ("", 0))[0],
        likely_agencies=tuple(a.name for a in s.likely_agencies.all()),
        duty_acknowledged=s.duty_to_report_acknowledged,
    )


def _summary(scene: Scene) -> str:
    level = vault.F1 if scene.access.filter == Filter.F1 else vault.F2
    return vault.read_screened(scene.situation.pk, level).get("summary", ("", 0))[0]


def _discussion(scene: Scene) -> SeenDiscussion:
    s = scene.situation
    stands = on_file.stands(scene)
    return SeenDiscussion(
        open=scene.in_discussion,
        behind=tuple(SeenAgencyMark(x.agency.name, x.at) for x in stands if x.stance == Stance.ACCEPT),
        rejecting=tuple(SeenAgencyMark(x.agency.name, x.at) for x in stands if x.stance == Stance.REJECT),
        objections=tuple(
            SeenAgencyMark(o.agency.name, o.at, o.resolved_at is not None) for o in on_file.objections(scene)
        ),
        agencies_present=len(on_file.present(scene)),
        quorum=s.table.quorum,
        deferrals=s.deferrals,
        offers=tuple(
            SeenOffer(o.agency_id, o.agency.name, o.necessity, Necessity(o.necessity).label)
            for o in s.offers.select_related("agency").order_by("at")
        ),
    )


def _choice(scene: Scene) -> tuple[SeenChoice, ...]:
    past = Filter(scene.access.filter) in PAST_THE_DOOR
    # That an agency was told something of a youth-justice record is for those on the list (R47).
    told = [d for d in on_file.disclosures(scene) if d.compartment.kind != CompartmentKind.YOUTH] if past else []
    answered = sorted((r for d in told for r in d.recipients.all()), key=attrgetter("pk"))
    answers = {r.agency_id: r.answer for r in answered}
    return tuple(
        SeenChoice(
            agency_id=e.agency_id,
            agency=e.agency.name,
            necessity=Necessity(e.necessity).label,
            person=e.person.name if e.person else "",
            proposed_lead=e.proposed_lead,
            leads=e.lead_confirmed_at is not None,
            ended=e.status == Engagement.Status.ENDED,
            answer=Answer(answers[e.agency_id]).label if e.agency_id in answers else "",
        )
        for e in scene.every_engagement
    )


def _row_facts(s: Situation) -> tuple[str, ...]:
    kind = s.discussion_type.label if s.discussion_type else ""
    first = next(iter(s.persons.all()), None)
    who = f"{first.age_group.label}, {first.sex.label}" if first else ""
    return tuple(x for x in (kind, who) if x)
