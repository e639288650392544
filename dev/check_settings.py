"""How do type checker and migration writer read the settings without any server or secret?

`DJANGO_SETTINGS_MODULE=dev.check_settings`: placeholders fill what is not set, and no database of that name exists.
"""

import base64
import os
import tempfile

_NOBODY = base64.b64encode(bytes(32)).decode()
for _name, _value in {
    "SECRET_KEY": "only-for-checks-" * 4,
    "KEY_ENCRYPTION_KEY": _NOBODY,
    "LEDGER_SIGNING_KEY": _NOBODY,
    "CHECKPOINT_DIR": tempfile.gettempdir(),
    "DATABASE_URL": "postgresql://nobody@%2Fnowhere/none",
    "KEYS_DATABASE_URL": "postgresql://nobody@%2Fnowhere/none",
}.items():
    if not os.environ.get(_name) and not os.environ.get(f"{_name}_FILE"):
        os.environ[_name] = _value

from situation_table.settings import *  # noqa: E402, F403  # the placeholders must be there first
