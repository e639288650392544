"""What is asked of whoever changes a code list? Words in both languages, their source, a day, and why.

What every change asks and does is in risk.changing.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext_lazy as _

from risk import editor, fixed
from risk.changing import ChangeForm, WordsForm
from risk.editor import Category, Wording
from risk.models import CatalogueEntry
from risk.vocabulary import CodeList

_NEW = "+"


class WordingForm(WordsForm[CatalogueEntry]):
    """A new wording of a code, or a retired code with the words it comes back with."""

    field_order = (
        "category", "category_en", "category_fr", "label_en", "label_fr", "definition_en", "definition_fr",
        "provenance", "french_provenance", "hidden_for_youth", "start", "why",
    )  # fmt: skip
    opens_with = (
        "label_en", "label_fr", "definition_en", "definition_fr", "provenance", "french_provenance",
        "hidden_for_youth",
    )  # fmt: skip
    definition_en = forms.CharField(
        label=_("What it means, in English"), max_length=400, required=False,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("One sentence, shown beside the code."),
    )  # fmt: skip
    definition_fr = forms.CharField(
        label=_("What it means, in French"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    hidden_for_youth = forms.BooleanField(
        label=_("Hidden before filter 4 when the person is 12 to 17"), required=False,
        help_text=_("For what says or suggests a youth-justice record. It can be set, never taken back."),
    )  # fmt: skip

    @property
    def wording(self) -> Wording:
        """What was typed, as the editor takes it."""
        got = self.cleaned_data
        return Wording(**{name: got.get(name) or "" for name in (
            "label_en", "label_fr", "definition_en", "definition_fr", "provenance", "french_provenance",
        )}, hidden_for_youth=bool(got.get("hidden_for_youth")))  # fmt: skip

    def check(self, got: dict[str, Any]) -> None:
        if self.newest is not None:
            editor.check_wording(self.newest, self.wording, start=got["start"])

    def write(self, *, by: AbstractBaseUser) -> CatalogueEntry:
        got = self.cleaned_data
        return editor.reword(self.seen_version, self.wording, start=got["start"], why=got["why"], by=by)


class NewCodeForm(WordingForm):
    """A code that is not in the list yet, and the category it belongs to."""

    category = forms.ChoiceField(
        label=_("Category"), error_messages={"required": _("Choose the category it belongs to.")}
    )
    category_en = forms.CharField(
        label=_("A new category, in English"), max_length=80, required=False,
        help_text=_("Only if you chose “a new category”."),
    )  # fmt: skip
    category_fr = forms.CharField(label=_("A new category, in French"), max_length=80, required=False)

    def __init__(self, code_list: CodeList, data: Any = None) -> None:
        self.code_list, self.known = code_list, editor.categories(code_list)
        super().__init__((), data)
        new = fixed.takes_new_categories(code_list, has_categories=bool(self.known))
        if not self.known:
            del self.fields["category"]
        else:
            named = [
                (c.code, CatalogueEntry(category_en=c.label_en, category_fr=c.label_fr).category_label)
                for c in self.known
            ]
            self.fields["category"] = forms.ChoiceField(
                label=_("Category"),
                choices=[("", _("Choose")), *named, *([(_NEW, _("A new category"))] if new else [])],
                error_messages={"required": _("Choose the category it belongs to.")},
            )  # fmt: skip
            self.order_fields(self.field_order)
        if not new:
            del self.fields["category_en"], self.fields["category_fr"]

    @property
    def chosen(self) -> Category:
        """The category it is to stand in."""
        got = self.cleaned_data
        if got.get("category") == _NEW:
            return Category.new(got.get("category_en") or "", got.get("category_fr") or "")
        return next((c for c in self.known if c.code == got.get("category")), Category())

    def clean(self) -> dict[str, Any]:
        got = super().clean()
        if got.get("category") == _NEW:
            for name in ("category_en", "category_fr"):
                if not got.get(name):
                    self.add_error(name, _("Name the category in both languages."))
        return got

    def check(self, got: dict[str, Any]) -> None:
        if got.get("category") == _NEW and not (got.get("category_en") and got.get("category_fr")):
            return  # said beside the fields
        editor.check_new(self.code_list, category=self.chosen, wording=self.wording, start=got["start"])

    def write(self, *, by: AbstractBaseUser) -> CatalogueEntry:
        got = self.cleaned_data
        return editor.add(
            self.code_list, category=self.chosen, wording=self.wording, start=got["start"], why=got["why"], by=by
        )


class RetireForm(ChangeForm[CatalogueEntry]):
    """The day from which a code is not offered any more."""

    def check(self, got: dict[str, Any]) -> None:
        if self.newest is not None:
            editor.check_retirement(self.newest, on=got["start"])

    def write(self, *, by: AbstractBaseUser) -> CatalogueEntry:
        on: date = self.cleaned_data["start"]
        return editor.retire(self.seen_version, on=on, why=self.cleaned_data["why"], by=by)
