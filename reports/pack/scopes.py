"""Of whom does a pack speak? One table, the tables of a region, all of them, or some that were chosen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from agencies.models import Table

PROVINCE, REGION, CHOSEN = "province", "region:", "tables:"


class NoScopeError(ValueError):
    """Words that name no table or region; the sentence says which there are."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Some tables, under one name. `code` goes into files and keys."""

    code: str
    #: The code names it: a label is in a language, and a region may get another table.
    label: str = field(compare=False)
    tables: tuple[Table, ...] = field(compare=False)

    @property
    def single(self) -> bool:
        """Whether it is one table's own pack."""
        return self.code == self.tables[0].code

    @property
    def chosen(self) -> bool:
        """Whether it is a set of tables that somebody chose: a sum of their packs, never a page of its own."""
        return self.code.startswith(CHOSEN)

    @property
    def each(self) -> tuple[Scope, ...]:
        """Each of its tables alone."""
        return tuple(_single(table) for table in self.tables)


def of_table(code: str) -> Scope:
    """One table, by its code."""
    table = Table.objects.filter(code__iexact=code.strip()).first()
    if table is None:
        raise NoScopeError(f"There is no such table. There are: {_known('code')}.")
    return _single(table)


def _single(table: Table) -> Scope:
    return Scope(table.code, label_of(table.code, (table,)), (table,))


def of_region(name: str) -> Scope:
    """The tables of a region, by its English or French name."""
    wanted = name.strip().casefold()
    tables = [t for t in Table.objects.order_by("code") if wanted in (t.region_en.casefold(), t.region_fr.casefold())]
    if not tables:
        raise NoScopeError(f"There is no such region. There are: {_known('region_en')}.")
    code = f"{REGION}{tables[0].region_en}"
    return Scope(code, label_of(code, tuple(tables)), tuple(tables))


def of_province() -> Scope:
    """Every table."""
    tables = tuple(Table.objects.order_by("code"))
    if not tables:
        raise NoScopeError("There is no table yet.")
    return Scope(PROVINCE, label_of(PROVINCE, tables), tables)


def of_tables(codes: Iterable[str]) -> Scope:
    """Some tables, by their codes, in the order of these; one alone is its own scope."""
    found = {scope.code: scope.tables[0] for scope in map(of_table, codes)}
    if not found:
        raise NoScopeError(f"No table is named. There are: {_known('code')}.")
    tables = tuple(found[code] for code in sorted(found))
    code = CHOSEN + "+".join(table.code for table in tables)
    return Scope(code, label_of(code, tables), tables) if len(tables) > 1 else _single(tables[0])


def of_code(code: str) -> Scope:
    """The scope of a code as files and addresses have it; NoScopeError for another."""
    if code.startswith(CHOSEN):
        return of_tables(code.removeprefix(CHOSEN).split("+"))
    if code == PROVINCE:
        return of_province()
    return of_region(code.removeprefix(REGION)) if code.startswith(REGION) else of_table(code)


def label_of(code: str, tables: tuple[Table, ...]) -> str:
    """What a scope is called in words."""
    if code == PROVINCE:
        return _("All tables")
    if code.startswith(CHOSEN):
        return ", ".join(table.name for table in tables)
    return tables[0].region if code.startswith(REGION) else tables[0].name


def _known(field: str) -> str:
    return ", ".join(sorted(set(Table.objects.values_list(field, flat=True)))) or "none"
