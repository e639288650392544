"""What does a person read on a page, or hear from a screen reader, and what would its form send as it stands?"""

from __future__ import annotations

import re
from html.parser import HTMLParser

_ALOUD = {"aria-label", "title", "alt", "placeholder", "data-words"}
_VOID = {"input", "br", "hr", "img", "meta", "link", "use", "path", "source", "col", "wbr", "area"}


class _Texts(HTMLParser):
    """What is read on a page or read aloud, one text an element; what is marked as another language is left out."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._open: list[tuple[str, bool]] = []
        self.found: list[str] = []

    def _said(self) -> bool:
        return not any(silent for _tag, silent in self._open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {k: v or "" for k, v in attrs}
        other = tag != "html" and "lang" in given and given["lang"][:2] != self._language
        if tag not in _VOID:
            self._open.append((tag, other or tag in ("script", "style")))
        if self._said() and not other:
            self.found += [given[k] for k in _ALOUD & given.keys() if given[k]]
            if tag == "input" and given.get("type") in ("submit", "button"):
                self.found.append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        while self._open and any(t == tag for t, _silent in self._open):
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        if self._said() and (text := " ".join(data.split())):
            self.found.append(text)


def texts(page: str, language: str) -> list[str]:
    """Everything a person reads on a page, or hears."""
    parser = _Texts(language)
    parser.feed(page)
    return parser.found


class _Shape(HTMLParser):
    """The elements of a page with their classes and roles: what axe and a reader's eye meet."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = sorted(f"{k}={v}" for k, v in attrs if k in ("class", "role", "type"))
        self.found.add(" ".join([tag, *kept]))


def shape(page: str) -> set[str]:
    """The kinds of elements on a page."""
    parser = _Shape()
    parser.feed(page)
    return parser.found


_COUNTED = re.compile(r"[\d-]+")


def sentences(page: str) -> set[str]:
    """The texts of an English page, numbers and days apart: one that says nothing else says nothing new."""
    return {_COUNTED.sub("0", text) for text in texts(page, "en") if re.search(r"[a-z]{2}", text)}


class _Filled(HTMLParser):
    """The fields of each form, with what stands in them."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, list[str]]] = []
        self._select = ""
        self._area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {k: v or "" for k, v in attrs}
        name = given.get("name", "")
        if tag == "form":
            self.forms.append({})
        if not self.forms:
            return
        form = self.forms[-1]
        if tag == "select":
            self._select = name
        elif tag == "option" and "selected" in given and self._select:
            form.setdefault(self._select, []).append(given.get("value", ""))
        elif tag == "textarea" and name:
            self._area = name
            form.setdefault(name, [""])
        elif tag == "input" and name:
            kind = given.get("type", "text")
            if kind not in ("checkbox", "radio", "submit", "file") or "checked" in given:
                form.setdefault(name, []).append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self.forms[-1][self._area] = [data.strip()]


def filled(page: str) -> list[dict[str, list[str]]]:
    """What each form of a page's main part would send as it stands, the token apart."""
    parser = _Filled()
    parser.feed(page.split("<main", 1)[-1].rsplit("</main>", 1)[0])
    return [{k: v for k, v in form.items() if k != "csrfmiddlewaretoken"} for form in parser.forms]
