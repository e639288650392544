"""Is a school, an employer, or a shelter or organization named? Kinds of them ("the hospital", "her school") are not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.guard.kinds import Kind
from privacy.guard.reading import Reading

_CAP = r"(?:[A-Z][\w'.-]{1,40}|St\.|Ste\.)"
_NAME = rf"{_CAP}(?:\s(?:{_CAP}|of|de|du|des|la|the|and|&)){{0,4}}?"
_SCHOOL = re.compile(
    rf"(?<![\w-]){_NAME}\s(?:(?:Catholic|Public|Elementary|Secondary|High|Middle|Junior|Senior|Composite|Collegiate|Technical|District|Separate)\s)*"
    r"(?:School|Secondary|Elementary|Collegiate|Academy|College|High|Institute|University|Polytechnic|Daycare|Preschool|CVI|PS|SS|HS|CI|DHS|DSS|Public)\b"
)
_ECOLE = re.compile(
    rf"(?<![\w-])(?:[Ee]cole|[Cc]ollege|[Pp]olyvalente|[Cc]egep|CEGEP|[Aa]cademie|[Ll]ycee|[Uu]niversite|[Gg]arderie|ES|EE)\s"
    r"(?:(?:secondaire|elementaire|primaire|publique|catholique|polyvalente|technique|intermediaire|alternative)\s)*"
    rf"(?:(?:de|du|des|de la|d'|de l'|l'|la|le)\s?)?{_CAP}(?:[ -](?:{_CAP}|de|du|la|des)){{0,3}}"
)
_LOW_SCHOOL = re.compile(
    r"(?<![\w-])(?:at|to|from|attends?|goes to|grade \d{1,2} at)\s(?P<name>[a-z'.]{1,40}(?:\s[a-z'.]{1,40})?\s(?:secondary|elementary|collegiate|high school|public school|catholic school|academy|college))\b"
)
_NOT_NAMES = frozenset(
    "the a an his her their our local same old new any this that another different alternative public private catholic elementary secondary "
    "high middle separate special adult post night summer online first last in of to from graduated attend attends finish finished".split()
)
_WORKS = (
    r"(?:works?|working|worked|employed|job|shifts?|hired|fired|laid off|employee|cashier|cook|clerk|manager|labourer|cleaner|server|boss|employer(?: is)?|"
    r"travaill\w*|employee?|emploi|boulot|embauchee?|caissi\w+|cuisini\w+|serveu\w+|commis|congediee?|gerante?|job)"
)
_EMPLOYER = re.compile(
    rf"(?<!\w)(?i:{_WORKS})\s(?:(?:nights|days|part[- ]time|full[- ]time|temporarily|de nuit|de jour|a temps partiel|a temps plein|shifts)\s)?"
    rf"(?:at|for|with|from|by|chez|a l'|au|aux|a la|pour|a|dans|de chez|de|d'|du)\s?(?:the |le |la |les |l')?"
    rf"(?P<name>{_CAP}(?:(?:\s|\s&\s|\sand\s|\set\s|-)(?:{_CAP}|de|du|la|of|the)){{0,3}}(?:\s(?:on|sur|de la rue)\s(?:the |la |le )?{_CAP})?)"
)
_CHEZ = re.compile(
    r"(?<!\w)chez\s(?P<name>(?:Tim Hortons|Walmart|Metro|IGA|Canadian Tire|McDonald'?s?|Loblaws|Costco|Home Depot|Sobeys|Provigo)\b)"
)
_BRAND = (
    r"(?:tim hortons?|timmies|tims|walmart|mcdonald'?s|canadian tire|home depot|costco|loblaws|sobeys|no frills|food basics|freshco|dollarama|wendy'?s|"
    r"burger king|subway|a&w|petro[- ]canada|esso|shoppers(?: drug mart)?|giant tiger|amazon|metro|iga|superstore|co-op|kfc|dairy queen)"
)
_LOW_EMPLOYER = re.compile(
    rf"(?<!\w){_WORKS}\s(?:(?:nights|days|part[- ]time|full[- ]time|de nuit)\s)?(?:at|for|chez|au|pour|a)\s(?:the |le )?(?P<name>{_BRAND}(?:\s(?:on|sur)\s(?:the |la |le )?\w+(?:\s(?:street|st))?)?)(?!\w)"
)
_HOUSE = (
    r"(?:House|Place|Shelter|Centre|Center|Lodge|Manor|Mission|Haven|Inn|Residence|Home|Homes|Hostel|Village|Court|Hospital|Clinic|Church|Ministries|Mosque|Temple|"
    r"Detox|Hub|Motel|Hotel|Apartments|Towers|Terrace|Villa|Group Home|Treatment Centre|Friendship Centre|Drop-In|Outreach|Services|Foundation|Society|Association|Cooperative)"
)
_SHELTER = re.compile(rf"(?<![\w-]){_CAP}(?:\s(?:{_CAP}|of|for|and|the|&|'s)){{0,4}}?\s{_HOUSE}\b(?:\sfor\s{_CAP})?")
_REFUGE = re.compile(
    r"(?<![\w-])(?:[Mm]aison|[Rr]efuge|[Cc]entre|[Aa]uberge|[Ff]oyer|[Rr]esidence|[Gg]ite|[Hh]alte|[Mm]otel|[Hh]otel|[Hh]opital|[Cc]linique|[Ee]glise|[Pp]aroisse|[Aa]bri|[Hh]ebergement|[Vv]illa|[Mm]anoir)\s"
    r"(?:(?:d'hebergement|de transition|communautaire|de jour|de crise|d'accueil|pour femmes|d'amitie|de traitement)\s)?"
    rf"(?:(?:de|du|des|de la|d'|de l'|l'|la|le)\s?)?{_CAP}(?:[ -](?:{_CAP}|de|du|la|des|d'|et)){{0,3}}"
)
_SAVED = re.compile(
    r"(?<!\w)(?:Salvation Army|Armee du Salut|Ronald McDonald House|Covenant House|YMCA|YWCA|the Y)(?!\w)"
)
#: Kinds and public bodies that name nobody, though written with capitals.
_GENERAL = re.compile(
    r"^(?:(?:The|Le|La|Les|Her|His|Their|A|An|In|At|From|To|Local|Mental|Community|Public|Child|Children's|Youth|Family|Emergency|Women's|Men's|Crisis|Health|Police|Social|Victim|Housing|Probation|"
    r"Addiction|Addictions|Withdrawal|Management|Student|Support|Services|Centre|Center|Regional|General|District|Walk-In|Warming|Ontario|Canada|Service|Sante|Hopital|Situation|Hub|Fire|Legal|Aid|Works|Disability|Employment|Home|"
    r"Care|Long-Term|Primary|Urgent|Elementary|Secondary|High|Middle|School|Board|Catholic|College|University|Shelter|Hospital|Clinic|House|Society|Protection|Justice|Court|Outreach|Indigenous|First|Nations|Nation|Indian|Friendship|and|of|for|de|du|des|la)\b[\s']*)+$"
)


def bodies(reading: Reading) -> Iterator[tuple[int, int, Kind]]:
    """Claims in `reading.plain`."""
    plain = reading.plain
    for pattern, kind in (
        (_SCHOOL, Kind.SCHOOL),
        (_ECOLE, Kind.SCHOOL),
        (_SHELTER, Kind.SHELTER),
        (_REFUGE, Kind.SHELTER),
    ):
        for found in pattern.finditer(plain):
            start = _past_article(plain, found.start(), found.end())
            if start < found.end() and not _GENERAL.match(plain[start : found.end()]):
                yield start, found.end(), kind
    for pattern in (_EMPLOYER, _CHEZ):
        for found in pattern.finditer(plain):
            if not _GENERAL.match(found.group("name")):
                yield found.start("name"), found.end("name"), Kind.EMPLOYER
    for found in _LOW_EMPLOYER.finditer(reading.low):
        yield found.start("name"), found.end("name"), Kind.EMPLOYER
    for found in _SAVED.finditer(plain):
        yield found.start(), found.end(), Kind.SHELTER
    for found in _LOW_SCHOOL.finditer(reading.low):
        if found.group("name").split()[0] not in _NOT_NAMES:
            yield found.start("name"), found.end("name"), Kind.SCHOOL


def _past_article(plain: str, start: int, end: int) -> int:
    """Past words that only begin a sentence with a capital."""
    leading = re.compile(
        r"(?:The|A|An|At|In|From|To|Her|His|Their|She|He|They|Attends|Attending|Stays|Staying|Currently|Went|Goes|Since|After|Before|When|Mother|Father|Client)\s"
    )
    while (found := leading.match(plain, start, end)) is not None:
        start = found.end()
    return start
