"""What had somebody typed into a page whose act was refused? Their own words, given back so that they are not lost.

Only to the one who sent them, in the answer to that very request; nothing is kept. Codes and choices are quickly made
again; sentences are not. Never on a screen that is being shared, nor anything that opens a session.
"""

from __future__ import annotations

from django.http import HttpRequest

from privacy.context import is_shared

_NEVER = ("csrfmiddlewaretoken", "password", "secret", "code", "key")


def sentences(request: HttpRequest) -> list[str]:
    """Every value of more than one word, in the order of the page."""
    if request.method != "POST" or is_shared():
        return []
    sent = ((name, str(value).strip()) for name, values in request.POST.lists() for value in values)
    return [text for name, text in sent if len(text.split()) > 1 and not any(part in name for part in _NEVER)]
