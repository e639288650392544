"""What a table reads of its meetings goes by the table's own day, and paper says nothing of how long it took.

PostgreSQL's `current_date` is Greenwich's: in the evening of the first or the last day a seat that stands counted as
one that had not begun, or was over, and a situation presented that evening as one of the day after. The minutes of a
meeting entered from paper are those of the entering, so they are in no average.
"""

from importlib import import_module

from django.db import migrations

_ISSUED = import_module("reports.migrations.0013_a_table_looks_at_its_meetings")
_RARELY = import_module("reports.migrations.0017_agencies_that_rarely_intervene_are_named")
_ZONE = "(SELECT z.time_zone FROM public.agencies_table z WHERE z.id = p_table)"
_OF_THE_TABLE = {
    "current_date": f"(now() AT TIME ZONE {_ZONE})::date",
    "s.presented_at >= p_since": f"(s.presented_at AT TIME ZONE {_ZONE})::date >= p_since",
    "SELECT m.id FROM public.situations_meeting m": "SELECT m.id, m.on_paper FROM public.situations_meeting m",
    "SELECT i.spent_seconds": "SELECT CASE WHEN m.on_paper THEN 0 ELSE i.spent_seconds END AS spent_seconds",
}


def _functions(sql: str) -> str:
    """The functions alone, to be replaced: what may call them is said already."""
    return sql[: sql.index("REVOKE")].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


def _by_the_tables_day(sql: str) -> str:
    for before, now in _OF_THE_TABLE.items():
        sql = sql.replace(before, now)
    return sql


_BEFORE = _functions(_ISSUED.UP) + _functions(_RARELY.UP)


class Migration(migrations.Migration):
    dependencies = (
        ("reports", "0018_pairs_are_kept_with_a_release"),
        ("situations", "0018_the_recorder_types_for_the_chair"),
    )
    operations = (migrations.RunSQL(_by_the_tables_day(_BEFORE), _BEFORE),)
