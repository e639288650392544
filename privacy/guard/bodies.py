"""Is a school, an employer, or a shelter or organization named? Kinds of them ("the hospital", "her school") are not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.guard.groups import groups
from privacy.guard.kinds import Kind
from privacy.guard.reading import Reading
from privacy.guard.work import employers

_CAP = r"(?:[A-Z][\w'.-]{1,40}|St\.|Ste\.)"
_NAME = rf"{_CAP}(?:\s(?:{_CAP}|of|de|du|des|la|the|and|&)){{0,4}}?"
_SCHOOL = re.compile(
    rf"(?<![\w-]){_NAME}\s(?:(?:Catholic|Public|Elementary|Secondary|High|Middle|Junior|Senior|Composite|Collegiate|Technical|District|Separate|Alternative|Adult|Community)\s)*"
    r"(?:School|Secondary|Elementary|Collegiate|Academy|College|High|Institute|University|Polytechnic|Daycare|Preschool|Montessori|CVI|PS|P\.S\.?|SS|S\.S\.?|HS|H\.S\.?|CI|C\.I\.?|DHS|DSS|CSS|CHS|SHS|CES|Public|Elem\.?|Sec\.?|Comp\.?)(?!\w)"
)
_KIND = (
    r"(?:[Ee]cole|[Ee]c\.|[Cc]ollege|[Pp]olyvalente|[Pp]oly|[Cc]egep|CEGEP|[Aa]cademie|[Ll]ycee|[Uu]niversite|[Gg]arderie|[Cc]entre de formation|CFP|CEA|CPE|"
    r"[Ee]\. ?[sepSEP]\.(?: ?[cpCP]\.)?|E[sSeEpP](?:[cCpP])?|E\. ?E\. ?C\.)"
)
_ECOLE = re.compile(
    rf"(?<![\w.-]){_KIND}\s(?:(?:secondaire|elementaire|primaire|publique|catholique|polyvalente|technique|intermediaire|alternative|francophone|immersion|sec\.|elem\.|cath\.|publ\.)\s)*"
    rf"(?:(?:de|du|des|de la|d'|de l'|l'|la|le)\s?)?{_CAP}(?:[ -](?:{_CAP}|de|du|la|des)){{0,3}}"
)
_LOW_SCHOOL = re.compile(
    r"(?<![\w-])(?:at|to|from|attends?|goes to|grade \d{1,2} at)\s(?P<name>[a-z'.-]{1,40}(?:\s[a-z'.-]{1,40})?\s(?:secondary|elementary|collegiate|high school|public school|catholic school|academy|college|ps|ss|hs|dhs|cvi))\b"
)
_LOW_ECOLE = re.compile(
    r"(?<!\w)(?:ecole|polyvalente|poly|cegep) (?:(?:secondaire|elementaire|primaire|catholique|publique) )*(?P<name>(?:st|ste|saint|sainte|notre-dame|mgr|sacre-coeur)[ -][a-z'-]{2,30})(?!\w)"
)
_NOT_NAMES = frozenset(
    "the a an his her their our local same old new any this that another different alternative public private catholic elementary secondary "
    "high middle separate special adult post night summer online first last in of to from graduated attend attends finish finished no out".split()
)
_HOUSE = (
    r"(?:House|Place|Shelter|Centre|Center|Lodge|Manor|Mission|Haven|Inn|Residence|Home|Homes|Hostel|Village|Court|Hospital|Clinic|Church|Ministries|Mosque|Temple|"
    r"Detox|Hub|Motel|Hotel|Apartments|Towers|Terrace|Villa|Group Home|Treatment Centre|Friendship Centre|Drop-In|Outreach|Services|Foundation|Society|Association|Cooperative)"
)
_SHELTER = re.compile(
    rf"(?<![\w-]){_CAP}(?:\s(?:{_CAP}|of|for|and|the|&|'s)){{0,4}}?\s{_HOUSE}\b(?:\s{_HOUSE}\b){{0,2}}(?:\sfor\s{_CAP})?"
)
#: "Pinecrest General", and the ward before it: "3 West at Pinecrest General".
_WARD = r"(?:(?:\d[A-D]?(?:st|nd|rd|th|er|e)? ?(?:West|East|North|South|Ouest|Est|Nord|Sud|[A-D]\b)|(?:Unit|Ward|Unite|Etage|Floor) \w{1,6})(?: (?:at|of|in|a|de|du|au) (?:the |l'|la )?)?)"
#: A Civic that is a car: "Grey Civic", "Red Honda Civic".
_CAR = r"(?:(?:Grey|Gray|Silver|Black|White|Red|Blue|Green|Beige|Brown|Gold|Tan|Old|Older|Newer|New|Dark|Light|Honda|Stolen|His|Her|Their|The|A)\s)+(?:Honda\s)?Civic\b(?!\s(?:Hospital|Campus))"
_HOSPITAL = re.compile(
    rf"(?<![\w-])(?:(?i:{_WARD}))?(?!{_CAR})(?:{_CAP}\s){{1,3}}(?:General|Regional|Memorial|District|Health Sciences(?: Centre| North)?|Civic|Psychiatric|Medical)(?:\s(?:Hospital|Centre|Center|Campus))?(?![\w-])"
)
_ON_WARD = re.compile(
    r"(?<!\w)(?:on|from|to|au|sur le|du)\s(?P<name>\d(?:st|nd|rd|th|er|e)? ?(?:West|East|North|South|Ouest|Est|Nord|Sud))(?=\s?(?:[,.;)]|$|\n|at\b|of\b|a\b|de\b|since\b|depuis\b))"
)
_REFUGE = re.compile(
    r"(?<![\w-])(?:[Mm]aison|[Rr]efuge|[Cc]entre|[Aa]uberge|[Ff]oyer|[Rr]esidence|[Gg]ite|[Hh]alte|[Mm]otel|[Hh]otel|[Hh]opital|[Cc]linique|[Aa]bri|[Hh]ebergement|[Vv]illa|[Mm]anoir|[Ll]ogements|[Hh]abitations|[Cc]oop|[Dd]omaine|[Jj]ardins|[Rr]elais|Accueil|Carrefour|Entraide|Envol|Regroupement|Association|Societe|Fondation|Comptoir|Soupe|Cercle|Oasis|Escale|Passerelle|Tremplin|Ressourcerie|Popote)\s"
    r"(?:(?:d'hebergement|de transition|communautaire|de jour|de crise|d'accueil|pour femmes|d'amitie|de traitement|de sante|hospitalier)\s)?"
    rf"(?:(?:de|du|des|de la|d'|de l'|l'|la|le)\s?)?{_CAP}(?:[ -](?:{_CAP}|de|du|la|des|d'|et)){{0,3}}"
)
_SAVED = re.compile(
    r"(?<!\w)(?:Shelter House|Salvation Army|Armee du Salut|Ronald McDonald House|Covenant House|YMCA|YWCA|the Y)(?!\w)"
)
#: Kinds and public bodies that name nobody, though written with capitals.
_GENERAL = re.compile(
    r"^(?:(?:The|Le|La|Les|Her|His|Their|A|An|In|At|From|To|Local|Mental|Community|Public|Child|Children's|Youth|Family|Emergency|Women's|Men's|Crisis|Health|Police|Social|Victim|Housing|Probation|"
    r"Addiction|Addictions|Withdrawal|Management|Student|Support|Services|Centre|Center|Regional|General|District|Walk-In|Warming|Ontario|Canada|Service|Sante|Hopital|Situation|Hub|Fire|Legal|Aid|Works|Disability|Employment|Home|Detention|Correctional|Sciences|"
    r"Care|Long-Term|Primary|Urgent|Elementary|Secondary|High|Middle|School|Board|Catholic|College|University|Shelter|Hospital|Clinic|House|Society|Protection|Justice|Court|Outreach|Indigenous|First|Nations|Nation|Indian|Friendship|Attorney|Medical|Ville|City|Province|Government|Gouvernement|Municipalite|Township|Town|Etat|Reserve|Reserves|Band|Tribal|Council|Church|Chapel|Temple|Mosque|Bible|Mine|Mill|Plant|Store|Restaurant|Garage|Hockey|Minor|and|of|for|de|du|des|la)\b[\s'.]*)+$"
)


def bodies(reading: Reading) -> Iterator[tuple[int, int, Kind]]:
    """Claims in `reading.plain`."""
    plain = reading.plain
    for pattern, kind in (
        (_SCHOOL, Kind.SCHOOL),
        (_ECOLE, Kind.SCHOOL),
        (_SHELTER, Kind.SHELTER),
        (_HOSPITAL, Kind.SHELTER),
        (_REFUGE, Kind.SHELTER),
    ):
        for found in pattern.finditer(plain):
            start = _past_article(plain, found.start(), found.end())
            if start < found.end() and not _GENERAL.match(plain[start : found.end()]):
                yield start, found.end(), kind
    for start, end in employers(reading):
        if not _GENERAL.match(plain[start:end]):
            yield start, end, Kind.EMPLOYER
    for start, end in groups(reading):
        if not _GENERAL.match(plain[start:end]):
            yield start, end, Kind.SHELTER
    for pattern, group in ((_SAVED, 0), (_ON_WARD, "name")):
        for found in pattern.finditer(plain):
            yield *found.span(group), Kind.SHELTER
    for found in _LOW_ECOLE.finditer(reading.low):
        yield *found.span(), Kind.SCHOOL
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
