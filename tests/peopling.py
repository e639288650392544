"""How does the cast get into the template? By the verbs that seat anybody, once, in a process of its own."""

from __future__ import annotations

import django

if __name__ == "__main__":
    django.setup()
    from tests.cast import assemble

    assemble()
