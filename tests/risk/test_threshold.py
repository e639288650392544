"""Does the threshold pass only when all four criteria are affirmed? (R8)"""

from itertools import product

import pytest
from django.utils import translation

from risk.threshold import Affirmed, met, missing
from risk.vocabulary import Criterion

ANSWERS = list(product((False, True), repeat=4))


def _affirmed(answers: tuple[bool, ...]) -> Affirmed:
    return Affirmed(**dict(zip((criterion.value for criterion in Criterion), answers, strict=True)))


@pytest.mark.parametrize("answers", ANSWERS, ids=["".join("01"[a] for a in row) for row in ANSWERS])
def test_only_four_affirmations_meet_the_threshold(answers: tuple[bool, ...]) -> None:
    assert met(_affirmed(answers)) is (answers == (True, True, True, True))


@pytest.mark.parametrize("answers", ANSWERS, ids=["".join("01"[a] for a in row) for row in ANSWERS])
def test_the_criteria_not_affirmed_are_named(answers: tuple[bool, ...]) -> None:
    expected = [criterion for criterion, answer in zip(Criterion, answers, strict=True) if not answer]
    assert list(missing(_affirmed(answers))) == expected


def test_every_criterion_has_plain_words_and_its_formal_name() -> None:
    with translation.override("en"):
        assert [(str(c.label), str(c.formal)) for c in Criterion] == [
            ("Something vital is at stake", "Significant interest"),
            ("Harm is very likely, and soon", "High probability of harm"),
            ("The harm would be severe", "Severe intensity"),
            ("No one agency can lower it alone", "Multi-agency nature"),
        ]
