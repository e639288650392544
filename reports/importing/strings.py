"""Which texts do the cells of a workbook share? Each is written once, and cells say its number.

openpyxl builds objects for every part of a text that has a format of its own: a few kilobytes of empty ones took
minutes. And it drops the marks of written-out characters before anybody can tell them from the characters themselves.
"""

from __future__ import annotations

from zipfile import ZipFile

from reports.importing.parsing import MAIN, MOST_DEEP, far_more, feed, parser, written

_ONE, _TEXT, _SOUND = (MAIN + name for name in ("si", "t", "rPh"))


def shared(archive: ZipFile, name: str, *, longest: int) -> list[str]:
    """The texts in their order. One that is longer than `longest` stays longer, and is cut after that."""
    reader = _Reader(longest)
    for _piece in feed(reader.parser, archive, name):
        pass
    return reader.found


class _Reader:
    """What expat tells, put together to texts."""

    def __init__(self, longest: int) -> None:
        self.found: list[str] = []
        self._longest = longest
        self._parts: list[str] = []
        self._held = 0
        self._deep = 0
        self._reads, self._sound = False, False
        self.parser = parser()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._told

    def _start(self, name: str, _said: dict[str, str]) -> None:
        self._deep += 1
        if self._deep > MOST_DEEP:
            raise far_more()
        if name == _TEXT:
            self._reads = not self._sound
        elif name == _SOUND:
            self._sound = True  # how a word is pronounced, beside it
        elif name == _ONE:
            self._parts.clear()
            self._held = 0

    def _told(self, text: str) -> None:
        if self._reads and self._held <= self._longest:
            self._parts.append(text)
            self._held += len(text)

    def _end(self, name: str) -> None:
        self._deep -= 1
        if name == _TEXT:
            self._reads = False
        elif name == _SOUND:
            self._sound = False
        elif name == _ONE:
            text = "".join(self._parts)
            # What is too long is refused as it stands: cut or made shorter it would read well.
            self.found.append(written(text) if len(text) <= self._longest else text[: self._longest + 1])
