"""Who may change the code lists? The function that a setting names decides: this room knows nobody's seat.

`CODE_LIST_EDITORS` is a dotted path to `(member) -> bool` (as SITUATION_RECORDER is, docs/adr/0013, 0024). Whoever may
not finds nothing at these addresses.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import Http404, HttpRequest
from django.utils.module_loading import import_string


def editor_of(request: HttpRequest) -> AbstractBaseUser:
    """The signed-in member, when they may change code lists; 404 otherwise."""
    member = request.user
    if isinstance(member, AbstractBaseUser) and import_string(settings.CODE_LIST_EDITORS)(member):
        return member
    raise Http404
