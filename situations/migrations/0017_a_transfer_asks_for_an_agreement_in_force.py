"""Lets a transfer ask for an agreement as everybody else does: in force on the receiving table's own day (R55, R64).

The wall read the dates alone, on a day in Greenwich: an agreement that was ended, or whose text had to be signed again,
passed it, and in the evening it refused what the table's day allows.
"""

from importlib import import_module

from django.db import migrations

_MOVES: str = import_module("situations.migrations.0002_situation_rows_follow_seats")._MOVES
_START = _MOVES.index("CREATE FUNCTION situations_transfer")
_WAS = (
    _MOVES[_START : _MOVES.index("END $$;", _START)].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    + "END $$;"
)
_DATES = """agencies_sharingagreement g WHERE g.agency_id = p_agency
            AND g.table_id = p_table AND g.starts_on <= CURRENT_DATE AND g.ends_on >= CURRENT_DATE)"""
_IN_FORCE = """agencies_agreement_in_force g WHERE g.agency_id = p_agency
            AND g.table_id = p_table)"""


class Migration(migrations.Migration):
    dependencies = (
        ("agencies", "0014_good_standing_keeps_its_plan"),
        ("situations", "0016_leads_report_at_the_follow_up"),
    )
    operations = (migrations.RunSQL(_WAS.replace(_DATES, _IN_FORCE), _WAS),)
