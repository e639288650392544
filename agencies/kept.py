"""How is a question of every request put to PostgreSQL without being written out anew each time?

At a turn of the meeting Django spends a third of a page on writing the SQL of its dozen questions, the same words every
time. A function marked `kept` makes its queryset once, with places where the values go; afterwards only the values are
filled in. It is the same statement, asked at every request on the same member's behalf: the SQL is kept, never a row.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any, TypeVar, TypeVarTuple

from django.db import connections
from django.db.models import Model, QuerySet, Value
from django.db.models.query import get_related_populators

_Values = TypeVarTuple("_Values")
_Row = TypeVar("_Row", bound=Model)


def kept(make: Callable[[*_Values], QuerySet[_Row]]) -> Callable[[*_Values], list[_Row]]:
    """Ask a queryset of whole rows, with `select_related` at most. It may use its values only to compare columns with:
    one value by itself, of `__in` a tuple that is not empty. Nothing else of it may depend on who asks or when."""
    places = tuple(_Place() for _ in signature(make).parameters)
    known: list[_Statement] = []  # made when first asked: models must be loaded

    @wraps(make)
    def ask(*values: *_Values) -> list[_Row]:
        if not known:
            asked: Any = make
            known.append(_Statement(asked(*(Value(p) for p in places)), places))
        return known[0].rows(values)

    return ask


class _Place:
    """Where a value goes."""


class _Statement:
    """The SQL of a queryset, and how its rows become objects, as Django's own iterator makes them."""

    def __init__(self, asked: QuerySet[Any], places: tuple[_Place, ...]) -> None:
        self._alias = asked.db
        compiler = asked.query.get_compiler(using=self._alias)
        self._sql, self._params = compiler.as_sql()
        if missing := set(places) - {p for p in self._params if isinstance(p, _Place)}:
            raise TypeError(f"{len(missing)} values of a kept question are not in its SQL")
        self._order = {place: n for n, place in enumerate(places)}
        made = compiler.klass_info
        self._model, columns = made["model"], made["select_fields"]
        self._fields = [compiler.select[n][0].target.attname for n in columns]
        populators: Any = get_related_populators  # the stubs are of a later Django
        self._related = populators(made, compiler.select, self._alias)
        self._convert = compiler.get_converters([column for column, _sql, _alias in compiler.select])
        self._compiler = compiler

    def rows(self, values: tuple[Any, ...]) -> list[Any]:
        """Ask with these values."""
        params = [values[self._order[p]] if isinstance(p, _Place) else p for p in self._params]
        with connections[self._alias].cursor() as cursor:
            cursor.execute(self._sql, params)
            found = cursor.fetchall()
        if self._convert:
            found = list(self._compiler.apply_converters(found, self._convert))
        return [self._object(row) for row in found]

    def _object(self, row: Any) -> Any:
        made = self._model.from_db(self._alias, self._fields, row[: len(self._fields)])
        for one in self._related:
            one.populate(row, made)
        return made
