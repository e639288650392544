"""What of the code lists does the program itself lean on, so that no administrator may change it?

Rules speak of these codes by name: age groups (who is a youth, R46; for whom the duty to report is acknowledged, R49)
and the four groups of conclusion reasons (which of them end a situation, and how it is counted). Their wording may
change, their codes may not; nor may any list or group be left empty, or a form would offer nothing.
"""

from __future__ import annotations

from risk.models import CatalogueQuerySet
from risk.vocabulary import CodeList

#: Wording only: no new code, none retired.
WORDING_ONLY = frozenset({CodeList.AGE_GROUP})
#: New codes stand in one of the groups there are.
GROUPS_ARE_FIXED = frozenset({CodeList.CONCLUSION_REASON})


def takes_new_codes(code_list: CodeList) -> bool:
    """Whether a code may be added to a list."""
    return code_list not in WORDING_ONLY


def takes_new_categories(code_list: CodeList, *, has_categories: bool) -> bool:
    """Whether a category may be added: only where the list has some, and the program does not know them by name."""
    return has_categories and code_list not in GROUPS_ARE_FIXED | WORDING_ONLY


def would_be_empty(others: CatalogueQuerySet, code_list: CodeList, category_code: str) -> bool:
    """Whether a list, or a group the program offers by itself, would be left without a code, given the others."""
    left = others.of(code_list)
    return not (left.filter(category_code=category_code) if code_list in GROUPS_ARE_FIXED else left).exists()
