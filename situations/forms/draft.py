"""What does an agency say to file a situation? One form for each section of the task list; all carry out "save".

"Save and continue" asks for everything a section needs; "Save and come back later" (`later` in the data) keeps what
is there. Doors that save the whole draft at once use `whole.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from privacy import vault
from risk.models import CatalogueEntry
from risk.vocabulary import CodeList
from situations import drafted
from situations.forms.base import ActForm
from situations.forms.fields import EntriesField, EntryField, RowsField, entry_value, words_field
from situations.forms.people import agencies_of_table
from situations.forms.picking import PickSeveral
from situations.marks import SUMMARY
from situations.vocabulary import Part, ScreeningQuestion

#: A household or a group; larger bodies of people are a neighbourhood.
MOST_PERSONS = 12
#: Characters of a summary.
MOST_WORDS = 4000
_TRIED = "tried"


class SectionForm(ActForm):
    """A section of the draft."""

    act = "save"
    #: Its name. What stood in it travels with the form, so that colleagues at other sections do not get in the way.
    section: ClassVar[str]
    #: Sealed texts this section holds: the version last seen travels with the form, so nobody overwrites unseen words.
    texts: ClassVar[tuple[str, ...]] = ()

    def __init__(self, scene: Any, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(scene, data, **kwargs)
        if data is not None and "later" in data:
            for field in self.fields.values():
                field.required = False

    def narrow(self) -> None:
        self.fields[self._print] = forms.CharField(
            widget=forms.HiddenInput, required=False, initial=drafted.part(self.scene.situation, self.section)
        )
        if not self.texts:
            return
        stored = vault.read_screened(self.scene.situation.pk, vault.F1)
        for item in self.texts:
            text, version = stored.get(item, ("", 0))
            self.initial.setdefault(item, text)
            self.fields[f"seen_{item}"] = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=version)

    @property
    def _print(self) -> str:
        return f"seen_part_{self.section}"

    def seen_data(self) -> dict[str, Any]:
        """The print of the section as it was when the form was made."""
        seen = self.cleaned_data[self._print]
        return {"seen_parts": {self.section: seen}} if seen else {}

    def texts_data(self) -> dict[str, Any]:
        """The texts typed, with the versions they were typed over."""
        seen = {i: self.cleaned_data[f"seen_{i}"] for i in self.texts if self.cleaned_data[f"seen_{i}"] is not None}
        # A browser's own submit ends lines in two characters; the guard counts characters.
        typed = {i: self.cleaned_data[i].replace("\r\n", "\n") for i in self.texts}
        return {"texts": typed, "seen": seen}

    def chosen(self, code_list: CodeList) -> list[CatalogueEntry]:
        """The codes saved so far."""
        facts = self.scene.situation.facts.filter(entry__code_list=code_list).select_related("entry")
        return [f.entry for f in facts.order_by("entry__position")]


class WhomForm(SectionForm):
    """What kind of situation, and whom it affects: coarse codes only."""

    section = "whom"
    discussion_type = EntryField(
        label=_("What kind of situation is it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what kind of situation it is")},
    )
    rows = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=MOST_PERSONS)

    def narrow(self) -> None:
        super().narrow()
        s = self.scene.situation
        kind = self.fields["discussion_type"]
        kind.offer(CodeList.DISCUSSION_TYPE, chosen=s.discussion_type)  # type: ignore[attr-defined]  # an EntryField
        if s.discussion_type is not None:
            kind.initial = entry_value(s.discussion_type)
        saved = list(s.persons.select_related("age_group", "sex"))
        self.numbers = range(1, self._how_many(len(saved)) + 1)
        self.fields["rows"].initial = len(self.numbers)
        for number in self.numbers:
            self._ask_for_person(number, saved[number - 1] if number <= len(saved) else None)

    def _how_many(self, saved: int) -> int:
        wanted = str(self.data.get("rows") or self.initial.get("rows") or "")
        return min(MOST_PERSONS, max(saved, 1, int(wanted) if wanted.isdecimal() else 1))

    def _ask_for_person(self, number: int, saved: Any) -> None:
        first = number == 1
        age = EntryField(label=gettext("Person %(n)s: age group") % {"n": number}, required=first)
        age.offer(CodeList.AGE_GROUP, chosen=saved.age_group if saved else None, blank=_("Choose"))
        sex = EntryField(label=gettext("Person %(n)s: sex") % {"n": number}, required=first)
        sex.offer(CodeList.SEX, chosen=saved.sex if saved else None, blank=_("Choose"))
        part = forms.ChoiceField(
            label=gettext("Person %(n)s: part in the situation") % {"n": number}, choices=Part.choices
        )
        age.error_messages["required"] = gettext("Choose an age group, or “Unknown”")
        sex.error_messages["required"] = gettext("Choose one, or “Unknown”")
        if not first:
            age.help_text = gettext("Choose nothing here to leave this person out.")
        if saved is not None:
            age.initial, sex.initial = entry_value(saved.age_group), entry_value(saved.sex)
        part.initial = saved.part if saved is not None else Part.SUBJECT
        self.fields |= {f"person_{number}_age": age, f"person_{number}_sex": sex, f"person_{number}_part": part}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for number in self.numbers:
            age, sex = data.get(f"person_{number}_age"), data.get(f"person_{number}_sex")
            for name, there, missing in (("age", sex, age), ("sex", age, sex)):
                field = f"person_{number}_{name}"
                if there and not missing and field not in self.errors:
                    self.add_error(field, gettext("Choose this as well, or “Unknown”"))
        return data

    def act_data(self) -> dict[str, Any]:
        got = self.cleaned_data
        persons = [
            (got[f"person_{n}_age"], got[f"person_{n}_sex"], got[f"person_{n}_part"] or Part.SUBJECT)
            for n in self.numbers
            if got[f"person_{n}_age"]
        ]
        return {"discussion_type": got["discussion_type"], "persons": persons, **self.seen_data()}


class AcuteForm(SectionForm):
    """Why it is acute and cannot be met by one agency: the screening answers of filter 1 (R2)."""

    section = "acute"
    texts = (_TRIED,)
    screening = forms.MultipleChoiceField(
        label=_("Which of these are so?"),
        help_text=_("All four must be so before the table may hear it."),
        choices=ScreeningQuestion.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick what is so. If none is, this is not for the table")},
    )
    tried = words_field(
        label=_("What your agency tried"),
        help_text=_("Your agency reads this, nobody else ever."),
        required=False,
    )
    likely_agencies = RowsField(
        label=_("Which agencies are likely needed?"),
        help_text=_("A first thought, for your own screening. The table chooses later."),
        error_messages={"required": _("Choose at least one agency besides your own")},
    )
    duty_acknowledged = forms.BooleanField(
        label=_("We know that filing here does not discharge a duty to report to children’s aid"),
        help_text=_("Needed when somebody affected is under 18."),
        required=False,
    )

    def narrow(self) -> None:
        super().narrow()
        s = self.scene.situation
        others = agencies_of_table(s.table_id).exclude(pk=s.originating_agency_id)
        field = self.fields["likely_agencies"]
        field.offer(others, _agency_name)  # type: ignore[attr-defined]  # a RowsField
        field.initial = [str(pk) for pk in s.likely_agencies.values_list("pk", flat=True)]
        self.fields["screening"].initial = list(s.screening)
        self.fields["duty_acknowledged"].initial = s.duty_to_report_acknowledged

    def act_data(self) -> dict[str, Any]:
        got = self.cleaned_data
        return {
            "screening": got["screening"],
            "likely_agencies": got["likely_agencies"],
            "duty_acknowledged": got["duty_acknowledged"],
            **self.texts_data(),
            **self.seen_data(),
        }


class FactorsForm(SectionForm):
    """The risk factors present now."""

    section = "factors"
    risk_factors = EntriesField(
        widget=PickSeveral,
        label=_("Risk factors"),
        help_text=_("Choose what is present now, in your agency’s own knowledge."),
        error_messages={"required": _("Choose at least one risk factor")},
    )

    def narrow(self) -> None:
        super().narrow()
        _offer_facts(self, {"risk_factors": CodeList.RISK_FACTOR})

    def act_data(self) -> dict[str, Any]:
        return {"facts": {CodeList.RISK_FACTOR: self.cleaned_data["risk_factors"]}, **self.seen_data()}


class ProtectiveForm(SectionForm):
    """What protects, and the study flags."""

    section = "protective"
    protective_factors = EntriesField(
        widget=PickSeveral,
        label=_("Protective factors"),
        help_text=_("What helps already. None is an answer too."),
        required=False,
    )
    study_flags = EntriesField(
        widget=PickSeveral,
        label=_("Study flags"),
        help_text=_("Circumstances the table looks at over the years."),
        required=False,
    )

    def narrow(self) -> None:
        super().narrow()
        _offer_facts(self, {"protective_factors": CodeList.PROTECTIVE_FACTOR, "study_flags": CodeList.STUDY_FLAG})

    def act_data(self) -> dict[str, Any]:
        got = self.cleaned_data
        return {
            "facts": {
                CodeList.PROTECTIVE_FACTOR: got["protective_factors"],
                CodeList.STUDY_FLAG: got["study_flags"],
            },
            **self.seen_data(),
        }


class SummaryForm(SectionForm):
    """What is happening, without saying who. It holds no codes; its text has a version of its own."""

    section = "summary"
    texts = (SUMMARY,)
    summary = words_field(
        most=MOST_WORDS,
        rows=9,
        label=_("What is happening, without saying who"),
        help_text=_(
            "Three to five sentences. What you saw, what you fear will happen, how soon."
            " Write “he”, “a relative”, “the home”."
        ),
        error_messages={"required": gettext_lazy("Write the summary")},
    )

    def act_data(self) -> dict[str, Any]:
        return self.texts_data()


def _offer_facts(form: SectionForm, fields: Mapping[str, CodeList]) -> None:
    for name, code_list in fields.items():
        chosen = form.chosen(code_list)
        form.fields[name].offer(code_list, chosen=chosen)  # type: ignore[attr-defined]  # an EntriesField
        form.fields[name].initial = [entry_value(e) for e in chosen]


def _agency_name(agency: Agency) -> str:
    return agency.name


#: The sections of the task list, in its order.
SAVE_SECTIONS: dict[str, type[SectionForm]] = {
    "whom": WhomForm,
    "acute": AcuteForm,
    "factors": FactorsForm,
    "protective": ProtectiveForm,
    "summary": SummaryForm,
}
