"""How do words become a tagged PDF on every machine alike, in whatever script somebody entered them?

The printer's own fonts know Latin, Greek, Cyrillic and Arabic; the font beside this file knows the syllabics in which
Cree, Inuktitut and Ojibwe are written. PDF/UA-1 refuses a page with a letter that no font has: such a letter (a
pictogram, a control character) becomes the sign for it, and the page is still printed.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typst import Fonts

_FONTS = Path(__file__).parent / "fonts"
_NO_LETTER = "\N{REPLACEMENT CHARACTER}"
#: Asked of no font: Latin letters of English and French, and the signs around them.
_KNOWN = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180)))) | set("\n\t–—‘’“”…•\u202f")
#: Where a PDF names the program that made it: beside the title, and in the XML of its metadata.
_PROGRAM = re.compile(rb"/Creator\(Typst[^()]*\)|(?<=<xmp:CreatorTool>)Typst[^<]*(?=</xmp:CreatorTool>)")
_ONE_LETTER = b"#set document(title: [1])\n#json(bytes(sys.inputs.said))"


def pdf(template: Path, said: dict[str, Any]) -> bytes:
    """A template filled with words, as PDF/UA-1. Words never become markup; no author, no program, no time in it."""
    # Blanks in place of its name: what stands where in a PDF is counted in bytes.
    return _PROGRAM.sub(lambda found: b" " * len(found[0]), _compiled(template.read_bytes(), _printable(said)))


def _compiled(template: bytes, said: Any) -> bytes:
    import typst

    return typst.compile(
        template,
        sys_inputs={"said": json.dumps(said)},
        font_paths=_fonts(),
        pdf_standards="ua-1",
    )


@lru_cache(maxsize=1)
def _fonts() -> Fonts:
    """Read once: the same pages on every machine, whatever fonts it has."""
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[str(_FONTS)])


def _printable(said: Any) -> Any:
    """The same, with words that can be printed."""
    if isinstance(said, str):
        return said if _KNOWN.issuperset(said) else "".join(c if c in _KNOWN else _shown(c) for c in said)
    if isinstance(said, dict):
        return {key: _printable(value) for key, value in said.items()}
    return [_printable(value) for value in said] if isinstance(said, list | tuple) else said


@lru_cache(maxsize=4096)
def _shown(letter: str) -> str:
    """A letter, or the plain one it stands for (full-width signs), or the sign for a letter that no font has."""
    import typst

    for shown in (letter, unicodedata.normalize("NFKC", letter)):
        try:
            _compiled(_ONE_LETTER, shown)
        except typst.TypstError:
            continue
        return shown
    return _NO_LETTER
