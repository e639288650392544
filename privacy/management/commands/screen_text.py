"""`manage.py screen_text`: JSON lines in, marks out, so that anybody can measure the name guard.

In: `{"id": 1, "lang": "en", "text": "...", "age_group": "12-17"}`; `age_group` may be left out. Out:
`{"id": 1, "marks": [[start, end, type, "direct" or "indirect"]]}`; places are Unicode characters (code points) of the
text as given, whatever its accents are made of. `lang` may be missing or any word: both languages are read anyway.
UTF-8 whatever the machine's own encoding is. A line that cannot be read (no JSON, no text, no UTF-8) is named on
standard error, never repeated; all others are answered, and the exit code is not zero. No database.
"""

from __future__ import annotations

import io
import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from privacy.guard import screen


class Command(BaseCommand):
    """Screen texts from standard input. A line that cannot be read is named on standard error, never repeated."""

    help = "Mark identifying words: JSON lines on standard input, JSON lines on standard output."
    requires_system_checks: list[str] = []  # it needs no database
    requires_migrations_checks = False

    def handle(self, *_args: Any, **_options: Any) -> None:
        wrong = 0
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")
        for number, line in enumerate(sys.stdin, 1):
            if not line.strip():
                continue
            said = _answer(line)
            if said is None:
                wrong += 1
                self.stderr.write(f'line {number}: not read; a line is {{"id": ..., "lang": "en", "text": "..."}}')
                continue
            sys.stdout.write(said + "\n")
            sys.stdout.flush()
        if wrong:
            raise CommandError(f"{wrong} lines were not read.")


def _answer(line: str) -> str | None:
    """The marks of one line as JSON; None where the line asks nothing that can be read."""
    try:
        line.encode()  # bytes that were no UTF-8 came in as lone surrogates
        asked = json.loads(line.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(asked, dict) or not isinstance(asked.get("text"), str):
        return None
    marks = screen(asked["text"], language=str(asked.get("lang") or "en"), age_group=str(asked.get("age_group") or ""))
    said = [[m.start, m.end, m.kind.value, "direct" if m.direct else "indirect"] for m in marks]
    return json.dumps({"id": asked.get("id"), "marks": said})
