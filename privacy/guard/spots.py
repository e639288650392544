"""Is a place described so that people who live there know which one: "the blue house across from the arena"?

What stands beside a landmark tells, with what is said around it. A landmark that is a person ("the apartment by the
landlord") or that nobody could find ("the house by noon") does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.guard.kinds import Kind
from privacy.guard.reading import Reading

_HOUSE = (
    r"(?:houses?|home|apartment|apt|building|bungalow|trailer|farm|farmhouse|cabin|shed|tents?|encampment|camp|duplex|townhouse|motel|basement|place|room|garage|shack|bush|woods|ravine|camper|ice hut|"
    r"(?:old|former|abandoned|vacant|empty) (?:bakery|mill|store|barn|warehouse|factory|school|church|gas station|motel|hotel|bus|rv|mine|plant)|"
    r"maison|appartement|immeuble|bungalow|roulotte|ferme|chalet|cabane|tente|campement|logement|sous-sol|chambre|edifice|bloc|boise|grange|cabanon|batisse|"
    r"(?:ancien|ancienne|vieux|vieil|vieille) (?:entrepot|usine|ecole|boulangerie|moulin|magasin|eglise|hotel|motel|autobus)|(?:entrepot|usine|ecole|eglise|autobus) abandonnee?)"
)
_BESIDE = (
    r"(?:beside|next to|next door to|behind|across (?:the (?:street|road|hall|river|tracks) )?from|above|over|near|by|below|under|underneath|opposite|in back of|down from|up from|past|kitty[- ]corner (?:to|from)|"
    r"a cote|derriere|en face|au[- ]dessus|au[- ]dessous|pres|proche|en arriere|sous|devant|face|voisine?)"
)
_ARTICLE = r"(?:(?:the|an?|that|old|former|du|de la|de l'|des|d'un|d'une|le|la|l'|les|au|a la|a l'|aux|ancien|ancienne|vieux|vieille)(?:\s|(?<=')))+"
_SITE = (
    r"(?:arena|fire hall|fire station|post office|town hall|community hall|boat launch|marina|canoe club|pizza (?:shop|place)|pool hall|overpass|underpass|greenhouse|mill|church|water tower|(?:water )?treatment plant|grain elevator|dump|landfill|legion|(?:(?:rail|railway|train|foot|highway|snowmobile|overhead) )?bridge|trestle|dam|cemetery|train station|bus depot|gas station|laundromat|beer store|lcbo|"
    r"band office|powwow grounds|curling club|rink|firehall|sawmill|paper mill|smelter|ball diamond|skate park|"
    r"depanneur|caserne|bureau de poste|hotel de ville|quai|aerodrome|boulangerie|pizzeria|buanderie|salle communautaire|fonderie|serre|depotoir|descente de bateaux|piscine|eglise|moulin|chateau d'eau|pont (?:de la voie ferree|ferroviaire|du chemin de fer|de chemin de fer|couvert)|pont|viaduc|barrage|cimetiere|gare|voie ferree|quincaillerie|caisse populaire|caisse pop|station-service|poste d'essence|scierie|"
    r"tim hortons|canadian tire|walmart|no frills|esso|petro[- ]canada|shell|northern store|giant tiger|home hardware)"
)
#: What may follow a landmark's noun: "on Main", "by the water treatment plant".
_MORE = (
    rf"(?:\s(?:on|of|in|at|off|near|by|sur|de|du|des|a|au|pres|proche|coin)\s?(?:the |la |le |l'|de la |du |de l'|des )?(?!he\b|she\b|they\b|il\b|elle\b|noon\b)(?:{_SITE}\b|[\w'-]{{2,40}})){{0,2}}"
    r"(?:\s(?:street|st|avenue|ave|store|church|arena|bridge|station|mill|school|road|hall|shop|plant|tracks|park)\b)?"
)
#: The landmark's own name after it: "derriere le cimetiere Sainte-Marie".
_NAMED = re.compile(r"(?:\s(?:Ste?\.? )?[A-Z][\w'-]{1,30}){1,3}")
_COLOUR = r"(?:red|blue|green|yellow|pink|white|purple|orange|brick|grey|gray|brown|black|rouge|bleue?|verte?|jaune|blanche?|rose|mauve|orange|brune?|grise?)"
_SPOTS = (
    re.compile(
        rf"(?<!\w)(?:(?:the|a|an|la|le|l'|une?)\s?)?(?:(?!dans\b|in\b|at\b|un\b|une\b|the\b|sur\b|de\b)[a-z-]{{1,30}}\s){{0,2}}{_HOUSE}(?:\s(?!who\b|qui\b|and\b|et\b)[a-z-]{{1,30}}){{0,3}}?,?\s(?:(?:is|right|just|juste|directly|tout)\s)?"
        rf"{_BESIDE}\s(?:de )?(?P<article>{_ARTICLE})?(?P<mark>[a-z][\w'-]{{1,40}}){_MORE}"
    ),
    re.compile(
        rf"(?<!\w){_BESIDE}\s(?:de )?(?:{_ARTICLE})(?:(?:old|ancien|ancienne|vieux|vieille|former)\s)?(?:[a-z'-]{{1,40}}\s)?{_SITE}(?!\w){_MORE}"
    ),
    re.compile(
        r"(?<!\w)(?:(?:the|le|la)\s)?(?:basement|attic|back|garage|second floor|top floor|sous-sol|grenier|arriere|garage|deuxieme etage|cabanon|shed)\s(?:of|de|du)\s?(?:the |la |le |l')?(?:old |ancien |ancienne |vieux |vieille )?[\w'-]{1,40}\s(?:on|by|near|behind|sur|pres|derriere)\s(?:the |la |le |l'|de )*[\w'-]{1,40}"
    ),
    re.compile(
        r"(?<!\w)(?:corner of|intersection of|coin (?:de |des rues |de la rue |du )?|angle (?:de |des rues )?)\s?(?:the )?[a-z\d][\w'-]{0,40}(?:\s[a-z][\w'-]{0,40})?\s(?:and|&|et)\s(?:the |de la |de )?[a-z\d][\w'-]{0,40}(?:\s(?:street|st|ave|avenue|road|rd))?"
    ),
    re.compile(
        r"(?<!\w)(?:the|la|le)\s(?:only|last|first|seule?|derniere?|premiere?)\s(?:[a-z-]{1,30}\s){0,2}(?:house|trailer|farm|apartment|building|maison|ferme|roulotte|immeuble)\s(?:on|in|at|sur|dans|a|de|du|of)\s(?:the |la |le |l')?[\w'-]{1,40}(?:\s[\w'-]{1,40})?"
    ),
    re.compile(
        rf"(?<!\w)(?:the|la|le)\s{_COLOUR}\s(?:house|trailer|door|building|duplex|shack|cabin|apartments?|maison|roulotte|porte)\b(?:\s(?:on|at|with|behind|past|by|sur|au|avec)\s(?:the |la |le )?[\w'-]{{1,40}}(?:\s[\w'-]{{1,40}}){{0,2}})?"
    ),
    re.compile(
        rf"(?<!\w)(?:maison|roulotte|porte|immeuble)\s{_COLOUR}\s(?:sur|au|a|derriere|en face|pres|dans|du|de|passe|apres|avant|au bout de|a cote|devant)\s(?:de |la |le |l'|du )*[\w'-]{{1,40}}(?:\s[\w'-]{{1,40}}){{0,3}}"
    ),
)
#: Between two landmarks: "entre la caserne et le bureau de poste".
_BETWEEN = re.compile(
    rf"(?<!\w)(?:(?:the|a|an|la|le|l'|une?)\s?)?(?:[a-z-]{{1,20}}\s){{0,2}}?(?:{_HOUSE}\s(?:[a-z-]{{1,20}}\s)?)?(?:between|entre)\s{_ARTICLE}{_SITE}\s(?:and|et)\s{_ARTICLE}[a-z'-]{{2,20}}(?:\s(?:de |d')?[a-z'-]{{2,20}})?"
)
#: Who stands there instead of a landmark, and what is no landmark.
_NO_LANDMARK = re.compile(
    r"(?:(?:land(?:lord|lady)|police|opp|rcmp|cas|nurse|staff|worker|owner|manager|mother|mom|father|dad|parents?|boyfriend|girlfriend|partner|husband|wife|ex|brother|sister|son|daughter|friends?|family|neighbou?rs?|super(?:intendent)?|roommates?|dealers?|gang|security|"
    r"rain|snow|sun|stars|pluie|neige|soleil|bed|window|door|couch|fridge|blanket|stairs|sink|table|desk|weekend|night|morning|end|time|week|month|year|age|noon|midnight|himself|herself|themselves|him|her|them|his|their|it|me|us|my|our|now|then|then|choice|mistake|force|accident|"
    r"proprio|proprietaire|policiers?|voisine?s?|conjointe?|mere|pere|soeur|frere|fils|fille|amie?s?|intervenante?|infirmiere|personnel|lit|porte|fenetre|divan|table|effets?|pression|pretexte|menace|surveillance|garde|observation|contrat|"
    r"influence|pressure|control|stress|investigation|construction|renovation|review|care|guardianship|threat|observation|capacity|budget)\b)"
)


def spots(reading: Reading) -> Iterator[tuple[int, int, Kind]]:
    """Claims in `reading.plain`."""
    for found in _BETWEEN.finditer(reading.low):
        yield *found.span(), Kind.PLACE
    for pattern in _SPOTS:
        for found in pattern.finditer(reading.low):
            if "mark" not in pattern.groupindex or _stands(reading, found):
                named = _NAMED.match(reading.plain, found.end())
                yield found.start(), named.end() if named else found.end(), Kind.PLACE


def _stands(reading: Reading, found: re.Match[str]) -> bool:
    """Whether what it stands beside can be found: it has an article before it or a capital, and is nobody."""
    at = found.start("mark")
    named = reading.plain[at].isupper() or found.group("article")
    return bool(named) and not _NO_LANDMARK.match(reading.low, at)
