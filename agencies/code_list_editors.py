"""Who may change the code lists? Every administrator, at whichever table (docs/adr/0024).

The lists are one for the whole installation: figures of several tables are only comparable with one set of words.
"""

from __future__ import annotations

from agencies import reach
from agencies.models import Member
from agencies.vocabulary import Role


def may_edit(member: object) -> bool:
    """Whether a signed-in member may change code lists; the setting CODE_LIST_EDITORS names this function."""
    return isinstance(member, Member) and reach.held_seats(member, Role.ADMINISTRATOR).exists()
