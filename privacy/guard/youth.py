"""Does it speak of a youth-justice record? Marked for ages 12 to 17 only (R46)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.guard.kinds import Kind
from privacy.guard.reading import Reading

AGE_GROUPS = frozenset({"12-17"})
_WORDS = re.compile(
    r"(?<![\w-])(?:ycja|y\.c\.j\.a|youth criminal justice|lsjpa|youth justice|justice pour (?:les )?adolescents|youth court|tribunal (?:de la jeunesse|pour (?:les )?adolescents)|"
    r"extra-?judicial(?:ly)?(?: (?:measures?|sanctions?))?|(?:mesures?|sanctions?) extrajudiciaires?|diversion(?: program)?|(?:was|were|been|being|got|is|and) diverted|diverted(?= (?:by|to|from|out|under|before))|(?:youth )?(?:po|p\.o\.)(?= (?:wants|says|said|called|asked|reports))|youth (?:po|p\.o\.)|"
    r"community supervision|community service (?:hours|order)|deferred custody|intensive support and supervision|(?:pre-?sentence|predisposition) report|reintegration plan|crown attorney|"
    r"surveillance (?:dans|au sein de) la (?:collectivite|communaute)|travaux communautaires|heures communautaires|rapport predecisionnel|mesures? de rechange|dejudiciarisee?s?|dejudiciarisation|"
    r"programme de dejudiciarisation|"
    r"(?:re-?)?charged(?= (?:with|for|in|by|last|under|twice|again|after|as))|(?:was|been|is|being|got|were|and) charged(?: with (?:an? )?[a-z-]+)?|(?:criminal |assault |theft |drug |outstanding |pending |new |facing |laid )?charges?(?= (?:of|for|laid|pending|dropped|were|are|against|stayed|withdrawn))|"
    r"(?:criminal|outstanding|pending|facing|assault|theft|drug|laid|dropped|new) charges?|convicted|conviction|found guilty|guilty plea|pleaded guilty|pled guilty|sentenc\w+|"
    r"probation(?: order| officer)?|parole|bail(?: conditions)?|on remand|remanded|released? on (?:bail|conditions|an undertaking)|undertaking|recognizance|breach(?:ed)? (?:of )?(?:his |her |their )?(?:probation|conditions|bail|curfew)|"
    r"(?:open|secure|closed) custody|in custody|detention centre|youth detention|juvenile (?:detention|hall|record)|jail|incarcerat\w+|arrest(?:ed|s)?|warrant|criminal record|court (?:date|appearance|order|case|hearing)|in court|to court|"
    r"accusee?s?(?= (?:de|d'|par|au|en|pour|l'|a))|(?:ete|est|etait|fut) accusee?(?: de (?:voies de fait|vol|menaces|mefaits?|agression|possession|trafic|bris)\b)?|accusations?|inculpee?s?|condamn\w+|reconnue? coupable|plaide coupable|declaree? coupable|peine|sentence|agent de probation|en probation|ordonnance|liberation (?:conditionnelle|sous caution)|"
    r"mise? en liberte|sous caution|caution|garde (?:ouverte|fermee|en milieu ferme|en milieu ouvert)|milieu ferme|sous garde|detenue?|detention|incarceree?|prison|arretee?(?= (?:par|pour|hier|la|le|en))|arrestation|mandat(?: d'arret(?:ation)?)?|casier judiciaire|comparu\w*|comparution|au tribunal(?: pour (?:les )?adolescents| de la jeunesse)?|en cour|bris de (?:probation|conditions))(?![\w-])"
)


def youth_justice(reading: Reading, age_group: str) -> Iterator[tuple[int, int, Kind]]:
    """Claims in `reading.plain`; none for any other age group."""
    if age_group in AGE_GROUPS:
        for found in _WORDS.finditer(reading.low):
            yield found.start(), found.end(), Kind.YOUTH_JUSTICE
