"""Who may change the code lists? Every administrator in good standing, at whichever table (docs/adr/0024).

The lists are one for the whole installation: figures of several tables are only comparable with one set of words.
"""

from __future__ import annotations

from agencies.models import Member, Standing
from agencies.vocabulary import Role


def may_edit(member: object) -> bool:
    """Whether a signed-in member may change code lists; the setting CODE_LIST_EDITORS names this function."""
    return isinstance(member, Member) and Standing.objects.of(member).in_roles(Role.ADMINISTRATOR).exists()
