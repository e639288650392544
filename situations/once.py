"""How does a thing get made once, though a browser or a program may send the request twice? By the key sent with it.

Acts on a situation have this in `lifecycle.perform`; this is the same, for both doors, for what has no situation yet.
A twin that arrives meanwhile waits at the unique constraint for the first one's commit.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

from django import forms
from django.db import IntegrityError, transaction

from agencies.models import Member
from situations.lifecycle import Stale
from situations.models import Performed


def once(key: str, act: str, make: Callable[[], UUID], *, by: Member) -> tuple[UUID, bool]:
    """Make something, unless this member made it with this key before: (its id, whether it is new).

    A key that was used for something else raises Stale, never a silent success. Without a key (a page that was built
    by hand) it is made each time.
    """
    if not key:
        return make(), True
    try:
        with transaction.atomic():
            claim = Performed.objects.create(member=by, key=key, act=act, ref=uuid4())
    except IntegrityError:
        before = Performed.objects.filter(member=by, key=key, act=act).first()
        if before is None:
            raise Stale("key") from None
        return before.ref, False
    claim.ref = make()
    claim.save(update_fields=["ref"])
    return claim.ref, True


def key_field() -> forms.CharField:
    """The hidden key of a page's form: new with each page, kept when the form comes back with a mistake."""
    return forms.CharField(widget=forms.HiddenInput, required=False, max_length=64, initial=lambda: uuid4().hex)
