"""Is somebody named? By given and family names, by what stands around a word, and by capitals where they mean something.

A name that is no ordinary word is marked wherever it stands, small or capital. A name that is one (Will, Grace, Pierre)
needs a capital inside a sentence, a family name after it, or words before or after that only people have. A capitalised
word nobody knows, inside a sentence, is taken for a name: nearly all that are left are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.guard import lexicon
from privacy.guard.kinds import Kind
from privacy.guard.naming import Word, begins_at, words_of
from privacy.guard.reading import Reading

_TITLE = re.compile(
    r"(?:mr|mrs|ms|miss|mx|dr|mme|mmes|mlle|madame|monsieur|mademoiselle|docteure?|prof|rev|reverend|pastor|imam|elder|cst|const|sgt|det|"
    r"auntie|uncle|aunty|tante|oncle|mononcle|matante|kokum|grandma|grandpa|kookum|nana|coach|sister|brother|father|soeur|frere|pere|judge|chief|constable|sergeant|officer)"
)
_STRONG_TITLE = frozenset("mr mrs ms miss mx dr mme mlle madame monsieur mademoiselle docteur docteure".split())
_CALLED = re.compile(
    r"(?:\b(?:named|called|name is|name's|names|name was|goes by|known as|aka|a\.k\.a\.?|alias|nicknamed|nickname(?: is)?|ask for|legal name|first name|last name|full name|preferred name|"
    r"nommee?|appelee?|s'appelle|s'appelait|prenommee?|surnommee?|prenom|nom de famille|nom complet|son nom est|nom est|dit|demandez|demander|signed|signe)\b"
    r"(?:\s(?:is|est|was|etait|as|comme|pour))?|\bname|\bnom|\bclient|\bpatient|\bsubject|\bmother|\bfather|\bmere|\bpere)\s?:?\s[\"'(]?$"
)
_COLON_CUE = re.compile(
    r"\b(?:name|nom|prenom|client|patient|subject|contact|attn|re|worker|intervenante?|mother|father|mere|pere|landlord|alias|aka|surnom)\s?:\s[\"'(]?$"
)
_KIN = (
    r"(?:son|daughter|mother|mom|mum|mommy|father|dad|daddy|brother|sister|partner|boyfriend|girlfriend|bf|gf|ex|ex-partner|ex-boyfriend|ex-girlfriend|ex-husband|ex-wife|husband|wife|spouse|fiancee?|aunt|auntie|"
    r"uncle|cousin|niece|nephew|grandmother|grandma|grandfather|grandpa|granddaughter|grandson|stepfather|stepmother|stepdad|stepmom|stepson|friend|bestie|buddy|neighbou?r|roommate|housemate|worker|"
    r"landlord|landlady|caseworker|teacher|principal|nurse|doctor|counsellor|coach|kid|child|baby|girl|boy|twin|twins|dealer|pimp|client|patient|tenant|resident|student|youth|male|female|man|woman|lady|guy|"
    r"fils|fille|mere|pere|maman|papa|frere|soeur|conjointe?|copain|copine|chum|blonde|ex-conjointe?|mari|femme|epoux|epouse|tante|oncle|cousine|neveu|niece|grand-mere|grand-pere|belle-mere|"
    r"beau-pere|beau-frere|belle-soeur|amie?|voisine?|coloc|colocataire|proprietaire|proprio|intervenante?|travailleuse|travailleur|enseignante?|professeure?|medecin|bebe|enfant|jumeau|jumelle|cliente?|patiente?|eleve|locataire|jeune|dame|monsieur|homme|garcon)"
)
_AFTER_KIN = re.compile(rf"\b(?:{_KIN})\s?[,:(]?\s?[\"'(]?$")
_WITH = re.compile(
    r"\b(?:spoke (?:to|with)|talked (?:to|with)|met with|met|meet with|contact(?:ed)?|called|texted|visited|saw|see|ask|asked|tell|told|know|knows|lives with|living with|stays with|staying with|with|and|by|from|for|about|of|to|"
    r"parle (?:a|avec)|rencontre|appele|contacte|visite|vu|vit avec|habite avec|chez|avec|et|par|pour|de|d'|a|que|selon|according to)\s[\"'(]?$"
)
_HUMAN = re.compile(
    r"\s(?:is|was|has|had|said|says|told|tells|reports?|reported|states?|stated|wants?|wanted|needs?|lives?|lived|stays?|stayed|called|calls|came|comes|went|goes|left|leaves|refus\w+|asked|asks|thinks?|"
    r"feels?|felt|hit|hits|threw|threatened|threatens|texted|texts|denies|denied|claims?|claimed|disclosed|admitted|agreed|keeps?|kept|lost|uses?|used|drinks?|drank|smokes|sleeps?|slept|cries|cried|hurt|hurts|"
    r"overdosed|attended|attends|missed|ran|runs|stole|steals|cut|cuts|tried|tries|won't|doesn't|didn't|isn't|hasn't|can't|wouldn't|couldn't|will|would|who|does|did|got|gets|been|turned|turns|took|takes|knows|knew|showed|"
    r"a|est|etait|avait|dit|disait|raconte|rapporte|mentionne|veut|voulait|habite|vit|reste|refuse|demande|pense|pleure|boit|consomme|frappe|menace|appelle|texte|dort|travaille|frequente|manque|s'est|n'a|n'est|ne|se|va|"
    r"ira|fait|sait|peut|doit|croit|parle|vient|part|quitte|a ete|aurait|serait|semble|souffre|vole|crie)\b"
)
#: What only a person does, for names that often begin a sentence as verbs or things.
_SPOKE = re.compile(
    r"\s(?:said|says|told|tells|reported|reports|asked|asks|refused|wants|lives|hit|threatened|texted|denied|disclosed|admitted|called|left|dit|raconte|veut|habite|refuse|menace|a dit|a frappe)\b"
)
_POSSESSIVE = re.compile(r"'s\b|s'\s")
_INITIALS = re.compile(r"(?<![\w.])[A-Z]\.\s?(?:-?[A-Z]\.\s?){1,3}(?![\w])")
_LONE_INITIAL = re.compile(r"(?<![\w.])[A-Z]\.\s?(?=[A-Z][a-z])")
_NOT_INITIALS = frozenset(
    "P.E R.R D.O.B P.O U.S A.M P.M E.R N.W.T B.C I.D O.D T.V S.I.N N.A.S C.A.S O.P.P P.S R.N I.V U.K E.I O.W A.A N.A C.P D.D.N Y.C.J.A".split()
)
_BARE_INITIALS = re.compile(
    r"(?:\binitials?\b|\binitiales\b)\s?(?:are|is|sont|:)?\s?(?P<name>[A-Z]\.?\s?[A-Z]\.?(?:\s?[A-Z]\.?)?)(?!\w)"
)
_JOINTS = frozenset("de du la le van von der den bin ben ibn al el da dos das do di della".split())


def people(reading: Reading) -> Iterator[tuple[int, int, Kind]]:
    """Claims in `reading.plain`."""
    plain, low = reading.plain, reading.low
    words = words_of(reading)
    sure = [_is_person(n, words, plain, low) for n in range(len(words))]
    n = 0
    while n < len(words):
        if not sure[n]:
            n += 1
            continue
        first, last = _grown(n, words, sure, plain)
        yield _with_title(first, words, plain), words[last].end, Kind.PERSON
        n = last + 1
    yield from _titled(words, plain)
    for found in _INITIALS.finditer(plain):
        if found.group().replace(" ", "").rstrip(".") not in _NOT_INITIALS:
            yield found.start(), found.start() + len(found.group().rstrip()), Kind.PERSON
    for found in _BARE_INITIALS.finditer(plain):
        yield found.start("name"), found.end("name"), Kind.PERSON
    for found in _LONE_INITIAL.finditer(plain):
        for word in words:
            if word.start == found.end() and not word.common and not word.proper:
                yield found.start(), word.end, Kind.PERSON


def _is_person(n: int, words: list[Word], plain: str, low: str) -> bool:
    w = words[n]
    if len(w.low) < 2 or w.low in {"mr", "mrs", "ms", "dr", "mme", "mlle"}:
        return False
    before, after = low[max(0, w.start - 42) : w.start], low[w.end : w.end + 16]
    called = bool(_CALLED.search(before)) or bool(_COLON_CUE.search(before))
    kin = bool(_AFTER_KIN.search(before))
    human = bool(_HUMAN.match(after)) or bool(_POSSESSIVE.match(after))
    following = words[n + 1] if n + 1 < len(words) and plain[w.end : words[n + 1].start] in (" ", "-", "  ") else None
    if w.proper and not (w.given and called):
        return False
    if w.only_a_name:
        if w.given:
            return len(w.low) > 2 or w.capital or called or kin
        if w.capital and not (w.loud and len(w.low) < 5):
            return (
                not w.begins
                or human
                or called
                or kin
                or (following is not None and following.name and following.capital)
                or len(w.low) > 4
            )
        return called or kin
    if w.common:
        if not w.name:
            return (
                w.capital
                and not w.begins
                and not w.loud
                and called
                and bool(
                    re.search(r"(?:named|called|s'appelle|nommee?|name is|prenommee?|surnommee?)\s[\"']?$", before)
                )
            )
        if (
            w.given
            and w.capital
            and following is not None
            and following.capital
            and (following.only_a_name or _unknown(following))
        ):
            return True
        if (
            w.given
            and following is not None
            and following.only_a_name
            and following.family
            and not following.given
            and w.low not in _FREQUENT
        ):
            return True
        if called and (w.capital or w.given) and w.low not in _FREQUENT:
            return True
        if w.given and w.capital and not w.begins and not w.loud:
            return w.low not in _FREQUENT or kin
        if w.given and w.capital and w.begins:
            if w.low in _RARELY_BEGIN:
                return bool(_SPOKE.match(after))
            return human and w.low not in _FREQUENT
        if w.family and w.capital and not w.begins and not w.loud and w.low not in _FREQUENT:
            return kin or called or bool(_WITH.search(before) and human)
        return w.given and kin and w.low not in _FREQUENT and not w.begins and human
    # nobody knows the word
    if w.loud:
        return called
    if w.capital:
        return not w.begins or human or called
    if called or (kin and (human or lexicon.is_one_slip_from_a_name(w.low))):
        return len(w.low) > 2
    return lexicon.is_one_slip_from_a_name(w.low) and human and (begins_at(low, w.start) or bool(_WITH.search(before)))


def _unknown(w: Word) -> bool:
    return not (w.common or w.proper or w.name)


#: Ordinary words so frequent that a capital says nothing, and words that begin sentences for other reasons.
_FREQUENT = frozenset(
    "an he my no so in on at to of or as is be do go if me us we am by up it a i she her his him you they ai ah can bin don ed les mon min na min elle line lieu"
    " long any ben son guy man boy girl baby case cash chance family gang hang he hung loan pat person police street school house home old young big"
    " the this that les des une mai may mars avril will mark art bill chase hunter grant frank".split()
) - {"grant", "frank", "chase", "hunter", "bill", "mark", "art", "will", "ben", "pat"}
_RARELY_BEGIN = frozenset("will may can mark grant bill case long".split())


def _grown(n: int, words: list[Word], sure: list[bool], plain: str) -> tuple[int, int]:
    """The whole name around a word that is one: "Mary-Ann O'Brien", "fatuma abdi warsame", "Jean de la Fontaine"."""
    first = last = n
    while last + 1 < len(words):
        step = _joined(last, words, sure, plain)
        if not step:
            break
        last += step
    while first > 0:
        w, gap = words[first - 1], plain[words[first - 1].end : words[first].start]
        if gap in (" ", "-", "'", ". ") and (
            (w.capital and w.given and not w.begins)
            or (w.given and w.capital and w.begins and not w.proper and w.low not in _FREQUENT)
            or (gap != ". " and not words[first].capital and w.given and w.only_a_name)
        ):
            first -= 1
        else:
            break
    return first, last


def _joined(last: int, words: list[Word], sure: list[bool], plain: str) -> int:
    """How many words further the name reaches: 0, 1, or more over particles and initials."""
    w, following = words[last], words[last + 1]
    gap = plain[w.end : following.start]
    if gap not in (" ", "-", "'", "  "):
        return 1 if gap in (". ", ".") and len(w.low) == 1 and following.capital else 0
    if len(following.low) == 1 and following.capital and plain[following.end : following.end + 1] == ".":
        return 1
    if following.proper and not following.name:
        return 0
    if following.only_a_name and (following.capital or not w.capital):
        return 1
    if (
        w.capital
        and following.capital
        and not following.loud
        and (not following.common or following.family or following.given)
    ):
        return 1
    if following.low in _JOINTS:
        for step in (2, 3):
            if last + step < len(words):
                beyond = words[last + step]
                if beyond.low in _JOINTS:
                    continue
                if (beyond.capital and not beyond.proper and (beyond.family or beyond.given or not beyond.common)) or (
                    not w.capital and beyond.only_a_name and beyond.family
                ):
                    return step
                break
    return 0


def _with_title(first: int, words: list[Word], plain: str) -> int:
    """Where the name begins, a title before it included."""
    if first > 0:
        w, gap = words[first - 1], plain[words[first - 1].end : words[first].start]
        if w.low in _STRONG_TITLE and gap in (" ", ". ", "."):
            return w.start
    return words[first].start


def _titled(words: list[Word], plain: str) -> Iterator[tuple[int, int, Kind]]:
    """ "Mrs. Whoever", "Dr Unknown", "Coach Mike": a title and a capitalised word after it."""
    for n in range(len(words) - 1):
        w, following = words[n], words[n + 1]
        if plain[w.end : following.start] not in (" ", ". ", ".", "  "):
            continue
        single = w.low == "m" and plain[w.start] == "M" and plain[w.end : w.end + 1] == "."
        if not (single or _TITLE.fullmatch(w.low)) or len(following.low) < 2:
            continue
        strong = single or w.low in _STRONG_TITLE
        if (
            following.capital
            and not following.proper
            and (strong or not following.common or following.name)
            and not following.loud
        ):
            last = n + 1
            while last + 1 < len(words) and plain[words[last].end : words[last + 1].start] in (" ", "-", "'"):
                beyond = words[last + 1]
                if beyond.capital and not beyond.proper and not beyond.loud and (beyond.name or not beyond.common):
                    last += 1
                else:
                    break
            yield (w.start if strong else following.start), words[last].end, Kind.PERSON
        elif strong and following.only_a_name:
            yield w.start, following.end, Kind.PERSON
