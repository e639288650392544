"""How are codes, authorities, people and agencies offered for choice? In the reader's language, with their meaning.

Choices are made when a form is made, so they follow the language of the request. A code is sent as `category:code`
(or `code` where its list has no categories): the same in both doors, in both languages and after a new version.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django import forms
from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from privacy.decision import Text
from privacy.models import LegalAuthority
from risk.models import CatalogueEntry
from risk.synonyms import search_words
from risk.vocabulary import CodeList

Row = TypeVar("Row", bound=Model)


class Hinted(str):
    """A choice's label with a line of explanation under it (the form templates read `hint`), and the other words by
    which a picker finds it.
    """

    __slots__ = ("hint", "words")
    hint: str
    words: str

    def __new__(cls, label: Text, hint: Text = "", words: str = "") -> Hinted:
        made = super().__new__(cls, label)
        made.hint = str(hint)
        made.words = words
        return made


def entry_value(entry: CatalogueEntry) -> str:
    """How a code is sent."""
    return f"{entry.category_code}:{entry.code}" if entry.category_code else entry.code


class _Entries:
    """The entries on offer: those in force, and those chosen earlier even if retired since."""

    by_value: dict[str, CatalogueEntry]
    choices: Any

    def _offer(
        self, code_list: CodeList, groups: tuple[str, ...], chosen: Iterable[CatalogueEntry], blank: Text | None
    ) -> None:
        self.by_value = {entry_value(e): e for e in chosen}
        grouped: list[Any] = [("", blank)] if blank is not None else []
        for group in CatalogueEntry.objects.of(code_list).in_force().grouped():
            if groups and group.code not in groups:
                continue
            self.by_value |= {v: e for e in group.entries if (v := entry_value(e)) not in self.by_value}
            rows = [(entry_value(e), Hinted(e.label, e.definition, search_words(e))) for e in group.entries]
            grouped += [(group.label, rows)] if group.label and len(groups) != 1 else rows
        self.choices = grouped


class EntryField(_Entries, forms.ChoiceField):
    """One code of one list; cleans to its entry."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.by_value = {}

    def offer(
        self,
        code_list: CodeList,
        *,
        groups: tuple[str, ...] = (),
        chosen: CatalogueEntry | None = None,
        blank: Text | None = None,
    ) -> None:
        """Offer the codes of a list (only some groups of it)."""
        self._offer(code_list, groups, [chosen] if chosen else [], blank)

    def clean(self, value: Any) -> CatalogueEntry | None:
        return self.by_value.get(super().clean(value))


class EntriesField(_Entries, forms.MultipleChoiceField):
    """Several codes of one list; cleans to their entries, in the list's order."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.by_value = {}

    def offer(self, code_list: CodeList, *, chosen: Iterable[CatalogueEntry] = ()) -> None:
        """Offer the codes of a list."""
        self._offer(code_list, (), chosen, None)

    def clean(self, value: Any) -> list[CatalogueEntry]:
        return [self.by_value[v] for v in super().clean(value)]


class RowField(forms.ChoiceField):
    """One of the rows the scene allows; cleans to the row. Sent by primary key."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.by_value: dict[str, Any] = {}

    def offer(self, rows: Iterable[Row], label: Callable[[Row], str], *, blank: Text | None = None) -> None:
        """Offer these rows, named by `label`."""
        self.by_value, named = _named(rows, label)
        self.choices = [*([("", blank)] if blank is not None else []), *named]

    def clean(self, value: Any) -> Any:
        return self.by_value.get(super().clean(value))


class RowsField(forms.MultipleChoiceField):
    """Several of the rows the scene allows."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.by_value: dict[str, Any] = {}

    def offer(self, rows: Iterable[Row], label: Callable[[Row], str]) -> None:
        """Offer these rows, named by `label`."""
        self.by_value, self.choices = _named(rows, label)

    def clean(self, value: Any) -> list[Any]:
        return [self.by_value[v] for v in super().clean(value)]


def _named(rows: Iterable[Row], label: Callable[[Row], str]) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    known = {str(row.pk): row for row in rows}
    return known, [(value, label(row)) for value, row in known.items()]


def authority_label(authority: LegalAuthority) -> str:
    """An authority with the words of its own test and what it obliges to afterwards."""
    said = (capfirst(x.rstrip(".")) + "." for x in (authority.test, authority.duty) if x)
    return Hinted(authority.label, " ".join(said))


def authority_field() -> RowField:
    """The choice of a legal authority."""
    return RowField(
        label=_("On which legal authority"),
        help_text=_("Your own agency’s. The table’s agreement that sharing is right is not an authority."),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the authority your agency relies on")},
    )


def grounds_field() -> forms.CharField:
    """The grounds a statute's own test asks for."""
    return words_field(
        label=_("Grounds"),
        help_text=_(
            "What makes the authority’s own test true here, in your agency’s knowledge."
            " Sealed; read by your agency’s named person only."
        ),
        required=False,
    )


def words_field(*, most: int = 2000, rows: int = 5, **kwargs: Any) -> forms.CharField:
    """A text that will be sealed, with its length limited."""
    return forms.CharField(max_length=most, widget=forms.Textarea(attrs={"rows": rows, "maxlength": most}), **kwargs)
