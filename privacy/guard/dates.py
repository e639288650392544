"""Is there a day that can be looked up? A date of birth names the person; any other exact day is a hint."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.guard.kinds import Kind
from privacy.guard.reading import Reading

_MONTH = (
    r"(?:january|jan|february|feb|march|mar|april|apr|may|june|jun|july|jul|august|aug|september|sept|sep|october|oct|"
    r"november|nov|december|dec|janvier|janv|fevrier|fevr|fev|mars|avril|avr|mai|juin|juillet|juil|aout|septembre|octobre|"
    r"novembre|decembre)\.?"
)
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th|er|e)?"
_YEAR = r"(?:,?\s?(?:of |de )?(?:19|20)\d{2}|,?\s?'\d{2})"
_DATES = (
    re.compile(rf"(?<![\w/-]){_MONTH}\s?{_ORDINAL}(?!\d|:|h\d| ?%| ?\$){_YEAR}?(?![\w-])"),
    re.compile(rf"(?<![\w/-])(?:the |le )?{_ORDINAL}\s(?:day )?(?:of |de )?{_MONTH}{_YEAR}?(?!\w)"),
    re.compile(r"(?<![\w/.-])(?:19|20)\d{2}[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])(?![\w/-])"),
    re.compile(
        r"(?<![\w/.$-])(?:0?[1-9]|[12]\d|3[01])[-/.](?:0?[1-9]|[12]\d|3[01])[-/.](?:(?:19|20)?\d{2})(?![\w/%-])"
    ),
    re.compile(rf"(?<![\w/-])\d{{1,2}}[- ]?{_MONTH}[- ]?(?:19|20)?\d{{2}}(?!\w)"),
    re.compile(r"(?<=\bthe )\d{1,2}(?:st|nd|rd|th)(?=\s(?:at|of (?:this|last|next) month)\b)"),
    re.compile(r"(?<!\d)(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)"),
)
_BIRTH = re.compile(
    r"\b(?:born|birth\w*|b\.?-?day|d\.?o\.?b\.?|dob|birthdate|nee? ?(?:le|en)?|naissance|anniversaire|(?:sa|ma|leur) fete|d\.?d\.?n\.?|ddn|date de naiss\w*)(?!\w)"
)
_MONTH_AND_YEAR = re.compile(rf"(?<![\w/-]){_MONTH}\s(?:of |de )?(?:19|20)\d{{2}}(?!\w)")
_YEAR_FIRST = re.compile(
    r"(?<![\w/.-])\d{2}[-/. ](?:0?[1-9]|1[0-2])[-/. ](?:0?[1-9]|[12]\d|3[01])(?![\w/-])|(?<![\w/-])\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?![\w/-])"
)
_AGE = 32
#: Where another sentence begins; "d.o.b. " is no end.
_SENTENCE = re.compile(r"\n|; |(?<=\w{3})\. ")


def dates(reading: Reading) -> Iterator[tuple[int, int, Kind]]:
    """Claims in `reading.plain`."""
    low = reading.low
    for pattern in _DATES:
        for found in pattern.finditer(low):
            if _is_verb(reading.plain, low, found.start(), found.group()):
                continue
            yield (
                found.start(),
                found.end(),
                Kind.BIRTH_DATE if _of_birth(low, found.start(), found.end()) else Kind.EXACT_DATE,
            )
    for pattern in (_MONTH_AND_YEAR, _YEAR_FIRST):
        for found in pattern.finditer(low):
            if _of_birth(low, found.start(), found.end()):
                yield found.start(), found.end(), Kind.BIRTH_DATE


def _of_birth(low: str, start: int, end: int) -> bool:
    before = _SENTENCE.split(low[max(start - _AGE, 0) : start])[-1]
    return bool(_BIRTH.search(before)) or bool(
        re.match(r"\s?\(?(?:dob|d\.o\.b|date of birth|ddn|birthday|anniversaire)\b", low[end : end + 18])
    )


def _is_verb(plain: str, low: str, start: int, said: str) -> bool:
    """ "may 3 times": a small "may" or "march" before a number that counts something."""
    if (
        not plain[start].isupper()
        and said.startswith(("may ", "mar ", "march "))
        and not re.search(r"\d(?:st|nd|rd|th)|\d{4}", said)
    ):
        return bool(re.match(r"\s(?:times|people|more|or|of|hours|days|weeks)\b", low[start + len(said) :]))
    return False
