"""What is asked of whoever changes a code list? Words in both languages, their source, a day, and why.

A form checks with the editor before anything is written, so that the preview never promises what will be refused.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from risk import editor, fixed
from risk.editor import Category, NotPossible, Wording
from risk.models import CatalogueEntry
from risk.vocabulary import CodeList, FrenchProvenance, Provenance

_NEW = "+"
_BOTH = _("Both languages are needed before it can be used.")


class ChangeForm(forms.Form):
    """What every change asks: from which day, and why."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    start = forms.DateField(
        label=_("From which day"), help_text=_("Today or later. For example 2026-12-01"),
        error_messages={"required": _("Enter the day from which it counts")},
    )  # fmt: skip
    why = forms.CharField(
        label=_("Why"), max_length=200, help_text=_("One line, kept in the history of the code. No name of anybody."),
        error_messages={"required": _("Say why, in one line")},
    )  # fmt: skip

    def __init__(
        self, newest: CatalogueEntry | None, data: Any = None, *, initial: dict[str, Any] | None = None
    ) -> None:
        self.newest = newest
        begins = max(timezone.localdate(), newest.retired_on or newest.valid_from) if newest else timezone.localdate()
        super().__init__(data, initial={"start": begins, "seen": newest.pk if newest else None} | (initial or {}))

    def clean(self) -> dict[str, Any]:
        got = super().clean() or {}
        if not self.errors:
            try:
                self.check(got)
            except NotPossible as refused:
                self.refuse(refused)
        return got

    def check(self, got: dict[str, Any]) -> None:
        """Ask the editor whether this may be written."""
        raise NotImplementedError

    def write(self, *, by: AbstractBaseUser) -> CatalogueEntry:
        """Have it written."""
        raise NotImplementedError

    def refuse(self, refused: NotPossible) -> None:
        """Show a refusal beside the field it is about."""
        self.add_error(refused.field if refused.field in self.fields else None, str(refused.reason))

    @property
    def seen_entry(self) -> CatalogueEntry:
        """The version the administrator looked at."""
        if self.newest is None:
            raise TypeError("a code that is not there yet was never seen")
        versions = CatalogueEntry.objects.versions(
            CodeList(self.newest.code_list), self.newest.category_code, self.newest.code
        )
        seen: int | None = self.cleaned_data.get("seen")
        return (versions.filter(pk=seen).first() if seen else None) or self.newest


class WordingForm(ChangeForm):
    """A new wording of a code, or a retired code with the words it comes back with."""

    field_order = (
        "category", "category_en", "category_fr", "label_en", "label_fr", "definition_en", "definition_fr",
        "provenance", "french_provenance", "hidden_for_youth", "start", "why",
    )  # fmt: skip
    label_en = forms.CharField(label=_("English"), max_length=160, error_messages={"required": _BOTH})
    label_fr = forms.CharField(label=_("French"), max_length=160, error_messages={"required": _BOTH})
    definition_en = forms.CharField(
        label=_("What it means, in English"), max_length=400, required=False,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("One sentence, shown beside the code."),
    )  # fmt: skip
    definition_fr = forms.CharField(
        label=_("What it means, in French"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    provenance = forms.ChoiceField(
        label=_("Where the English comes from"), choices=Provenance.choices, initial=Provenance.LOCAL,
        help_text=_("Say “exact” only for words you have seen at a public source."),
    )  # fmt: skip
    french_provenance = forms.ChoiceField(
        label=_("Where the French comes from"), choices=FrenchProvenance.choices, initial=FrenchProvenance.LOCAL
    )
    hidden_for_youth = forms.BooleanField(
        label=_("Hidden before filter 4 when the person is 12 to 17"), required=False,
        help_text=_("For what says or suggests a youth-justice record (R46). It can be set, never taken back."),
    )  # fmt: skip

    def __init__(self, newest: CatalogueEntry | None, data: Any = None) -> None:
        words = {} if newest is None else {
            name: getattr(newest, name)
            for name in ("label_en", "label_fr", "definition_en", "definition_fr", "hidden_for_youth")
        }  # fmt: skip
        super().__init__(newest, data, initial=words)

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
        return editor.reword(self.seen_entry, self.wording, start=got["start"], why=got["why"], by=by)


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
        super().__init__(None, data)
        new = fixed.takes_new_categories(code_list, has_categories=bool(self.known))
        if not self.known:
            del self.fields["category"]
        else:
            named = [
                (c.code, CatalogueEntry(category_en=c.label_en, category_fr=c.label_fr).category_label)
                for c in self.known
            ]
            self.fields["category"] = forms.ChoiceField(
                label=_("Category"), choices=[("", ""), *named, *([(_NEW, _("A new category"))] if new else [])],
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


class RetireForm(ChangeForm):
    """The day from which a code is not offered any more."""

    def check(self, got: dict[str, Any]) -> None:
        if self.newest is not None:
            editor.check_retirement(self.newest, on=got["start"])

    def write(self, *, by: AbstractBaseUser) -> CatalogueEntry:
        on: date = self.cleaned_data["start"]
        return editor.retire(self.seen_entry, on=on, why=self.cleaned_data["why"], by=by)
