"""Is somebody called something that no list of names has? "Goes by Tiny", "on l'appelle Ti-Guy", "Marie « Puce » Roy".

Between quotes after words that call somebody, anything is a name; without quotes a capital is needed. Quotes alone say
nothing: people also quote what was said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.guard import lexicon
from privacy.guard.kinds import Kind
from privacy.guard.reading import Reading

_CALLED = (
    r"(?:goes by|go by|going by|went by|answers to|known (?:only )?(?:(?:on the (?:streets?|rez)|around (?:town|here)|locally|in the (?:community|park|area)|downtown|online) )?(?:only )?(?:as|by)|known to (?:us|staff|police|everyone) as|knows? (?:him|her|them) as|aka|a\.k\.a\.?|alias|"
    r"nick-?name(?:d)?(?: is| was)?|street[- ]?name(?: is)?|calls? (?:himself|herself|themself|themselves|him|her|them)|called|named|"
    r"(?:people|friends|everyone|everybody|they|kids|others|guys) calls? (?:him|her|them)|(?:kid|guy|man|girl|woman|boy|one) (?:they|people|we|everyone) calls?|street name of|by the name of|handle of|a guy named|"
    r"se fait appeler|se faisant appeler|se fait surnommer|(?:qu')?on (?:l')?(?:appelle|surnomme)|l'appellent|tout le monde l'appelle|un certain|une certaine|du nom de|au nom de|appelee?|surnommee?|sobriquet(?: est)?|surnom(?: est| de)?|"
    r"on (?:le|la) connait (?:comme|sous le nom de)|connue? (?:ici |chez nous |dans la rue |dans le (?:milieu|quartier|coin) |au (?:refuge|parc|village) |de la police |des services )?(?:sous le (?:nom|surnom) de|comme)|repond au (?:nom|surnom) de|dite?|prenommee?|nommee?)"
)
_QUOTED = re.compile(rf"\b{_CALLED}\s?:?\s?(?P<quote>[\"'(])\s?(?P<name>[^\"()\n]{{2,30}}?)\s?[\"')]")
_CAPITAL = re.compile(
    rf"\b(?i:{_CALLED})\s?:?\s(?P<name>[A-Z][\w']*+(?:-[A-Z]?[\w']++){{0,2}}(?:\s[A-Z][\w'-]++){{0,2}})(?![\w'])"
)
#: Mike "Smokey" Beardy, Marie « Puce » Roy
#: With an article: "goes by the Bear", "se fait appeler le Gros". Not after "called": "called the Crisis Line".
_NICKED = (
    r"(?:goes by|going by|answers to|known (?:on the street |around town |locally |only )?as|aka|a\.k\.a\.?|alias|nick-?name(?:d)?(?: is)?|street[- ]?name(?: is)?|calls? (?:him|her|them)(?:self)?|"
    r"se fait appeler|(?:qu')?on (?:l')?(?:appelle|surnomme)|l'appellent|surnommee?|surnom(?: est| de)?|connue? (?:dans la rue |au refuge )?(?:sous le (?:nom|surnom) de|comme))"
)
_ARTICLE = re.compile(
    rf"\b(?i:{_NICKED})\s?:?\s(?P<name>(?:[Tt]he|[Ll]e|[Ll]a|[Ll]es|[Bb]ig|[Ll]il'?|[Gg]ros|[Gg]rosse|[Pp]'?tite?)\s(?:[A-Z][\w'-]*+)(?:\s[A-Z][\w'-]*+)?)(?![\w'])"
)
#: Big T, Lil Ray, Ti-Guy: names by their shape.
_SHAPE = re.compile(
    r"(?<![\w-])(?P<name>(?:(?<=[a-z,:&/(] )Big [A-Z](?![\w.])|(?:[Ll]il'?|[Ll]i'l|L'il) [A-Z][\w'-]*+|[Tt]i-[A-Z]?[a-z][\w-]++|[Pp]'tite? [A-Z][\w-]++|[Bb]ebe [A-Z][\w-]++))(?!\w)"
)
_BETWEEN = re.compile(r"(?<=[a-z]\s)[\"'(]\s?(?P<name>[A-Z][\w' -]{1,20}?)\s?[\"')](?=\s[A-Z][a-z])")
#: Somebody, in quotes, alone: "Tiny" hit her. Quoted speech is longer or ends in a stop.
_PERSON_QUOTED = re.compile(
    r"\"\s?(?P<name>[A-Z][\w'-]{1,15}(?:\s[A-Z][\w'-]{1,15})?)\s?\"(?=\s(?:is|was|has|said|told|hit|sells|lives|threatened|took|came|a|est|dit|vend|habite|frappe|menace)\b)"
)
#: "called 911", "called Mental Health", "appelé le": bodies, not people.
_NOBODY = re.compile(
    r"(?:\d|(?:the|le|la|les|l'|un|une|a|an|his|her|my|our|their|son|sa|mon|ma|police|ems|cas|dpj|crisis|mental|emergency|child|children|ontario|health|hospital|opp|rcmp|"
    r"it|that|this|for|in|to|back|off|me|us|him|them|she|he|they|urgence|ambulance|info|victim|kids help|telehealth|community|social|public|probation|legal|if|when|because)\b)"
)
#: What calls a person and nothing else, so that a place's name is one's nickname: "calls him Moose".
_OWN = re.compile(r"calls? (?:him|her|himself|herself)|goes by|answers to|knows? (?:him|her)|se fait appeler")


def nicknames(reading: Reading) -> Iterator[tuple[int, int, Kind]]:
    """Claims in `reading.plain`."""
    for found in _QUOTED.finditer(reading.low):
        if not _NOBODY.match(_bare(found.group("name"))):
            yield found.start("name"), found.end("name"), Kind.PERSON
    for pattern in (_CAPITAL, _ARTICLE, _SHAPE, _BETWEEN, _PERSON_QUOTED):
        for found in pattern.finditer(reading.plain):
            said = reading.low[found.start("name") : found.end("name")]
            if not _NOBODY.match(_bare(said)) and (
                _OWN.search(reading.low, found.start(), found.end()) or not _ordinary(said)
            ):
                yield found.start("name"), found.end("name"), Kind.PERSON


def _ordinary(said: str) -> bool:
    """Whether all of it are places, brands, peoples: "called Telehealth", "known as Northern"."""
    return all(part in lexicon.proper() for part in said.split())


def _bare(said: str) -> str:
    """Without the article some nicknames have."""
    return said.removeprefix("le ").removeprefix("la ").removeprefix("the ")
