"""What would a member type into the form of each act? Good input for whoever may act, at any stage."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from agencies.models import Member
from privacy import authorities
from privacy.context import acting_as
from privacy.models import Disclosure, Engagement
from privacy.vocabulary import Answer, Element, Medium, Necessity, Purpose
from risk.vocabulary import CodeList
from situations.models import Situation
from situations.vocabulary import (
    ConsentForm,
    ConsentGiver,
    ConsentOutcome,
    ContactResult,
    CorrectionReason,
    FollowUpAnswer,
    NoticeMethod,
    NotSought,
    ReturnReason,
    StopReason,
)
from tests import builders
from tests.builders import Walk, entry
from tests.cast import Cast


def good_input(walk: Walk, member: Member) -> dict[str, Callable[[], dict[str, Any]]]:
    """act -> what to type. Read as the member; rows that the member cannot see are looked up by the shelter's."""
    cast = walk.cast
    today = timezone.localdate()
    return {
        "save": lambda: builders.draft_data(cast) | {"texts": {"summary": "changed"}},
        "return": lambda: {"reason": ReturnReason.UNCLEAR},
        "accept": lambda: {"criteria": builders.ALL_AFFIRMED},
        "reject": lambda: {
            "reason": entry(CodeList.CONCLUSION_REASON, "single-agency-can-address-risk-alone", "rejected")
        },
        "stop": lambda: {"reason": StopReason.DUPLICATE},
        "offer": lambda: {"necessity": Necessity.KNOWN_EXPERTISE},
        "choose": lambda: {"agency": cast.agencies["police"], "necessity": Necessity.OFFERED},
        "unchoose": lambda: {"agency": cast.agencies["housing"]},
        "name_person": lambda: {"person": member},
        "enter_identifiers": lambda: {"subject": 1, "name": "Someone Else"},
        "disclose": lambda: {
            "subject": 1, "elements": [Element.NAME], "recipients": _engaged(walk, "housing"),
            "purpose": Purpose.RECOGNISE, "authority": cast.authority("agreement-only"), "medium": Medium.VOICE,
            "grounds": "grounds",
        },
        "answer": lambda: {"answer": Answer.INVOLVED},
        "recall": lambda: _own_disclosure(walk, member),
        "propose_lead": lambda: {"agency": cast.agencies["housing"]},
        "add_agency": lambda: {"agency": cast.agencies["aid"], "necessity": Necessity.LEGAL_DUTY},
        "record_authority": lambda: {"authority": _some_authority(cast, member)},
        "safe_contact": lambda: {"instructions": "words", "grounds": "grounds"},
        "plan": lambda: {"words": "words", "due_on": today, "grounds": "grounds"},
        "plan_done": lambda: _own_action(walk, member),
        "contact": lambda: {
            "contacted_at": timezone.now(), "result": ContactResult.ATTEMPTED,
            "consent_outcome": ConsentOutcome.NOT_SOUGHT, "not_sought_reason": NotSought.UNSAFE,
        },
        "consent": lambda: {
            "given_on": today, "giver": ConsentGiver.PERSON, "form": ConsentForm.ORAL, "scope": ["identifiers"],
            "agencies": [cast.agencies["crisis"]], "purpose": Purpose.PROVIDE_SERVICE,
            "expires_on": today + timedelta(days=1),
        },
        "withdraw_consent": lambda: _first(walk, "consents", "consent"),
        "mobilize": lambda: {
            "category": entry(CodeList.SERVICE_CATEGORY, "mental-health"),
            "result": entry(CodeList.MOBILIZATION_TYPE, "connected-to-service"),
        },
        "notice": lambda: _first(walk, "notices", "notice") | {"done_on": today, "method": NoticeMethod.HANDED},
        "follow_up": lambda: {"answer": FollowUpAnswer.DONE},
        "conclude": lambda: {"reason": entry(CodeList.CONCLUSION_REASON, "connected-to-services")},
        "correct_outcome": lambda: {
            "reason": entry(CodeList.CONCLUSION_REASON, "informed-of-services"), "why": CorrectionReason.MISTYPED,
        },
        "correct_rejection": lambda: {
            "reason": entry(CodeList.CONCLUSION_REASON, "situation-not-deemed-to-be-one-of-acutely-elevated-risk"),
            "why": CorrectionReason.MISHEARD,
        },
        "correct_contact": lambda: _first(walk, "contacts", "contact") | {
            "contacted_at": timezone.now(), "result": ContactResult.REACHED,
            "consent_outcome": ConsentOutcome.GIVEN, "why": CorrectionReason.MIXED_UP,
        },
        "transfer": lambda: _transfer(cast, member),
        "transfer_intervention": lambda: _transfer(cast, member),
    }  # fmt: skip


def _transfer(cast: Cast, member: Member) -> dict[str, Any]:
    return {
        "table": cast.kes, "agency": cast.agencies["elsewhere"], "authority": _some_authority(cast, member),
        "grounds": "grounds",
    }  # fmt: skip


def _some_authority(cast: Cast, member: Member) -> Any:
    """One of the member's own agency that needs no consent; without an agency, any."""
    if member.agency is None:
        return cast.authority("agreement-only")
    return next(a for a in authorities.for_agency(member.agency) if not a.is_consent)


def _engaged(walk: Walk, agency: str) -> list[Engagement]:
    with acting_as(walk.cast.shelter_rep):
        return list(Engagement.objects.filter(access_id=walk.id, agency=walk.cast.agencies[agency]))


def _own_disclosure(walk: Walk, member: Member) -> dict[str, Any]:
    with acting_as(walk.cast.shelter_rep):
        rows = Disclosure.objects.filter(access_id=walk.id)
        row = rows.filter(agency=member.agency).first() or rows.first()
    return {} if row is None else {"disclosure": row}


def _own_action(walk: Walk, member: Member) -> dict[str, Any]:
    with acting_as(walk.cast.shelter_rep):
        rows = Situation.objects.get(pk=walk.id).plan.all()
        row = rows.filter(agency=member.agency).first() or rows.first()
    return {} if row is None else {"number": row.number}


def _first(walk: Walk, relation: str, name: str) -> dict[str, Any]:
    with acting_as(walk.cast.shelter_rep):
        row = getattr(Situation.objects.get(pk=walk.id), relation).first()
    return {} if row is None else {name: row}
