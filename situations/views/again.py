"""What of a form that is sent twice, or that met somebody else's change?"""

from __future__ import annotations

from uuid import UUID, uuid4

from django.http import QueryDict

from agencies.models import Member
from situations.forms import ActForm
from situations.models import Performed


def done_before(by: Member, act: str, key: str, situation_id: UUID) -> bool:
    """Whether this very submit was carried out already; asked before the form, which the first one may have emptied."""
    if not key or "\0" in key:  # PostgreSQL keeps no NUL: nothing was ever done with such a key
        return False
    return Performed.objects.filter(member=by, key=key[:64], act=act, ref=situation_id).exists()


def fresh(sent: QueryDict, now: ActForm) -> QueryDict:
    """What was typed, on the state as it is now: new key, new versions. `now` is an unbound form of the same kind."""
    data = sent.copy()
    data["key"] = uuid4().hex
    for name, field in now.fields.items():
        if name == "seen_version" or name.startswith("seen_"):
            data[name] = "" if field.initial is None else str(field.initial)
    return data
