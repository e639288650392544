"""Is a church, a team, a First Nation or another group named, to which few people belong?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.guard import lexicon
from privacy.guard.reading import Reading

_CAP = r"(?:[A-Z][\w'.-]{0,40}|St\.|Ste\.)"
_CHURCH = re.compile(
    rf"(?<![\w-]){_CAP}(?:[ -](?:{_CAP}|of|the|and|de|du)){{0,4}}?\s(?:(?:United|Baptist|Bible|Pentecostal|Lutheran|Anglican|Catholic|Presbyterian|Gospel|Christian|Alliance|Community|Mennonite)\s)*"
    r"(?:Chapel|Church|Parish|Temple|Mosque|Masjid|Synagogue|Gurdwara|Tabernacle|Fellowship|Assembly|Cathedral|Congregation|Baptist|Pentecostal|Lutheran|Kingdom Hall)(?![\w-])"
    r"|(?<![\w-])(?:St|Ste|Saint)\.?\s[A-Z][\w'-]{1,30}\s(?:United|Anglican|Presbyterian|Orthodox|Cathedral)(?![\w-])"
)
_EGLISE = re.compile(
    r"(?<![\w-])(?:[Ee]glise|[Pp]aroisse|[Mm]osquee|[Tt]emple|[Cc]hapelle|[Cc]athedrale|[Ss]ynagogue|[Aa]ssemblee|[Cc]ommunaute chretienne)\s(?:(?:catholique|unie|baptiste|anglicane|pentecotiste|evangelique|orthodoxe)\s)?"
    rf"(?:(?:de la|de l'|de|du|des|d'|l'|la|le)\s?)?(?:{_CAP}|st-[\w-]+|ste-[\w-]+|saint-[\w-]+|sainte-[\w-]+|notre-dame[\w-]*)(?:[ -](?:{_CAP}|de|du|la|des|d')){{0,4}}"
)
_LEVEL = r"(?:\s(?:U-?\d{1,2}|[Mm]idget|[Bb]antam|[Pp]ee-?[Ww]ee|[Aa]tom|[Nn]ovice|[Jj]uniors?|[Mm]ajor|[Mm]inor|[Mm]ineur|AAA|AA|A|BB|B|C|[Rr]ep|[Hh]ockey|[Ll]acrosse|[Ss]occer|[Bb]asketball|[Vv]olleyball|[Ff]ootball|[Rr]ingette|FC|HC))"
#: A team's name with an age or a level behind it, wherever it stands.
_TEAM = re.compile(
    rf"(?<![\w-])(?P<name>[A-Z][a-z'-]+(?:[ -](?:[A-Z][\w'-]+|de|du|des)){{0,4}}(?:\s(?:U-?\d{{1,2}}|AAA|AA|Midget|Bantam|Peewee|Hockey Club|Minor Hockey|Soccer Club|Lacrosse Club|midget|bantam|peewee)){_LEVEL}{{0,2}})(?![\w-])"
)
#: A choir, a club, a scout group: "la chorale des Bles d'Or", "Dufferin Dolphins swim club", "23e groupe Sainte-Anne".
_CHOIR = re.compile(
    rf"(?<![\w-])(?P<name>(?:\d{{1,3}}e )?(?:[Cc]horale|[Cc]hoeur|[Tt]roupe|[Hh]armonie|[Oo]rchestre|[Ff]anfare|[Ll]igue|[Cc]lub|[Mm]eute|[Cc]orps de cadets|[Gg]roupe scout|(?<=e )[Gg]roupe)\s"
    rf"(?:(?:de patinage|de curling|de hockey|de soccer|de natation|de motoneige|de boxe|de danse|de judo|de karate|des jeunes|de femmes|optimiste|lions|richelieu)\s)?(?:(?:de la|de l'|des|de|du|d'|les|la|le|l')\s?)?{_CAP}(?:[ -](?:d'{_CAP}|{_CAP}|de|du|des|la)){{0,3}})"
    rf"|(?<![\w-])(?P<club>(?!The\s){_CAP}(?:[ -](?:{_CAP}|of|the|and|&)){{0,3}}\s(?:(?:[Ss]wim|[Ss]kating|[Cc]urling|[Bb]oxing|[Ss]ki|[Gg]ymnastics|[Dd]ance|[Jj]udo|[Kk]arate|[Ww]restling|[Rr]owing|[Cc]anoe|[Ll]ions|[Rr]otary|[Rr]iding|[Gg]un|[Cc]hess)\s(?:[Cc]lub|[Tt]eam|[Ss]tudio)|[Cc]hoir|[Ss]ingers|[Dd]rummers|[Aa]ir [Cc]adets|[Ss]ea [Cc]adets))(?![\w-])"
)
#: Whom somebody plays for.
_PLAYS = re.compile(
    r"(?<!\w)(?i:plays?|playing|played|coach(?:es|ed)?|captain|goalie|skates?|joue\w*|entraine\w*|gardien|capitaine|membre|hockey|soccer|lacrosse|ringette|basketball)\s(?:[a-z]{2,12}\s){0,2}?(?:for|with|on|of|pour|avec|dans|de|des|chez)\s?(?:the |les |le |la |l')?"
    rf"(?P<name>{_CAP}(?:[ -](?:{_CAP}|de|du|des|la)){{0,4}}{_LEVEL}{{0,3}})"
)
_NATION = re.compile(
    rf"(?<![\w-])(?P<name>{_CAP}(?:[ -](?:{_CAP}|of|the)){{0,4}}?\s(?:First Nations?|Cree Nation|Ojibway Nation|Dene Nation|Dakota Nation|Anishinabek?(?: Nation)?|Anishinaabe(?: Nation)?|Indian Reserve|Reserve|Indian Band|Band|Metis (?:Settlement|Local|Council)|Tribal Council|FN|F\.N\.|IR)\b(?:\s?#?\d{{1,3}}[A-Z]?\b)?)"
)
_PREMIERE = re.compile(
    r"(?<![\w-])(?P<name>(?:[Pp]remiere [Nn]ation|[Nn]ation (?:crie|ojibw\w+|dene|dakota|anishinabe\w*|algonquine|innue|atikamekw|huronne|metisse)|[Rr]eserve(?: indienne)?|[Cc]ommunaute(?: autochtone| crie| ojibw\w+| innue)?|[Bb]ande|[Cc]onseil de bande|[Cc]onseil tribal)\s"
    rf"(?:de la|de l'|des|de|du|d'|l')\s?{_CAP}(?:[ -](?:{_CAP}|de|du|la)){{0,3}})"
)
_LOW_NATION = re.compile(
    r"(?<![\w-])(?P<name>(?!(?:the|a|his|her|their|my|our|from|of|to|in|at|on|any|other|another|local|home|treaty|different|of)\b)[a-z'-]{3,20}(?:\s(?!of\b)[a-z'-]{3,20})?\s(?:first nation|cree nation|fn))(?![\w-])"
)
#: What begins a sentence before a name: "Member of Pine Narrows First Nation".
_LEADING = re.compile(
    r"(?:(?:Band |Registered )?[Mm]ember|Chief|Elder|Status|Registered|Lives|Living|From|Resident|Plays|Coach|Woman|Man|Youth|Client|Family|Grew|Raised|Joue)\s(?:of|with|at|from|on|in|for|up|pour)\s(?:the\s)?|(?:The|At|In|On|Of|To|From|Her|His|Their)\s"
)
#: Small places people come from: "came down from Sandy Lake".
_FROM = re.compile(
    r"(?<!\w)(?:(?!Police|Officer|Ambulance|Flight|Bus|Mail|Letter|Call)[A-Z][a-z'-]{2,20},?(?=\sfrom\b)|came|come|comes|coming|flew|flown|moved|sent|evacuated|evacuee|back|home|down|up|out|live[ds]?|member|band member|registered|originally|is|was|arrivee?s?|vient|venue?|originaire|descendue?s?|evacuee?s?|retournee?|remontee?)"
    r"\s(?:(?:down|up|out|in|over|here|back|home)\s)?(?:from|to|of|with|de|du|d'|a)\s?(?P<name>(?:[A-Z][\w'-]+\s){1,2}(?:Lake|Point|Narrows|River|Falls|Island|Portage)|(?:Lac|Baie|Riviere|Pointe|Ile)(?:[ -](?:des|de|du|la|aux|a|[A-Z][\w'-]+)){1,4})(?![\w-])"
)
_TOWNS = frozenset(
    "elliot lake|kirkland lake|red lake|rainy river|niagara falls|smiths falls|iroquois falls|meadow lake|parry sound|deep river|grande prairie|sturgeon falls|fenelon falls|turtle lake|candle lake|riviere-du-loup|lac-megantic|baie-comeau".split(
        "|"
    )
)
#: Where somebody stays or was sent: "waiting for a bed at Pathways". A first word that is a name or all in capitals is left to others.
_SENT = re.compile(
    r"(?<!\w)(?:stay(?:s|ed|ing)?|sleep(?:s|ing)?|sleeps|barred|banned|restricted|kicked out|discharged|released|bed|beds|intake|admitted|referred|referral|treatment|waitlist(?:ed)?|program|drop-in|eats|"
    r"herberge\w*|hebergee?|barree?|bannie?|dort|suivie?|referee?|admise?|inscrite?|repas|lit|therapie|cure)\s(?:at|from|to|in|by|with|a|au|de|du|chez|pour)\s(?:the |la |le |l')?(?P<name>[A-Z][a-z'-]+(?:\s(?:[A-Z][a-z'-]+|of|de|du)){0,3})(?![\w-])"
)


def groups(reading: Reading) -> Iterator[tuple[int, int]]:
    """Where a group is named in `reading.plain`; kinds of them written with capitals included."""
    plain, low = reading.plain, reading.low
    for pattern in (_CHURCH, _EGLISE):
        for found in pattern.finditer(plain):
            yield found.span()
    for pattern in (_TEAM, _NATION, _PREMIERE):
        for found in pattern.finditer(plain):
            start, end = found.span("name")
            lead = _LEADING.match(plain, start, end)
            yield lead.end() if lead else start, end
    for found in _CHOIR.finditer(plain):
        yield found.span("name" if found.group("name") else "club")
    for found in _PLAYS.finditer(plain):
        if found.group("name").lower() not in lexicon.given():  # "plays with Kevin"
            yield found.span("name")
    for found in _LOW_NATION.finditer(low):
        yield found.span("name")
    for found in _FROM.finditer(plain):
        if found.group("name").lower() not in _TOWNS:
            yield found.span("name")
    for found in _SENT.finditer(plain):
        if _is_body(found.group("name").lower().split()):
            yield found.span("name")


def _is_body(said: list[str]) -> bool:
    """Whether ordinary words with capitals can be the name of a body: no day, town, brand or person among them."""
    first = said[0]
    return first in lexicon.common() and not any(part in lexicon.proper() for part in said) and first not in _NOT_BODIES


_NOT_BODIES = frozenset(
    "mental health crisis emergency detox police hospital victim services child children family housing social community addictions addiction probation legal court public youth school safe "
    "urgence sante police centre clinique services aide logement ontario psychiatrie desintox the a his her their la le sa son mom dad mother father grandma grandpa aunt uncle mere pere tante oncle elder "
    "withdrawal outpatient inpatient intensive home medical primary adult early acute assertive mobile rapid long short warming".split()
)
