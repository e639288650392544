"""What of a test process costs time and tells no test anything?

Nothing here touches a rule or an answer: garbage is looked for less often among what never becomes garbage; no test
reads the contexts that Django's test client copies at every template; each client would look for the static files anew.
"""

from __future__ import annotations

import gc
from typing import Any

from django.template.base import Template
from whitenoise.middleware import WhiteNoiseMiddleware


def collect_rarely() -> None:
    """After everything is imported and collected: what is there now stays."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def render_plainly() -> None:
    """Without the signal that carries a copy of the context."""

    def _render(template: Template, context: Any) -> Any:
        return template.nodelist.render(context)

    Template._render = _render  # type: ignore[attr-defined]  # what Django's test environment replaced


def find_static_files_once() -> None:
    """For all clients of a process."""
    look = WhiteNoiseMiddleware.add_files_from_finders
    known: dict[str, Any] = {}

    def found(middleware: WhiteNoiseMiddleware) -> None:
        if not known:
            look(middleware)
            known.update(middleware.files)
        middleware.files.update(known)

    WhiteNoiseMiddleware.add_files_from_finders = found
