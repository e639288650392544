"""How much of what tells does the name guard find, and how much of what it marks tells? Counted over the corpus."""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from stdnum import luhn

from privacy.guard import Mark, screen

CORPUS = Path(__file__).parent / "corpus"
DIRECT = frozenset("PTEHAZBCSLFV")
_SPAN = re.compile(r"\{(\w):([^}]*)\}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One text with what tells in it."""

    text: str
    language: str
    age_group: str
    spans: tuple[tuple[int, int, str], ...]


@dataclass
class Measured:
    """Counts over some sentences."""

    there: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    marks: int = 0
    right: int = 0
    seconds: list[float] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Of direct identifiers."""
        return sum(self.found[k] for k in DIRECT) / sum(self.there[k] for k in DIRECT)

    @property
    def precision(self) -> float:
        """Of all marks: those that touch something that tells."""
        return self.right / self.marks

    def add(self, other: Measured) -> None:
        """Count another set's sentences with these."""
        self.there += other.there
        self.found += other.found
        self.marks += other.marks
        self.right += other.right
        self.seconds += other.seconds


def sentences(prefix: str) -> list[Sentence]:
    """The corpus files whose names begin so."""
    found = []
    for path in sorted(CORPUS.glob(f"{prefix}*.txt")):
        language = path.stem.rsplit("_", 1)[1]
        found += [_sentence(line, language) for line in path.read_text(encoding="utf-8").splitlines() if line]
    return found


def measure(texts: list[Sentence]) -> Measured:
    """Screen each and compare: a passage is found when a mark touches it."""
    made = Measured()
    for one in texts:
        began = time.process_time()  # other processes are not the guard's doing
        marks = screen(one.text, language=one.language, age_group=one.age_group)
        made.seconds.append(time.process_time() - began)
        for start, end, letter in one.spans:
            made.there[letter] += 1
            made.found[letter] += any(_touch(m, start, end) for m in marks)
        made.marks += len(marks)
        made.right += sum(any(_touch(m, start, end) for start, end, _l in one.spans) for m in marks)
    return made


def _touch(mark: Mark, start: int, end: int) -> bool:
    return mark.start < end and start < mark.end


def _sentence(line: str, language: str) -> Sentence:
    age, bar, rest = line.partition("|")
    age_group, line = (age, rest) if bar and re.fullmatch(r"\d+-\d+", age) else ("", line)
    text, spans, at = "", [], 0
    for found in _SPAN.finditer(line):
        text += line[at : found.start()]
        said = re.sub(r"~([^~]*)~", _valid, found[2])
        spans.append((len(text), len(text) + len(said), found[1]))
        text, at = text + said, found.end()
    return Sentence(text + line[at:], language, age_group, tuple(spans))


def _valid(found: re.Match[str]) -> str:
    """Digits with a right check digit, in the shape of the zeros."""
    count = found[1].count("0")
    rng = random.Random(found[1])  # noqa: S311  # repeatable on purpose
    digits = "".join(str(rng.randint(1, 9)) for _n in range(count - 1))
    digits += str(luhn.calc_check_digit(digits))
    made = iter(digits)
    return "".join(next(made) if c == "0" else c for c in found[1])
