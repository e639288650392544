"""Who is told that something changed? In the transaction of the change, by NOTIFY; a rollback tells nobody.

Two topics: a table (agenda, presence of the meeting, everything before the door, endings) and a huddle (everything past
the door, its own presence). What happens past the door tells the table nothing, not even that something happened.
"""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from situations.vocabulary import State

CHANNEL = "st_live"
_PAST_DOOR = frozenset({State.LIMITED, State.INTERVENING, State.CONCLUDED})


def table_topic(table_id: int) -> str:
    """The topic of everybody who follows a table's meetings and its situations before the door."""
    return f"t{table_id}"


def huddle_topic(situation_id: UUID) -> str:
    """The topic of the named persons of one situation."""
    return f"h{situation_id.hex}"


def table_changed(table_id: int) -> None:
    """Something that the table may see has changed."""
    _notify(table_topic(table_id))


def huddle_changed(situation_id: UUID) -> None:
    """Something behind the door has changed."""
    _notify(huddle_topic(situation_id))


def after_act(*, situation_id: UUID, table_id: int, before: State, after: State) -> None:
    """An act was carried out: the table is told up to the door, at it and of the end; the huddle past it."""
    if before == after == State.DRAFT:
        return
    if not (before == after and after in _PAST_DOOR) and (before, after) != (State.LIMITED, State.INTERVENING):
        table_changed(table_id)
    if before in _PAST_DOOR or after in _PAST_DOOR:
        huddle_changed(situation_id)


def _notify(payload: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, payload])
