"""How does identity leave one agency for another? On a recorded legal authority, to named persons, element by element.

R10, R14-R18, R21, R26, R31-R34. Grants follow disclosures: a named person may open a compartment because something in
it was disclosed to that person's agency, and reads those elements only.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.clock import today_at
from agencies.models import Agency, Member
from privacy import access, authorities, grants, ledger, vault, youth
from privacy.carrying import carrying
from privacy.decision import Decision, allow, deny
from privacy.models import (
    AccessState,
    AuthorityOnRecord,
    Compartment,
    Disclosure,
    DisclosureRecipient,
    Engagement,
    LegalAuthority,
)
from privacy.vocabulary import IDENTIFYING, Answer, Category, CompartmentKind, Element, LedgerKind, Medium, Purpose


@dataclass(frozen=True, slots=True)
class Consent:
    """A consent on record, as far as disclosure needs it: its id, agencies and categories covered, its last day."""

    id: str
    agencies: frozenset[int]
    scope: frozenset[str]
    ends_on: date | None = None

    def covers(self, agencies: Collection[int], elements: Iterable[str]) -> bool:
        """Whether the consent reaches these agencies and these elements."""
        return set(agencies) <= self.agencies and {str(category_of(e)) for e in elements} <= self.scope


def category_of(element: str) -> Category:
    """The policy category of an element of a disclosure."""
    if element in IDENTIFYING:
        return Category.IDENTIFIERS
    if element == Category.CODED:
        return Category.CODED
    if element.startswith(youth.PREFIX):
        return Category.YOUTH_JUSTICE
    return Category.SAFE_CONTACT if element == Element.SAFE_CONTACT else Category.PLAN


def may_rely_on(
    agency: Agency,
    authority: LegalAuthority,
    *,
    grounds: str,
    consent: Consent | None,
    recipients: Collection[int],
    elements: Collection[str] = (),
) -> Decision:
    """Whether an agency may disclose on this authority: own statute, grounds where the test asks, consent in scope."""
    about_youth = any(category_of(e) == Category.YOUTH_JUSTICE for e in elements)
    ours = authorities.for_youth_justice(agency) if about_youth else authorities.for_agency(agency)
    if authority.pk not in {a.pk for a in ours}:
        return deny("authority-not-ours", _("Choose an authority of your own agency's statutes."))
    if authority.needs_grounds and not grounds.strip():
        return deny("grounds-missing", _("Write down the grounds: this authority's own test asks for them."))
    if authority.is_consent:
        if consent is None:
            return deny("no-consent", _("No consent in force is on record. Record it first, or choose a statute."))
        if not consent.covers(recipients, elements):
            return deny("beyond-consent", _("The consent does not cover every agency and everything you chose."))
    return allow()


def disclose(
    state: AccessState,
    compartment: Compartment,
    *,
    by: Member,
    agency: Agency,
    elements: Sequence[str],
    recipients: Sequence[Engagement],
    purpose: Purpose,
    authority: LegalAuthority,
    medium: Medium,
    grounds: str = "",
    consent: Consent | None = None,
) -> Disclosure:
    """Record one disclosure, seal its grounds, give the named recipients access. Raises Denied."""
    may_rely_on(
        agency,
        authority,
        grounds=grounds,
        consent=consent,
        recipients=[r.agency_id for r in recipients],
        elements=elements,
    ).require()
    if not recipients or any(
        r.person_id is None or r.status != Engagement.Status.ENGAGED or r.agency_id == agency.pk for r in recipients
    ):
        deny("recipients", _("Choose named persons of the other chosen agencies.")).require()
    if not elements:
        deny("elements", _("Choose what you disclose.")).require()
    row = Disclosure.objects.create(
        id=uuid.uuid4(),
        access=state,
        table_id=state.table_id,
        compartment=compartment,
        discloser=by,
        agency=agency,
        elements=list(elements),
        purpose=purpose,
        authority=authority,
        medium=medium,
        filter=state.filter,
        consent=consent.id if consent and authority.is_consent else "",
        consent_ends_on=consent.ends_on if consent and authority.is_consent else None,
        at=timezone.now(),
    )
    for engagement in recipients:
        if engagement.person is None:
            continue
        DisclosureRecipient.objects.create(
            disclosure=row, table_id=state.table_id, agency_id=engagement.agency_id, member=engagement.person
        )
        grants.grant(compartment, engagement.person)
    if grounds.strip():
        vault.seal(state.ref, compartment.level, f"grounds:{row.pk}", grounds.strip(), seen_version=0)
    ledger.record(
        LedgerKind.DISCLOSED,
        state.ref,
        agency_id=agency.pk,
        compartment=str(compartment.pk),
        recipients=[(e.person_id or 0, e.agency_id) for e in recipients],
        elements=elements,
        purpose=purpose,
        authority=authority.code,
        medium=medium,
        consent=row.consent,
    )
    access.touch(state)
    return row


def record_authority(state: AccessState, *, by: Member, agency: Agency, authority: LegalAuthority) -> AuthorityOnRecord:
    """An agency records its authority for its own entries; its person may then write in the plan. Raises Denied."""
    if authority.pk not in {a.pk for a in authorities.for_agency(agency)}:
        deny("authority-not-ours", _("Choose an authority of your own agency's statutes.")).require()
    for compartment in state.compartments.filter(kind=CompartmentKind.PLAN):
        grants.grant(compartment, by)
    return AuthorityOnRecord.objects.create(
        access=state, table_id=state.table_id, agency=agency, authority=authority, by=by
    )


def authority_on_record(state: AccessState, agency_id: int) -> LegalAuthority | None:
    """The authority an agency last recorded for its own entries in this situation."""
    row = state.authorities.filter(agency_id=agency_id).select_related("authority").first()
    return row.authority if row else None


def answer(state: AccessState, *, agency_id: int, with_: Answer) -> None:
    """An agency answers what was disclosed to it. "Not ours" ends its access at once."""
    # "Not ours" is final for what was disclosed until then: an agency added again must not reopen it (R21).
    DisclosureRecipient.objects.filter(disclosure__access=state, agency_id=agency_id).exclude(
        answer=Answer.NOT_OURS
    ).update(answer=with_, answered_at=timezone.now())
    if with_ == Answer.NOT_OURS:
        engagement = state.engagements.filter(agency_id=agency_id).first()
        if engagement is not None:
            ledger.record(
                LedgerKind.ENDED,
                state.ref,
                agency_id=agency_id,
                recipients=[(engagement.person_id or 0, agency_id)],
            )
            access.end_engagement(engagement)
    access.touch(state)


def holders(state: AccessState, subject: int) -> frozenset[int]:
    """The agencies that know who one affected person is: the originating one, and those told something identifying.
    What is written from now on reaches them.
    """
    told = _told(state, subject).filter(disclosure__in=carrying(state))
    return frozenset({state.originating_agency_id, *told.values_list("agency_id", flat=True)})


def rightly_told(state: AccessState, subject: int) -> frozenset[int]:
    """Those, and who was told before a consent was withdrawn: what reached them on a statute since then stays theirs.
    With a disclosure made in error all that followed it ends (R27; the same words as `vault.knows`).
    """
    told = _told(state, subject).filter(disclosure__in_error=False)
    return frozenset({state.originating_agency_id, *told.values_list("agency_id", flat=True)})


def _told(state: AccessState, subject: int) -> QuerySet[DisclosureRecipient]:
    return DisclosureRecipient.objects.filter(
        disclosure__access=state,
        disclosure__compartment__kind=CompartmentKind.SUBJECT,
        disclosure__compartment__subject=subject,
        disclosure__elements__overlap=[str(e) for e in IDENTIFYING],
    ).exclude(answer=Answer.NOT_OURS)


def end_beyond(compartment: Compartment, element: str, *, by: int, agencies: Collection[int]) -> None:
    """Before words written anew by an agency are disclosed: what carried its old ones to anybody else ends; it would
    carry these. What another agency disclosed carries nothing any more: the words are the new writer's.
    """
    for row in compartment.disclosures.filter(agency_id=by, elements=[element], recalled_at__isnull=True):
        if not {r.agency_id for r in row.recipients.all()} <= set(agencies):
            recall(row)


def recall(disclosure: Disclosure) -> None:
    """Recall a disclosure made in error: its elements can no longer be revealed on its strength.

    Who no longer knows the person loses the person's compartment; safe contact and plan that followed close with it
    (R51, and `vault.elements_for`).
    """
    disclosure.recalled_at, disclosure.in_error = timezone.now(), True
    disclosure.save(update_fields=["recalled_at", "in_error"])
    ledger.record(
        LedgerKind.RECALLED,
        disclosure.access_id,
        agency_id=disclosure.agency_id,
        compartment=str(disclosure.compartment_id),
        recipients=[(r.member_id, r.agency_id) for r in disclosure.recipients.all()],
        elements=disclosure.elements,
    )
    compartment = disclosure.compartment
    if compartment.kind == CompartmentKind.SUBJECT:
        knowing = holders(disclosure.access, compartment.subject)
        for e in disclosure.access.engagements.filter(agency_id__in=[r.agency_id for r in disclosure.recipients.all()]):
            if e.agency_id not in knowing and e.person is not None:
                grants.revoke(compartment, e.person)
    access.touch(disclosure.access)


def ended_with_its_consent(compartment: Compartment, agencies: Collection[int]) -> date | None:
    """The day on which the last consent ended on which these agencies were told of a compartment; None where nothing
    they were told rested on one that is over.
    """
    to_them = DisclosureRecipient.objects.filter(agency_id__in=list(agencies)).exclude(answer=Answer.NOT_OURS)
    rows = compartment.disclosures.filter(pk__in=to_them.values("disclosure_id"), recalled_at__isnull=True)
    over = rows.filter(consent_ends_on__lt=today_at(compartment.table))
    last: date | None = over.aggregate(last=Max("consent_ends_on"))["last"]
    return last


def end_access_by_consent_alone(state: AccessState, consent_id: str) -> list[int]:
    """When a consent is withdrawn: nothing is revealed on its strength any more, and agencies whose every disclosure
    rested on it lose access (R27). Returns those."""
    live = list(state.disclosures.filter(recalled_at__isnull=True).prefetch_related("recipients"))
    in_force = set(carrying(state).values_list("pk", flat=True))
    on_consent = {r.agency_id for d in live if d.consent == consent_id for r in d.recipients.all()}
    otherwise = {r.agency_id for d in live if d.consent != consent_id and d.pk in in_force for r in d.recipients.all()}
    lost = sorted(on_consent - otherwise - {state.originating_agency_id})
    for engagement in state.engagements.filter(agency_id__in=lost, status=Engagement.Status.ENGAGED):
        ledger.record(LedgerKind.ENDED, state.ref, recipients=[(engagement.person_id or 0, engagement.agency_id)])
        access.end_engagement(engagement)
    for row in live:
        if row.consent == consent_id:
            ledger.record(
                LedgerKind.ENDED,
                state.ref,
                compartment=str(row.compartment_id),
                recipients=[(r.member_id, r.agency_id) for r in row.recipients.all()],
                elements=row.elements,
                consent=consent_id,
            )
    state.disclosures.filter(consent=consent_id, recalled_at__isnull=True).update(recalled_at=timezone.now())
    access.touch(state)
    return lost
