"""Who has seen this, in plain words? The ledger of one situation, for those whom the policy names (R35)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from agencies.models import Agency, Member
from privacy import ledger
from privacy.decision import Text
from privacy.models import Compartment, LegalAuthority
from privacy.vocabulary import Audience, Category, CompartmentKind, Filter, LedgerKind, MarksReason, Medium, Purpose
from situations import apart, on_file
from situations.projected_intervention import CONTACT, element_label
from situations.scene import Scene
from situations.seen import SeenLedgerEntry


def who_saw(scene: Scene) -> tuple[SeenLedgerEntry, ...] | None:
    """The ledger's rows with people and agencies by name, oldest first; None when not this member's to know.

    Where two people are kept apart, a named person reads nothing of what passed about the one its agency does not know:
    who is told how and when somebody is reached says that they are about to be (R51).
    """
    if Category.LEDGER not in scene.relation.knows(Filter(scene.access.filter)):
        return None
    entries = ledger.entries(scene.situation.pk)
    if Audience.NAMED in scene.relation.audiences:
        entries = [_where_it_went_is_ours_to_read(scene, r) for r in entries if _contact_is_ours_to_read(scene, r)]
        if apart.kept_apart(scene):
            entries = [shown for r in entries if (shown := _about_ours(scene, r)) is not None]
    return in_words(entries)


def _contact_is_ours_to_read(scene: Scene, row: ledger.Entry) -> bool:
    """Whether a row is no correction of a contact, or of one that the member reads: who knows nobody of the situation
    reads no contact, and that one was corrected says that there was one (R51).
    """
    if row.kind != LedgerKind.CORRECTED or CONTACT not in row.elements:
        return True
    room = _room(scene, row)
    return apart.seen_by_us(scene, room.subject if room is not None else apart.WHOLE, row.agency_id)


def _where_it_went_is_ours_to_read(scene: Scene, row: ledger.Entry) -> ledger.Entry:
    """The row, without the agency of another table that holds a draft by it, unless the member's agency passed it on:
    nobody else learns there that a draft exists (R1).
    """
    to_an_agency = row.recipient_agencies and not any(row.recipients)
    return replace(row, recipient_agencies=()) if to_an_agency and row.agency_id not in scene.acts_for else row


def _room(scene: Scene, row: ledger.Entry) -> Compartment | None:
    return next((c for c in on_file.compartments(scene) if str(c.pk) == row.compartment), None)


def _about_ours(scene: Scene, row: ledger.Entry) -> ledger.Entry | None:
    """The row without what is about a person the member's agency does not know; None where nothing is left of it."""
    room = _room(scene, row)
    if room is None or row.agency_id in scene.acts_for:
        return row
    ours = {*apart.ours(scene)}
    if room.kind == CompartmentKind.SUBJECT:
        return row if room.subject in ours else None
    kept = tuple(i for i in row.elements if (a := apart.action_of(i)) is None or a[1] in ours)
    return replace(row, elements=kept) if kept else None


def in_words(rows: Sequence[ledger.Entry]) -> tuple[SeenLedgerEntry, ...]:
    """Rows of the ledger with ids and codes resolved to words, in the order given."""
    people = dict(
        Member.objects.filter(pk__in={i for r in rows for i in (r.actor_id, *r.recipients)}).values_list("pk", "name")
    )
    agencies = {
        a.pk: a.name
        for a in Agency.objects.filter(pk__in={i for r in rows for i in (r.agency_id, *r.recipient_agencies)})
    }
    labels = {a.code: a.label for a in LegalAuthority.objects.order_by("version")}
    return tuple(
        SeenLedgerEntry(
            at=r.at,
            kind=r.kind,
            what=r.kind_label,
            actor=people.get(r.actor_id, ""),
            agency=agencies.get(r.agency_id, ""),
            recipients=_recipients(r, people, agencies),
            elements=tuple(element_label(e) for e in r.elements),
            purpose=_purpose(r.purpose),
            authority=labels.get(r.authority, r.authority),
            medium=Medium(r.medium).label if r.medium in Medium.values else "",
        )
        for r in rows
    )


def _recipients(row: ledger.Entry, people: Mapping[int, str], agencies: Mapping[int, str]) -> tuple[str, ...]:
    """The people told; the agencies where it was told to no person yet, as a transfer is."""
    named = tuple(people.get(i, "") for i in row.recipients if i)
    return named or tuple(agencies.get(i, "") for i in row.recipient_agencies)


def _purpose(code: str) -> Text:
    """A purpose, or the reason why marked words stayed; empty where a row has neither."""
    if code == Purpose.RECOGNISE:
        return _("Recognise whether the person is already known")  # to whom: each reader's "us" is another agency
    found = next((kind for kind in (Purpose, MarksReason) if code in kind.values), None)
    return found(code).label if found else ""
