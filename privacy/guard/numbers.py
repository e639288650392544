"""Is there a number that belongs to one person, one vehicle or one file?

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
    r"\b(?:postal code|postal|code postal|p\.?c\.?|c\.p\.)\s?(?:is|est|le|:)?\s?:?\s?"
    r"(?P<code>[a-z][ -]?[\do][ -]?[a-z](?:[ -]{0,3}[\doil][ -]?[a-z][ -]?[\do])?)(?![\w])"
)
_HEALTH_CUE = re.compile(
    r"\b(?:health ?(?:card|number|no|insurance)|ohip|o\.h\.i\.p|hcn|hc|hsn|card (?:no|number|#)|carte (?:no|numero)|(?:no|numero) de (?:la )?carte|health services|carte (?:de )?sante|assurance[- ]maladie|"
    r"numero de sante|no de sante|ramq|nam|version code|code de version)\b"
)
_TEN = re.compile(r"(?<![\w-])\d{4}[ -]?\d{3}[ -]?\d{3}(?:[ -]{0,3}[a-z]{2}(?![a-z\d]))?(?![\w-])")
#: Written as on the card: four, three, three. A telephone is three, three, four.
_GROUPED = re.compile(r"\d{4}[ -]\d{3}[ -]\d{3}")
_NINE = re.compile(r"(?<![\w-])\d{3}[ -]?\d{3}[ -]?\d{3}(?![\w-])")
_RAMQ = re.compile(r"(?<![\w-])[a-z]{4}[ -]?\d{4}[ -]?\d{4}(?![\w-])")
_SIN_CUE = re.compile(r"\b(?:sin|s\.i\.n|social insurance|nas|n\.a\.s|assurance[- ]sociale)\b")
_ONTARIO_LICENCE = re.compile(r"(?<![\w-])[a-z]\d{4}[ -]?\d{5}[ -]?\d{5}(?![\w-])")
_LICENCE = re.compile(
    r"\b(?:driver'?s'? ?licen[cs]e|driving licen[cs]e|licen[cs]e (?:number|no)|dl|permis(?: de conduire)?)\b"
    r"[^\d\n]{0,25}?(?P<number>[a-z]{0,2}\d[\d -]{5,16}\d)(?![\w-])"
)
_PLATE_CUE = r"(?:licen[cs]e plate|plate(?:s)?(?: number| no)?|plaque(?: d'immatriculation)?|immatricul\w*|lic\.? plate|reg(?:istration)?)"
_PLATE = re.compile(
    rf"\b{_PLATE_CUE}\b[^\w\n]{{0,4}}(?:(?:is|number|no|est|numero|du vehicule|on (?:the|his|her) \w+|reads?|#)[ :#]{{0,3}}){{0,2}}"
    r"(?P<number>(?=[a-z]{0,4}[ -]?\d)[a-z]{2,4}[ -]?\d{2,4}|\d{3}[ -]?[a-z]{3}|[a-z]\d{2}[ -]?[a-z]{3})(?![\w-])"
)
_BARE_PLATE = re.compile(r"(?<![\w-])[A-Z]{4}[ -]?\d{3}(?![\w-])")
_FILE_CUE = (
    r"(?:(?:case|file|incident|occurrence|report|police|cas|court|client|patient|member|intake|ticket|reference|ref|chart|record|"
    r"badge|warrant|docket|complaint|claim|student|inmate|mrn|cad|odsp|ow|"
    r"dossier|rapport|evenement|incident|plainte|reference|matricule|cause|client)"
    r"(?:(?:\s(?:case|file|incident|occurrence|report|call|number|id|record|de police|du client|de cour|judiciaire|medical))){0,2})"
)
_FILE = re.compile(
    rf"\b{_FILE_CUE}\s?(?:(?:#|no\b\.?|num(?:ber|ero)?\b\.?|nr\b\.?|id\b|n°|numero\b|:|is\b|est\b|le\b)\s?[:#]?\s?){{1,4}}"
    r"(?P<number>(?=[a-z\d/-]*\d)[a-z]{0,5}[ -]?\d[a-z\d]*(?:[/-][a-z\d]+){0,4})(?![\w-])"
)
_BARE_CUE_FILE = re.compile(
    r"\b(?:dossier|occurrence|incident|report|rapport|file|mrn|badge|docket)\s(?P<number>(?=[a-z\d/-]*\d{3})[a-z]{0,5}-?\d[a-z\d]*(?:[/-][a-z\d]+){0,4})(?![\w%-])"
)
_SHAPED_FILE = re.compile(
    r"(?<![\w-])(?:[a-z]{2,4}\d{2}[- ]?\d{4,8}|[a-z]{1,4}-?\d{2,4}-\d{3,8}|\d{2,4}-\d{5,8}|[a-z]{2,3}\d{6,9}|[a-z]{2,5}-\d{3,8}(?:-\d{1,8}){1,3}|(?:19|20)\d{2}-\d{4,8})(?![\w-])"
)
#: Letters and five digits or more, in groups: 26-GAT-004418
_GROUPS_FILE = re.compile(
    r"(?<![\w-])(?!(?:19|20)\d\d-\d\d-)(?=[\d-]{0,20}[a-z])(?=(?:[a-z-]{0,12}\d){5})[a-z\d]{1,6}(?:-[a-z\d]{1,10}){1,4}(?![\w-])"
)
_HASH_FILE = re.compile(r"(?<![\w])#\s?(?P<number>(?=[a-z\d-]*\d{4})[a-z]{0,4}-?\d[a-z\d-]{3,15})(?![\w-])")
_NEAR = 45


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
        cued = _HEALTH_CUE.search(low, max(0, found.start() - _NEAR), found.start())
        version = found.group()[-1].isalpha()
        if cued or ((version or _GROUPED.match(found.group())) and _adds_up(found.group())):
            yield found.start(), found.end(), Kind.HEALTH_CARD
    for found in _RAMQ.finditer(low):
        yield found.start(), found.end(), Kind.HEALTH_CARD
    for found in _NINE.finditer(low):
        before = max(0, found.start() - _NEAR)
        if _HEALTH_CUE.search(low, before, found.start()):
            yield found.start(), found.end(), Kind.HEALTH_CARD
        elif _SIN_CUE.search(low, before, found.start()) or _adds_up(found.group()):
            yield found.start(), found.end(), Kind.SIN
    for found in _ONTARIO_LICENCE.finditer(low):
        yield found.start(), found.end(), Kind.LICENCE
    for pattern, kind in ((_LICENCE, Kind.LICENCE), (_PLATE, Kind.PLATE), (_FILE, Kind.FILE_NUMBER),
                          (_BARE_CUE_FILE, Kind.FILE_NUMBER), (_HASH_FILE, Kind.FILE_NUMBER)):  # fmt: skip
        for found in pattern.finditer(low):
            yield found.start("number"), found.end("number"), kind
    for pattern in (_SHAPED_FILE, _GROUPS_FILE):
        for found in pattern.finditer(low):
            yield found.start(), found.end(), Kind.FILE_NUMBER
    for found in _BARE_PLATE.finditer(reading.plain):
        yield found.start(), found.end(), Kind.PLATE


def _adds_up(number: str) -> bool:
    digits = "".join(c for c in number if c.isdigit())
    return len(set(digits)) > 1 and bool(luhn.is_valid(digits))
