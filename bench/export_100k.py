"""Proof: is a year's pack printed in two seconds, and do a hundred thousand discussions leave as a spreadsheet in ten?

Stop-watches are honest here: the claims are seconds a person waits. The pack is the fullest there is, a year of a table
for its own committee, with everything in it that a chart is drawn of; the spreadsheet is the recorder's, made the way
it is taken: approved, read again, held against what was approved, written.
"""

from __future__ import annotations

import random
import resource
import time
import uuid
from datetime import date

from django.utils import timezone, translation

from bench.disclosure_history import Draws, a_year
from bench.proof import SEED, Proof
from privacy.context import acting_as, in_role
from reports.exporting import exports
from reports.models import CodedRecord, ImportBatch
from reports.pack import document, scopes
from reports.pack.audience import Audience
from reports.pack.periods import parse
from reports.pack.printed import pdf
from tests.cast import Cast, assemble

ROWS = 100_000
SPREADSHEET, MOST_MB, PRINT = 10.0, 300, 2.0
_YEAR, _DRAWN = parse("2024"), 5000


def run() -> Proof:
    """Fill, take the spreadsheet, print the pack."""
    cast = assemble()
    _fill(cast)
    with acting_as(cast.recorder):
        made = exports.prepare(table=cast.nia, period=_YEAR.code, by=cast.recorder).export
    with acting_as(cast.manager):
        exports.approve(made.pk, by=cast.manager)
    taken = max(_taken(cast, made.pk, language) for language in ("en", "fr"))
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # before the printer reads its fonts
    pack = document.make(scopes.of_table(cast.nia.code), _YEAR, Audience.COMMITTEE, made_by="", now=timezone.now())
    printed = max(_printed(pack, language) for language in ("en", "fr"))
    return Proof(
        "export-100k",
        f"{taken:.1f} s for a spreadsheet of {made.rows:,} rows (target {SPREADSHEET:.0f}), {megabytes:.0f} MB at most"
        f" (target {MOST_MB}); {printed:.1f} s for a year's PDF (target {PRINT:.0f})",
        made.rows,
        SEED,
        taken < SPREADSHEET and megabytes < MOST_MB and printed < PRINT and made.rows == ROWS,
        "The slower of both languages. Memory of the whole process, the drawn records included.",
    )


def _fill(cast: Cast) -> None:
    """A year of one table: drawn once, written twenty times, so that taking is measured and not drawing."""
    draws = Draws(random.Random(SEED))  # repeatable on purpose
    with in_role("st_worker"):
        batch = ImportBatch.objects.create(
            table=cast.nia, digest="export", rows=ROWS, first_day=date(2024, 1, 1), last_day=date(2024, 12, 31)
        )
        drawn = list(a_year(cast.nia, batch, draws, 2024, _DRAWN))
        for _time in range(ROWS // _DRAWN):
            for record in drawn:
                record.statistics_id = uuid.uuid4()
            CodedRecord.objects.bulk_create(drawn, batch_size=1000)


def _printed(pack: document.Document, language: str) -> float:
    """Seconds, after the first print of the process, which reads the fonts."""
    with translation.override(language):
        pdf(pack)
        began = time.perf_counter()
        pdf(pack)
    return time.perf_counter() - began


def _taken(cast: Cast, export: uuid.UUID, language: str) -> float:
    began = time.perf_counter()
    with acting_as(cast.recorder), translation.override(language):
        content = exports.take(export, by=cast.recorder, form="xlsx")
    took = time.perf_counter() - began
    print(f"{language}: {took:.1f} s, {len(content) / 1e6:.1f} MB", flush=True)
    return took
