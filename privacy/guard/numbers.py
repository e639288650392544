"""Is there a number that belongs to one person: a health card, social insurance, a licence, or a postal code?

Check digits decide where a number stands alone (health card and social insurance: the Luhn sum, by python-stdnum);
beside words that say what it is, it is marked whether or not it adds up: a slip of the finger still tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import luhn

from privacy.guard.kinds import Kind
from privacy.guard.reading import Reading

#: The letters O, I and L stand for digits where fingers slipped, as long as one digit is there; a code said to be one
#: may be spaced as it likes.
_POSTAL = re.compile(
    r"(?<![\w-])[abceghj-nprstvxy][0-9o][abceghj-nprstv-z][ -]?[0-9oil][abceghj-nprstv-z][0-9o](?![\w-])"
)
_SAID_POSTAL = re.compile(
    r"\b(?:postal code|postal|code postal|p\.?c\.?(?![a-z])|c\.p\.)\s?(?:is|est|le|:)?\s?:?\s?"
    r"(?P<code>[a-z][ -]?[\do][ -]?[a-z](?:[ -]{0,3}[\doil][ -]?[a-z][ -]?[\do])?)(?![\w])"
)
_HEALTH_CUE = re.compile(
    r"\b(?:(?:health|hlth) ?(?:card|number|num|no|id|insurance)|health #|phn|phin|mhsc|carte soleil|no de carte|ohip|o\.h\.i\.p|hcn|hc|hsn|card (?:no|number|#)|carte (?:no|numero)|(?:no|numero) de (?:la )?carte|health services|carte (?:de )?sante|assurance[- ]maladie|"
    r"numero de sante|no de sante|ramq|nam|version code|code de version)\b"
)
_TEN = re.compile(r"(?<![\w-])\d{4}[ .-]?\d{3}[ .-]?\d{3}(?:[ -]{0,3}[a-z]{2}(?![a-z\d]))?(?![\w-])")
#: Written as on the card: four, three, three. A telephone is three, three, four.
_GROUPED = re.compile(r"\d{4}[ -]\d{3}[ -]\d{3}")
_NINE = re.compile(r"(?<![\w-])\d{3}[ .-]?\d{3}[ .-]?\d{3}(?![\w-])")
_RAMQ = re.compile(r"(?<![\w-])[a-z]{4}[ -]?\d{4}[ -]?\d{4}(?![\w-])")
_SIN_CUE = re.compile(r"\b(?:sin|s\.i\.n|social insurance|nas|n\.a\.s|assurance[- ]sociale)(?![\w-])")
_ONTARIO_LICENCE = re.compile(r"(?<![\w-])[a-z]\d{4}[ .-]?\d{5}[ .-]?\d{5}(?![\w-])")
_LICENCE = re.compile(
    r"\b(?:(?:driver'?s'? ?|driving |chauffeur'?s? )?(?:licen[cs]e|lic)(?: (?:number|no|num))?|d\.?l|o\.?d\.?l|o\.?l\.?n|g\.?d\.?l|sgi|d/l|pal|p\.p\.a|permis(?: de (?:conduire|chasse|possession))?)\b\.?"
    r"[^\d\n;]{0,25}?(?P<number>\b[a-z]{0,2}\d(?:[ .-]?\d){5,17})(?![\w-])"
)
_NEAR, _AFTER = 45, 14


def numbers(reading: Reading) -> Iterator[tuple[int, int, Kind]]:
    """Claims in `reading.plain`."""
    low = reading.low
    for found in _POSTAL.finditer(low):
        if not any(c.isdigit() for c in found.group()):
            continue
        yield found.start(), found.end(), Kind.POSTAL_CODE
    for found in _SAID_POSTAL.finditer(low):
        yield found.start("code"), found.end("code"), Kind.POSTAL_CODE
    for found in _TEN.finditer(low):
        cued = _said(_HEALTH_CUE, low, found)
        version = found.group()[-1].isalpha()
        if cued or ((version or _GROUPED.match(found.group())) and _adds_up(found.group())):
            yield found.start(), found.end(), Kind.HEALTH_CARD
    for found in _RAMQ.finditer(low):
        yield found.start(), found.end(), Kind.HEALTH_CARD
    for found in _NINE.finditer(low):
        if _said(_HEALTH_CUE, low, found):
            yield found.start(), found.end(), Kind.HEALTH_CARD
        elif _said(_SIN_CUE, low, found) or _adds_up(found.group()):
            yield found.start(), found.end(), Kind.SIN
    for found in _ONTARIO_LICENCE.finditer(low):
        yield found.start(), found.end(), Kind.LICENCE
    for found in _LICENCE.finditer(low):
        yield found.start("number"), found.end("number"), Kind.LICENCE


def _said(cue: re.Pattern[str], low: str, found: re.Match[str]) -> bool:
    """Whether a word before the number, or right after it, says what it is."""
    before = cue.search(low, max(0, found.start() - _NEAR), found.start())
    return bool(before or cue.search(low, found.end(), found.end() + _AFTER))


def _adds_up(number: str) -> bool:
    digits = "".join(c for c in number if c.isdigit())
    return len(set(digits)) > 1 and bool(luhn.is_valid(digits))
