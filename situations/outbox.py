"""How does an effect outlive its transaction? It is owed in a row, done after the commit, and swept until it is done.

Messages to people carry a number and a link, nothing else (R60). The broker message holds the outbox id only.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from uuid import UUID

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import DurationField, ExpressionWrapper, F, QuerySet
from django.db.models.functions import Coalesce, Power
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from agencies.models import Member, Standing
from agencies.vocabulary import AGENCY_ROLES, SEATED_ROLES
from privacy import destruction
from privacy.context import acting_as, in_role
from privacy.decision import Denied
from situations import invitations
from situations import scene as scenes
from situations.outbox_model import Outbox
from situations.scene import Scene
from situations.vocabulary import Message, OutboxKind

log = structlog.get_logger(__name__)
#: After this many failures, the last at five days, the row waits for a person; the sweeper leaves it alone.
MAX_ATTEMPTS = 14


def tell(scene: Scene, member_id: int, message: Message) -> None:
    """Owe one member a message about this situation."""
    if member_id and member_id != scene.by.pk:
        _owe(scene, OutboxKind.TELL, member_id=member_id, message=message)


def tell_agency(scene: Scene, agency_id: int, message: Message) -> None:
    """Owe a message to the people seated for an agency at this table."""
    seats = Standing.objects.at(scene.situation.table_id).in_roles(*AGENCY_ROLES).filter(agency_id=agency_id)
    for member_id in set(seats.values_list("member_id", flat=True)):
        tell(scene, member_id, message)


def owe_shredding(scene: Scene) -> None:
    """Owe the end of a situation's keys."""
    _owe(scene, OutboxKind.SHRED)


def tell_table(table_id: int, meeting_id: UUID, message: Message) -> None:
    """Owe everybody who sits at a table a message about one of its meetings."""
    seats = Standing.objects.at(table_id).in_roles(*SEATED_ROLES)
    _put_down(
        Outbox(kind=OutboxKind.MEETING, table_id=table_id, ref=meeting_id, member_id=member_id, message=message)
        for member_id in sorted(set(seats.values_list("member_id", flat=True)))
    )


def _owe(scene: Scene, kind: OutboxKind, *, member_id: int = 0, message: Message | str = "") -> None:
    s = scene.situation
    _put_down([Outbox(kind=kind, table_id=s.table_id, ref=s.pk, member_id=member_id, message=message)])


def _put_down(owed: Iterable[Outbox]) -> None:
    for row in Outbox.objects.bulk_create(owed):
        transaction.on_commit(partial(_send, str(row.pk)), robust=True)


def _send(outbox_id: str) -> None:
    """Hand one row to the workers; where there are none the sweeper takes it."""
    if settings.REDIS_URL:
        from situations.tasks import process

        process.delay(outbox_id)


def sweep(limit: int = 200) -> int:
    """Process what is owed and due, oldest first; returns how many rows were done. Safe to run anywhere, often."""
    with in_role("st_worker"):
        ids = [str(pk) for pk in _due().order_by("created_at").values_list("pk", flat=True)[:limit]]
    return sum(process_one(outbox_id) for outbox_id in ids)


def _due() -> QuerySet[Outbox]:
    """What is owed, not done, and not being done now.

    After a try a row is left alone: for 30 seconds after the first, however old it is (longer than any mail server is
    waited for, so nobody sends it beside the one who does), then 90, 210 ... - its server may be away for days.
    """
    left_alone = ExpressionWrapper((Power(2, F("attempts")) - 1) * timedelta(seconds=30), DurationField())
    return Outbox.objects.alias(since=Coalesce("tried_at", "created_at")).filter(
        processed_at__isnull=True, attempts__lt=MAX_ATTEMPTS, since__lte=timezone.now() - left_alone
    )


def process_one(outbox_id: str) -> bool:
    """Do one owed effect; False when another worker has it, did it, or it failed. May run twice."""
    with in_role("st_worker"):
        row = _due().select_for_update(skip_locked=True).filter(pk=outbox_id).first()
        if row is None:
            return False
        row.attempts, row.tried_at = row.attempts + 1, timezone.now()
        row.save(update_fields=["attempts", "tried_at"])
    try:
        if row.kind == OutboxKind.SHRED:
            destruction.finish(row.ref)
        elif row.kind == OutboxKind.MEETING:
            invitations.send(row)
        else:
            _deliver(row)
    except Exception:
        log.exception("outbox_failed", outbox=outbox_id, kind=row.kind, attempt=row.attempts)
        return False
    with in_role("st_worker"):
        Outbox.objects.filter(pk=outbox_id).update(processed_at=timezone.now())
    return True


def _deliver(row: Outbox) -> None:
    """Tell a member that something waits - if, by now, the member may still know that it exists."""
    member = Member.objects.filter(pk=row.member_id, is_active=True).first()
    if member is None:
        return
    with acting_as(member):
        try:
            number = scenes.load(row.ref, by=member).situation.number
        except Denied:
            if row.message != Message.ENDED:
                return
            number = ""
    with translation.override(member.language):
        link = settings.PUBLIC_URL + (reverse("situation", args=[row.ref]) if number else reverse("home"))
        label = Message(row.message).label
        subject = _("Situation table: something waits for you")
        send_mail(subject, f"{label}\n\n{number}\n{link}\n", None, [member.email])
