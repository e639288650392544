"""Is there a licence plate, or the number of a vehicle?

After a word for a plate, any shape a province has is one, small or capital, and part of one too; before it ("wrote down
abcd 123 as the plate") a whole one. Beside a vehicle the letters must be capitals. Alone, only four letters and three
digits are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.guard import lexicon
from privacy.guard.kinds import Kind
from privacy.guard.reading import Reading

_GAP = r"[ .-]?"
#: Ontario ABCD 123, AB12 345; Saskatchewan 123 ABC; Manitoba ABC 123; Quebec A12 BCD; Alberta ABC-1234; B.C. AB1 23C.
_SHAPE = (
    rf"(?:[a-z]{{4}}{_GAP}\d{{2,3}}|[a-z]{{2}}{_GAP}?\d{{2}}{_GAP}\d{{3}}|[a-z]{{2,3}}{_GAP}\d{{2,4}}|\d{{3}}{_GAP}[a-z]{{3}}|[a-z]\d{{2}}{_GAP}[a-z]{{3}}|"
    rf"[a-z]{{2}}\d{_GAP}\d{{2}}[a-z]|[a-z]{_GAP}\d{{6}}|[a-z]{{2}}{_GAP}\d{{5}})"
)
_CUE = r"(?:(?:lic(?:en[cs]e)?\.? )?plates?|lic\.? ?pl|tags?|marker|plaque(?: d'immatriculation)?s?|plq|immatricul\w*|immat|reg(?:istration|istered)?)"
#: What stands between the word and the plate.
_LEADING = (
    r"(?:(?:is|was|are|number|num|no|est|etait|numero|nos?|du vehicule|de son \w+|de la \w+|du \w+|on (?:the|his|her) \w+|of (?:the|his|her) \w+|reads?|reading|ending(?: in)?|starts? with|starting(?: with)?|"
    r"begins? with|commen\w+ par|finissant par|lue?|shows?|partial|partielle|ont|ontario|on|sk|sask|saskatchewan|mb|manitoba|qc|que|quebec|ab|alberta|#|"
    r"(?:saskatchewan|ontar|manitob|quebec|albert)\w*|de l'ontario|de la saskatchewan)\.?[ :#]{1,3})"
)
_CUED = re.compile(rf"\b{_CUE}\b[^\w\n]{{0,4}}{_LEADING}{{0,3}}(?P<number>{_SHAPE})(?![\w-])")
#: A plate somebody chose, or part of one, in capitals: plate "HOTRD1", partial plate BXR
_CHOSEN = re.compile(
    r"\b(?i:plates?|plaque|immatricul\w*)(?i: (?:is|reads?|reading|est|partielle))?\s?:?\s[\"'(]?(?P<number>(?!ON\b|SK\b|QC\b|MB\b|NO\b)(?:[A-Z]{3,8}|[A-Z]{1,7}\d{1,3}[A-Z]{0,2}))(?![\w-])(?!\s[A-Z]{2})"
)
_PARTIAL = re.compile(
    r"\b(?i:partial(?: plate)?|(?:plaque )?partielle)\s?:?\s[\"']?(?P<number>[A-Z]{2,4}(?:[ -]?\d{1,3})?|\d{2,3})(?![\w-])"
)
#: The plate before its word: "418 KLM SK plates", "took down abcd 123, the plate of the car".
_PLATE_AFTER = (
    r"(?i:,? (?:(?:as|for|on|was|is|it's|its|that's|c'est|est|comme|sur|pour) )?(?:the |his |her |their |its |la |sa |leur )?"
    r"(?:(?:sk|sask|on|ont|mb|qc|ab|saskatchewan|ontario|manitoba|licen[cs]e|lic\.?) ){0,2}(?:plates?|tags?|marker|plaque|immatriculation)\b)"
)
_BEFORE_CUE = re.compile(
    rf"(?<![\w-])(?P<number>[A-Z]{{4}}{_GAP}\d{{3}}|\d{{3}}{_GAP}[A-Z]{{3}}|[A-Z]{{3}}{_GAP}\d{{3,4}})(?={_PLATE_AFTER})"
)
#: Small letters only where an article says which plate: "dhvl 380, la plaque", not "200 old plates".
_SMALL_BEFORE_CUE = re.compile(
    rf"(?<![\w-])(?P<number>[a-z]{{4}}{_GAP}\d{{3}}|\d{{3}}{_GAP}[a-z]{{3}})(?=,? (?:as |is |was |it's |its |that's |c'est |est |comme )?(?:the|his|her|la|sa)\s)(?={_PLATE_AFTER})"
)
_BARE = re.compile(r"(?<![\w-])[A-Z]{4}[ -]?\d{3}(?![\w-])")
_VEHICLE = (
    r"(?:cars?|trucks?|vans?|veh|minivan|suv|vus|pick-?up|sedan|coupe|hatchback|wagon|vehicles?|motorcycle|motorbike|bike|atv|quad|sled|ski-?doo|trailer|camper|rv|u-?haul|tow|jeep|autos?|char|camion|camionnette|voiture|vehicule|"
    r"fourgonnette|fourgon|moto|motoneige|vtt|berline|roulotte|ford|chev\w*|gmc|dodge|ram|honda|toyota|nissan|hyundai|kia|mazda|subaru|volkswagen|vw|buick|pontiac|chrysler|mitsubishi|bmw|audi|mercedes|lexus|acura|infiniti|"
    r"tesla|f-?[123]50|silverado|sierra|civic|corolla|camry|accord|caravan|escape|malibu|impala|cruze|elantra|sonata|jetta|golf|focus|fusion|equinox|rav-?4|cr-?v|rogue|sentra|altima|wrangler|cherokee|durango|tacoma|explorer|ranger|mustang|charger)"
)
#: Letters that stand before numbers for other reasons: HWY 417, OPP 911.
_BESIDE = re.compile(
    rf"(?i:\b{_VEHICLE}\b)[^\n.;]{{0,30}}?(?<![\w-])(?!(?:HWY|RTE|RT|RR|OPP|PPO|SPO|GRC|RCMP|CAS|SIN|NAS|DOB|DDN|MPH|KM|VIN|TO|AT|ON|IN|NO|UNIT|APT|APP|LOT|CON|AGE|FILE|EXT|PO|BOX|LE|LA|DU|AU|DE|EN|ET)\b)"
    r"(?P<number>[A-Z]{2}[ -]?\d{2}[ -]\d{3}|[A-Z]{2}\d{5}|[A-Z]{4}[ -]?\d{3}|[A-Z]{3}[ -]?(?!(?:19|20)\d\d)\d{3,4}|\d{3}[ -]?[A-Z]{3}|[A-Z]\d{2}[ -]?[A-Z]{3}|[A-Z]{2}\d[ -]\d{2}[A-Z])(?![\w-])"
)
_VIN = re.compile(r"(?<![\w-])(?=[A-Z\d]{0,12}\d{2})(?=\d{0,6}[A-Z])(?=(?:[A-Z]*\d){5})[A-HJ-NPR-Z\d]{17}(?![\w-])")


def vehicles(reading: Reading) -> Iterator[tuple[int, int, Kind]]:
    """Claims in `reading.plain`."""
    for found in _CUED.finditer(reading.low):
        yield found.start("number"), found.end("number"), Kind.PLATE
    for found in _SMALL_BEFORE_CUE.finditer(reading.plain):
        if found.group("number").strip("0123456789 .-") not in lexicon.common():
            yield found.start("number"), found.end("number"), Kind.PLATE
    for pattern in (_CHOSEN, _PARTIAL, _BESIDE, _BEFORE_CUE):
        for found in pattern.finditer(reading.plain):
            yield found.start("number"), found.end("number"), Kind.PLATE
    for pattern in (_BARE, _VIN):
        for found in pattern.finditer(reading.plain):
            yield found.start(), found.end(), Kind.PLATE
