"""Who reaches costs, proxies, notes, areas and gaps? Who reads the committee's figures; managers write.

What was raised at a meeting is also written down by who runs and records it. The statistics role reads what belongs to a
pack, for the command line and for what is frozen with a release.
"""

from django.db import migrations

_READS = (
    "(table_id = ANY ((SELECT agencies_tables_in_roles("
    "ARRAY['manager', 'facilitator', 'recorder', 'privacy_officer']))::bigint[]))"
)
_MANAGES = "(table_id = ANY ((SELECT agencies_tables_in_roles(ARRAY['manager']))::bigint[]))"
_RAISES = "(table_id = ANY ((SELECT agencies_tables_in_roles(ARRAY['manager', 'facilitator', 'recorder']))::bigint[]))"
_MANAGED = ("reports_cost", "reports_proxy", "reports_evaluationnote", "reports_areaofrisk")
_TOLD = ("reports_cost", "reports_proxy", "reports_evaluationnote")


def _up(table: str, writes: str) -> str:
    return f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON {table} FOR SELECT TO st_app USING ({_READS});
CREATE POLICY written ON {table} FOR INSERT TO st_app WITH CHECK ({writes});
CREATE POLICY changed ON {table} FOR UPDATE TO st_app USING ({writes}) WITH CHECK ({writes});
CREATE POLICY removed ON {table} FOR DELETE TO st_app USING ({writes});
"""


def _down(table: str) -> str:
    policies = "".join(f"DROP POLICY {name} ON {table}; " for name in ("removed", "changed", "written", "seen"))
    return f"{policies} ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"


_STATISTICS = "".join(
    f"GRANT SELECT ON {table} TO st_statistics; CREATE POLICY statistics ON {table} FOR SELECT TO st_statistics"
    " USING (true);"
    for table in _TOLD
)
_NO_STATISTICS = "".join(
    f"DROP POLICY statistics ON {table}; REVOKE SELECT ON {table} FROM st_statistics;" for table in _TOLD
)
UP = "".join(_up(table, _MANAGES) for table in _MANAGED) + _up("reports_matter", _RAISES) + _STATISTICS
DOWN = _NO_STATISTICS + "".join(_down(table) for table in (*_MANAGED, "reports_matter"))


class Migration(migrations.Migration):
    dependencies = (
        ("reports", "0010_an_agency_counts_its_own"),
        ("agencies", "0005_seats_are_read_with_a_kept_plan"),
    )
    operations = (migrations.RunSQL(UP, DOWN),)
