"""Of which affected person is something recorded? Of one whom the member's agency knows (R51)."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from situations import apart
from situations.forms.disclosure import SubjectForm
from situations.forms.fields import Hinted
from situations.scene import Scene

_LISTS = ", "


class OurPersonForm(SubjectForm):
    """About one of the persons the agency knows, each with who will read it. Where there is one, nobody asks."""

    refusals = {"which-person": "subject", "not-our-person": "subject", "no-such-person": "subject"}
    #: Whether it may be about the whole situation.
    whole: ClassVar[bool] = False

    def narrow(self) -> None:
        super().narrow()
        field, scene = self.fields["subject"], self.scene
        labels = dict(field.choices)  # type: ignore[attr-defined]  # a ChoiceField
        open_ = apart.open_to(scene, whole=self.whole)
        field.choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (n, Hinted(labels.get(n, _("The whole situation")), readers(scene, n))) for n in open_
        ]
        if len(labels) == 1:
            field.required = False
            field.empty_value = apart.about(scene, None)  # type: ignore[attr-defined]  # a TypedChoiceField
            field.widget = forms.HiddenInput()
        elif len(open_) == 1:
            field.initial = open_[0]


def readers(scene: Scene, subject: int) -> str:
    """Who will read what is recorded about a person, by agency."""
    names = _LISTS.join(e.agency.name for e in apart.recipients(scene, subject))
    return gettext("Read by: %(agencies)s") % {"agencies": names} if names else gettext("Read by your agency only")
