"""What is asked of whoever changes a sector? Words and examples in both languages, their source, a day, and why."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies import refusal, sector_editor
from agencies.models import Member, Sector
from agencies.sector_editor import SectorWords
from risk.changing import BOTH, ChangeForm, WordsForm
from risk.editor import ChangedMeanwhile, NotPossible


class SectorForm(WordsForm[Sector]):
    """A sector that is not there yet, another wording of one, or the words with which one comes back."""

    field_order = (
        "label_en", "label_fr", "examples_en", "examples_fr", "provenance", "french_provenance", "start", "why",
    )  # fmt: skip
    opens_with = ("label_en", "label_fr", "examples_en", "examples_fr", "provenance", "french_provenance")
    label_en = forms.CharField(label=_("English"), max_length=120, error_messages={"required": BOTH})
    label_fr = forms.CharField(label=_("French"), max_length=120, error_messages={"required": BOTH})
    examples_en = forms.CharField(
        label=_("Examples, in English"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kinds of agencies of this sector, separated by semicolons."),
    )  # fmt: skip
    examples_fr = forms.CharField(
        label=_("Examples, in French"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    @property
    def words(self) -> SectorWords:
        """What was typed, as the editor takes it."""
        got = self.cleaned_data
        return SectorWords(**{name: got.get(name) or "" for name in self.opens_with})

    def check(self, got: dict[str, Any]) -> None:
        with _told():
            sector_editor.check(self.newest, self.words, start=got["start"])

    def write(self, *, by: Member) -> Sector:
        got = self.cleaned_data
        said: dict[str, Any] = {"start": got["start"], "why": got["why"], "by": by}
        with _told():
            if self.newest is None:
                return sector_editor.add(self.words, **said)
            return sector_editor.reword(self.seen_version, self.words, **said)


class RetireSectorForm(ChangeForm[Sector]):
    """The day from which no agency can be given a sector any more."""

    def check(self, got: dict[str, Any]) -> None:
        if self.newest is not None:
            with _told():
                sector_editor.check_retirement(self.newest, on=got["start"])

    def write(self, *, by: Member) -> Sector:
        got = self.cleaned_data
        with _told():
            return sector_editor.retire(self.seen_version, on=got["start"], why=got["why"], by=by)


@contextmanager
def _told() -> Iterator[None]:
    """A refusal of the agencies' room, as the forms of risk take it."""
    try:
        yield
    except sector_editor.ChangedMeanwhile as meanwhile:
        raise ChangedMeanwhile from meanwhile
    except refusal.NotPossible as refused:
        raise NotPossible(refused.reason, refused.field) from refused
