"""What does every change of an entry with versions go through? A form, what it will change, then the confirmation.

A form checks with its editor before anything is written, so that the preview never promises what will be refused. The
two steps work without JavaScript. Codes of this room go through them, and the sectors (situation_table.sector_pages).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from risk.editor import ChangedMeanwhile, NotPossible
from risk.versions import V, Version
from risk.vocabulary import FrenchProvenance, Provenance

#: What can be done to an entry: title of its page and button, what is said once it is done.
CHANGES: dict[str, tuple[Any, Any]] = {
    "new-version": (_("Change the words"), _("The new words are kept.")),
    "retire": (_("Retire"), _("The retirement is kept.")),
    "bring-back": (_("Bring back"), _("It comes back on that day.")),
}
BOTH = _("Both languages are needed before it can be used.")


class ChangeForm(forms.Form, Generic[V]):
    """What every change asks: from which day, and why. `versions`: of the entry, oldest first; none of a new one."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    start = forms.DateField(
        label=_("From which day"), help_text=_("Today or later. For example 2026-12-01"),
        error_messages={"required": _("Enter the day from which it counts")},
    )  # fmt: skip
    why = forms.CharField(
        label=_("Why"), max_length=200, help_text=_("One line, kept in the history of the code. No name of anybody."),
        error_messages={"required": _("Say why, in one line")},
    )  # fmt: skip
    #: Fields that open with what the newest version says.
    opens_with: ClassVar[tuple[str, ...]] = ()

    def __init__(self, versions: Sequence[V], data: Any = None) -> None:
        self.versions: Sequence[V] = versions
        self.newest: V | None = versions[-1] if versions else None
        newest: Version = self.newest
        today = timezone.localdate()
        initial: dict[str, Any] = {"start": today}
        if newest is not None:
            initial = {name: getattr(newest, name) for name in self.opens_with}
            initial |= {"start": max(today, newest.retired_on or newest.valid_from), "seen": newest.pk}
        super().__init__(data, initial=initial)
        for name, field in self.fields.items():
            if name.endswith(("_en", "_fr")):
                field.widget.attrs["lang"] = name[-2:]

    def clean(self) -> dict[str, Any]:
        got = super().clean() or {}
        if not self.errors:
            try:
                self.check(got)
            except NotPossible as refused:
                self.refuse(refused)
        return got

    def check(self, got: dict[str, Any]) -> None:
        """Ask the editor whether this may be written; raises NotPossible."""
        raise NotImplementedError

    def write(self, *, by: Any) -> V:
        """Have it written by a member; raises NotPossible, ChangedMeanwhile."""
        raise NotImplementedError

    def refuse(self, refused: NotPossible) -> None:
        """Show a refusal beside the field it is about."""
        self.add_error(refused.field if refused.field in self.fields else None, str(refused.reason))

    def only_says(self, refusal: Any) -> None:
        """Refuse the form as a whole, whatever else is wrong in it; what was typed stays."""
        self.full_clean()
        self.errors.clear()
        self.add_error(None, refusal)

    @property
    def seen_version(self) -> V:
        """The version the administrator looked at."""
        if self.newest is None:
            raise TypeError("an entry that is not there yet was never seen")
        seen = self.cleaned_data.get("seen")
        return next((v for v in self.versions if v.pk == seen), self.newest)


class WordsForm(ChangeForm[V]):
    """What a version says, in both languages, and where its words come from."""

    label_en = forms.CharField(label=_("English"), max_length=160, error_messages={"required": BOTH})
    label_fr = forms.CharField(label=_("French"), max_length=160, error_messages={"required": BOTH})
    provenance = forms.ChoiceField(
        label=_("Where the English comes from"), choices=Provenance.choices, initial=Provenance.LOCAL,
        help_text=_("Say “exact” only for words you have seen at a public source."),
    )  # fmt: skip
    french_provenance = forms.ChoiceField(
        label=_("Where the French comes from"), choices=FrenchProvenance.choices, initial=FrenchProvenance.LOCAL
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What the pages of one change say: title (also of the button that confirms), what stands above it, what was done.

    `kind` is the button's, `back_url` where to go without doing anything. `outdated`: what the form is for cannot be
    done to the entry any more, so that somebody changed it after the page was opened.
    """

    title: Any
    caption: str
    done: Any
    back_url: str
    kind: str = ""
    outdated: bool = False


def change_of(what: str, newest: Version, *, possible: Sequence[str], posted: bool, back_url: str) -> Change:
    """One of CHANGES to an entry, of which some are possible; 404 where it never was, or nothing was sent."""
    outdated = what not in possible
    if what not in CHANGES or (outdated and not posted):
        raise Http404
    title, done = CHANGES[what]
    kind = "danger" if what == "retire" else ""
    return Change(title=title, caption=newest.label, done=done, back_url=back_url, kind=kind, outdated=outdated)


def two_steps(
    request: HttpRequest, form: ChangeForm[V], change: Change, *, by: Any, preview: Callable[[Any], dict[str, Any]],
    address: Callable[[V], str],
) -> HttpResponse:  # fmt: skip
    """The form; then what it will change; then, confirmed, the change itself. 409: somebody changed it meanwhile."""
    step, outdated = request.POST.get("step", ""), change.outdated
    words = {"title": change.title, "caption": change.caption, "kind": change.kind, "back_url": change.back_url}
    if form.is_bound and not outdated and step != "edit" and form.is_valid():
        if step == "confirm":
            try:
                written = form.write(by=by)
            except NotPossible as refused:
                form.refuse(refused)
            except ChangedMeanwhile:
                outdated = True
            else:
                messages.success(request, change.done)
                return redirect(address(written))
        elif form.newest is None or form.seen_version == form.newest:
            return render(request, "catalogue/preview.html", words | {"form": form, "preview": preview(form)})
        else:
            outdated = True
    if outdated:
        form.only_says(_("Somebody changed this code after you opened the page. Go back and look at it again."))
    return render(request, "catalogue/change.html", words | {"form": form}, status=409 if outdated else 200)
