"""Is a reason one of its list? What several conditions share."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from privacy.decision import Decision, allow, deny
from risk.models import CatalogueEntry
from risk.vocabulary import CodeList

#: The groups of conclusion reasons: how a situation was concluded, and why it was rejected.
OUTCOMES = ("overall-risk-lowered", "still-aer", "other")
REJECTIONS = ("rejected",)


def listed(data: dict[str, Any], name: str, values: list[str]) -> Decision:
    value = data.get(name)
    if value is not None and value not in values:
        return deny("reason", _("Choose a reason from the list."))
    return allow()


def conclusion_reason(data: dict[str, Any], *, groups: tuple[str, ...]) -> Decision:
    reason = data.get("reason")
    if reason is None:
        return allow()
    if (
        not isinstance(reason, CatalogueEntry)
        or reason.code_list != CodeList.CONCLUSION_REASON
        or reason.category_code not in groups
    ):
        return deny("reason", _("Choose a reason from the list."))
    return allow()
