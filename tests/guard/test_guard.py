"""Does the name guard find what tells, leave what does not, and answer quickly whatever it is given?"""

from __future__ import annotations

import io
import json
import time
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from privacy.guard import Kind, screen
from tests.guard.measured import DIRECT, measure, sentences


@pytest.mark.parametrize(
    "files", ["held", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tuned"]
)
def test_what_tells_is_found_and_little_else(files: str) -> None:
    made = measure(sentences(files))
    assert made.recall >= 0.95
    assert made.precision >= 0.75
    for letter, there in made.there.items():
        if letter in DIRECT:
            assert made.found[letter] / there >= 0.85, letter


def test_half_of_at_least_500_sentences_is_french_and_a_third_innocent() -> None:
    every = sentences("")
    assert len(every) >= 500
    assert 0.45 < sum(s.language == "fr" for s in every) / len(every) < 0.55
    assert sum(not s.spans for s in every) / len(every) >= 0.33


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_marks_lie_in_the_text_in_order_and_apart(text: str) -> None:
    marks = screen(text, age_group="12-17")
    assert all(0 <= m.start < m.end <= len(text) for m in marks)
    assert all(one.end <= other.start for one, other in pairwise(marks))
    assert marks == screen(text, age_group="12-17")


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "a",
        "A",
        "- ",
        "1 ",
        "Aa ",
        "...",
        "@",
        "é",
        "(1",
        "rue ",
        "12 ",
        "o'",
        "A. ",
        "né le ",
        "a-",
        "1-",
        "a_",
        "_",
        "a1-",
        '"A',
        "son, ",
        "a.",
        " at ",
        "a dot ",
        "six ",
        'goes by "',
        "apt 1 ",
        "\u0301",
        "de ",
        "house by the ",
        "plate on ",
        "vingt et ",
        "3, ",
        "Aa & ",
        "lot 7 ",
        "abcd 123 ",
        "T.S. ",
        "entre la gare et ",
        "chorale A ",
    ],
)
def test_time_grows_with_the_text_and_not_faster(piece: str) -> None:
    small, large = piece * (1_500 // len(piece)), piece * (15_000 // len(piece))
    screen(small)
    began = time.process_time()
    screen(small)
    middle = time.process_time()
    screen(large)
    # A time that grows with the square would be a hundred times as long.
    assert time.process_time() - middle < 40 * max(middle - began, 0.00125)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Parle\u0301 avec Zoe\u0301\u200b Tremblay hier", "Zoe\u0301\u200b Tremblay"),
        ("Spoke with D\u2019Arcy O\u2019Brien today", "D\u2019Arcy O\u2019Brien"),
        (
            "cell \uff14\uff11\uff16-\uff15\uff15\uff15-\uff10\uff11\uff14\uff12 only",
            "\uff14\uff11\uff16-\uff15\uff15\uff15-\uff10\uff11\uff14\uff12",
        ),
        ("cell 416\u2011555\u20110142 only", "416\u2011555\u20110142"),
        ("\U0001f622 she said Ma\u200dry is gone", "Ma\u200dry"),
        ("appelez\u00a0: 819\u00a0555\u00a00142", "819\u00a0555\u00a00142"),
        ("spoke to mary\x00 and left", "mary"),
        ("\ufb01le at k1a 0b1\ud800", "k1a 0b1"),
    ],
)
def test_offsets_are_those_of_the_text_as_given(text: str, said: str) -> None:
    (mark,) = screen(text, language="fr")
    assert text[mark.start : mark.end] == said


def test_a_hundred_kilobytes_take_little_more_than_their_share() -> None:
    one = " ".join(sentence.text for sentence in sentences("held_en"))
    screen(one)
    began = time.process_time()
    screen(one)
    middle = time.process_time()
    screen(one * (100_000 // len(one) + 1))
    assert time.process_time() - middle < 3 * (100_000 / len(one) + 1) * max(middle - began, 0.005)


def test_youth_justice_words_are_marked_for_ages_12_to_17_only() -> None:
    text = "He was charged with assault and is on probation."
    assert {m.kind for m in screen(text, age_group="12-17")} == {Kind.YOUTH_JUSTICE}
    assert not screen(text, age_group="18-24")
    assert not screen(text)


def test_the_command_answers_line_by_line_and_repeats_no_text(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given_lines = ['{"id": 1, "lang": "en", "text": "Mary called"}', "{Somebody's secret", '{"id": 2, "text": ""}']
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(given_lines)))
    with pytest.raises(CommandError):
        call_command("screen_text")
    said = capsys.readouterr()
    assert [json.loads(line) for line in said.out.splitlines()] == [
        {"id": 1, "marks": [[0, 4, "person", "direct"]]},
        {"id": 2, "marks": []},
    ]
    assert "line 2" in said.err
    assert "secret" not in said.err


def test_a_line_that_cannot_be_read_stops_no_other(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [
        b'\xef\xbb\xbf{"id": "first", "lang": "xx", "text": "Mary called"}',
        b"[" * 100_000,
        b'{"id": 2, "lang": "fr"}',
        b'{"id": 3, "lang": "fr", "text": "Z\xff"}',
        '{"id": 4, "lang": "fr", "text": "parlé\\u0000 à Zoé"}'.encode(),
        b'"Mary"',
    ]
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\n".join(lines)), encoding="ascii"))
    with pytest.raises(CommandError, match="4 lines"):
        call_command("screen_text")
    said = capsys.readouterr()
    assert [json.loads(line)["id"] for line in said.out.splitlines()] == ["first", 4]
    assert [json.loads(line)["marks"] for line in said.out.splitlines()] == [
        [[0, 4, "person", "direct"]],
        [[9, 12, "person", "direct"]],
    ]
    assert [f"line {n}:" in said.err for n in range(1, 7)] == [False, True, True, True, False, True]
