"""What does each act change? One function an act, grouped by the filter it belongs to; `EFFECTS` is the whole map."""

from situations.effects.table import EFFECTS

__all__ = ["EFFECTS"]
