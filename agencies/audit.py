"""Which changes to people, agencies, agreements and code lists are kept, and how?

The one file of this app that speaks to django-auditlog. It records administration, never disclosures: its entries are
editable and it misses `update()` and `bulk_create()`, so the evidence for disclosures is the ledger (architecture.md).
"""

from typing import Any

from auditlog.models import LogEntry
from auditlog.registry import auditlog
from auditlog.signals import pre_log
from django.db import connection, models
from django.db.models.signals import pre_save

#: A password hash is not a change anybody needs to read.
_EXCLUDED: dict[str, list[str]] = {"Member": ["password", "last_login"]}


def register() -> None:
    """Have creations, changes and deletions of this app's administrative rows recorded."""
    from agencies import models as m

    people = (m.Sector, m.Agency, m.Table, m.Belonging, m.Member, m.Seat)
    papers = (m.PaperText, m.PreparedAgreement, m.SharingAgreement, m.Undertaking, m.OnCall, m.Call)
    for model in (*people, *papers):
        track(model)
    pre_save.connect(_attribute, sender=LogEntry, dispatch_uid="agencies.audit.actor")


def _attribute(sender: type[models.Model], instance: Any, **_kwargs: Any) -> None:
    """Name the member of the transaction as the actor: the row policy lets a member read back own entries only."""
    if instance.actor_id is None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT NULLIF(current_setting('st.member', true), '')::bigint")
            instance.actor_id = cursor.fetchone()[0]


def track(model: type[models.Model], *, creation_only: bool = False) -> None:
    """Record changes to one model of another app: code lists, and of disclosure records the creation only.

    The destruction of a disclosure record must leave no copy of it here, and the worker that destroys may not write.
    """
    auditlog.register(model, exclude_fields=_EXCLUDED.get(model.__name__, []))
    if creation_only:
        pre_log.connect(_is_creation, sender=model, dispatch_uid=f"agencies.audit.{model._meta.label}")


def _is_creation(sender: type[models.Model], action: int, **_kwargs: Any) -> bool:
    """Whether auditlog may write its entry; False stops it."""
    return action == int(LogEntry.Action.CREATE)
