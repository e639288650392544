"""What is known of each word of a text: is it a name, an ordinary word, a place; how is it written, where does it stand?"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from privacy.guard import lexicon
from privacy.guard.phrases import phrases
from privacy.guard.reading import WORD, Reading

_BEGINS = re.compile(r"(?:^|[.!?:;\n•*]|\s[-–]|^-)\s*[\"'(\[]*$")
_PARTICLES = frozenset(
    "de du la le des van von der den bin ben ibn al el abu da dos das do di della st ste saint sainte mac mc o' y e abdi".split()
)
_ORDINARY_END = re.compile(
    r".{3,}(?:tions?|ments?|ness|ings?|ables?|ibles?|ities|ity|ismes?|isms?|ically|fully|ously|ologies|ology|ologie|aient|erait|ships?|hood|ized|ised|ated|ating|izing|logue|graphy|graphie|"
    r"therapy|therapie|pathy|pathie|itis|osis|emia|emie|phobia|phobie|mania|manie|less)"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word as the name rules see it; `start` and `end` in `Reading.plain`, endings such as 's left out."""

    start: int
    end: int
    low: str
    capital: bool
    loud: bool
    begins: bool
    given: bool
    family: bool
    common: bool
    proper: bool

    @property
    def name(self) -> bool:
        return self.given or self.family

    @property
    def only_a_name(self) -> bool:
        """A name that is no ordinary word and no place."""
        return self.name and not self.common and not self.proper


def words_of(reading: Reading) -> list[Word]:
    """The words of a text. Where nearly everything is in capitals, capitals mean nothing."""
    plain, low = reading.plain, reading.low
    letters = [c for c in plain if c.isalpha()]
    shouted = len(letters) > 20 and sum(c.isupper() for c in letters) > 0.8 * len(letters)
    nobody = list(phrases(low))
    words = [_word(found, plain, low, shouted=shouted) for found in WORD.finditer(plain)]
    return [
        replace(w, given=False, family=False, proper=True) if any(a <= w.start < b for a, b in nobody) else w
        for w in words
    ]


def begins_at(low: str, start: int) -> bool:
    """Whether a sentence or a list item begins here."""
    return bool(_BEGINS.search(low, max(0, start - 12), start))


def _word(found: re.Match[str], plain: str, low: str, *, shouted: bool) -> Word:
    start, end = found.span()
    said = low[start:end]
    for ending in ("'s", "'"):
        if said.endswith(ending) and len(said) > len(ending) + 1:
            end -= len(ending)
            said = said[: -len(ending)]
            break
    for article in ("d'", "l'", "qu'", "n'", "s'", "j'", "c'", "m'", "jusqu'", "lorsqu'"):
        if said.startswith(article) and said not in lexicon.given() and said not in lexicon.surnames():
            start += len(article)
            said = said[len(article) :]
            break
    parts = [p for p in re.split(r"[-']", said) if p]
    given, family, common, proper = lexicon.given(), lexicon.surnames(), lexicon.common(), lexicon.proper()
    whole_common = (
        said in common
        or said.replace("'", "") in common
        or (len(parts) > 1 and all(p in common or len(p) < 3 for p in parts))
    )
    if said.endswith("s") and not whole_common and said[:-1] in common and said not in given and said not in family:
        whole_common = True
    capital, begins = plain[start : start + 1].isupper() and not shouted, begins_at(plain, start)
    if not capital and said.endswith("ed") and len(said) > 4 and not said.endswith(("eed", "med", "hed")):
        whole_common = whole_common or not (
            said in given or said in family
        )  # past forms no dictionary has: "narcanned"
    if said not in given and said not in family and (begins or not capital) and _ORDINARY_END.fullmatch(said):
        whole_common = True
    hyphened = len(parts) > 1 and "-" in said
    paired = (
        hyphened and parts[0] in given and (parts[-1] in given or parts[-1] in family or plain[start:end].istitle())
    )
    return Word(
        start=start,
        end=end,
        low=said,
        capital=capital,
        loud=plain[start:end].isupper() and end - start > 1 and not shouted,
        begins=begins,
        given=said in given or paired or (hyphened and all(p in given for p in parts)),
        family=said in family
        or (hyphened and all(p in family or p in given for p in parts) and any(p not in common for p in parts)),
        common=whole_common and not paired,
        proper=said in proper or (len(parts) > 1 and all(p in proper for p in parts)),
    )
