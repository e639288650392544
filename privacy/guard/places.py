"""Is there an address, or a place described so that people who live there know it?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.guard.kinds import Kind
from privacy.guard.reading import Reading

_STREET = (
    r"(?:street|st|avenue|ave|av|road|rd|drive|dr|crescent|cres|cr|court|crt|ct|lane|ln|boulevard|blvd|way|place|pl|terrace|terr|circle|cir|"
    r"trail|tr|parkway|pkwy|square|sq|gate|close|line|sideroad|concession|conc|highway|hwy|row|heights|grove|gardens|hill|bay|loop|path|mews|walk)"
)
_STOP = (
    r"(?!(?:or|and|the|a|an|of|to|in|on|for|with|his|her|their|my|our|is|was|were|are|at|by|from|day|days|week|weeks|month|months|year|years|hour|hours|"
    r"minute|minutes|time|times|people|kids|children|more|other|others|per|out|off|into|over|under|away|down|up|ou|et|le|la|les|des|du|un|une|en|au|aux|a|ans|"
    r"jours|semaines|mois|fois|heures|enfants|beds?|steps?|blocks?|km|kilometres|minutes'|visits?|calls?|mg|ml|no|that|who|then|this|each|every|grade|court|"
    r"dollars?|percent|bedroom|units?|man|woman|year-old|step|way|different|new|missed|since|before|after|when|while|because)\b)"
)
_NAME = rf"(?:\d{{1,3}}(?:st|nd|rd|th)|{_STOP}[a-z][a-z'.-]{{0,40}})"
_UNIT = r"(?:(?:apt|apartment|unit|suite|ste|room|rm|app|appt|appartement|bureau|chambre|logement|unite|#)\.?\s?#?\s?(?:\d{1,5}[a-z]?|[a-z]\d{0,3}))"
_WAY = r"(?:rue|avenue|av|boulevard|boul|chemin|ch|rang|route|rte|place|montee|cote|allee|impasse|promenade|croissant|terrasse|ruelle|autoroute)"
_SIDE = r"(?:\s(?:n|s|e|w|north|south|east|west|nord|sud|est|ouest|ne|nw|se|sw|o)\b\.?)?"
_TAIL = rf"(?:,?\s(?:{_UNIT}))?"
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
        r"(?<!\w)(?:house|maison|lot|cabin|trailer|room|chambre|unit|apt|apartment|appartement|app\.|appt|suite|logement|bed|cell)\s?(?:#|no\.?|number|numero)?\s?(?:\d{1,5}[a-z]?)\b(?!\s?(?:%|years|ans|bedroom|people|days|weeks|months|times|jours|fois))"
    ),
    re.compile(
        rf"(?<!\w){_UNIT},?\s(?:at|au|of the|du|de la|in|on|sur)\s(?:the )?\d{{0,5}}\s?{_NAME}(?:\s{_STREET}\b)?"
    ),
    re.compile(
        r"(?<!\w)(?:rang|concession|conc\.?|sideroad|side road|township road|range road|grid road|ligne|line)\s(?:#\s?)?\d{1,4}[a-z]?(?!\w)"
    ),
    re.compile(r"(?<!\w)(?:ne|nw|se|sw)[- ]?\d{1,2}[- ]\d{1,3}[- ]\d{1,2}[- ]w\d(?!\w)"),
)
_NUMBERED = re.compile(
    r"(?<![\w$.#/-])\d{2,5}\s(?P<name>[A-Z][a-z]+)(?=[,.;]|\s(?:and|in|with|apt|apartment|et|avec|a)\b|$)"
)
_LIVES = re.compile(
    r"\b(?:lives?|living|stays?|staying|resides?|address|moved|house|home|habite\w*|demeure\w*|reste|adresse|vit|loge\w*)\b"
)
_HOUSE = (
    r"(?:house|home|apartment|apt|building|bungalow|trailer|farm|farmhouse|cabin|shed|tent|encampment|duplex|townhouse|motel|basement|place|room|garage|"
    r"maison|appartement|immeuble|bungalow|roulotte|ferme|chalet|cabane|tente|campement|logement|sous-sol|chambre|edifice|bloc)"
)
_BESIDE = (
    r"(?:beside|next to|next door to|behind|across (?:the (?:street|road|hall) )?from|above|over|near|by|below|under|opposite|in back of|kitty[- ]corner (?:to|from)|"
    r"a cote|derriere|en face|au[- ]dessus|au[- ]dessous|pres|en arriere|sous|devant|face|voisine?)"
)
_LANDMARK = r"(?:the |an? |that |old |du |de la |de l'|des |d'un |d'une |le |la |l'|les |au |a la |a l')+"
_PLACES = (
    re.compile(
        rf"(?<!\w)(?:(?:the|a|an|la|le|l'|une?)\s?)?(?:[a-z-]{{1,30}}\s){{0,2}}{_HOUSE}(?:\s(?:[a-z-]{{1,30}})){{0,3}}?,?\s(?:(?:right|just|juste|directly|tout)\s)?{_BESIDE}\s(?:de )?(?:{_LANDMARK})?[a-z][\w'-]{{1,40}}(?:\s(?:on|of|sur|de|du|in|a)\s(?:the |la |le )?[\w'-]{{1,40}}){{0,2}}(?:\s(?:street|st|store|church|arena|bridge|station|mill|school|road|hall|shop))?"
    ),
    re.compile(
        rf"(?<!\w){_BESIDE}\s(?:de )?(?:the |la |le |l'|du |des )(?:old )?(?:[a-z'-]{{1,40}}\s)?(?:arena|mill|church|water tower|grain elevator|dump|landfill|legion|bridge|dam|cemetery|train station|bus depot|gas station|laundromat|beer store|lcbo|band office|powwow grounds|curling club|rink|depanneur|eglise|moulin|chateau d'eau|aréna|pont|cimetiere|gare|quincaillerie|caisse populaire|station-service|tim hortons|canadian tire|walmart|no frills|esso|petro[- ]canada|shell)\b(?:\s(?:on|sur|in|de|du|of)\s(?:the |la |le )?[\w'-]{{1,40}}(?:\s(?:street|st|rue|road|ave|avenue))?)?"
    ),
    re.compile(
        r"(?<!\w)(?:(?:the|le|la)\s)?(?:basement|attic|back|garage|second floor|top floor|sous-sol|grenier|arriere|garage|deuxieme etage|cabanon|shed)\s(?:of|de|du)\s?(?:the |la |le |l')?(?:old |ancien |ancienne |vieux |vieille )?[\w'-]{1,40}\s(?:on|by|near|behind|sur|pres|derriere)\s(?:the |la |le |l'|de )*[\w'-]{1,40}"
    ),
    re.compile(
        r"(?<!\w)(?:corner of|intersection of|coin (?:de |des rues |de la rue )?|angle (?:de |des rues )?)\s?(?:the )?[a-z\d][\w'-]{0,40}(?:\s[a-z][\w'-]{0,40})?\s(?:and|&|et)\s(?:the |de la |de )?[a-z\d][\w'-]{0,40}(?:\s(?:street|st|ave|avenue|road|rd))?"
    ),
    re.compile(
        r"(?<!\w)(?:the|la|le)\s(?:only|last|first|seule?|derniere?|premiere?)\s(?:[a-z-]{1,30}\s){0,2}(?:house|trailer|farm|apartment|building|maison|ferme|roulotte|immeuble)\s(?:on|in|at|sur|dans|a|de|du|of)\s(?:the |la |le |l')?[\w'-]{1,40}(?:\s[\w'-]{1,40})?"
    ),
    re.compile(
        r"(?<!\w)(?:the|la|le)\s(?:red|blue|green|yellow|pink|white|purple|orange|brick|rouge|bleue?|verte?|jaune|blanche|rose)\s(?:house|trailer|door|building|maison|roulotte|porte)\b(?:\s(?:on|at|with|sur|au|avec)\s(?:the |la |le )?[\w'-]{1,40}(?:\s[\w'-]{1,40}){0,2})?"
    ),
    re.compile(
        r"(?<!\w)(?:maison|roulotte|porte|immeuble)\s(?:rouge|bleue?|verte?|jaune|blanche?|rose|mauve|orange|brune?|grise?)\s(?:sur|au|a|derriere|en face|pres|dans|du|de|passe|apres|avant|au bout de|a cote|devant)\s(?:de |la |le |l'|du )*[\w'-]{1,40}(?:\s[\w'-]{1,40}){0,3}"
    ),
)
_BARE_STREET = re.compile(
    r"(?<![\w-])(?:[A-Z][a-z'-]{1,40}|\d{1,3}(?:st|nd|rd|th))(?:\s[A-Z][a-z'-]{1,40})?\s(?:Street|St|Avenue|Ave|Road|Rd|Drive|Crescent|Cres|Boulevard|Blvd|Lane|Court|Sideroad|Parkway|Terrace)\b(?![-'])\.?(?:\s(?:N|S|E|W|North|South|East|West)\b\.?)?"
)
_BARE_RUE = re.compile(
    r"(?<![\w-])(?:[Rr]ue|[Bb]oulevard|[Bb]oul\.|[Aa]venue|[Cc]hemin|[Rr]ang|[Mm]ontée|[Mm]ontee)\s(?:(?:de|du|des|la|le|de la)\s|d'|l')?(?:St|Ste|Saint|Sainte)?[ .-]?[A-Z\d][\w'-]{1,40}(?:[- ](?:[A-Z][\w'-]{1,40}|Est|Ouest|Nord|Sud))?"
)


def places(reading: Reading) -> Iterator[tuple[int, int, Kind]]:
    """Claims in `reading.plain`."""
    low = reading.low
    for pattern in _ADDRESSES:
        for found in pattern.finditer(low):
            yield found.start(), found.end(), Kind.ADDRESS
    for found in _NUMBERED.finditer(reading.plain):
        if _LIVES.search(low, max(0, found.start() - 35), found.start()):
            yield found.start(), found.end(), Kind.ADDRESS
    for pattern in (_BARE_STREET, _BARE_RUE):
        for found in pattern.finditer(reading.plain):
            yield found.start(), found.end(), Kind.ADDRESS
    for pattern in _PLACES:
        for found in pattern.finditer(low):
            yield found.start(), found.end(), Kind.PLACE
