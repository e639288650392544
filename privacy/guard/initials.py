"""Is somebody named by initials: alone ("J.D."), before a family name ("T.J. Night"), or after the word for them?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.guard import ambiguous, cues
from privacy.guard.kinds import Kind
from privacy.guard.naming import Word
from privacy.guard.reading import Reading

_INITIALS = re.compile(r"(?<![\w.])[A-Z]\.\s?(?:-?[A-Z]\.\s?){1,3}(?![\w])")
#: Before a family name: J. Roy, M.-C. Roy
_LONE_INITIAL = re.compile(r"(?<![\w.])[A-Z]\.(?:[ -]{0,2}[A-Z]\.){0,2}\s?(?=[A-Z][a-z])")
#: Letters that stand for a calling, where it is spoken of as one: "la T.S.", "T.S. au dossier".
_CALLING = re.compile(r"(?:t\.s|s\.w|o\.t|p\.t|n\.p|m\.d|e\.a)\.")
_AS_CALLING = re.compile(r"\b(?:la|le|les|une?|sa|ma|notre|leur|the|an?|her|his|their|our|my)\s$")
_CALLING_AFTER = re.compile(
    r"\s(?:au dossier|de l'|de la |du |des |assigne|responsable|on (?:the )?file|assigned|from the)"
)
#: "hepatitis C. Young people": what a letter belongs to when it is no initial.
_LETTERED = re.compile(
    r"(?:hep|hepatitis|hepatite|vitamin|vitamine|type|grade|plan|apt|app|unit|unite|schedule|form|group|section|class|box|cluster)\.?\s$"
)
_NOT_INITIALS = frozenset(
    "P.E R.R D.O.B P.O U.S A.M P.M E.R N.W.T B.C I.D O.D T.V S.I.N N.A.S C.A.S O.P.P P.S R.N I.V U.K E.I O.W A.A N.A C.P D.D.N Y.C.J.A".split()
)
_BARE_INITIALS = re.compile(
    r"(?:\binitials?\b|\binitiales\b)\s?(?:are|is|sont|:)?\s?(?P<name>[A-Z]\.?\s?[A-Z]\.?(?:\s?[A-Z]\.?)?)(?!\w)"
)


def initials(words: list[Word], reading: Reading) -> Iterator[tuple[int, int, Kind]]:
    """Claims in `reading.plain`."""
    plain, low = reading.plain, reading.low
    for found in _INITIALS.finditer(plain):
        if found.group().replace(" ", "").rstrip(".") not in _NOT_INITIALS and not _is_calling(found, low):
            yield found.start(), found.start() + len(found.group().rstrip()), Kind.PERSON
    for found in _BARE_INITIALS.finditer(plain):
        yield found.start("name"), found.end("name"), Kind.PERSON
    for found in _LONE_INITIAL.finditer(plain):
        for word in words:
            if word.start == found.end() and not word.proper and (not word.common or _signed(word, found, low)):
                yield found.start(), word.end, Kind.PERSON


def _is_calling(found: re.Match[str], low: str) -> bool:
    said = low[found.start() : found.end()].strip()
    before = _AS_CALLING.search(low, max(0, found.start() - 8), found.start())
    return bool(_CALLING.fullmatch(said) and (before or _CALLING_AFTER.match(low, found.start() + len(said))))


def _signed(word: Word, found: re.Match[str], low: str) -> bool:
    """ "J. Young said": an initial before a family name that is an ordinary word too."""
    lettered = _LETTERED.search(low, max(0, found.start() - 12), found.start())
    after = low[word.end : word.end + 40]
    if found.group().count(".") > 1 and word.low not in ambiguous.ASKED_TOO and cues.HUMAN.match(after):
        return len(word.low) > 4  # "T.J. Night served", not "J.D. She said"
    return word.family and not lettered and bool(cues.HUMAN.match(after) or not after.strip() or after[0] in ",;.)'")
