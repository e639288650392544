"""Is somebody named? By given and family names, by what stands around a word, and by capitals where they mean something.

A name that is no ordinary word is marked wherever it stands, small or capital. A name that is one (Will, Grace, Pierre)
needs a capital inside a sentence, a family name after it, or words before or after that only people have. A capitalised
word nobody knows, inside a sentence, is taken for a name: nearly all that are left are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.guard import ambiguous, cues, lexicon
from privacy.guard.extent import grown, with_title
from privacy.guard.initials import initials
from privacy.guard.kinds import Kind
from privacy.guard.naming import Word, begins_at, words_of
from privacy.guard.reading import Reading

_AND_SIGNS = frozenset({" & ", "&", " + ", "+", " / ", "/"})


def people(reading: Reading) -> Iterator[tuple[int, int, Kind]]:
    """Claims in `reading.plain`."""
    plain, low = reading.plain, reading.low
    words = words_of(reading)
    sure = [_is_person(n, words, plain, low) for n in range(len(words))]
    _side_by_side(words, sure, plain)
    n = 0
    while n < len(words):
        if not sure[n]:
            n += 1
            continue
        first, last = grown(n, words, sure, plain)
        yield with_title(first, words, plain), words[last].end, Kind.PERSON
        n = last + 1
    yield from _titled(words, plain)
    yield from initials(words, reading)


def _is_person(n: int, words: list[Word], plain: str, low: str) -> bool:
    w = words[n]
    if len(w.low) < 2 or w.low in ambiguous.SHORT_TITLES:
        return False
    before, after = low[max(0, w.start - 42) : w.start], low[w.end : w.end + 40]
    called = bool(cues.CALLED.search(before)) or bool(cues.COLON_CUE.search(before))
    kin = bool(cues.AFTER_KIN.search(before))
    human = bool(cues.HUMAN.match(after)) or bool(cues.POSSESSIVE.match(after))
    following = words[n + 1] if n + 1 < len(words) and plain[w.end : words[n + 1].start] in (" ", "-", "  ") else None
    if w.low in ambiguous.VEHICLES and not kin and cues.drives(before, after):
        return False
    if w.proper and not (w.given and (called or kin or _has_family_name(following) or _lives(w, before, after))):
        return False
    done_to = bool(cues.DONE_TO.search(before))
    if w.only_a_name:
        if w.given and w.loud and w.low in ambiguous.LOUD_TOO:
            return called or kin or done_to or human or (following is not None and following.name and following.capital)
        if w.given and w.low in ambiguous.ALSO_THINGS and not w.capital:
            alone = (before.endswith(", ") and after[:1] == ",") or bool(cues.AGED.match(after))
            met = done_to or bool(cues.SEEN.search(before))
            return not cues.ARTICLE.search(before) and (
                called or kin or met or human or alone or _of_people(w, before, after)
            )
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
        return called or kin or done_to or (human and (w.begins or bool(cues.SAYS.search(before))) and len(w.low) > 3)
    if w.common:
        if w.name and _surely_named(w, following, low):
            return True
        if w.given and w.low not in ambiguous.FREQUENT and _of_people(w, before, after):
            return True
        if not w.name:
            if w.capital and not w.begins and not w.loud and (done_to or cues.ASKED.search(before)):
                return w.low not in ambiguous.ASKED_TOO
            if w.capital and not w.begins and not w.loud and human and cues.OF_THEIRS.search(before):
                return w.low not in ambiguous.ASKED_TOO
            if w.capital and not w.begins and not w.loud and cues.BESIDE_KIN.search(before) and after[:1] in {",", ")"}:
                return w.low not in ambiguous.ASKED_TOO
            return (
                w.capital
                and not w.begins
                and not w.loud
                and called
                and w.low not in ambiguous.ASKED_TOO
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
            and w.low not in ambiguous.FREQUENT
        ):
            return True
        if (called or (done_to and w.given)) and (w.capital or w.given) and w.low not in ambiguous.FREQUENT:
            return True
        if w.given and w.capital and not w.begins and not w.loud:
            return w.low not in ambiguous.FREQUENT or kin
        if w.given and _lives(w, before, after):
            return True
        if (
            w.given
            and human
            and w.low not in ambiguous.FREQUENT | ambiguous.THINGS | ambiguous.RARELY_BEGIN
            and cues.REPORTED.search(before)
        ):
            return True
        if w.given and w.capital and w.begins:
            if cues.APPOSED.match(low, w.end) and w.low not in ambiguous.THINGS:
                return True
            if w.low in ambiguous.RARELY_BEGIN or w.low in ambiguous.THINGS:
                return bool(cues.SPOKE.match(after) or cues.LIVES.match(after))
            return human and w.low not in ambiguous.FREQUENT
        if w.family and w.capital and not w.begins and not w.loud and w.low not in ambiguous.FREQUENT:
            return kin or called or done_to or bool(cues.WITH.search(before) and human)
        if w.family and w.capital and w.begins and not w.loud and w.low not in ambiguous.FREQUENT:
            return bool(cues.HAPPENED.match(after))
        if w.given and bool(cues.OF_KIN.search(before)):
            return human and w.low not in ambiguous.FREQUENT
        if w.low in ambiguous.VERBS and not w.capital and not cues.THIRD.match(after):
            return False  # "her husband will use it"
        return w.given and kin and w.low not in ambiguous.FREQUENT and not w.begins and human
    # nobody knows the word
    if w.loud:
        return called
    if w.capital:
        return not w.begins or human or called
    if len(w.low) < 3:
        return False
    if called or done_to or bool(cues.OF_KIN.search(before)) or bool(cues.HAS_KIN.match(after)):
        return True
    if kin and (
        human or lexicon.is_one_slip_from_a_name(w.low) or after[:1] in {",", ")", ""} or _and(n, words, plain)
    ):
        return True
    if human and bool(cues.SAYS.search(before)):
        return True
    if begins_at(low, w.start):
        return bool(cues.SPOKE.match(after)) or (human and lexicon.is_one_slip_from_a_name(w.low))
    return lexicon.is_one_slip_from_a_name(w.low) and human and bool(cues.WITH.search(before))


def _surely_named(w: Word, following: Word | None, low: str) -> bool:
    """Ordinary words that name somebody: "Grant Young says", "Rose, 44, lives", "the Young family"."""
    spoke = following is not None and following.family and cues.SPOKE.match(low, following.end)
    if w.given and w.begins and not w.capital and spoke and w.low not in ambiguous.FREQUENT | ambiguous.MONTHS:
        return True  # "grant young says"
    if not w.capital or w.loud or w.low in ambiguous.FREQUENT - ambiguous.FAMILY_TOO:
        return False
    if not w.proper and cues.AGED.match(low, w.end):
        return True
    if w.family and cues.is_family(low, w.start, w.end):
        return True
    if following is None or not following.capital or following.loud or not (w.given and following.family):
        return False
    return bool(cues.HUMAN.match(low, following.end) or cues.AGED.match(low, following.end))


def _of_people(w: Word, before: str, after: str) -> bool:
    """ "faith's kids", "sa blonde olive, ", "blanche est tombee": nothing but a name stands there."""
    if cues.ARTICLE.search(before):
        return False
    if cues.HAS_KIN.match(after) or (w.begins and cues.FELL.match(after)):
        return True
    return (
        w.low not in ambiguous.RARELY_BEGIN and bool(cues.OF_THEIRS.search(before)) and after[:1] in {"", ",", ")", "."}
    )


def _lives(w: Word, before: str, after: str) -> bool:
    """Whether a word does what only people do, with no article before it."""
    allowed = w.low not in ambiguous.FREQUENT or (w.capital and w.low in ambiguous.MONTHS)
    return allowed and bool(cues.ONLY_PEOPLE.match(after)) and not cues.ARTICLE.search(before)


def _has_family_name(following: Word | None) -> bool:
    return following is not None and following.capital and following.family and following.only_a_name


def _and(n: int, words: list[Word], plain: str) -> bool:
    """Whether "and" comes next."""
    return n + 1 < len(words) and words[n + 1].low in cues.AND and plain[words[n].end : words[n + 1].start] == " "


def _side_by_side(words: list[Word], sure: list[bool], plain: str) -> None:
    """ "Mark and Faith": beside somebody sure, a name or a word nobody knows is somebody too."""
    for n, m in _pairs(words, plain):
        one, other = words[n], words[m]
        if (
            one.given
            and one.capital
            and other.given
            and other.capital
            and cues.BETWEEN.search(plain, max(0, one.start - 12), one.start)
        ):
            sure[n] = sure[m] = not {one.low, other.low} <= ambiguous.MONTHS  # "between April and Dawn"
        if one.begins and one.given and other.given and cues.TOGETHER.match(plain, other.end):
            sure[n] = sure[m] = True  # "rose and mark live in a tent"
        if sure[n] == sure[m]:
            continue
        beside, at = (other, m) if sure[n] else (one, n)
        if beside.proper or len(beside.low) < 3 or beside.low in ambiguous.FREQUENT:
            continue
        slip = _unknown(beside) and lexicon.is_one_slip_from_a_name(beside.low)
        sure[at] = beside.only_a_name or (beside.given and beside.capital) or (sure[n] and _unknown(beside)) or slip


def _pairs(words: list[Word], plain: str) -> Iterator[tuple[int, int]]:
    """Words that stand beside each other with "and" or a sign for it between them."""
    for n in range(len(words) - 1):
        if plain[words[n].end : words[n + 1].start] in _AND_SIGNS:
            yield n, n + 1
        elif n + 2 < len(words) and _and(n, words, plain) and plain[words[n + 1].end : words[n + 2].start] == " ":
            yield n, n + 2


def _unknown(w: Word) -> bool:
    return not (w.common or w.proper or w.name)


def _titled(words: list[Word], plain: str) -> Iterator[tuple[int, int, Kind]]:
    """ "Mrs. Whoever", "Dr Unknown", "Coach Mike": a title and a capitalised word after it."""
    for n in range(len(words) - 1):
        w, following = words[n], words[n + 1]
        if plain[w.end : following.start] not in (" ", ". ", ".", "  "):
            continue
        single = w.low == "m" and plain[w.start] == "M" and plain[w.end : w.end + 1] == "."
        if not (single or cues.TITLE.fullmatch(w.low)) or len(following.low) < 2:
            continue
        strong = single or w.low in cues.STRONG_TITLE
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
        elif strong and (
            following.only_a_name or (w.low not in ambiguous.SPOKEN_TITLE and (following.name or _unknown(following)))
        ):
            yield w.start, following.end, Kind.PERSON
