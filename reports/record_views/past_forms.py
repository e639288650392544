"""What does the page ask about an old spreadsheet? The file, its unknown columns, its dates and its unknown words.

A word is shown as it stands in the file, cut short, to the recorder who chose the file, and to nobody else; one that
the name guard marks is not shown but named by its line. A field's name holds a digest only. Quotation marks stand
around a word, so that a copied one is no formula.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from reports.importing.batches import Outcome
from reports.importing.codes import place_of
from reports.importing.days import DAYS
from reports.importing.layout import IGNORED, columns
from reports.importing.meanings import choices, named
from reports.importing.tally import Unmatched
from reports.importing.words import is_marked

Answers = dict[tuple[str, str], str]
_COLUMN, _VALUE = "column-", "value-"
_LONGEST_SHOWN = 80
_LONGEST_PLACE = 6


class FileForm(forms.Form):
    """The spreadsheet, and what those of its columns are that nobody knew."""

    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        help_text=gettext_lazy("CSV or XLSX, up to 2.5 MB: a few thousand discussions. It is read and not kept."),
        error_messages={
            "required": gettext_lazy("Choose the file. One larger than 2.5 MB is imported year by year."),
            "empty": gettext_lazy("The file is empty."),
        },
    )

    def __init__(
        self, data: Any = None, files: Any = None, *, unknown: Iterable[int] = (), said: Mapping[int, str] | None = None
    ) -> None:
        super().__init__(data, files)
        meanings = [("", _("Choose")), (IGNORED, _("Do not read it")), *((c.key, c.header) for c in columns())]
        for place in unknown:
            self.fields[f"{_COLUMN}{place}"] = forms.ChoiceField(
                label=_("What is column %(letter)s (number %(n)s)?") % {"letter": _letter(place), "n": place},
                choices=meanings, required=False,
            )  # fmt: skip
        for place, means in (said or {}).items():  # goes along unseen to the next check, since nothing keeps it
            self.fields[f"{_COLUMN}{place}"] = forms.CharField(widget=forms.HiddenInput, initial=means)


@dataclass(frozen=True, slots=True)
class Group:
    """The fields about one list."""

    title: str
    fields: list[forms.BoundField]


class WordsForm(forms.Form):
    """What the words of a file mean that no list holds, by list: those still to be said, and those said before."""

    use_required_attribute = False

    def __init__(self, done: Outcome) -> None:
        super().__init__()
        self._choices: dict[str, list[Any]] = {}
        self._waiting: dict[str, list[str]] = {}
        self._said: dict[str, list[str]] = {}
        for what, cells in done.days.items():
            self._ask_days(what, cells)
        for one in done.unmatched:
            self._ask(one)
        for name, words in done.used.items():
            for said, means in words.items():
                if name == DAYS:
                    self._add_days(self._said, said, means, "")
                else:
                    self._say(name, said, done.spelled[name, said], means)
        for name, words in done.used_once.items():
            for said, means in words.items():  # goes along unseen to the next check, since nothing keeps it
                field = forms.CharField(widget=forms.HiddenInput, initial=means)
                self.fields[f"{_VALUE}{name}-{place_of(name, said)}"] = field

    @property
    def waiting(self) -> list[Group]:
        """What is still to be said."""
        return self._groups(self._waiting)

    @property
    def said(self) -> list[Group]:
        """What was said before and is used again."""
        return self._groups(self._said)

    def _groups(self, of: Mapping[str, list[str]]) -> list[Group]:
        return [Group(named(name), [self[field] for field in fields]) for name, fields in of.items()]

    def _ask(self, one: Unmatched) -> None:
        label = _quoted(one.said)
        hints = [ngettext("%(n)s time in the file.", "%(n)s times in the file.", one.times) % {"n": one.times}]
        if is_marked(one.said):
            label = _("Line %(n)s: a word that may be a name") % {"n": one.line}
            hints.append(_("It is not shown. What you choose is used for this file and kept nowhere."))
        if one.likely:
            hints.append(_("Chosen because it says almost the same: look whether it is meant."))
        self._add(
            self._waiting, one.list, one.place, forms.ChoiceField(
                label=label, help_text=" ".join(hints), initial=one.likely,
                choices=self._codes(one.list, may_be_empty=not one.needed),
            ),
        )  # fmt: skip

    def _say(self, name: str, at: str, said: str, means: str) -> None:
        """A word that was said before, to be changed."""
        field = forms.ChoiceField(label=_quoted(said), choices=self._codes(name, may_be_empty=True), initial=means)
        self._add(self._said, name, place_of(name, at), field)

    def _ask_days(self, what: str, cells: int) -> None:
        told = ngettext("%(n)s cell is written so.", "%(n)s cells are written so.", cells) % {"n": cells}
        self._add_days(self._waiting, what, "", told)

    def _add_days(self, into: dict[str, list[str]], what: str, initial: str, told: str) -> None:
        asked, codes = _days()[what]
        field = forms.ChoiceField(label=asked, help_text=told, choices=[("", _("Choose")), *codes], initial=initial)
        self._add(into, DAYS, what, field)

    def _add(self, into: dict[str, list[str]], name: str, place: str, field: forms.ChoiceField) -> None:
        self.fields[f"{_VALUE}{name}-{place}"] = field
        into.setdefault(name, []).append(f"{_VALUE}{name}-{place}")

    def _codes(self, name: str, *, may_be_empty: bool) -> list[Any]:
        if name not in self._choices:
            self._choices[name] = [
                choice for group, codes in choices(name) for choice in ([(group, codes)] if group else codes)
            ]
        empty = [(IGNORED, _("Leave it empty"))] if may_be_empty else []
        return [("", _("Choose")), *empty, *self._choices[name]]


def read_as(words: Mapping[str, Mapping[str, str]]) -> list[dict[str, str]]:
    """What a batch keeps of its words, to be shown: word -> what it was read as. A code that is gone stands itself."""
    rows = []
    for name, said in words.items():
        if name == DAYS:
            rows += [{"key": _days()[what][0], "value": dict(_days()[what][1])[means]} for what, means in said.items()]
            continue
        labels = {code: label for _group, codes in choices(name) for code, label in codes}
        labels[IGNORED] = _("Left empty")
        rows += [{"key": _quoted(word), "value": labels.get(means, means)} for word, means in said.items()]
    return rows


def _days() -> dict[str, tuple[str, list[tuple[str, str]]]]:
    """Key of days.SAYABLE -> the question and its answers."""
    return {
        "order": (
            _("Which number comes first in 03/04/2025?"),
            [("day-first", _("The day: 3 April")), ("month-first", _("The month: March 4"))],
        ),
        "serial": (
            _("From when does the spreadsheet count days, as in 45750?"),
            [
                ("1900", _("From 1900: 45750 is 3 April 2025 (most spreadsheets)")),
                ("1904", _("From 1904: 45750 is 4 April 2029 (older Macintosh files)")),
            ],
        ),
    }


def _quoted(said: str) -> str:
    return _("“%(said)s”") % {"said": Truncator(" ".join(said.split())).chars(_LONGEST_SHOWN)}


def chosen_columns(posted: Mapping[str, str]) -> dict[int, str]:
    """Place -> meaning, for the columns somebody answered for."""
    said = {name.removeprefix(_COLUMN): means for name, means in posted.items() if name.startswith(_COLUMN) and means}
    return {int(place): means for place, means in said.items() if _is_place(place)}


def asked_columns(posted: Mapping[str, str]) -> list[int]:
    """The places of all columns that the page asked for, answered or not: they are asked for again as they were."""
    places = {name.removeprefix(_COLUMN) for name in posted if name.startswith(_COLUMN)}
    return sorted(int(place) for place in places if _is_place(place))


def _is_place(said: str) -> bool:
    return said.isascii() and said.isdigit() and len(said) < _LONGEST_PLACE


def said_words(posted: Mapping[str, str]) -> dict[str, str]:
    """Field -> code, for the words somebody answered for: what a page without the file cannot ask again goes along."""
    return {name: means for name, means in posted.items() if name.startswith(_VALUE) and means}


def answered(posted: Mapping[str, str]) -> Answers:
    """(List, place) -> code, for the words somebody answered for. Whoever uses them looks whether they exist."""
    said = {name.removeprefix(_VALUE): means for name, means in posted.items() if name.startswith(_VALUE) and means}
    parts = {tuple(name.split("-", 1)): means for name, means in said.items()}
    return {(pair[0], pair[1]): means for pair, means in parts.items() if len(pair) == 2}


def _letter(place: int) -> str:
    """The column's letter, as spreadsheets name it."""
    name = ""
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name
