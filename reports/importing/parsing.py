"""How is a part of a workbook parsed so that it costs no more than it weighs?

A few kilobytes can unpack to a piece of XML that the parser reads anew for every piece that comes, to elements within
elements without end, or to millions of elements of nothing. A document type, the door of entity bombs, is refused as
defusedxml does for the parts that openpyxl reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.parsers import expat  # entities are refused below
from zipfile import ZipFile

from django.utils.translation import gettext as _

from reports.importing.problems import UnreadableFileError

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "
#: Elements within elements: a sheet has some six.
MOST_DEEP = 100
#: Bytes of a piece of XML that cannot be told in parts (a comment, a mark with its attributes).
_LONGEST_PIECE = 2**20
_AT_ONCE = 2**16
#: Marks of XML in a part: so many, and so many more for each byte that it has packed. Real sheets have one to three.
_MARKS, _MARKS_A_BYTE = 2_000_000, 4
#: A character that XML could not hold, or that reads like one written so: `_x000D_` (ECMA-376, 22.9.2.19, ST_Xstring).
_WRITTEN_OUT = re.compile("_x([0-9A-Fa-f]{4})_")


def parser() -> expat.XMLParserType:
    """A parser that tells names with their namespace and refuses a document type."""
    made = expat.ParserCreate(namespace_separator=" ")
    made.buffer_text = True
    made.StartDoctypeDeclHandler = _refuse
    return made


def feed(to: expat.XMLParserType, archive: ZipFile, name: str) -> Iterator[None]:
    """Parse a part a piece at a time, and stop after each. UnreadableFileError for what costs more than it weighs."""
    fed, left = 0, _MARKS + _MARKS_A_BYTE * archive.getinfo(name).compress_size
    with archive.open(name) as source:
        while part := source.read(_AT_ONCE):
            left -= part.count(b"<")
            if left < 0:
                raise far_more()
            to.Parse(part)
            fed += len(part)
            if fed - to.CurrentByteIndex > _LONGEST_PIECE:
                raise far_more()
            yield
    to.Parse(b"", True)
    yield


def far_more() -> UnreadableFileError:
    """What is said of a spreadsheet that holds more than any real one."""
    return UnreadableFileError(_("The spreadsheet unpacks to far more than a table's past. It is not opened."))


def written(text: str) -> str:
    """Text as a spreadsheet shows it: with the characters that are written out in it."""
    return _WRITTEN_OUT.sub(_character, text) if "_x" in text else text


def _character(found: re.Match[str]) -> str:
    """What no text of ours can hold (nothing, half a character) becomes the sign for a character that was lost."""
    number = int(found[1], 16)
    return "\N{REPLACEMENT CHARACTER}" if number == 0 or 0xD800 <= number <= 0xDFFF else chr(number)


def _refuse(*_declared: object) -> None:
    raise UnreadableFileError(_("This is no spreadsheet. Export it as .xlsx or CSV."))
