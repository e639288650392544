"""Is there an address, or part of one: a street, a rural route, a numbered apartment?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.guard import lexicon
from privacy.guard.kinds import Kind
from privacy.guard.reading import Reading

_STREET = (
    r"(?:street|st|avenue|ave|av|road|rd|drive|dr|crescent|cres|cr|court|crt|ct|lane|ln|boulevard|blvd|way|place|pl|terrace|terr|circle|cir|"
    r"trail|tr|parkway|pkwy|square|sq|gate|close|line|sideroad|concession|conc|highway|hwy|row|heights|grove|gardens|hill|bay|loop|path|mews|walk)"
)
_STOP = (
    r"(?!(?:or|and|the|a|an|of|to|in|on|for|with|his|her|their|my|our|is|was|were|are|at|by|from|day|days|week|weeks|month|months|year|years|hour|hours|"
    r"min|mins|hr|hrs|h|mi|mile|miles|foot|ft|metres?|minute|minutes|time|times|people|kids|children|more|other|others|per|out|off|into|over|under|away|down|up|ou|et|le|la|les|des|du|un|une|en|au|aux|a|ans|"
    r"jours|semaines|mois|fois|heures|enfants|beds?|steps?|blocks?|km|kilometres|minutes'|visits?|calls?|mg|ml|no|that|who|then|this|each|every|grade|court|"
    r"dollars?|percent|bedroom|units?|man|woman|year-old|person|persons|personnes?|crisis|help|hot|chat|support|long|short|quick|bus|step|way|different|new|missed|today|tonight|yesterday|last|friends?|amis|adults?|adultes|others|dogs?|cats?|since|before|after|when|while|because)\b)"
)
_NAME = rf"(?:\d{{1,3}}(?:st|nd|rd|th)|{_STOP}[a-z][a-z'.-]{{0,40}})"
_UNIT = (
    r"(?:(?:apartment|apt|unite|unit|suite|ste|room|rm|appartement|appart|appt|app|bureau|chambre|logement|log|porte|etage|floor|bldg|building|tower|tour|lot|bsmt|#)\.?\s?#?\s?(?:\d{1,5}[a-z]?|[a-z]\d{0,3})(?!\w)|"
    r"(?:basement|bsmt|upper|lower|rear|main floor|upstairs|downstairs|sous-sol|\d(?:e|er|nd|rd|th|st) (?:etage|floor))(?!\w))"
)
_NTH = r"\d{1,3}(?:ieme|eme|ere|er|re|e)"
_WAY = r"(?:rue|avenue|av|boulevard|boul|chemin|ch|rang|route|rte|place|montee|cote|allee|impasse|promenade|croissant|terrasse|ruelle|autoroute)"
_SIDE = r"(?:\s(?:n|s|e|w|north|south|east|west|nord|sud|est|ouest|ne|nw|se|sw|o)\b\.?)?"
_TAIL = rf"(?:,?\s(?:{_UNIT})){{0,2}}"
_ROAD = r"(?:highway|hwy|county road|county rd|cty rd|regional road|regional rd|township road|twp rd|range road|rge rd|grid road|grid|concession|conc|con|sideroad|line|route|rte|rang|ligne)"
_MONTH = r"(?:jan|feb|fev|mar|apr|avr|may|mai|jun|juin|jul|juil|aug|aout|sep|oct|nov|dec)[a-z]*"
_ADDRESSES = (
    re.compile(
        rf"(?<![\w$.#/-])(?:{_UNIT},?\s(?:at |au |- ?)?)?\d{{1,5}}(?:-?[a-z](?!\w))?(?:-\d{{1,5}})?\s(?:{_NAME}\s){{1,3}}?{_STREET}\b\.?{_SIDE}{_TAIL}"
    ),
    re.compile(
        rf"(?<![\w$.#/-])(?:{_UNIT},?\s(?:au )?)?\d{{1,5}}[a-z]?,?\s{_WAY}\b\.?\s(?:(?:de |du |des |de la |de l'|d'|la |le |les |l')?[a-z\d][\w'-]{{0,40}})(?:[ -](?:de |du |des |la |le )?[a-z][\w'-]{{1,40}}){{0,2}}{_SIDE}{_TAIL}"
    ),
    re.compile(r"(?<!\w)r\.?\s?r\.?\s?#?\s?\d{1,2}(?!\d)(?:,?\s(?:site|box|comp)\s?\d{1,4}){0,3}"),
    re.compile(r"(?<!\w)(?:lot|part lot)\s\d{1,3},?\s(?:and |et )?(?:con|conc|concession|rang)\.?\s\d{1,3}\b"),
    re.compile(r"(?<!\w)(?:p\.?\s?o\.? ?box|c\.p\.|case postale|casier postal|box|boite postale)\s?#?\s?\d{1,5}\b"),
    re.compile(
        r"(?<!\w)\d{1,6}\s(?:highway|hwy|route|county road|county rd|regional road|regional rd|township road|rr|range road|grid road|line|concession)\s?#?\d{1,4}[a-z]?\b"
    ),
    re.compile(
        r"(?<!\w)(?:house|maison|lot|cabin|trailer|room|chambre|unit|apt|apartment|appartement|app\.|appt|suite|logement|bed|cell)\s?(?:#|no\.?|number|numero)?\s?(?:\d{1,5}[a-z]?)\b(?!\s?(?:%|lits?|beds?|personnes?|years|ans|bedroom|people|days|weeks|months|times|jours|fois))"
    ),
    re.compile(
        rf"(?<!\w){_UNIT},?\s(?:at|au|of the|du|de la|in|on|sur)\s(?:the )?\d{{0,5}}\s?{_NAME}(?:\s{_STREET}\b)?{_SIDE}"
    ),
    re.compile(
        r"(?<!\w)(?:rang|concession|conc\.?|sideroad|side road|township road|range road|grid road|ligne|line)\s(?:#\s?)?(?!(?:[2-9]11|988)\b)\d{1,4}[a-z]?(?!\w|-\d|\s(?:times|hours|days|fois|x)\b)"
    ),
    re.compile(
        rf"(?<![\w$.#/-])(?:{_UNIT},?\s(?:au )?)?\d{{1,5}}[a-z]?,?\s{_NTH}\s(?:rue|avenue|av|rang|concession|ligne|rte|route|boulevard)\b\.?{_SIDE}{_TAIL}"
    ),
    re.compile(rf"(?<![\w-]){_NTH}\s(?:rue|avenue|rang|concession)\b{_SIDE}"),
    re.compile(
        rf"(?<!\w){_ROAD}\.?\s?#?\d{{1,4}}[a-z]?{_SIDE},?\s(?:and |et |at |au )?(?:the |le |la )?(?:numero |no |num\.? |adresse |fire |civic |emergency |911 )?(?:lot|site|box|km|mile|fire|house|unit|trailer|civic|civique|compound|maison|con|conc|number|no|numero|sign)\.?\s?(?:number|numero|no|is|est)?\.?\s?#?\s?\d{{1,6}}\b"
    ),
    re.compile(
        rf"(?<!\w)(?:lot|site|km|mile|house|trailer|civic)\s?#?\d{{1,5}},?\s(?:on |off |sur |de )?(?:the |la |l')?{_ROAD}\.?\s?#?\d{{1,4}}\b"
    ),
    re.compile(
        r"(?<!\w)(?:(?:fire|civic|emergency|911)\s(?:number|no|num|address|sign|#)|(?:numero|no|adresse)\s(?:civique|d'urgence|911))\.?\s?:?\s?#?(?:is |est (?:le )?)?\d{3,6}\b"
    ),
    re.compile(
        r"(?<!\w)(?:comp(?:artment)?|site|group|grp)\s\d{1,4},?\s(?:site|box|comp|rr)\s\d{1,5}(?:,?\s(?:rr|box|site)\s?\d{1,4}){0,2}\b"
    ),
    re.compile(
        r"\b(?:on|off|at|near|sur)\s(?P<at>\d{1,3}(?:st|nd|rd|th)\s(?:street|st|avenue|ave)\b\.?(?:\s(?:n|s|e|w)\b)?)"
    ),
    re.compile(r"(?<!\w)(?:ne|nw|se|sw)[- ]?\d{1,2}[- ]\d{1,3}[- ]\d{1,2}[- ]w\d(?!\w)"),
)
_NUMBERED = re.compile(
    r"(?<![\w$.#/-])\d{2,5}[a-c]?\s(?P<name>[A-Z][a-z]+)(?=[,.;]|\s(?:and|in|with|apt|apartment|unit|et|avec|a)\b|$)"
)
#: "88 king w", "88 king ouest": the street has no word for street.
_SIDED = re.compile(
    rf"(?<![\w$.#/-])\d{{1,5}}[a-c]?\s(?P<name>{_STOP}(?!{_MONTH}\b)[a-z][a-z'-]{{2,40}})\s(?:west|w|north|south|east|nord|sud|ouest|n|s|e|o|est)(?![\w'])\.?{_TAIL}"
)
#: "lives at 88 king", "reste au 88 king": a small street without its word, where somebody lives.
_SMALL = re.compile(
    rf"\b(?:liv(?:es?|ing)|stay(?:s|ing)?|resid(?:es?|ing)|moved|address|unit|habite|demeure|reste|loge|vit|demenagee?|adresse)\s(?:is |est |: ?)?(?:at |@ ?|to |au )(?P<at>\d{{2,5}}[a-c]?\s(?P<name>{_STOP}(?!{_MONTH}\b)[a-z][a-z'-]{{2,40}}){_TAIL})(?![\w'])"
)
_LIVES = re.compile(
    r"\b(?:lives?|living|stays?|staying|resides?|address|moved|check|attended|dispatched|responded|visit|house|home|habite\w*|demeure\w*|reste|adresse|visite|vit|loge\w*)\b"
)
_BARE_STREET = re.compile(
    r"(?<![\w-])(?:[A-Z][a-z'-]{1,40}|\d{1,3}(?:st|nd|rd|th))(?:\s[A-Z][a-z'-]{1,40})?\s(?:Street|St|Avenue|Ave|Road|Rd|Drive|Crescent|Cres|Boulevard|Blvd|Lane|Court|Sideroad|Parkway|Terrace)\b(?![-'])\.?(?:\s(?:N|S|E|W|North|South|East|West)\b\.?)?"
)
_BARE_RUE = re.compile(
    r"(?<![\w-])(?:[Rr]ue|[Bb]oulevard|[Bb]oul\.|[Aa]venue|[Cc]hemin|[Rr]ang|[Mm]ontée|[Mm]ontee)\s(?:(?:de|du|des|la|le|de la)\s|d'|l')?(?:St|Ste|Saint|Sainte)?[ .-]?[A-Z\d][\w'-]{1,40}(?:[- ](?:[A-Z][\w'-]{1,40}|Est|Ouest|Nord|Sud)){0,2}(?:\s\d{1,4}\b)?"
)


def places(reading: Reading) -> Iterator[tuple[int, int, Kind]]:
    """Claims in `reading.plain`."""
    low = reading.low
    for pattern in _ADDRESSES:
        for found in pattern.finditer(low):
            start, end = found.span("at" if "at" in pattern.groupindex else 0)
            yield start, end, Kind.ADDRESS
    for found in _NUMBERED.finditer(reading.plain):
        known = found.group("name").lower() in lexicon.proper()
        if not known and _LIVES.search(low, max(0, found.start() - 35), found.start()):
            yield found.start(), found.end(), Kind.ADDRESS
    for found in _SIDED.finditer(low):
        name = found.group("name")
        if name not in lexicon.common() or _LIVES.search(low, max(0, found.start() - 35), found.start()):
            yield found.start(), found.end(), Kind.ADDRESS
    for found in _SMALL.finditer(low):
        if found.group("name") not in lexicon.proper():
            yield found.start("at"), found.end("at"), Kind.ADDRESS
    for pattern in (_BARE_STREET, _BARE_RUE):
        for found in pattern.finditer(reading.plain):
            yield found.start(), found.end(), Kind.ADDRESS
