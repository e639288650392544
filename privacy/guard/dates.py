"""Is there a day that can be looked up? A date of birth names the person; any other exact day is a hint."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.guard.kinds import Kind
from privacy.guard.naming import begins_at
from privacy.guard.reading import Reading

_MONTH = (
    r"(?:january|jan|february|feb|march|mar|april|apr|may|june|jun|july|jul|august|aug|september|sept|sep|october|oct|"
    r"november|nov|december|dec|janvier|janv|fevrier|fevr|fev|mars|avril|avr|mai|juin|juillet|juil|aout|septembre|octobre|"
    r"novembre|decembre)\.?"
)
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th|er|e)?"
_YEAR = r"(?:,?\s?(?:of |de )?(?:19|20)\d{2}|,?\s?'\d{2}|\s?/\s?(?:19|20)?\d{2}(?!\d))"
#: Joins the days of a stay: "May 3-7", "du 3 au 7 mai", "les 3, 4 et 5 mai".
_TO = r"(?:\s?(?:-|/|&|,|\bto\b|\band\b|\bthrough\b|\bthru\b|\buntil\b|\bor\b|\bau\b|\ba\b|\bet\b|\bou\b|\bet le\b|\bjusqu'au\b)\s?)"
_DAYS = rf"{_ORDINAL}(?:{_TO}{_ORDINAL}(?!\d)){{0,3}}"
_TENS = r"(?:twenty|thirty)[- ]?"
_NTH = (
    rf"(?:(?:{_TENS})?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|"
    r"seventeenth|eighteenth|nineteenth|twentieth|thirtieth)"
)
_COUNT = (
    r"(?:premier|1er|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|dix-sept|dix-huit|dix-neuf|onze|douze|treize|quatorze|quinze|seize|vingt(?:[- ]et[- ]un|[- ](?:un|deux|trois|quatre|cinq|six|sept|huit|neuf))?|"
    r"trente(?:[- ]et[- ]un)?)"
)
_SPELT_YEAR = r"(?:,?\s(?:(?:nineteen|two thousand(?: and)?|twenty)(?:[ -][a-z]+){1,2}|(?:mille neuf cent|deux mille)(?:[ -](?:et|un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente|quarante|cinquante|soixante)){1,4}))"
_WEEKDAY = r"(?:monday|mon|tuesday|tues|tue|wednesday|wed|thursday|thurs|thu|friday|fri|saturday|sat|sunday|sun)\.?"
_JOUR = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
_DATES = (
    re.compile(rf"(?<![\w/-]){_MONTH}\s?(?:the )?{_ORDINAL}(?!\d|:|h\d| ?%| ?\$){_YEAR}?(?![\w-])"),
    re.compile(
        rf"(?<![\w/-]){_MONTH}\s?{_ORDINAL}(?:{_TO}{_ORDINAL}(?!\d)){{1,3}}(?!:|h\d| ?%| ?\$|/){_YEAR}?(?![\w-])"
    ),
    re.compile(rf"(?<![\w/-])(?:the |le )?{_DAYS}\s(?:day )?(?:of |de )?{_MONTH}{_YEAR}?(?!\w)"),
    re.compile(rf"(?<![\w/-])(?:the )?{_NTH}\s(?:day )?of {_MONTH}(?:{_YEAR}|{_SPELT_YEAR})?(?!\w)"),
    re.compile(rf"(?<![\w/-]){_COUNT}\s(?:de )?{_MONTH}(?<!\bmar)(?<!\bsep)(?:{_YEAR}|{_SPELT_YEAR})?(?!\w)"),
    re.compile(rf"(?<![\w/-])\d{{1,2}}[/. -]{_MONTH}[/. -]?(?:19|20)?\d{{2}}(?!\w)"),
    re.compile(
        rf"\b{_JOUR},? (?:le )?{_ORDINAL}(?!\w|[ ]?h\b|[ ]?heures|[ ]?[:%$/-]|[ ](?:de )?{_MONTH}|[ ](?:ans|fois|jours|personnes|a|et)\b|[.,]\d)"
    ),
    re.compile(rf"\b{_WEEKDAY},? (?:the )?\d{{1,2}}(?:st|nd|rd|th)(?!\w)"),
    re.compile(
        r"\b(?:on|since|until|court) (?P<at>the (?!1st)\d{1,2}(?:st|nd|rd|th))(?=\s?(?:[,.;)]|$|\n|and\b|at\b|for\b|with\b))"
    ),
    re.compile(
        r"\b(?:on|since|court|dated|le|depuis le|du) (?P<at>(?!10/10)(?:0[1-9]|[12]\d|3[01])/(?:0[1-9]|[12]\d|3[01]))(?![\w/])"
    ),
    re.compile(r"(?<![\w/.-])(?:19|20)\d{2}[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])(?![\w/-])"),
    re.compile(
        r"(?<![\w/.$-])(?:0?[1-9]|[12]\d|3[01])[-/.](?:0?[1-9]|[12]\d|3[01])[-/.](?:(?:19|20)?\d{2})(?![\w/%-])"
    ),
    re.compile(rf"(?<![\w/-])\d{{1,2}}[- ]?{_MONTH}[- ]?(?:19|20)?\d{{2}}(?!\w)"),
    re.compile(r"(?<=\bthe )\d{1,2}(?:st|nd|rd|th)(?=\s(?:at|of (?:this|last|next) month)\b)"),
    re.compile(r"(?<!\d)(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)"),
)
#: "March fourteenth": with a capital, since "may second" and "march first" are other words too.
_SPELT_DAY = re.compile(rf"(?<![\w/-]){_MONTH}\s(?:the )?{_NTH}(?:{_YEAR}|{_SPELT_YEAR})?(?!\w)")
_BIRTH = re.compile(
    r"\b(?:born|birth\w*|b\.?-?day|(?<!hep )b\.|(?<=[( ])n\.|turn(?:s|ed|ing) \d+|aura \d+ ans|(?:a eu|fetera|fete) (?:ses )?\d+ ans|anniv\b|naiss\b|fete est|date nais|d\.?o\.?b\.?|dob|birthdate|nee? ?(?:le|en)?|naissance|anniversaire|(?:sa|ma|leur) fete|d\.?d\.?n\.?|ddn|date de naiss\w*)(?!\w)"
)
_MONTH_AND_YEAR = re.compile(rf"(?<![\w/-]){_MONTH}\s(?:of |de )?(?:19|20)\d{{2}}(?!\w)")
_YEAR_FIRST = re.compile(
    r"(?<![\w/.-])\d{2}[-/. ](?:0?[1-9]|1[0-2])[-/. ](?:0?[1-9]|[12]\d|3[01])(?![\w/-])|(?<![\w/-])\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?![\w/-])"
)
#: "may need"
_MAY = re.compile(
    r"\s(?:be|have|need|attend|require|go|not|also|return|want|come|get|move|leave|use|still|help|benefit|become|lose|qualify|stay|take|apply|still|never|only|already)\b"
)
_AGE = 32
#: "date de naissance de la mere (Viviane) :" may be longer before a colon.
_AGE_BEFORE_COLON = 60
#: Where another sentence begins; "d.o.b. " is no end.
_SENTENCE = re.compile(r"\n|; |(?<=\w{3})\. ")


def dates(reading: Reading) -> Iterator[tuple[int, int, Kind]]:
    """Claims in `reading.plain`."""
    low = reading.low
    for pattern in _DATES:
        for found in pattern.finditer(low):
            if _is_verb(reading.plain, low, found.start(), found.group()):
                continue
            start, end = found.span("at" if "at" in pattern.groupindex else 0)
            yield start, end, _kind(low, start, end)
    for found in _SPELT_DAY.finditer(low):
        if reading.plain[found.start()].isupper() and not begins_at(reading.plain, found.start()):
            yield found.start(), found.end(), _kind(low, found.start(), found.end())
    for pattern in (_MONTH_AND_YEAR, _YEAR_FIRST):
        for found in pattern.finditer(low):
            if _of_birth(low, found.start(), found.end()):
                yield found.start(), found.end(), Kind.BIRTH_DATE


def _kind(low: str, start: int, end: int) -> Kind:
    return Kind.BIRTH_DATE if _of_birth(low, start, end) else Kind.EXACT_DATE


def _of_birth(low: str, start: int, end: int) -> bool:
    reach = _AGE_BEFORE_COLON if low[:start].rstrip().endswith(":") else _AGE
    before = _SENTENCE.split(low[max(start - reach, 0) : start])[-1]
    return bool(_BIRTH.search(before)) or bool(
        re.match(r"\s?\(?(?:dob|d\.o\.b|date of birth|ddn|birthday|anniversaire)\b", low[end : end + 18])
    )


def _is_verb(plain: str, low: str, start: int, said: str) -> bool:
    """ "may 3 times", "5 of them may need": a small "may" or "march" that is no month."""
    if said.endswith(" may") and not plain[start + len(said) - 3].isupper() and _MAY.match(low, start + len(said)):
        return True
    if (
        not plain[start].isupper()
        and said.startswith(("may ", "mar ", "march "))
        and not re.search(r"\d(?:st|nd|rd|th)|\d{4}", said)
    ):
        return bool(re.match(r"\s(?:x\b|times|people|more|or|of|hours|days|weeks)\b", low[start + len(said) :]))
    return False
