"""What is asked of whoever signs? To have read, who one is, and the own password again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class _Sign(forms.Form):
    """What every signature asks. `read` is the hash of the text on the page, `language` the one it was read in."""

    read = forms.CharField(widget=forms.HiddenInput, max_length=64)
    language = forms.ChoiceField(widget=forms.HiddenInput, choices=(("en", "en"), ("fr", "fr")))

    def __init__(self, digest: str, language: str, data: Any = None) -> None:
        super().__init__(data, initial={"read": digest, "language": language})


def _password() -> forms.CharField:
    return forms.CharField(
        label=_("Your password, again"), strip=False, max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "class": "w-20"}),
        help_text=_("So that nobody else signs at your screen."),
        error_messages={"required": _("Enter your password")},
    )  # fmt: skip


class UndertakingForm(_Sign):
    """One person's promise."""

    agreed = forms.BooleanField(
        label=_("I have read it, and I promise it"), error_messages={"required": _("Read it, then tick the box")}
    )
    password = _password()


class AgreementForm(_Sign):
    """An agency's signature, by the link."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Enter your name")},
    )  # fmt: skip
    office = forms.CharField(
        label=_("Your office"), max_length=120, help_text=_("In which you sign for the agency: for example, director."),
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
        error_messages={"required": _("Enter your office")},
    )  # fmt: skip
    agreed = forms.BooleanField(
        label=_("I have read it, and I may sign it for this agency"),
        error_messages={"required": _("Read it, then tick the box")},
    )


class OwnAgreementForm(AgreementForm):
    """An agency's signature, by a person of it who signed in."""

    password = _password()


class JoinForm(forms.Form):
    """The password a guest chooses."""

    password = forms.CharField(
        label=_("Choose a password"), strip=False, max_length=200, help_text=_("At least 12 characters."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "class": "w-20"}),
        error_messages={"required": _("Type a password of at least 12 characters")},
    )  # fmt: skip
