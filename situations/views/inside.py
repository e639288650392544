"""How is a label written in the middle of a sentence? Without its capital, unless it is an abbreviation."""

from __future__ import annotations

from privacy.decision import Text


def inside(label: Text) -> str:
    """The label as it stands behind other words."""
    said = str(label)
    return said if len(said) < 2 or said[1].isupper() else said[0].lower() + said[1:]
