"""How is a whole draft saved in one go? By the forms of its sections; parts that are not sent stay as they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict

from situations.forms.base import ActForm
from situations.forms.draft import SAVE_SECTIONS, SectionForm


class DraftForm(ActForm):
    """The whole draft at once, for doors that save it in one go. Only the sections that were sent are saved."""

    act = "save"

    def __init__(self, scene: Any, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(scene, data, **kwargs)
        sent = None if data is None else _flat(data)
        self.sections = [section(scene, sent, **kwargs) for section in SAVE_SECTIONS.values()]
        for section in self.sections:
            self.fields |= {n: f for n, f in section.fields.items() if n not in self.fields}
        if sent is not None:
            self.data = sent

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for section in self._sent():
            for name, problems in section.errors.items():
                if name not in self.errors:
                    self.add_error(name if name in self.fields else None, [str(p) for p in problems])
        return data

    def act_data(self) -> dict[str, Any]:
        merged: dict[str, Any] = {}
        for section in self._sent():
            for name, value in section.act_data().items():
                merged[name] = {**merged.get(name, {}), **value} if isinstance(value, dict) else value
        return merged

    def _sent(self) -> Iterable[SectionForm]:
        return [s for s in self.sections if any(f.html_name in self.data for f in s.visible_fields())]


def _flat(data: Mapping[str, Any]) -> Any:
    """A list `persons` of age_group, sex, part, as JSON has it, in the names of the form's fields."""
    if isinstance(data, QueryDict):
        sent = data.copy()
        sent["later"] = "1"
        return sent
    flat = {**data, "later": "1"}
    persons = flat.pop("persons", None)
    if isinstance(persons, list):
        flat["rows"] = max(1, len(persons))
        for number, person in enumerate(persons, 1):
            for name, key in (("age", "age_group"), ("sex", "sex"), ("part", "part")):
                flat[f"person_{number}_{name}"] = person.get(key, "") if isinstance(person, dict) else ""
        flat.setdefault("person_1_age", "")
    return flat
