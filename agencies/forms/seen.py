"""What does a form carry of what stood there when it was opened, and say when somebody else wrote meanwhile?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import Model
from django.http import QueryDict
from django.utils.translation import gettext as _

from agencies import overwriting

SEEN = "seen"


def carry(form: forms.BaseForm, row: Model) -> None:
    """Let a form that changes a row say what stood in its fields. Before it is validated: that changes the instance."""
    stood = overwriting.standing(row, form.fields)
    form.fields[SEEN] = forms.CharField(widget=forms.HiddenInput, required=False, initial=stood)


def over(make: Callable[[Any, Any], Any], sent: QueryDict, row: Model) -> Any:
    """What was typed, over what stands there now, with that said: sent again, it knows of it."""
    now = make(None, row)
    data = sent.copy()
    data[SEEN] = now.fields[SEEN].initial
    form = make(data, row)
    form.is_valid()
    there = {name: now.get_initial_for_field(field, name) for name, field in now.fields.items() if name != SEEN}
    differing = [
        _("%(name)s: now “%(there)s”, yours “%(yours)s”")
        % {
            "name": now.fields[name].label,
            "there": _words(now.fields[name], _plain(value)),
            "yours": _words(now.fields[name], _plain(form.cleaned_data.get(name))),
        }
        for name, value in there.items()
        if _plain(form.cleaned_data.get(name)) != _plain(value)
    ]
    form.add_error(None, [
        _("Somebody changed this after you opened the page. Save again to put yours in its place."), *differing,
    ])  # fmt: skip
    return form


def _plain(value: Any) -> Any:
    return value.pk if isinstance(value, Model) else list(value) if isinstance(value, list | tuple) else value


def _words(field: forms.Field, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    labels = {str(code): str(label) for code, label in getattr(field, "choices", ())}
    each = [labels.get(str(v), str(v)) for v in (value if isinstance(value, list) else [value]) if v is not None]
    return ", ".join(each) or "–"
