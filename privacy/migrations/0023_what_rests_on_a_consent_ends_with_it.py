"""What was disclosed on a consent is opened until the last day of that consent and no longer (R24, R27).

The day is kept with the disclosure, as the consent said it: nobody may write it afterwards. PostgreSQL compares it with
the day at the table, as it does for youth-justice notes. What stands was told on consents that are on record.
"""

from importlib import import_module

from django.db import migrations, models

_ELEMENTS: str = import_module("privacy.migrations.0016_youth_justice_has_walls_of_its_own")._ELEMENTS
_YOUTH_KNOWS: str = import_module("privacy.migrations.0016_youth_justice_has_walls_of_its_own")._YOUTH_KNOWS
_WAS = _ELEMENTS.replace("{youth}", _YOUTH_KNOWS)
_LIVE = "AND d.recalled_at IS NULL\n"
_IN_FORCE = """AND d.recalled_at IS NULL
               AND (d.consent_ends_on IS NULL OR d.consent_ends_on >= (SELECT (now() AT TIME ZONE t.time_zone)::date
                    FROM public.agencies_table t WHERE t.id = d.table_id))
"""
_KNOWN = """
UPDATE privacy_disclosure d SET consent_ends_on = c.expires_on
  FROM situations_consent c WHERE d.consent = c.id::text;
"""


def _as_vault(sql: str) -> str:
    return f"SET LOCAL ROLE st_vault;\n{sql}\nRESET ROLE;"


class Migration(migrations.Migration):
    dependencies = (
        ("privacy", "0022_checks_of_the_ledger_stay"),
        ("situations", "0018_the_recorder_types_for_the_chair"),
    )
    operations = (
        migrations.AddField("disclosure", "consent_ends_on", models.DateField(null=True, blank=True)),
        migrations.RunSQL(_KNOWN, migrations.RunSQL.noop),
        migrations.RunSQL(_as_vault(_WAS.replace(_LIVE, _IN_FORCE)), _as_vault(_WAS)),
    )
