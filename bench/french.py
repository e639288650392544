"""Proof: does a person who chose French read French, and nothing else, on every page of the tour?

Each page is read in both languages. A text that stands on both, and is no name, number or word that both languages
write alike, is English that was left. So is a message of the source in its English words, or a sentence with little
words no French sentence has. And days, hours and numbers are written as Canadian French writes them.
"""

from __future__ import annotations

import re
from itertools import chain

from agencies.models import Agency, Member, Sector
from bench import tour as tours
from bench.proof import SEED, Proof
from bench.reading import texts
from bench.tour import Tour
from bench.tour_states import TYPED
from privacy.models import LegalAuthority
from risk.models import CatalogueEntry
from tests import builders
from tests.french.test_pages import markers
from tests.laws import stages

#: Written alike in both languages (docs/terminologie.md has each), or called so in both.
ALIKE = {
    "English", "Français", "Intervention", "Services",
    "Action", "Actions", "CSV", "Code", "Codes", "Consultation", "Discussion", "Discussions", "Menu",
    "Mention", "Notes", "Note", "Notification", "Participation", "Page", "Plan", "Point", "Quorum", "Question",
    "Section", "Sections", "Signature", "Signatures", "Situation", "Situations", "Source", "Table", "Tables", "Total",
    "Type", "Version", "Versions", "Description", "Date", "Identification", "Administration", "action", "actions",
    "situation", "situations", "version", "date", "code", "Minutes", "Objections", "Corrections", "PDF",
    "Absent", "Central", "Conclusion", "Homicide", "Invitations", "discussions", "quorum",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]{2,}")
_LITTLE = re.compile(
    r"\b(the|of|who|and|with|your|is|are|this|what|not|has|from|nobody|its|by|was|to)\b", re.IGNORECASE
)
_ENGLISH_DAY = re.compile(
    r"\b(January|February|March|April|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday"
    r"|Thursday|Friday|Saturday|Sunday|yesterday|today|a\.m\.|p\.m\.)\b"
)
_ENGLISH_NUMBER = re.compile(
    r"(?<![\w.:/-])\d{1,3},\d{3}\b|(?<![\w./:-])\d+\.\d+\b(?![.\w])|(?<![\d-])\b\d{1,2}:\d{2}\b"
)
_REFERENCE = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
#: Minutes and seconds on a clock that runs: both languages write them so.
_STOPWATCH = re.compile(r"^\d{1,3}:\d{2}$|(?<=^sur )\d{1,3}:\d{2}(?= prévues$)")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2})?")


def run() -> Proof:
    """Read everything twice."""
    tour = tours.whole()
    wrong = {f"no visit and no reason: {name}" for name in tour.missing()}
    data, parts = _data(tour), markers()
    read, everything = 0, [*tour.visits, *tour.readings]
    for visit in everything:
        page = tour.french(visit)
        english, french = texts(tour.english[visit], "en"), texts(page, "fr")
        read += len(french)
        where = f"{visit.name} by {visit.who or 'nobody'}"
        if "<html" in page[:200] and '<html lang="fr' not in page[:200]:
            wrong.add(f"{where}: does not say that it is French")
        wrong |= {f"{where}: {said}" for said in _left(english, french, data, parts)}
    for line in sorted(wrong):
        print(line, flush=True)
    control = _left(english, english, data, parts)
    return Proof(
        "french",
        f"{len(wrong)} texts not French (target 0)",
        read,
        SEED,
        not wrong and bool(control),
        f"{len(everything)} pages and states, {read} texts read and heard. Names, numbers and {len(ALIKE)} words that"
        " both languages write alike are left out; the same page read in English is found to be English.",
    )


def _data(tour: Tour) -> list[str]:
    """Names and words that came from people or from lists that say the same in both languages; the longest first."""
    names = chain(
        Member.objects.values_list("name", flat=True), Member.objects.values_list("email", flat=True),
        Agency.objects.values_list("name_en", flat=True), (tour.cast.nia.region_en, tour.cast.kes.region_en),
        (r.label_en for r in (*CatalogueEntry.objects.all(), *Sector.objects.all()) if r.label_en == r.label_fr),
        (r.category_en for r in CatalogueEntry.objects.all() if r.category_en == r.category_fr),
        (a.label_en for a in LegalAuthority.objects.all() if a.label_en == a.label_fr),
        (tour.cast.nia.code, tour.cast.kes.code, "V. Isitor", "S. Ignatory", builders.CANARY_SUMMARY),
        ("signatory@example.net", "signatory.aid@example.net", "first@example.net", "F. Irst", TYPED),
        (r.code for r in (*CatalogueEntry.objects.all(), *Sector.objects.all()) if "-" in r.code),
        *((stages.summary_of(s), stages.tried_of(s)) for s in stages.STAGES),
        builders.IDENTIFIERS, builders.F4_TEXTS,
    )  # fmt: skip
    return sorted({n for n in names if n}, key=len, reverse=True)


def _left(english: list[str], french: list[str], data: list[str], parts: list[str]) -> set[str]:
    """What of a French page is English, or written as in English."""
    both, found = set(english), set()
    for text in set(french):
        bare = text
        for name in data:
            bare = bare.replace(name, " ")
        bare = _REFERENCE.sub("", _STOPWATCH.sub("", bare))
        words = _WORD.findall(bare)
        if not words and not _ENGLISH_NUMBER.search(_ISO.sub("", bare)):
            continue
        if (
            text in both
            and any(w for w in words if len(w) > 2 and not w.isupper())
            and bare.strip(" .,:;–0123456789") not in ALIKE
        ):
            found.add(f"the same in both languages: {text[:90]}")
        elif _LITTLE.search(bare) or any(part in bare for part in parts):
            found.add(f"English: {text[:90]}")
        if _ENGLISH_DAY.search(bare) or _ENGLISH_NUMBER.search(_ISO.sub("", bare)):
            found.add(f"a day, an hour or a number as in English: {text[:90]}")
    return found
