"""Which forms does a page have, what would a person fill into each, and what of it does an answer still hold?

Read from the HTML, as a browser reads it: a form that is added later is tried with the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.utils import timezone

#: Sent by a browser with every form, and no part of what somebody said.
TOKEN = "csrfmiddlewaretoken"
Sent = dict[str, list[str]]


@dataclass
class Control:
    """One control of a form: its kind, what it holds, what it offers. `held`: as the page shows it."""

    name: str
    kind: str
    held: list[str] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)
    attrs: dict[str, str] = field(default_factory=dict)


@dataclass
class PostForm:
    """One form that is posted, with its controls by name and its buttons."""

    action: str
    controls: dict[str, Control] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    @property
    def asked(self) -> list[Control]:
        """What a person fills in or chooses."""
        return [c for c in self.controls.values() if c.kind != "hidden"]


class _Reader(HTMLParser):
    """The posted forms of a page; a control belongs to the form it stands in, or to the one it names."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = path
        self._here: PostForm | None = None
        self._by_id: dict[str, PostForm] = {}
        self._select: Control | None = None
        self._area: Control | None = None
        self.forms: list[PostForm] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {k: v or "" for k, v in attrs}
        if tag == "form":
            self._here = None
            if given.get("method", "").lower() == "post":
                self._here = PostForm(given.get("action") or self._path)
                self.forms.append(self._here)
                self._by_id[given.get("id", "")] = self._here
            return
        if tag == "option" and self._select is not None:
            self._option(given)
        form = self._by_id.get(given["form"]) if "form" in given else self._here
        if form is None or not given.get("name") or "disabled" in given:
            return
        if tag == "button" or given.get("type") in ("submit", "button"):
            form.buttons.append((given["name"], given.get("value", "")))
        elif tag in ("input", "select", "textarea"):
            self._control(form, tag, given)

    def _control(self, form: PostForm, tag: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text") if tag == "input" else tag
        if tag == "select" and "multiple" in given:
            kind = "multiple"
        control = form.controls.setdefault(given["name"], Control(given["name"], kind, attrs=given))
        if tag == "select":
            self._select = control
        elif tag == "textarea":
            self._area = control
            control.held.append("")
        elif kind in ("checkbox", "radio"):
            control.offered.append(given.get("value", "on"))
            if "checked" in given:
                control.held.append(given.get("value", "on"))
        else:
            control.held.append(given.get("value", ""))

    def _option(self, given: dict[str, str]) -> None:
        assert self._select is not None
        self._select.offered.append(given.get("value", ""))
        if "selected" in given:
            self._select.held.append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._here = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea" and self._area is not None:
            self._area.held[-1] = self._area.held[-1].removeprefix("\n")
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.held[-1] += data


def forms_of(page: str, path: str) -> list[PostForm]:
    """Every form of a page that is posted; `path`: the page's own address, where a form without one goes."""
    reader = _Reader(path)
    reader.feed(page)
    return reader.forms


def filled(form: PostForm) -> Sent:
    """What a person could send: other than what stood there wherever there is a choice, and words of one's own."""
    sent: Sent = {}
    for control in form.controls.values():
        if control.name != TOKEN and (values := _said(control)):
            sent[control.name] = values
    return sent


def _said(control: Control) -> list[str]:
    kind, name = control.kind, control.name
    if kind == "hidden":
        return control.held
    if kind in ("select", "radio"):
        others = [v for v in control.offered if v and v not in control.held] or [v for v in control.offered if v]
        return others[-1:]
    if kind in ("multiple", "checkbox"):
        return list(dict.fromkeys(control.offered))[:3]
    if kind == "file":
        return []
    return [_typed(control, name)]


def _typed(control: Control, name: str) -> str:
    kind, today = control.kind, timezone.localdate()
    held = control.held[0] if control.held else ""
    if kind == "number" or control.attrs.get("inputmode") == "numeric":
        return held or "7"
    if kind == "email":
        return f"kept-{name}@example.net"
    if kind == "time":
        return "23:41"
    if kind == "date" or name.endswith(("_on", "day", "until", "from")):
        return held or today.isoformat()
    if name.endswith("_at") or name == "at":
        return held or f"{today.isoformat()} 23:41"
    return f"Kept words of {name}"


def held_by(page: str) -> dict[str, set[str]]:
    """Every value that the posted forms of a page hold, by the name under which it would be sent again."""
    found: dict[str, set[str]] = {}
    for form in forms_of(page, ""):
        for control in form.controls.values():
            found.setdefault(control.name, set()).update(_plain(v) for v in control.held)
    return found


def lost(sent: Mapping[str, Iterable[str]], page: str, but: Iterable[str] = ()) -> list[str]:
    """The names of what was sent and is not in any form of the page, other than `but`."""
    held = held_by(page)
    return [
        name for name, values in sent.items()
        if name not in but and not {_plain(v) for v in values if v} <= held.get(name, set())
    ]  # fmt: skip


def _plain(value: str) -> str:
    return value.replace("\r\n", "\n").strip()
