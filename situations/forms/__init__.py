"""What does each act ask for? One form an act; `FORMS` is the whole map, `SAVE_SECTIONS` the parts of a draft."""

from situations.forms.base import ActForm
from situations.forms.draft import SAVE_SECTIONS
from situations.forms.table import FORMS

__all__ = ["FORMS", "SAVE_SECTIONS", "ActForm"]
