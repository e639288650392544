"""Which fields are asked for together, and none of them by itself? Their labels do not call them optional."""

from __future__ import annotations

from typing import TypeVar

from django import forms

AnyField = TypeVar("AnyField", bound=forms.Field)


def either_or(field: AnyField) -> AnyField:
    """One of several fields of which one is needed."""
    field.either_or = True  # type: ignore[attr-defined]  # read by the field's template
    return field
