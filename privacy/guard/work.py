"""Is an employer named? After words about work, a name with a capital or a chain's name; and names only firms have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.guard.reading import Reading

_CAP = r"(?:[A-Z][\w'.-]{1,40}|St\.|Ste\.)"
_WORKS = (
    r"(?:works?|working|worked|employed|job|jobs|shifts?|hired|fired|laid off|employee|cashier|cook|clerk|manager|labourer|cleaner|cleans|server|boss|employer(?: is)?|driver|trucker|drives|miner|welder|mechanic|guard|janitor|"
    r"dishwasher|barista|co-?worker|supervisor|position|quit|"
    r"travaill\w*|employee?|emplois?|boulot|embauchee?|engagee?|caissi\w+|cuisini\w+|serveu\w+|commis|congediee?|gerante?|camionneu\w+|mineur|soudeu\w+|mecanicien\w*|preposee?|concierge|plongeu\w+|collegue|patron|mis(?:e)? a pied|lave la vaisselle|postule)"
)
_WHEN = r"(?:(?:nights|days|evenings|weekends|part[- ]time|full[- ]time|temporarily|de nuit|de jour|de soir|a temps partiel|a temps plein|shifts|la fin de semaine)\s)?"
_BRAND = (
    r"(?:tim hortons?|timmies|tims|walmart|mcdonald'?s?|mcdo|canadian tire|home depot|costco|loblaws|sobeys|no frills|food basics|freshco|dollarama|wendy'?s|rona|maxi|super c|provigo|jean coutu|pharmaprix|couche-tard|"
    r"burger king|subway|a&w|petro[- ]canada|esso|ultramar|shoppers(?: drug mart)?|giant tiger|tigre geant|amazon|metro|iga|superstore|co-op|kfc|dairy queen|harvey'?s|swiss chalet|starbucks|value village|home hardware|circle k|mac'?s|winners|best buy|staples|purolator|"
    r"fedex|uber|skip ?the ?dishes|doordash|canada post|postes canada|cn rail|via rail|hydro one|bell|rogers|telus|sykes|teleperformance|weyerhaeuser|domtar|tembec|resolute|glencore|barrick|cameco|nutrien)"
)
_WHERE = r"(?:\s(?:on|sur|de la rue|du boulevard|in|at|coin)\s(?:the |la |le )?[\w'-]+(?:\s(?:street|st|ave|avenue|rd|road)\b)?)?"
_EMPLOYER = re.compile(
    rf"(?<!\w)(?i:{_WORKS})\s{_WHEN}"
    rf"(?:at|for|with|from|by|chez|a l'|au|aux|a la|pour|a|dans|de chez|de|d'|du)\s?(?:the |le |la |les |l')?"
    rf"(?P<name>{_CAP}(?:(?:\s|\s&\s|\sand\s|\set\s|-)(?:{_CAP}|de|du|la|of|the)){{0,3}}(?:\s(?:on|sur|de la rue)\s(?:the |la |le )?{_CAP})?)"
)
_CHEZ = re.compile(
    r"(?<!\w)chez\s(?P<name>(?:Tim Hortons|Walmart|Metro|IGA|Canadian Tire|McDonald'?s?|Loblaws|Costco|Home Depot|Sobeys|Provigo)\b)"
)
_STATED = re.compile(
    rf"(?<!\w)(?i:employ(?:er|eur)|workplace|lieu de travail)\s?:\s(?P<name>{_CAP}(?:[ -]{_CAP}){{0,3}})"
)
#: A chain some words after work was spoken of: "deux emplois, dont un au Walmart".
_LOW_EMPLOYER = re.compile(
    rf"(?<!\w){_WORKS}\b[^.;\n]{{0,25}}?\s(?:at|for|from|by|chez|au|pour|a|with|du|de)\s(?:the |le |l'|la )?(?P<name>{_BRAND}{_WHERE})(?!\w)"
)
#: Names only firms have.
_FIRM = re.compile(
    rf"(?<![\w-])(?P<name>{_CAP}(?:[ -](?:{_CAP}|&)){{0,2}}\s(?:Inc|Ltd|Ltee|LLP|Enterprises|Construction|Trucking|Logging|Mining|Mines|Transport|Farms|Foods|Poultry|Motors|Plumbing|Roofing|Landscaping|Contracting|Sawmill|Lumber|Forest Products|"
    r"Bakery|Restaurant|Diner|Pizza|Pizzeria|Grill|Pub|Tavern|Salon|Garage|Auto Body|Auto Glass|Taxi|Cabs?|Towing|Janitorial|Security)\b)"
    rf"|(?<![\w-])(?P<firm>(?:Transport|Scierie|Garage|Restaurant|Resto|Ferme|Boulangerie|Epicerie|Depanneur|Pharmacie|Entreprises|Mine|Mines|Excavation|Plomberie|Toitures?|Boucherie|Brasserie|Pizzeria|Quincaillerie|Patisserie|Coiffure|Usine|Produits forestiers|Abattoir|Traiteur|"
    rf"depanneur|scierie|restaurant|resto|boulangerie|epicerie|pharmacie|garage|pizzeria|ferme|mine|usine)\s{_CAP}(?:[ -]{_CAP}){{0,2}}(?:\s(?:et (?:fils|filles|freres)|inc\b\.?|ltee\b\.?|enr\b\.?))?)"
)
_NO_FIRM = re.compile(
    r"(?:The|A|His|Her|Their|Le|La|Un|Une|Son|Sa|Works?|Construction|Security|Food|Ontario|Public)\s\w+$"
)


def employers(reading: Reading) -> Iterator[tuple[int, int]]:
    """Where an employer is named in `reading.plain`; kinds of them written with capitals included."""
    for pattern in (_EMPLOYER, _CHEZ, _STATED):
        for found in pattern.finditer(reading.plain):
            yield found.span("name")
    for found in _LOW_EMPLOYER.finditer(reading.low):
        yield found.span("name")
    for found in _FIRM.finditer(reading.plain):
        if not _NO_FIRM.match(found.group()):
            yield found.span()
