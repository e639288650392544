"""The ledger keeps that an entry was corrected: by the agency whose entry it was, or by the facilitator."""

from importlib import import_module

from django.db import migrations

_IS = import_module("privacy.migrations.0020_the_recorder_destroys_what_it_ends")._FUNCTIONS % {"also": "'recorder', "}
_ACTING = "'recalled') THEN acting END;"
_CORRECTED = "'recalled') THEN acting\n        WHEN p_kind = 'corrected' THEN acting || ARRAY['facilitator'] END;"


class Migration(migrations.Migration):
    dependencies = (("privacy", "0020_the_recorder_destroys_what_it_ends"),)
    operations = (migrations.RunSQL(_IS.replace(_ACTING, _CORRECTED), _IS),)
