"""Does the list the page proofs go through notice what is new, and what was never seen? (bench/tour.py)"""

from __future__ import annotations

from typing import Any

from bench import reading
from bench.tour import Tour, Visit
from bench.tour_reasons import NO_ACT_PAGE, NO_PAGE
from situation_table.url_policy import URL_POLICY
from situations.acts import ACTS

_NOBODY: Any = None


def _page(main: str) -> str:
    return f'<html lang="en"><main><h1>Plan</h1>{main}</main></html>'


def test_a_page_is_kept_for_a_new_element_or_for_a_new_sentence_and_otherwise_not() -> None:
    tour = Tour(_NOBODY)
    for main, new in (
        ("<p>Three wait</p>", "shape"),
        ("<p>Three wait</p>", ""),
        ("<p>Nobody waits</p>", "words"),
        ("<p>On 2026-01-05 at 10:00 there are 3 here</p>", "words"),
        ("<p>On 2027-11-30 at 9:15 there are 14 here</p>", ""),
        ('<p class="muted">Nobody waits</p>', "shape"),
        ('<p aria-label="Read aloud">Nobody waits</p>', "words"),
    ):
        assert tour.is_new("plan", _page(main)) == new, main
    assert tour.is_new("plan of a new table", _page("<p>Nobody waits</p>")) == "", "the same page in its beginning"
    assert tour.is_new("table", _page("<p>Nobody waits</p>")) == "shape", "of another name"


def test_what_was_never_seen_is_missing_and_what_was_seen_needs_no_reason() -> None:
    tour = Tour(_NOBODY)
    missing = tour.missing()
    assert {"home", "first_run", "confirm_seats", "act recuse"} <= set(missing)
    assert not {"logout", "act save", "live_meeting"} & set(missing)
    tour.visits += [Visit("home", "", "/"), Visit("logout", "", "/sign-out/")]
    tour.acts |= {"recuse", "save"}
    assert set(missing) - set(tour.missing()) == {"home", "act recuse"}
    assert tour.needless() == ["logout", "act save"]
    assert NO_PAGE.keys() <= URL_POLICY.keys()
    assert NO_ACT_PAGE.keys() <= ACTS.keys()


def test_a_form_is_filled_as_a_browser_would_send_it() -> None:
    page = _page(
        '<form><input type="hidden" name="csrfmiddlewaretoken" value="t"><input name="words" value="as it was">'
        '<input type="checkbox" name="on" value="1" checked><input type="checkbox" name="off" value="1">'
        '<input type="radio" name="one" value="a"><input type="radio" name="one" value="b" checked>'
        '<select name="kind"><option value="x">X</option><option value="y" selected>Y</option></select>'
        '<textarea name="text">\nlonger words</textarea><button name="do" value="go">Go</button></form>'
        '<form><input name="seen" value="3"></form>'
    )
    outside = '<form><input name="search" value="s"></form>'
    assert reading.filled(outside + page + outside) == [
        {"words": ["as it was"], "on": ["1"], "one": ["b"], "kind": ["y"], "text": ["longer words"]},
        {"seen": ["3"]},
    ]
