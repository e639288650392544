"""What is asked for a youth-justice note? About whom, what, for whom, until when, on the Act's section (R47, R48)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.clock import today_at
from privacy import authorities
from situations import apart
from situations.forms.disclosure import SubjectForm, need_grounds
from situations.forms.fields import RowsField, authority_field, authority_label, grounds_field, words_field
from situations.forms.people import engagement_label


class YouthNoteForm(SubjectForm):
    """One note, in the young person's own compartment."""

    act = "youth_note"
    refusals = {
        "which-young-person": "subject", "no-such-person": "subject", "period-over": "until", "notes-over": "until",
        "listed-know-not": "recipients", "recipients": "recipients", "authority-not-ours": "authority",
        "grounds-missing": "grounds",
    }  # fmt: skip
    words = words_field(
        label=_("The note"),
        help_text=_("Only what the people you list need to supervise or care for this young person, or to keep safe."),
        error_messages={"required": _("Write the note")},
    )
    recipients = RowsField(
        label=_("Who reads it"),
        help_text=_("These people alone, never their colleagues or whoever follows them. They may not pass it on."),
        error_messages={"required": _("Choose at least one person")},
    )
    until = forms.DateField(
        label=_("Last day of the access period"),
        help_text=_(
            "After it nobody can open any note about this person, and its key is destroyed. A later note can only bring"
            " the day nearer. For example 2026-02-27"
        ),
        error_messages={"required": _("Enter the last day")},
    )
    authority = authority_field()
    grounds = grounds_field()

    def narrow(self) -> None:
        super().narrow()
        scene, young = self.scene, apart.young(self.scene)
        field = self.fields["subject"]
        field.choices = [(n, label) for n, label in field.choices if n in young]  # type: ignore[attr-defined]  # a ChoiceField
        if len(young) == 1:
            field.initial = young[0]
        known = {e.pk: e for n in young for e in apart.recipients(scene, n)}
        self.fields["recipients"].offer(known.values(), engagement_label)  # type: ignore[attr-defined]  # a RowsField
        rows = authorities.for_youth_justice(scene.engagement.agency) if scene.engagement else []
        self.fields["authority"].offer(rows, authority_label)  # type: ignore[attr-defined]  # a RowField
        if rows:
            self.fields["authority"].initial = str(rows[0].pk)

    def clean(self) -> dict[str, Any]:
        data = need_grounds(self, super().clean() or {})
        until = data.get("until")
        if until is not None and until < today_at(self.scene.situation.table):
            self.add_error("until", gettext("This day is over: such a note may not be kept any more."))
        return data
