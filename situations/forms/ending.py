"""What is asked when a situation ends here: the outcome, or where it goes?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Table
from risk.vocabulary import CodeList
from situations.conditions.listed import OUTCOMES
from situations.forms.base import ActForm
from situations.forms.disclosure import need_grounds, offer_authorities
from situations.forms.fields import EntryField, RowField, authority_field, words_field
from situations.forms.people import agencies_elsewhere, other_tables
from situations.vocabulary import BEFORE_THE_DOOR

_CHOOSE = _("Choose")


class ConcludeForm(ActForm):
    """One coded outcome (R41)."""

    act = "conclude"
    decides_on_what_was_seen = True
    refusals = {"reason": "reason"}
    reason = EntryField(
        label=_("How it ended"),
        help_text=_("One outcome. The whole table reads it."),
        widget=forms.RadioSelect(attrs={"class": "open"}),
        error_messages={"required": _("Choose how it ended")},
    )

    def narrow(self) -> None:
        self.fields["reason"].offer(CodeList.CONCLUSION_REASON, groups=OUTCOMES)  # type: ignore[attr-defined]  # an EntryField


class TransferForm(ActForm):
    """Another table, an agency there, and the authority for passing the coded facts on (R64)."""

    act = "transfer"
    decides_on_what_was_seen = True
    refusals = {
        "receiving-table": "agency", "authority-not-ours": "authority", "grounds-missing": "grounds",
        "no-consent": "authority", "beyond-consent": "authority", "declined": "authority",
    }  # fmt: skip
    table = RowField(label=_("To which table"), error_messages={"required": _("Choose the table")})
    agency = RowField(
        label=_("To which agency there"),
        help_text=_("It becomes that agency’s draft: coded facts only, no text, no identity."),
        error_messages={"required": _("Choose the agency")},
    )
    authority = authority_field()
    grounds = words_field(
        label=_("Grounds"),
        help_text=_(
            "What makes the authority’s own test true here, in your agency’s knowledge. Sealed; read by you and your"
            " agency’s privacy lead only, and destroyed when the table’s retention period is over."
        ),
        required=False,
    )

    def narrow(self) -> None:
        self.fields["table"].offer(other_tables(self.scene), _name, blank=_CHOOSE)  # type: ignore[attr-defined]  # a RowField
        self.fields["agency"].offer(agencies_elsewhere(self.scene), _name, blank=_CHOOSE)  # type: ignore[attr-defined]  # a RowField
        # Before the door nobody has been asked: there is no consent on record to rely on.
        offer_authorities(self, self.scene, with_consent=self.scene.state not in BEFORE_THE_DOOR)

    def clean(self) -> dict[str, Any]:
        return need_grounds(self, super().clean() or {})


class TransferInterventionForm(TransferForm):
    """The same past the door."""

    act = "transfer_intervention"


def _name(row: Agency | Table) -> str:
    return row.name


def nothing_asked(name: str, *, decides: bool = False) -> type[ActForm]:
    """The form of an act that asks nothing: key and version only."""
    members: dict[str, Any] = {"act": name, "decides_on_what_was_seen": decides, "__doc__": "Asks nothing."}
    return type(f"{name.title().replace('_', '')}Form", (ActForm,), members)
