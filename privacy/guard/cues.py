"""Which words around a word say that it is a person? Titles, kin, callings, and what people do or have done to them.

All are matched on `Reading.low`: what stands before a word up to its first letter, what stands after from its last.
"""

from __future__ import annotations

import re

TITLE = re.compile(
    r"(?:mr|mrs|ms|miss|mx|dr|mme|mmes|mlle|madame|monsieur|mademoiselle|docteure?|prof|rev|reverend|pastor|imam|elder|cst|const|sgt|det|insp|cpl|capt|detective|dre|mgr|agente?|sergente?|gendarme|caporale?|pasteure?|abbe|ainee?|cllr|"
    r"auntie|uncle|aunty|tante|oncle|mononcle|matante|kokum|grandma|grandpa|kookum|nana|coach|sister|brother|father|soeur|frere|pere|judge|chief|constable|sergeant|officer)"
)
STRONG_TITLE = frozenset("mr mrs ms miss mx dr dre mme mlle madame monsieur mademoiselle docteur docteure".split())
CALLED = re.compile(
    r"(?:\b(?:named|called|name is|name's|names|name was|goes by|go by|answers to|known as|aka|a\.k\.a\.?|alias|nicknamed|nickname(?: is)?|ask for|legal name|first name|last name|full name|preferred name|"
    r"nommee?|appelee?|s'appelle|s'appelait|se fait appeler|se nomme|repond au nom de|connue? sous le nom de|connait comme|connaissent comme|connait sous le nom de|know (?:him|her|them) as|knows (?:him|her|them) as|surnom(?: est)?|surnom de|prenommee?|surnommee?|prenom|nom de famille|nom complet|son nom est|nom est|dit|demandez|demander|signed|signe)\b"
    r"(?:\s(?:is|est|was|etait|as|comme|pour))?|\bname|\bnom|\bclient|\bpatient|\bsubject|\bmother|\bfather|\bmere|\bpere)\s?:?\s[\"'(]?$"
)
COLON_CUE = re.compile(
    r"\b(?:name|nom|prenom|client|patient|subject|contact|attn|re|worker|intervenante?|mother|father|mere|pere|landlord|alias|aka|surnom)\s?:\s[\"'(]?$"
)
_KIN = (
    r"(?:sons?|daughters?|mother|mom|mum|mommy|father|dad|daddy|brothers?|sisters?|parents|partner|boyfriend|girlfriend|bf|gf|ex|ex-partner|ex-boyfriend|ex-girlfriend|ex-husband|ex-wife|husband|wife|spouse|fiancee?|aunt|auntie|"
    r"uncle|cousin|niece|nephew|grandmother|grandma|grandfather|grandpa|granddaughter|grandson|stepfather|stepmother|stepdad|stepmom|stepson|friend|bestie|buddy|neighbou?r|roommate|housemate|worker|"
    r"landlord|landlady|caseworker|teacher|principal|nurse|doctor|counsellor|coach|kids?|child|children|baby|babies|girls?|boys?|twin|twins|dealer|pimp|client|patient|tenant|resident|student|youth|male|female|man|woman|lady|guy|"
    r"fils|filles?|mere|pere|parents|maman|papa|freres?|soeurs?|conjointe?|copain|copine|chum|blonde|ex-conjointe?|mari|femme|epoux|epouse|tante|oncle|cousine|neveu|niece|grand-mere|grand-pere|belle-mere|"
    r"beau-pere|beau-frere|belle-soeur|amie?|voisine?|coloc|colocataire|proprietaire|proprio|intervenante?|travailleuse|travailleur|enseignante?|professeure?|medecin|bebe|enfants?|jumeau|jumelle|jumeaux|jumelles|cliente?|patiente?|eleve|locataire|jeune|dame|monsieur|homme|garcon)"
)
AFTER_KIN = re.compile(rf"\b(?:{_KIN})\s?[,:(]?\s?[\"'(]?$")
WITH = re.compile(
    r"\b(?:spoke (?:to|with)|talked (?:to|with)|met with|met|meet with|contact(?:ed)?|called|texted|visited|saw|see|ask|asked|tell|told|know|knows|lives with|living with|stays with|staying with|with|and|by|from|for|about|of|to|"
    r"parle (?:a|avec)|rencontre|appele|contacte|visite|vu|vit avec|habite avec|chez|avec|et|par|pour|de|d'|a|que|selon|according to)\s[\"'(]?$"
)
HUMAN = re.compile(
    r"\s(?:(?:en|lui|leur|nous|me|y) )?(?:is|was|has|had|said|says|told|tells|reports?|reported|states?|stated|wants?|wanted|needs?|lives?|lived|stays?|stayed|called|calls|came|comes|went|goes|left|leaves|refus\w+|asked|asks|thinks?|"
    r"feels?|felt|hit|hits|threw|threatened|threatens|texted|texts|denies|denied|claims?|claimed|disclosed|admitted|agreed|keeps?|kept|lost|uses?|used|drinks?|drank|smokes|sleeps?|slept|cries|cried|hurt|hurts|"
    r"overdosed|kicked|punched|beat|sold|sells|owes|paid|pays|gave|gives|moved|moves|died|passed|broke|breaks|yells?|yelled|screamed|attended|attends|missed|ran|runs|stole|steals|cut|cuts|tried|tries|won'?t|doesn'?t|didn'?t|isn'?t|hasn'?t|wasn'?t|can'?t|wouldn'?t|couldn'?t|don'?t|will|would|who|does|did|got|gets|been|turned|turns|took|takes|knows|knew|showed|"
    r"wishes|hopes|expects|works|worked|plays|played|sings|sang|prays|writes|wrote|eats|ate|skips|skipped|walks|walked|drove|arrive[sd]|return(?:s|ed)|appear(?:s|ed)|seem(?:s|ed)|accept(?:s|ed)|insist(?:s|ed)|explain(?:s|ed)|describe[sd]|present(?:s|ed)|confirm(?:s|ed)|"
    r"request(?:s|ed)|complete[sd]|start(?:s|ed)|stop(?:s|ped)|began|begins|finishe[sd]|quit|quits|fell|falls|vomit(?:s|ed)|laugh(?:s|ed)|smile[sd]|loves?|hates?|fears|worries|struggle[sd]|graduated|enrolled|applied|applies|signed|consent(?:s|ed)|declined?s?|"
    r"replie[sd]|answer(?:s|ed)|receive[sd]|served|serves|spent|spends|broke|brought|brings|grew|learns|learned|hid|hides|hears|heard|sees|saw|met|meets|"
    r"mange|souhaite|suit|attend|craint|joue|chante|prie|ecrit|court|aime|deteste|espere|arrive|revient|rentre|sort|perd|paie|prend|met|recoit|rencontre|retourne|visite|garde|ment|nie|accepte|insiste|explique|ajoute|confie|admet|avoue|promet|hesite|evite|cherche|"
    r"trouve|repond|rappelle|telephone|ecoute|apprend|comprend|etudie|enseigne|fume|vomit|saigne|tousse|respire|marche|tombe|s'(?!ils?\b)\w+|n'(?!importe)\w+|aide|occupe|partage|loue|doute|imite|ignore|demenage|rit|sourit|hurle|bat|fugue|"
    r"a|est|etait|avait|dit|disait|raconte|rapporte|mentionne|veut|voulait|habite|vit|reste|refuse|demande|pense|pleure|boit|consomme|frappe|menace|appelle|texte|dort|travaille|frequente|manque|s'est|n'a|n'est|ne|se|va|"
    r"ira|fait|sait|peut|doit|croit|parle|vient|part|quitte|a ete|aurait|serait|semble|souffre|vole|crie)\b"
)
#: What only a person does, for names that often begin a sentence as verbs or things.
SPOKE = re.compile(
    r"\s(?:said|says|told|tells|reported|reports|asked|asks|refused|wants|lives|hit|threatened|texted|denied|disclosed|admitted|called|left|dit|raconte|veut|habite|refuse|menace|a dit|a frappe)\b"
)
#: The same with a capital before it: "Prudence demande".
LIVES = re.compile(
    r"\s(?:drinks|drank|sleeps|slept|cries|cried|smokes|phoned|demande|boit|dort|pleure|fume|fugue|crie|texte|consomme)\b"
)
POSSESSIVE = re.compile(r"'s\b|s'\s")

#: Somebody was spoken to, hit, feared: what stands next is a person, an article or a kind of person.
DONE_TO = re.compile(
    r"\b(?:(?:spoke|spoken|speaking|talk(?:ed|ing)?|spk|chatted) (?:to|with|w/?)|met (?:with|w/?|up with)|told|texted|messaged|phoned|contacted|visited|threaten(?:ed|s|ing)|assault(?:ed|s|ing)|hit(?:ting|s)?|"
    r"punch(?:ed|es)|stabb(?:ed|ing)|kicked|slapped|chok(?:ed|ing)|beat(?:ing|s)?|robbed|shot|(?:afraid|scared|terrified|fear) of|fears|(?:stay|stays|staying|stayed|live|lives|living|lived|moved in|sleeping|crashing|couch surfing|ran away|"
    r"run away|left|fighting|fought|argued|arguing|involved|in love|broke up|reunited) with|according to|per|thanks to|belongs to|owes money to|"
    r"(?:parle|parlee?|jase|discute) (?:a|avec)|dit a|demande a|ecrit a|telephone a|rencontree?|textee?|contactee?|menace(?:e|s|r)?(?: de tuer)?|frappee?|battue?|agressee?|poignardee?|gifle|etrangle|(?:peur|crainte) de|craint|"
    r"(?:vit|habite|demeure|reste|dort|heberge|hebergee|est|retournee?|parti|partie|sort|rompu|bataille|chicane) (?:avec|chez)|en couple avec|selon|d'apres|dixit|grace a|doit de l'argent a)\s[\"'(]?$"
)
#: "worker says somebody": what stands next and does something is a person, unless it is an ordinary word.
SAYS = re.compile(
    r"\b(?:says?|said|states?|stated|reports?|reported|thinks?|believes?|feels?|worried|worries|disclosed|claims?|heard|because|when|if|since|and|but|that|dit|croit|pense|mentionne|rapporte|affirme|craint|parce|car|quand|et|mais)"
    r"\s(?:that\s|que\s|qu')?$"
)
#: What is done to people, for family names that are ordinary words: "Brown was arrested".
HAPPENED = re.compile(
    r"\s(?:(?:was|is|were|a ete|est|etait|fut)\s(?:\w+ly )?(?:intoxicat|arrest|found|seen|evict|admitted|discharg|hospitali[sz]|drunk|high|suicid|apprehend|transport|releas|charg|homeless|missing|unconscious|banned|victim|"
    r"intoxique|arrete|trouve|vue?\b|evince|hospitalise|ivre|suicidaire|transporte|libere|accuse|inconscient|exclu|victime)|(?:told|said|says|asked|reported|refused|threatened|denied|disclosed|admitted|dit que|raconte|refuse|menace)\b)"
)
OF_KIN = re.compile(rf"\b(?:{_KIN})\s(?:de|d'|of|a)\s?$")
#: "somebody's mother", "tyler's apartment"
HAS_KIN = re.compile(
    rf"'s\s(?:{_KIN}|place|house|apartment|apt|unit|phone|car|file|worker|drinking|behaviou?r|landlord|meds|school)s?\b"
)
AND = frozenset({"and", "et", "&", "n"})
#: Who is named beside somebody without "his" or "her": "Chase & gf".
_CLOSE = r"(?:gf|bf|wife|hubby|husband|girlfriend|boyfriend|partner|fiancee?|mom|mum|dad|sister|brother|son|daughter|cousin|blonde|chum|copine|copain|conjointe?|mari|femme|mere|pere|soeur|frere|fils|fille|bebe)"
#: What only a person does or is, for names that are also things, in small letters too: "bill is giving her the pills".
ONLY_PEOPLE = re.compile(
    r"\s(?:(?:just |also |still |then |always |never |often |encore |aussi )?(?:moved|relapsed|overdosed|oded|ran away|cries|cried|drinks|drank|slept|sleeps|threw|punched|told|tells|said|says|texted|phoned|threatened|threatens|refuses|refused|denies|"
    r"denied|admits|admitted|disclosed|wants|lives|left (?:home|him|her|the)|lost (?:his|her|custody)|got (?:arrested|evicted|kicked|charged|beat|into|drunk|high)|hits?\s(?:him|her|them|his|the)|gave (?:him|her|them)|gives (?:him|her|them)|took (?:his|her|the|off)|"
    r"(?:laid off|let go|kicked out|evicted|arrested|hospitali[sz]ed|suspended|discharged|no[- ]show\w*)|stopped (?:taking|going|eating|coming|answering)|started (?:using|drinking|cutting)|keeps? (?:calling|texting|coming|saying|asking|hitting|running|following)|has (?:not|been|no|a gun|stopped|started|threatened|moved|overdosed|relapsed|kids|\w+ kids)|hasn'?t|"
    r"doesn'?t (?:want|eat|sleep|answer|go|have|feel)|didn'?t (?:show|come|call|want|answer)|won'?t (?:eat|go|answer|talk|leave|let|take)|can'?t (?:sleep|go|stay|cope)|"
    r"(?:is|was) (?:now |back |still |also |always |not |very |so )?(?:pregnant|using|drinking|high|drunk|suicidal|homeless|missing|scared|afraid|worried|staying|living|sleeping|giving|selling|hitting|refusing|crying|eating|taking|answering|threatening|"
    r"calling|stalking|following|arrested|found|evicted|admitted|discharged|hospitalized|assaulted|beaten|kicked|seen|\d\d|off (?:his|her|meds)|in (?:jail|custody|detox|hospital|the hospital|crisis)|with (?:her|his|him))|"
    r"(?:a|ont) (?:encore |aussi |deja )?(?:demenage|fugue|rechute|frappe|dit|menace|appele|texte|consomme|bu|perdu|quitte|refuse|avoue|pleure|arrete|cesse|\d+ ans|ete (?:arrete|vu|trouve|hospitalise|evince|battu|agresse|frappe|expulse))|"
    r"a (?:eu (?:ses?|sa|son|peur|honte|besoin|\d+ ans)|mange|dormi|fait (?:une (?:crise|fugue|rechute|tentative|overdose)|son|sa)|pris (?:ses?|sa|son|la fuite)|recu (?:ses?|sa|son)|vomi|crie|fume|vole|menti|accepte|passe (?:la nuit|sa|son))|"
    r"(?:attend|souhaite|craint|aime|mange|suit|garde|evite|cherche|visite|perd|prend) (?:ses?|sa|son|leurs?|peu|mal|bien|pas|plus|revoir|voir|retourner|quitter)|(?:repond|vient|veut|mange|dort|parle|va|prend|ecoute|sait|peut|file|suit|boit) (?:pas|pu|plus)|"
    r"est (?:enceinte|partie?|disparue?|sortie?|retournee?|suicidaire|en (?:crise|detox|prison|fugue|cure))|n'a (?:pas|plus)|n'est (?:pas|plus) (?:venue?|rentree?|sortie?)|ne (?:va|dort|mange|prend|veut|repond|vient|parle|se) |"
    r"(?:lui|leur|la|le|l'|les) ?(?:fournit|donne|vend|dit|doit|bat|frappe|menace|suit|texte|appelle|attend|crie|ment)|veut|refuse|habite|consomme|boit|pleure|se (?:sent|coupe|cache|pique|bat)|s'est|dort|vit)\b|"
    rf"(?:and|et|&|n) (?:{_CLOSE}\b)|(?:and|et|&) (?:her|his|their|son|sa|ses) (?:\w+ )?(?:newborn|nouveau-ne|{_KIN})\b)"
)
#: Who is met: "saw max at the store".
SEEN = re.compile(
    r"\b(?:saw|seen|see|visit(?:ed)?|called|phoned|asked|reached|picked up|dropped off|contacted|vu|vue|voir|appeler?|chez|rejoint|croise)\s$"
)
#: Who somebody is, between commas after the name: "Will, coach of the team", "Rose, sa mere".
APPOSED = re.compile(
    rf",\s(?:(?:the|an?|her|his|their|my|le|la|l'|une?|son|sa|ses|leur)\s?)?(?:\w+\s)?{_KIN}(?:\s(?:of|who|from|at|de|du|des|d'|qui)\b|\s?[,(])"
)
#: "between April and Dawn"
BETWEEN = re.compile(r"\b(?:between|entre|involving|impliquant)\s$")
#: What stands before a thing, not before a name.
ARTICLE = re.compile(
    r"\b(?:the|an?|this|that|some|any|no|every|her|his|my|their|our|your|its|of|for|in|la|le|les|l'|une?|des|du|de|d'|ce|cette|mon|ma|mes|son|sa|ses|leurs?|en|au|aux|par|sans|plus|trop|very|more|much|so|lose|lost|losing|in)\s?$"
)
#: "asked Summer": bodies and kinds of people that are asked too, with a capital.
ASKED = re.compile(r"\b(?:asked|demande a|remis a|gave|donne a)\s$")
#: Said that: what stands next is a person or a thing; see who uses it.
REPORTED = re.compile(
    r"\b(?:says?|said|states?|stated|reports?|reported|thinks?|believes?|heard|disclosed|dit|pense|croit|rapporte|raconte|affirme)\s(?:that\s|que\s)?$"
)
#: "the baby, River, has": beside kin, between commas or in brackets.
BESIDE_KIN = re.compile(rf"\b(?:{_KIN})\s?[,(]\s?$")
#: An age after a name: "Rose, 44, lives", "Grant Young (52)".
AGED = re.compile(r"(?:,\s?|\s?\(|,? (?:aged?|age de) )(?:1?\d{1,2})\s?(?:,|\)|[.;]?$|ans\b|yo\b|y/o|yrs?\b|year)")
#: "will says", not "will say".
THIRD = re.compile(r"\s(?:says|said|is|was|has|did|told|hit|left|got|lives|\w{3,}(?:ed|[^s]s))\b")
#: What befalls people, where a sentence begins with the name: "blanche est tombee".
FELL = re.compile(
    r"\s(?:(?:est|etait) (?:tombee?|morte?|decedee?|revenue?|rentree?|arrivee?|hospitalisee?|intoxiquee?|ivre|epuisee?|isolee?|sans[- ]abri|a (?:l'hopital|l'urgence|risque))|(?:fell|died|passed (?:out|away)|od'?d))\b"
)
OF_THEIRS = re.compile(rf"\b(?:his|her|their|my|son|sa|ses|mon|ma|leur)\s(?:{_KIN})\s$")
#: What two people do: "rose and mark live in a tent".
TOGETHER = re.compile(
    r"\s(?:both|live[ds]?|fight|fought|argue[ds]?|broke up|separated|moved|split|are (?:fighting|living|staying|using|both|homeless|dating|together|separated|expecting|back)|were (?:fighting|evicted|seen|arrested|found|both)|"
    r"sont|ont|vivent|habitent|dorment|boivent|consomment|se (?:chicanent|battent|sont|separent)|tous les deux)\b"
)
_FAMILY_BEFORE = re.compile(r"(?:\b(?:famille|menage|freres|soeurs|clan|couple)\s)$")
_FAMILY_AFTER = re.compile(r"\s(?:family|household|brothers|sisters|siblings|kids|clan|twins|residence)\b")
#: "a black Sierra", "sa vieille Sierra bleue": a vehicle that has a given name.
_COLOUR = r"(?:black|white|red|blue|green|gr[ae]y|silver|brown|gold|tan|beige|yellow|noire?|blanche?|blanc|rouge|bleue?|verte?|grise?|argent|doree?|brune?)"
_DRIVEN = re.compile(
    rf"\b(?:(?:{_COLOUR}|gmc|dodge|ford|chev\w*|toyota|honda|nissan|hyundai|kia|mazda|drives?|driving|conduit|conduire|(?:19|20)\d\d|'?\d\d)|(?:an?|the|une?|la|le|sa|his|her|their)\s(?:old|older|newer|new|stolen|rusty|beat-up|vieille|vieux|nouvelle|petite))\s$"
)
_VEHICLE_AFTER = re.compile(rf"\s(?:{_COLOUR}|pickup|pick-up|truck|van|suv|sedan|(?:19|20)\d\d|volee?|stolen)\b")


def is_family(low: str, start: int, end: int) -> bool:
    """Whether a household is named: "the Young family", "la famille Young"."""
    after = _FAMILY_AFTER.match(low, end) and low[max(0, start - 4) : start] in {"the ", "les "}
    return bool(after or _FAMILY_BEFORE.search(low, max(0, start - 12), start))


def drives(before: str, after: str) -> bool:
    """Whether the words around speak of a vehicle."""
    return bool(_DRIVEN.search(before) or _VEHICLE_AFTER.match(after))
