"""Is there a number that opens a record: of a file, a call to the police, an officer, a passport, a treaty card?

A shape only files have is marked alone; anything else needs a word that says what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.guard.kinds import Kind
from privacy.guard.reading import Reading

_CUE = (
    r"(?:(?:case|file|incident|occurrence|occ|report|police|cas|court|client|patient|member|intake|ticket|reference|ref|chart|record|call|event|"
    r"badge|warrant|docket|complaint|claim|student|inmate|mrn|cad|odsp|ow|wsib|"
    r"dossier|rapport|evenement|even|evt|appel|plainte|matricule|cause|constat|reclamation)"
    r"(?:(?:\s(?:case|file|incident|occurrence|report|call|number|id|record|de police|du client|de cour|judiciaire|medical))){0,2})"
)
_NUMBER = r"(?P<number>(?=[a-z\d/-]*\d)[a-z]{0,5}[ -]?\d[a-z\d]*(?:[/-][a-z\d]+){0,4})"
_FILE = re.compile(
    rf"\b{_CUE}\s?(?:(?:#|no\b\.?|num(?:ber|ero)?\b\.?|nr\b\.?|id\b|n°|numero\b|:|is\b|est\b|le\b)\s?[:#]?\s?){{1,4}}{_NUMBER}(?![\w-])"
)
#: The word and the number alone; a year is no number: "rapport 2023".
_BARE_CUE = re.compile(
    r"\b(?:dossier|occurrence|occ|incident|report|rapport|file|mrn|badge|docket|evenement|evt|matricule|insigne|regimental|complaint|plainte|ticket|constat)\.?\s"
    r"(?P<number>(?!(?:19|20)\d\d(?![\w/-]))(?=[a-z\d/-]*\d{3})[a-z]{0,5}-?\d[a-z\d]*(?:[/-][a-z\d]+){0,4})(?![\w%-])(?!\s(?:km|mg|ml|times|fois)\b)"
)
_FORCE = r"(?:opp|o\.p\.p\.|ppo|p\.p\.o\.|spo|rcmp|grc|sq|spvm|naps|apps|police|policiere?)"
#: "OPP E241187302", "evenement de la GRC 2024118832": five figures or more, a letter or two before them or none.
_FORCE_NUMBER = re.compile(
    rf"\b{_FORCE}\s?(?:(?:occ(?:urrence)?|file|event|incident|report|call|evenement|rapport|dossier|appel|detachment|no|number|numero|ref|reference|de la (?:grc|ppo|spo|sq)|[#:.(])\s?\.?\s?){{0,4}}"
    r"(?P<number>(?!(?:19|20)\d\d-(?:19|20)\d\d(?!\d))(?=[a-z-]{0,4}\d[\d/-]*\d{4}|\d{2,4}[/-]\d{3})[a-z]{0,3}-?\d[a-z\d]*(?:[/-][a-z\d]+){0,3})(?![\w-])"
)
_OFFICER = re.compile(
    r"\b(?:badge|insigne|matricule|regimental|reg(?=\.? ?(?:no|number|#)))\.?\s?(?:(?:#|no\b|number\b|num\b|numero\b|is\b|est\b|:|le\b|de police\b|de l'agente?\b)\.?\s?){0,4}(?P<number>[a-z]{0,2}\d{3,6})(?![\w-])"
    r"|\b(?:cst|const|constable|sgt|sergeant|sergente?|officer|ofc|det|detective|insp|pc|p\.c|agente?|gend|gendarme|capt|cpl|caporale?)\b\.?\s(?:[a-z'-]{1,20}\.?\s){0,2}[(,]?\s?(?:#|no\.? |num\.? )\s?(?P<other>\d{2,6})(?![\w-])"
    r"|\b(?:cst|const|constable|sgt|ofc|pc|gend)\b\.?\s[a-z'-]{2,20}\s\(?(?P<third>\d{4,6})(?![\w:-])"
)
#: Papers that name who carries them: a passport, a treaty card, a number of a student or an immigrant.
_PAPER = re.compile(
    r"\b(?:passports?|passeport|uci|iuc|ircc|work permit|permis de travail|study permit|permis d'etudes|status (?:card|number|no|#)|(?:indian )?status|treaty (?:card|number|no|#)|carte de statut|numero de (?:statut|bande|traite|registre)|"
    r"no de (?:statut|bande|traite)|band (?:number|no|#)|registry (?:number|no|#)|permanent resident card|pr card|carte (?:de rp|de resident|d'identite)|photo (?:card|id)|student (?:id|number|no|#)|numero d'etudiante?|oen|fps|"
    r"bank account|account (?:number|no|#)|compte bancaire|numero de compte|debit card|credit card|carte de (?:credit|debit)|transit|case id|hifis|hmis)\b\.?"
    r"[^\d\n.;]{0,14}?(?P<number>[a-z]{0,2}\d(?:[ -]?\d){4,18})(?![\w-]|\s?(?:\$|dollars))"
)
_NUMBERED = re.compile(r":|\b(?:no|num|numero|number|nr|id)\b|n°")
#: What follows a number that only counts.
_COUNTED = re.compile(
    r"\s?(?:\$|%|monthly|weekly|a month|per|par|/ ?mo|dollars|par mois|days|weeks|months|years|ans|jours|fois|times|[a-z]+ (?:st|street|ave|avenue|rd|road|dr|drive|cres|blvd|crt|lane)\b)"
)
_SHAPED = re.compile(
    r"(?<![\w-])(?:[a-z]{2,4}\d{2}[- ]?\d{4,8}|[a-z]{1,4}-?\d{2,4}-\d{3,8}|\d{2,4}-\d{5,8}|[a-z]{2,3}\d{6,9}|[a-z]\d{8,11}|[a-z]{2,5}-\d{3,8}(?:-\d{1,8}){1,3}|(?:19|20)\d{2}-(?!(?:19|20)\d\d(?!\d))\d{4,8})(?![\w-])"
)
#: Letters and five digits or more, in groups: 26-GAT-004418
_GROUPS = re.compile(
    r"(?<![\w-])(?!(?:19|20)\d\d-\d\d-)(?=[\d-]{0,20}[a-z])(?=(?:[a-z-]{0,12}\d){5})[a-z\d]{1,6}(?:-[a-z\d]{1,10}){1,4}(?![\w-])"
)
_HASH = re.compile(r"(?<![\w])#\s?(?P<number>(?=[a-z\d-]*\d{4})[a-z]{0,4}-?\d[a-z\d-]{3,15})(?![\w-])")


def files(reading: Reading) -> Iterator[tuple[int, int, Kind]]:
    """Claims in `reading.plain`."""
    low = reading.low
    for found in _FILE.finditer(low):
        if _tells(low, found):
            yield found.start("number"), found.end("number"), Kind.FILE_NUMBER
    for pattern in (_BARE_CUE, _FORCE_NUMBER, _PAPER, _HASH):
        for found in pattern.finditer(low):
            yield found.start("number"), found.end("number"), Kind.FILE_NUMBER
    for found in _OFFICER.finditer(low):
        yield *found.span(found.lastgroup or 0), Kind.FILE_NUMBER
    for pattern in (_SHAPED, _GROUPS):
        for found in pattern.finditer(low):
            yield found.start(), found.end(), Kind.FILE_NUMBER


def _tells(low: str, found: re.Match[str]) -> bool:
    """Whether it numbers a file: "client is 34", "court is 12 weeks away" and "ODSP is 1308 monthly" count something."""
    digits: int = sum(c.isdigit() for c in found.group("number"))
    said = low[found.start() : found.start("number")]
    if "#" in said:
        return digits > 1
    enough: bool = digits > (2 if _NUMBERED.search(said) else 3)
    return enough and _COUNTED.match(low, found.end()) is None
