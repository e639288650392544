"""How does one choose among a hundred codes without a mouse? With a filter box over the same native choices.

Without JavaScript these are plain grouped checkboxes or radio buttons; `static/js/picker.js` adds the rest. The words
stand in the template, so that the script holds none.
"""

from __future__ import annotations

from typing import Any

from django import forms

_TEMPLATE = "django/forms/widgets/picker.html"


class PickSeveral(forms.CheckboxSelectMultiple):
    """Several of many codes."""

    template_name = _TEMPLATE

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        return _counted(super().get_context(name, value, attrs), "govuk-checkboxes")


class PickOne(forms.RadioSelect):
    """One of many codes."""

    template_name = _TEMPLATE

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        return _counted(super().get_context(name, value, attrs), "govuk-radios")


def _counted(context: dict[str, Any], block: str) -> dict[str, Any]:
    """How many choices in how many groups there are, and how many are chosen."""
    groups = context["widget"]["optgroups"]
    offered = [option for _label, options, _index in groups for option in options]
    context["widget"]["picker"] = {
        "block": block,
        "all": len(offered),
        "groups": sum(1 for label, _options, _index in groups if label),
        "chosen": sum(1 for option in offered if option["selected"]),
    }
    return context
