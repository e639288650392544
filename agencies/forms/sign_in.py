"""What is asked of whoever signs in, sets up a second factor, or gives a password or code again?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from agencies.models import Member


def _password(label: Any, autocomplete: str, missing: Any, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, strip=False, max_length=200, error_messages={"required": missing},
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete, "class": "w-20"}), **more,
    )  # fmt: skip


def _code(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, max_length=40, error_messages={"required": _("Enter the code")},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "class": "w-10", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )  # fmt: skip


class SignInForm(forms.Form):
    """The first step."""

    username = forms.EmailField(
        label=_("E-mail"), max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "class": "w-20"}),
        error_messages={"required": _("Enter your e-mail address"), "invalid": _("This is not a whole e-mail address")},
    )  # fmt: skip
    password = _password(_("Password"), "current-password", _("Enter your password"))


class CodeForm(forms.Form):
    """The second step."""

    code = _code(_("Code"), _("Six digits from your authenticator app, or one of your recovery codes."))


class SetUpForm(forms.Form):
    """The first code of a new second factor."""

    code = _code(_("Code that the app shows now"), _("Six digits. It changes every half minute."))


class AgainForm(forms.Form):
    """Code or password, once more. Its names are taken off before a page sees what was sent with it."""

    secret = _password(_("Your password"), "current-password", _("Enter your password"))

    def __init__(self, data: Any = None, *, has_factor: bool, strict: bool) -> None:
        super().__init__(data, prefix="again")
        if has_factor:
            field = self.fields["secret"]
            field.label = _("Code") if strict else _("Code, or your password")
            field.help_text = _("Six digits from your authenticator app, or one of your recovery codes.")
            field.error_messages["required"] = _("Enter the code")
            field.widget.attrs["autocomplete"] = "one-time-code" if strict else "current-password"


class PasswordForm(forms.Form):
    """The own password, changed."""

    old_password = _password(_("Your password now"), "current-password", _("Enter your password"))
    new_password = _password(
        _("New password"),
        "new-password",
        _("Type a password of at least 12 characters"),
        help_text=_("At least 12 characters."),
    )
    new_password_again = _password(_("New password, again"), "new-password", _("Enter the new password again"))

    def __init__(self, member: Member, data: Any = None) -> None:
        super().__init__(data)
        self.member = member

    def clean_new_password(self) -> str:
        new = str(self.cleaned_data["new_password"])
        validate_password(new, self.member)
        return new

    def clean(self) -> dict[str, Any]:
        got = self.cleaned_data
        first, second = got.get("new_password"), got.get("new_password_again")
        if first and second and first != second:
            self.add_error("new_password_again", _("This is not the same as the new password above"))
        return got
