"""How far does a name reach around a word that is one? Over particles, initials, further names, and a title before it."""

from __future__ import annotations

import re

from privacy.guard import ambiguous, cues
from privacy.guard.naming import Word

_JOINTS = frozenset(
    "de du la le van von der den bin ben ibn al el da dos das do di della dela delos del ter ten af bint abu ould san santa".split()
)
_BEFORE_NICKNAMES = frozenset(
    "big lil little old young baby bebe gros grosse petit petite ti grand vieux vieille".split()
)

#: Shapes only family names have, though no list holds them: "o'reily", "mcnaughten", "Hrabovenko".
_FAMILY_SHAPE = re.compile(
    r"(?:o'|mc|mac(?!h))[a-z]{3,}|[a-z]{3,}(?:enko|owski|owska|ewski|ewska|ovich|evych|chuk|czyk|yshyn|sson|singh|poulos|akis|ssian|oglu)"
)


def grown(n: int, words: list[Word], sure: list[bool], plain: str) -> tuple[int, int]:
    """The whole name around a word that is one: "Mary-Ann O'Brien", "fatuma abdi warsame", "Jean de la Fontaine"."""
    first = last = n
    while last + 1 < len(words):
        step = _joined(last, words, sure, plain)
        if not step:
            break
        last += step
    while first > 0:
        if first > 1 and words[first - 1].low in _JOINTS and words[first - 2].given and words[first - 2].capital:
            first -= 2  # "Maria de Fatima"
            continue
        if _begins_family(first, words, plain):
            first -= 1  # "De Souza, Maria"
            continue
        w, gap = words[first - 1], plain[words[first - 1].end : words[first].start]
        if gap in (" ", "-", "'", ". ") and (
            (w.capital and w.given and not w.begins)
            or (w.given and w.capital and w.begins and not w.proper and w.low not in ambiguous.FREQUENT)
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
    if w.given and not following.common and _FAMILY_SHAPE.fullmatch(following.low):
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


def _begins_family(n: int, words: list[Word], plain: str) -> bool:
    """Whether a joint with a capital stands before this family name: "Da Silva", and "De Souza, Maria" at the start."""
    w, joint = words[n], words[n - 1]
    if joint.low not in _JOINTS or not joint.capital or not w.capital or plain[joint.end : w.start] != " ":
        return False
    listed = n + 1 < len(words) and words[n + 1].given and plain[w.end : words[n + 1].start] == ", "
    return w.family and not w.given and (not joint.begins or listed)


def with_title(first: int, words: list[Word], plain: str) -> int:
    """Where the name begins, a title or what nicknames begin with included: "Mme", "Big", "Bebe"."""
    if first > 0:
        w, gap = words[first - 1], plain[words[first - 1].end : words[first].start]
        if w.low in cues.STRONG_TITLE and gap in (" ", ". ", "."):
            return w.start
        if w.low in _BEFORE_NICKNAMES and (w.capital or w.low == "lil") and gap in (" ", "' "):
            return w.start
    return words[first].start
