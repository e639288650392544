"""What has every form of an act in common? The act's name, an idempotency key, the version that was seen.

A form only asks and checks what was typed; whether the act may happen is the lifecycle's decision. Both doors, page
and API, fill `lifecycle.perform` from `act_data`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import uuid4

from django import forms

from privacy.decision import Decision
from situations import written
from situations.scene import Scene

_HIDDEN = ("key", "seen_version")
_SEEN_TEXTS = "seen_texts"


class ActForm(forms.Form):
    """The form of one act on one situation. Subclasses name the act and narrow their choices to the scene."""

    act: ClassVar[str]
    #: Acts that decide on all that was seen are refused when anything changed meanwhile. Others (an agency stands
    #: behind an item, a person is named) stay true whatever eight colleagues did in the same minute.
    decides_on_what_was_seen: ClassVar[bool] = False
    #: Elements whose sealed words the act writes over: the versions the form was opened with travel with it.
    overwrites: ClassVar[tuple[str, ...]] = ()
    #: Beside which field is a refusal of the lifecycle shown? Decision code -> field; others stand on top.
    refusals: ClassVar[Mapping[str, str]] = {}

    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, scene: Scene, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.scene = scene
        self.fields["key"].initial = uuid4().hex
        if self.decides_on_what_was_seen:
            self.fields["seen_version"].initial = scene.situation.version
        if self.overwrites:
            seen = written.as_text(written.versions(scene, self.overwrites))
            self.fields[_SEEN_TEXTS] = forms.CharField(widget=forms.HiddenInput, required=False, initial=seen)
        self.narrow()

    def narrow(self) -> None:
        """Limit the choices to what the scene allows."""

    def act_data(self) -> dict[str, Any]:
        """What `perform` takes for this act, once the form is valid."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in (*_HIDDEN, _SEEN_TEXTS)}
        # Who decided on the whole situation as it was (the other door) has said what was seen of its words as well.
        if self.overwrites and self.cleaned_data["seen_version"] is None:
            data["seen"] = written.from_text(self.cleaned_data[_SEEN_TEXTS])
        return data

    def refuse(self, decision: Decision) -> None:
        """Show a refusal of the lifecycle on the form, beside the field it is about."""
        field = self.refusals.get(decision.code)
        self.add_error(field if field in self.fields else None, str(decision.reason))

    @property
    def asks(self) -> bool:
        """Whether there is anything to type or choose: acts that ask nothing can be sent by a button."""
        return bool(self.visible_fields())
