"""What is asked of whoever proposes a seat, corrects a person, imports a file, or says who leaves?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies import reach, seats
from agencies.forms import seen
from agencies.forms.either_or import either_or
from agencies.models import Agency, Member, Seat, Table
from agencies.people_import import MOST_BYTES
from agencies.vocabulary import AGENCY_ROLES, Role

_DAY = _("For example 2026-12-01")
_LANGUAGES = (("en", "English"), ("fr", "Français"))
_PHONE = r"^[0-9() .,x+#-]*\Z"


def _name() -> forms.CharField:
    return forms.CharField(
        label=_("Name"), max_length=120, error_messages={"required": _("Enter the person’s name")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


def _phone() -> forms.RegexField:
    return forms.RegexField(
        _PHONE, label=_("Telephone at work"), max_length=30, required=False,
        error_messages={"invalid": _("This is not a telephone number.")},
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off", "class": "w-20"}),
    )  # fmt: skip


class SeatForm(forms.Form):
    """Which seat: for which agency, at which table, in which role, for which days."""

    table = forms.ModelChoiceField(
        Table.objects.none(),
        label=_("Table"),
        empty_label=_("Choose"),
        error_messages={"required": _("Choose the table")},
    )
    agency = forms.ModelChoiceField(
        Agency.objects.none(),
        label=_("Agency"),
        empty_label=_("Choose"),
        error_messages={"required": _("Choose the agency")},
    )
    role = forms.ChoiceField(
        label=_("Role"), widget=forms.RadioSelect, error_messages={"required": _("Choose the role")}
    )
    starts_on = forms.DateField(label=_("First day"), help_text=_DAY, error_messages={"required": _("Enter a day")})
    ends_on = forms.DateField(
        label=_("Last day"),
        required=False,
        help_text=_("The seat ends by itself after this day. Leave it empty if it has no end."),
    )

    def __init__(self, by: Member, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        self.by = by
        tables = Table.objects.filter(
            pk__in=reach.held_seats(by, Role.ADMINISTRATOR, Role.AGENCY_LEAD).values("table_id")
        )
        agencies, roles = _offered(by)
        start: dict[str, Any] = {"starts_on": timezone.localdate()} | (initial or {})
        if tables.count() == 1:
            start.setdefault("table", tables.first())
        if agencies.count() == 1:
            start.setdefault("agency", agencies.first())
        super().__init__(data, initial=start)
        self.fields["table"].queryset = tables  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["table"].label_from_instance = lambda t: t.name  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["role"].choices = [(r.value, r.label) for r in roles]  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def asked(self) -> dict[str, Any]:
        """What `seats.propose` takes."""
        got = self.cleaned_data
        named = ("table", "agency", "starts_on", "ends_on")
        return {name: got[name] for name in named} | {"role": Role(got["role"]), "by": self.by}


def _offered(by: Member) -> tuple[Any, tuple[Role, ...]]:
    """The agencies and roles a member may propose seats of."""
    active = Agency.objects.filter(is_active=True)
    if reach.held_seats(by, Role.ADMINISTRATOR).exists():
        return active, tuple(r for r in Role if r != Role.GUEST)
    return active.filter(pk__in=reach.held_seats(by, Role.AGENCY_LEAD).values("agency_id")), seats.OF_AN_AGENCY


class InviteForm(SeatForm):
    """A person, and the seat that is proposed to them."""

    field_order = ("name", "email", "phone", "language")
    name = _name()
    email = forms.EmailField(
        label=_("E-mail at work"), error_messages={"required": _("Enter the person’s address")},
        help_text=_("The sign-in name. The invitation leads to a page to choose a password; it names nobody."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    phone = _phone()
    language = forms.ChoiceField(label=_("Language of e-mails"), choices=_LANGUAGES, initial="en")

    @property
    def asked(self) -> dict[str, Any]:
        """What `people.invite` takes."""
        return super().asked | {name: self.cleaned_data[name] for name in self.field_order}


class CoverForm(forms.Form):
    """Who covers somebody's leave, from when until when."""

    person = forms.ModelChoiceField(
        Member.objects.none(), label=_("Who covers"), empty_label=_("Choose"),
        error_messages={"required": _("Choose who covers")},
    )  # fmt: skip
    starts_on = forms.DateField(label=_("First day"), help_text=_DAY, error_messages={"required": _("Enter a day")})
    ends_on = forms.DateField(
        label=_("Last day"), help_text=_("The cover ends by itself after this day."),
        error_messages={"required": _("Enter a day")},
    )  # fmt: skip

    def __init__(self, seat: Seat, data: Any = None) -> None:
        super().__init__(data, initial={"starts_on": timezone.localdate()})
        people = Member.objects.filter(agency=seat.agency_id, is_active=True).exclude(pk=seat.member_id)
        standing = seat.table.seats.filter(
            agency=seat.agency_id, role__in=(Role.ALTERNATE, seat.role), meeting__isnull=True, ends_on__isnull=True
        )
        free = people.exclude(pk__in=standing.values("member_id")) if seat.role in AGENCY_ROLES else people
        self.fields["person"].queryset = free.order_by("name")  # type: ignore[attr-defined]  # a ModelChoiceField


class PersonForm(forms.Form):
    """What is written about a person. The address stays: it is the sign-in name."""

    name = _name()
    phone = _phone()
    language = forms.ChoiceField(label=_("Language of e-mails"), choices=_LANGUAGES)

    def __init__(self, member: Member, data: Any = None) -> None:
        super().__init__(data, initial={"name": member.name, "phone": member.phone, "language": member.language})
        seen.carry(self, member)


class ImportForm(forms.Form):
    """A file, or its lines typed or pasted."""

    file = forms.FileField(
        label=_("A CSV file, or the lines below"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv,text/plain"}),
    )
    text = forms.CharField(
        label=_("Or its lines"), required=False, max_length=MOST_BYTES, strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "class": "code", "spellcheck": "false"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("file", "text"):  # one of the two is needed: no label calls it optional
            either_or(self.fields[name])

    def clean(self) -> dict[str, Any]:
        got = super().clean() or {}
        if not self.errors and not got.get("file") and not (got.get("text") or "").strip():
            self.add_error("file", _("Choose a file, or paste its lines."))
        return got


class LeavingForm(forms.Form):
    """What ends: the seats one sees to, or the whole account."""

    what = forms.ChoiceField(
        label=_("What ends"), widget=forms.RadioSelect, error_messages={"required": _("Choose what ends")}
    )

    def __init__(self, choices: Sequence[tuple[str, Promise | str]], data: Any = None) -> None:
        super().__init__(data, initial={"what": choices[0][0]} if len(choices) == 1 else None)
        self.fields["what"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class ConfirmSeatsForm(forms.Form):
    """Yes or no to each seat that waits for an agreement's signatory."""

    def __init__(self, waiting: list[Seat], data: Any = None) -> None:
        super().__init__(data)
        for seat in waiting:
            field = self.fields[f"seat-{seat.pk}"] = forms.ChoiceField(
                label=gettext("%(name)s: %(words)s") % {"name": seat.member.name, "words": Role(seat.role).label},
                widget=forms.RadioSelect, required=False,
                choices=(("yes", _("Yes, for my agency")), ("no", _("No"))),
            )  # fmt: skip
            # An answer is wanted, only not today of all days: the page says so beneath, and no label calls it optional.
            either_or(field)

    def said(self, word: str) -> list[int]:
        """The seats to which this was said."""
        return [int(name.removeprefix("seat-")) for name, value in self.cleaned_data.items() if value == word]
