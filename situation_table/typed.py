"""What had somebody typed and chosen in a form that was refused? Their own doing, given back so that it is not lost.

Only to the one who sent it, in the answer to that very request; nothing is kept here. Words can be read and copied from
the page; every value, choices too, lies in a form of the page that sends it again. Never what opens a session, nor a
file, which no page can hold; words are not shown on a screen that is being shared.
"""

from __future__ import annotations

from django.http import HttpRequest

from privacy.context import is_shared
from situation_table.url_policy import URL_POLICY

#: What of a sent form is ours, and what is never shown or carried through a page: parts of names.
OURS = "again-"
_TOKEN = "csrfmiddlewaretoken"  # noqa: S105  # the name of a field, not a secret
_NEVER_SHOWN = (_TOKEN, "password", "secret", "code", "key")
_NEVER_CARRIED = (_TOKEN, "password", "secret")


def sentences(request: HttpRequest) -> list[str]:
    """Every value of more than one word, in the order of the page."""
    if request.method != "POST" or is_shared():
        return []
    sent = ((name, str(value).strip()) for name, values in request.POST.lists() for value in values)
    return [text for name, text in sent if len(text.split()) > 1 and not any(part in name for part in _NEVER_SHOWN)]


def carried(request: HttpRequest) -> list[tuple[str, str]]:
    """Every name and value that a form of the answer can send again, in the order of the page."""
    # What a program sends is its parsers' to read.
    if request.method != "POST" or request.path_info.startswith("/api/"):
        return []
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        if not name.startswith(OURS) and not any(part in name for part in _NEVER_CARRIED)
        and not (name == "code" and _lets_in(request))
        for value in values
    ]  # fmt: skip


def again(request: HttpRequest) -> dict[str, object]:
    """What a page that refuses takes to send the form once more (templates/components/carried.html)."""
    return {"carried": carried(request), "files": files(request)}


def files(request: HttpRequest) -> bool:
    """Whether a file was sent with it, which has to be chosen again."""
    return request.method == "POST" and not request.path_info.startswith("/api/") and bool(request.FILES)


def _lets_in(request: HttpRequest) -> bool:
    """Whether the address is one by which somebody comes in: a code sent there is a key."""
    match = request.resolver_match
    rule = URL_POLICY.get(match.view_name) if match else None
    return rule is None or rule.who == "anyone"
