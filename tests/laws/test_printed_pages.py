"""Do the signed pages say what the code does?"""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.print_docs import pages
from situations import conditions
from situations.acts import ACTS
from situations.effects import EFFECTS


@pytest.mark.parametrize("path", list(pages()), ids=lambda p: p.name)
def test_the_committed_page_is_what_the_code_prints(path: Path) -> None:
    printed = pages()[path]()
    assert path.read_text(encoding="utf-8") == printed, "run: python -m bench.print_docs, and read what changed"


def test_the_page_is_english_whatever_the_reader_speaks(settings: object) -> None:
    from django.utils import translation

    for printed in pages().values():
        with translation.override("fr"):
            french = printed()
        assert french == printed()


def test_every_condition_says_what_it_asks() -> None:
    for name in conditions.__all__:
        if name != "missing_sections":
            assert (getattr(conditions, name).__doc__ or "").strip(), name


def test_every_act_has_one_effect_and_every_effect_an_act() -> None:
    assert set(ACTS) == set(EFFECTS)
