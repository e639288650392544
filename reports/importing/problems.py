"""What is wrong with a file, where? A line, a column and a sentence; never what stands in the cell.

A legacy spreadsheet may hold names where codes belong, and a message ends up on screens and in shells (domain.md,
"Words": no identity in messages).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend. `line` counts from 1, the header line, as a spreadsheet does; 0 means the whole file."""

    line: int
    column: str
    text: str

    def __str__(self) -> str:
        if not self.line:
            return self.text
        if not self.column:
            return _("line %(line)s: %(text)s") % {"line": self.line, "text": self.text}
        column = _("“%(said)s”") % {"said": self.column}
        said = {"line": self.line, "column": column, "text": self.text}
        return _("line %(line)s, column %(column)s: %(text)s") % said


class UnreadableFileError(Exception):
    """A file that cannot be read at all; its sentence says why and what to do."""
