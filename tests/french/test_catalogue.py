"""Has every word of the interface its French, whole, with the same blanks, written as docs/terminologie.md says?"""

from __future__ import annotations

import re

import polib
import pytest

from tests.french.extraction import ROOT, Wanted, from_python, from_template, wanted

_BLANK = re.compile(r"(?<!%)(?:%%)*(%\(\w+\)[sd]|%[sd])|(\{\w*\})")
_SPACE = "\N{NO-BREAK SPACE}"
#: The field's words that French must never borrow (docs/terminologie.md): a situation is no case and no file.
_NEVER = re.compile(
    r"\b(dossiers?|clients?|agences?|caucus|anonymisée?s?)\b|\b(?:ce|le|du|un|des|les) cas\b(?! échéant)", re.IGNORECASE
)


@pytest.fixture(scope="module")
def catalogue() -> dict[Wanted, polib.POEntry]:
    entries = polib.pofile(str(ROOT / "locale/fr/LC_MESSAGES/django.po"))
    return {Wanted(e.msgid, e.msgid_plural or "", e.msgctxt or ""): e for e in entries if not e.obsolete}


def french_of(entry: polib.POEntry) -> list[str]:
    """The translation, or its two plural forms."""
    return [entry.msgstr_plural[n] for n in sorted(entry.msgstr_plural)] if entry.msgid_plural else [entry.msgstr]


def blanks(text: str) -> set[str]:
    return {found[1] or found[2] for found in _BLANK.finditer(text)}


def test_every_message_of_the_source_is_translated(catalogue: dict[Wanted, polib.POEntry]) -> None:
    asked = wanted()
    assert len(asked) > 900
    missing = [f"{where}: {m}" for m, where in asked.items() if m not in catalogue]
    empty = [m.message for m, e in catalogue.items() if not all(t.strip() for t in french_of(e)) or e.fuzzy]
    assert missing == []
    assert empty == []


def test_nothing_is_translated_that_nobody_asks_for(catalogue: dict[Wanted, polib.POEntry]) -> None:
    assert sorted(set(catalogue) - set(wanted())) == []


def test_blanks_are_kept_and_plurals_have_both_forms(catalogue: dict[Wanted, polib.POEntry]) -> None:
    for message, entry in catalogue.items():
        french = french_of(entry)
        assert len(french) == (2 if message.plural else 1), message
        for text in french:
            assert blanks(text) == blanks(message.plural or message.message), message


def test_french_is_written_by_the_rules_of_terminologie(catalogue: dict[Wanted, polib.POEntry]) -> None:
    wrong: dict[str, list[str]] = {}
    for entry in catalogue.values():
        for text in french_of(entry):
            prose = re.sub(r"\d{4}-\d{2}-\d{2}\S*(?: \d{2}:\d{2})?|\b\d{2}:\d{2}\b|https?:\S*", "", text)
            rules = {
                "straight apostrophe or quote": "'" in prose or '"' in prose or "“" in prose or "”" in prose,
                "no unbreakable space before a colon": re.search(rf"(?<!{_SPACE}):", prose) is not None,
                "a space before ; ? or !": re.search(rf"[ {_SPACE}][;?!]", prose) is not None,
                "no unbreakable space inside « »": re.search(rf"«(?!{_SPACE})|(?<!{_SPACE})»", prose) is not None,
                "two spaces": re.search(rf"[ {_SPACE}]{{2}}", prose) is not None,
                "a word the table does not use": _NEVER.search(prose) is not None,
                "brackets or dots instead of both forms": re.search(r"\w\(e?s?\)|\w·\w", prose) is not None,
            }
            for rule, broken in rules.items():
                if broken:
                    wrong.setdefault(rule, []).append(text)
    assert wrong == {}


def test_the_extraction_finds_every_way_of_asking() -> None:
    python = 'x = [_("One " "text"), ngettext_lazy("%d a", "%d as", n), pgettext("state", "Open")]'
    assert sorted(from_python(python)) == [
        Wanted("%d a", "%d as"), Wanted("One text"), Wanted("Open", context="state"),
    ]  # fmt: skip
    template = (
        '{% load i18n %}{% translate "Who" %}{% translate "Chosen" context "codes" as x %}{{ y|default:_("None") }}'
        "{% blocktranslate count n=n %}{{ n }} man’s{% plural %}{{ n }} men's{% endblocktranslate %}"
    )
    assert sorted(from_template(template)) == [
        Wanted("%(n)s man’s", "%(n)s men's"), Wanted("Chosen", context="codes"), Wanted("None"), Wanted("Who"),
    ]  # fmt: skip
    with pytest.raises(ValueError, match="not one literal"):
        list(from_python('_(f"{n} texts")'))
