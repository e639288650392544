"""Proof: do page, CSV, XLSX, PDF and JSON say the same numbers, and are these what plain SQL counts?

Random records of tables of different sizes; every quarter and year for the committee, every year for partners and the
public, and a region's years; in English and French in turn. Each file is read as a stranger would read it: JSON and CSV
parsed, the spreadsheet opened, the PDF's text taken out, the page's tables read from its HTML. Every number that is
told must stand in all five with its share and the number before, and be what `formats_plain.py` counts; so must the
days of the durations, the version of the code lists, the levels of what comes together, and what is said of meetings
and of systemic issues.
"""

from __future__ import annotations

import csv
import io
import json
import os
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from html import unescape

import openpyxl
import pypdf
from django.test import Client
from django.utils import translation
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies import seats
from agencies.models import Member, Seat, Table
from agencies.vocabulary import Role
from bench import formats_meetings, formats_pairs
from bench.disclosure_history import YEARS, Draws, record
from bench.formats_plain import counts
from bench.proof import SEED, Proof
from privacy.context import acting_as
from reports.pack import scopes
from reports.pack.audience import Audience
from reports.pack.document import Document
from reports.pack.files import write
from reports.pack.periods import parse
from reports.release_model import Release
from reports.releases import reading, verbs
from tests.cast import FAR, LONG_AGO, Cast, assemble, seated
from tests.entry import enter

#: Discussions a year of each table.
SIZES = tuple(int(n) for n in os.environ.get("FORMATS_SIZES", "20,42,100,220").split(","))
_REGION = "Formats"
_CELL = r"<t[hd][^>]*>(.*?)</t[hd]>"


@dataclass(frozen=True, slots=True)
class Said:
    """One number as a format says it. `share` and `before` are empty where nothing is said."""

    label: str
    count: str
    share: str
    before: str


def run() -> Proof:
    """Make records, prepare every page, read all five formats of each, and count again."""
    cast = assemble()
    manager, tables = _lived(cast)
    told, hidden, documents = 0, 0, 0
    wrong: list[str] = []
    for at, row in enumerate(_prepared(tables)):
        language = ("en", "fr")[at % 2]
        with translation.override(language):
            with acting_as(manager):
                document = reading.document_of(Release.objects.get(pk=row.pk))
                page = _page(manager, row, language)
            name = f"{row.scope} {row.period} {row.audience} {language}"
            wrong += [f"{name}: {said}" for said in differing(document, page)]
            wrong += [f"{name}: {said}" for said in _miscounted(document, row)]
            wrong += [f"{name}: {said}" for said in formats_meetings.miscounted(document, row.tables)]
        numbers = [r.count for r in (*document.totals, *(r for f in document.figures for r in f.rows))]
        told += sum(n is not None for n in numbers)
        hidden += sum(n is None for n in numbers)
        documents += 1
        print(f"{name}: {sum(n is not None for n in numbers)} told, {len(wrong)} wrong so far", flush=True)
    print("\n".join(wrong[:40]), flush=True)
    return Proof(
        "formats-agree",
        f"{len(wrong)} of {told} numbers differ between page, CSV, XLSX, PDF, JSON and plain SQL (target 0)",
        documents,
        SEED,
        not wrong and told > 0,
        f"{documents} releases of {len(SIZES)} tables and their region; {hidden} counts withheld in all five alike.",
    )


def _lived(cast: Cast) -> tuple[Member, list[Table]]:
    """Tables of a region with three years of records, and one member who manages all of them."""
    tables = []
    for at, size in enumerate(SIZES):
        code = f"F{chr(65 + at)}{chr(65 + at)}"
        table = Table.objects.create(code=code, name_en=code, name_fr=code, region_en=_REGION, region_fr=_REGION)
        tables.append(table)
        record(table, size, Draws(random.Random(f"{SEED}/{at}")), f"formats/{SEED}/{at}")  # repeatable on purpose
    town = cast.agencies["town"]
    for table in tables:
        seats.sign_agreement(agency=town, table=table, signatory_name="S. Ignatory", starts_on=LONG_AGO, ends_on=FAR)
    manager = seated(cast, "formats_manager", town, tables[0], Role.MANAGER)
    for table in tables[1:]:
        at_another = Seat.objects.get(member=manager, table=tables[0])
        at_another.pk, at_another.table = None, table
        at_another.save()
        seats.sign_undertaking(member=manager, table=table, signed_on=LONG_AGO, ends_on=FAR)
    formats_meetings.lived(tables, manager)
    return manager, tables


def _prepared(tables: list[Table]) -> Iterator[Release]:
    for table in tables:
        scope = scopes.of_table(table.code)
        for year in YEARS:
            for period in (*(f"{year}Q{n}" for n in (1, 2, 3, 4)), str(year)):
                yield verbs.prepare(scope, parse(period), Audience.COMMITTEE, by=None)
            for audience in (Audience.PARTNER, Audience.PUBLIC):
                yield verbs.prepare(scope, parse(str(year)), audience, by=None)
    for year in YEARS:
        for audience in (Audience.PARTNER, Audience.PUBLIC):
            yield verbs.prepare(scopes.of_region(_REGION), parse(str(year)), audience, by=None)


def _page(manager: Member, row: Release, language: str) -> str:
    client = Client(headers={"accept-language": language})
    enter(client, manager)
    client.cookies["django_language"] = language
    answer = client.get(f"/releases/{row.pk}/")
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def differing(document: Document, page: str) -> Iterator[str]:
    """Where a format says another number than the document."""
    expected = list(_expected(document))
    files = {kind: write(document, kind) for kind in ("json", "csv", "xlsx", "pdf")}
    for kind, found in (
        ("json", _json(files["json"])), ("csv", _lines(_csv(files["csv"]))), ("xlsx", _lines(_xlsx(files["xlsx"]))),
    ):  # fmt: skip
        if found != expected:
            pairs = zip(found, expected, strict=False)
            yield f"{kind}: {len(found)} numbers, {next((p for p in pairs if p[0] != p[1]), 'too many or too few')}"
    yield from _pdf(files["pdf"], document)
    yield from _html(page, document)
    yield from _code_lists(page, files, document)
    sheets, main = {"csv": _csv(files["csv"]), "xlsx": _xlsx(files["xlsx"])}, page.split("<main")[1]
    tables = {unescape(s.split("<")[0]): _table(s) for s in re.split(r"<section>\s*<h2>", main)[1:]}
    printed = _text(files["pdf"])
    yield from formats_pairs.differing(document, files["json"], sheets, printed, tables)
    yield from formats_meetings.differing(document, files["json"], sheets, printed, tables)


def _expected(document: Document) -> Iterator[Said]:
    for row in (*document.totals, *(r for f in document.figures for r in f.rows), *document.durations):
        share = "" if row.percent is None else f"{row.percent:.1f}"
        yield Said(row.label, _word(row.count), share, "" if row.before is None else str(row.before))


def _word(count: int | None) -> str:
    return _("withheld") if count is None else str(count)


def _json(content: bytes) -> list[Said]:
    plain = json.loads(content)
    rows = [*plain["totals"], *(r for f in plain["figures"] for r in f["rows"]), *plain["durations"]]
    return [
        Said(
            r["label"], _word(r["count"]), "" if r["percent"] is None else f"{r['percent']:.1f}",
            "" if r["before"] is None else str(r["before"]),
        )
        for r in rows
    ]  # fmt: skip


def _csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def _xlsx(content: bytes) -> list[list[str]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return [[_cell(c.value, c.column) for c in row] for row in sheet.iter_rows()]


def _cell(value: object, column: int) -> str:
    """As words. A share is a number that the spreadsheet shows with one decimal."""
    share = column == 7 and isinstance(value, int | float)
    return "" if value is None else f"{value:.1f}" if share else str(value)


def _lines(rows: list[list[str]]) -> list[Said]:
    """The numbers below the header, up to the first empty line."""
    padded = [[*row, *[""] * (8 - len(row))] for row in rows]
    start = next(at for at, row in enumerate(padded) if row[3] == _("Count")) + 1
    found = []
    for row in padded[start:]:
        if not any(row):
            break
        label = row[1].removeprefix("'")
        found.append(Said(label, row[3], row[6], row[7]))
    return found


def _in_print(document: Document) -> Iterator[str]:
    """The words of each row of the PDF: totals with their bases, of each figure what is told, durations."""
    totals = list(zip(document.totals, document.total_bases, strict=True))
    for said, (row, base) in zip(_expected(document), totals, strict=False):
        among = _("Of %(base)s: %(count)s") % {"base": base, "count": _word(row.base)} if base else ""
        yield f"{_printed(said)}{among}"
    rest = list(_expected(document))[len(totals) :]
    for figure in document.figures:
        own, rest = rest[: len(figure.rows)], rest[len(figure.rows) :]
        yield from (_printed(said) for said, row in zip(own, figure.rows, strict=True) if row.count is not None)
        many = sum(row.count is None for row in figure.rows)
        if many:
            yield ngettext("%(many)s count is withheld.", "%(many)s counts are withheld.", many) % {"many": many}
    yield from (_printed(said) for said in rest)


def _printed(said: Said) -> str:
    share = number_format(Decimal(said.share), 1) if said.share else ""
    return f"{said.label}{said.count}{share}{said.before}"


def _pdf(content: bytes, document: Document) -> Iterator[str]:
    """Each row's words follow each other in the text of the pages, in order."""
    squeezed, at = _squeezed(_text(content)), 0
    for said in _in_print(document):
        row = _squeezed(said)
        found = squeezed.find(row, at)
        if found < 0:
            yield f"pdf: {said} is not there after {squeezed[max(0, at - 30) : at]!r}"
            return
        at = found + len(row)


def _text(content: bytes) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _code_lists(page: str, files: dict[str, bytes], document: Document) -> Iterator[str]:
    """The version of the code lists, on the page and in print in words, in the others as a day."""
    on = document.code_lists_of
    day = "" if on is None else on.isoformat()
    words = _("not recorded") if on is None else date_format(on, "DATE_FORMAT")
    if json.loads(files["json"])["code_lists_of"] != (day or None):
        yield "json: another version of the code lists"
    for kind, rows in (("csv", _csv(files["csv"])), ("xlsx", _xlsx(files["xlsx"]))):
        if next(row[1] for row in rows if row and row[0] == _("Code lists of")) != day:
            yield f"{kind}: another version of the code lists"
    said = _squeezed(_("%(name)s: %(words)s") % {"name": _("Code lists of"), "words": words})
    if said not in _squeezed(_text(files["pdf"])):
        yield "pdf: another version of the code lists"
    shown = re.search(rf"<dt[^>]*>{re.escape(_('Code lists of'))}</dt>\s*<dd[^>]*>(.*?)</dd>", page, re.S)
    if shown is None or unescape(shown[1]).strip() != words:
        yield "page: another version of the code lists"


def _html(page: str, document: Document) -> Iterator[str]:
    """Totals all; of each figure what is told, and how many counts are withheld; durations all."""
    main = page.split("<main")[1].split("</main>")[0]
    sections = re.split(r"<section>\s*<h2>", main)[1:]
    wanted = [(_("Totals"), document.totals, True), *((f.title, f.rows, False) for f in document.figures),
              (_("Durations"), document.durations, True)]  # fmt: skip
    for (title, rows, all_), section in zip(wanted, sections, strict=False):
        if not section.startswith(title.replace("'", "&#x27;")) and unescape(section).split("<")[0] != title:
            yield f"page: {title} is not where it belongs"
        shown = _table(section)
        expected = [r for r in rows if all_ or r.count is not None]
        said = [[r.label, _word(r.count)] for r in expected]
        if [cells[:2] for cells in shown] != said:
            yield f"page: {title} says {[c[:2] for c in shown][:3]}, not {said[:3]}"
        for cells, row in zip(shown, expected, strict=False):
            share = "" if row.percent is None else f"{row.percent:.1f}"
            if share and share not in cells[2].replace(",", "."):
                yield f"page: {title}, {row.label}: share {cells[2]}, not {share}"
            if document.compared_with and cells[-1] != ("–" if row.before is None else str(row.before)):
                yield f"page: {title}, {row.label}: before {cells[-1]}, not {row.before}"
    if len(sections) < len(wanted):
        yield f"page: {len(sections)} sections, not {len(wanted)}"


def _table(section: str) -> list[list[str]]:
    """The cells of a section's table, as words."""
    if "<tbody>" not in section:
        return []
    rows = re.findall(r"<tr>(.*?)</tr>", section.split("<tbody>")[1].split("</tbody>")[0], re.S)
    return [[unescape(re.sub(r"<[^>]+>", "", c)).strip() for c in re.findall(_CELL, row, re.S)] for row in rows]


def _miscounted(document: Document, row: Release) -> Iterator[str]:
    """Where a number that is told is not what plain SQL counts."""
    plain = counts(row.tables, document.first_day, document.last_day)
    for figure, rows in (("totals", document.totals), *((f.key, f.rows) for f in document.figures)):
        for one in rows:
            if one.count is not None and one.count != plain.get((figure, one.code), 0):
                yield f"sql: {figure}/{one.code} is {plain.get((figure, one.code), 0)}, told {one.count}"
