"""How may a situation end, move, be frozen or held?"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from agencies.models import AgreementInForce
from privacy import disclosure
from privacy.decision import Decision, allow, deny
from privacy.vocabulary import NOTICE_OWED, Category
from situations import apart, consents, on_file
from situations.conditions.listed import OUTCOMES, conclusion_reason
from situations.scene import Scene
from situations.vocabulary import State


def has_conclusion_reason(scene: Scene, data: dict[str, Any]) -> Decision:
    """One outcome from the closed list (R41)."""
    return conclusion_reason(data, groups=OUTCOMES)


def consent_outcome(scene: Scene, data: dict[str, Any]) -> Decision:
    """At filter 4 the outcome of asking for consent is on record, of a person the concluding agency knows (R25)."""
    made = (apart.seen_by_us(scene, c.subject, c.agency_id) for c in on_file.contacts(scene))
    if scene.state == State.INTERVENING and not any(made):
        return deny("no-consent-outcome", _("Record first contact and what came of asking for consent first."))
    return allow()


def notices_closed(scene: Scene, data: dict[str, Any]) -> Decision:
    """Every notice owed is done or excused (R28)."""
    if any(n.closed_at is None and n.duty in NOTICE_OWED for n in on_file.notices(scene)):
        return deny("open-notice", _("A written notice is still owed: it is given or excused first."))
    return allow()


def receiving_table(scene: Scene, data: dict[str, Any]) -> Decision:
    """Another table, and an agency that belongs to it."""
    table, agency = data.get("table"), data.get("agency")
    if table is None or agency is None:
        return allow()
    signed = AgreementInForce.objects.filter(agency=agency, table=table).exists()
    if table.pk == scene.situation.table_id or not signed:
        return deny("receiving-table", _("Choose another table, and an agency that belongs to it."))
    return allow()


def transfer_authority(scene: Scene, data: dict[str, Any]) -> Decision:
    """Transfer rests on the transferring agency's own authority, with its grounds, or on everybody's consent (R64)."""
    authority, agency = data.get("authority"), data.get("agency")
    if authority is None or agency is None:
        return allow()
    for consent in consents.to_pass_on(scene, agency) or (None,):
        found = disclosure.may_rely_on(
            scene.own_agency(),
            authority,
            grounds=data.get("grounds") or "",
            consent=consent,
            recipients=[agency.pk],
            elements=[str(Category.CODED)],
        )
        if not found:
            return found
    return allow()


def not_frozen(scene: Scene, data: dict[str, Any]) -> Decision:
    """Not frozen yet."""
    return deny("frozen", _("It is frozen already.")) if scene.access.frozen else allow()


def is_frozen(scene: Scene, data: dict[str, Any]) -> Decision:
    """Frozen."""
    return allow() if scene.access.frozen else deny("not-frozen", _("It is not frozen."))


def not_held(scene: Scene, data: dict[str, Any]) -> Decision:
    """No hold yet."""
    return deny("held", _("A hold is in place already.")) if scene.access.held else allow()


def no_hold(scene: Scene, data: dict[str, Any]) -> Decision:
    """No hold: what is held is not destroyed, not even by whoever wrote it (R44)."""
    if scene.access.held:
        return deny(
            "held", _("A hold is in place: nothing of this can be destroyed until the privacy officer lifts it.")
        )
    return allow()


def is_held(scene: Scene, data: dict[str, Any]) -> Decision:
    """A hold is in place."""
    return allow() if scene.access.held else deny("not-held", _("No hold is in place."))
