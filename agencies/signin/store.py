"""Where is a session read from? From Django's own rows, with a question whose SQL is kept: every request asks it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from agencies.kept import kept


class SessionStore(db.SessionStore):
    """Django's store; only the reading differs, and in nothing but its cost."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Django's own table."""
        return Session

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing, and no key either, where it is not there or over."""
        found = _of_key(self.session_key or "", timezone.now())
        if not found:
            self._session_key = None
            return {}
        return dict(self.decode(found[0].session_data))


@kept
def _of_key(key: str, now: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)
