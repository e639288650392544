"""Is an act carried out from its page once, and is a refusal said where it was typed, with everything kept?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from bench.tour_reasons import NO_ACT_PAGE
from privacy.context import acting_as
from situations.models import History
from situations.vocabulary import State
from tests import builders
from tests.cast import Cast
from tests.pages.browsing import Browser, field_error, hidden, text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

THREE = {"significant_interest": "on", "high_probability": "on", "severe_intensity": "on"}


def stands(walk: builders.Walk) -> None:
    """Two other agencies stand behind it, each by a tap in its own browser."""
    for key in ("crisis_rep", "housing_rep"):
        page = Browser(walk.cast.people[key]).get("situation", walk.id)
        answer = Browser(walk.cast.people[key]).post("act", walk.id, "stand", **hidden(page))
        assert answer.status_code == 302


def test_agencies_stand_behind_it_by_one_tap_and_the_facilitator_accepts(cast: Cast) -> None:
    walk = builders.discussed(cast)
    stands(walk)
    browser = Browser(cast.facilitator)
    page = text(browser.get("situation", walk.id))
    assert "2, 2 needed" in page
    assert "Something vital is at stake" in page
    assert browser.act(walk.id, "accept", **THREE, multi_agency="on").status_code == 302
    assert walk.situation().state == State.CHOOSING


def test_a_criterion_that_is_not_affirmed_is_said_on_the_form_and_the_others_stay_ticked(cast: Cast) -> None:
    walk = builders.discussed(cast)
    stands(walk)
    answer = Browser(cast.facilitator).act(walk.id, "accept", **THREE)
    assert answer.status_code == 200
    assert "Each of the four criteria must be affirmed" in text(answer)
    assert text(answer).count("checked") == 3
    assert walk.situation().state == State.PRESENTED


def test_what_is_not_possible_now_says_why_and_has_no_button(cast: Cast) -> None:
    walk = builders.discussed(cast)
    page = text(Browser(cast.facilitator).get("situation", walk.id))
    assert "Two agencies, other than the one that brought it, must agree to reject it." in page
    assert f"/situations/{walk.id}/do/reject/" not in page
    refused = Browser(cast.facilitator).get("act", walk.id, "reject")
    assert refused.status_code == 403
    assert "must agree to reject it" in text(refused)


def test_a_decision_on_a_page_that_is_no_longer_true_is_not_taken(cast: Cast) -> None:
    walk = builders.discussed(cast)
    stands(walk)
    browser = Browser(cast.facilitator)
    page = browser.get("act", walk.id, "accept")
    walk.act("police_rep", "object")
    walk.act("police_rep", "resolve_objection")
    answer = browser.post("act", walk.id, "accept", **(hidden(page) | THREE | {"multi_agency": "on"}))
    assert answer.status_code == 409
    assert text(answer).count("checked") == 4
    assert walk.situation().state == State.PRESENTED
    again = browser.post("act", walk.id, "accept", **(hidden(answer) | THREE | {"multi_agency": "on"}))
    assert again.status_code == 302
    assert walk.situation().state == State.CHOOSING


def test_a_form_sent_twice_has_one_effect_and_leads_to_the_same_page(cast: Cast) -> None:
    walk = builders.intervening(cast)
    browser = Browser(cast.crisis_rep)
    page = browser.get("act", walk.id, "contact")
    sent = hidden(page) | {
        "contacted_at": "2026-01-05 10:00", "result": "reached", "consent_outcome": "given", "not_sought_reason": "",
    }  # fmt: skip
    first, second = (browser.post("act", walk.id, "contact", **sent) for _ in range(2))
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    with acting_as(cast.crisis_rep):
        assert History.objects.filter(situation_id=walk.id, act="contact").count() == 1


def test_grounds_are_asked_beside_their_field_and_the_rest_stays_chosen(cast: Cast) -> None:
    walk = builders.behind_the_door(cast)
    cast.agencies["shelter"].statutes = ["mfippa"]
    cast.agencies["shelter"].save()
    browser = Browser(cast.shelter_rep)
    crisis = walk.engagement("crisis", who="shelter_rep")
    answer = browser.act(
        walk.id, "disclose", elements=["name"], recipients=[str(crisis.pk)], purpose="recognise", medium="voice",
        authority=str(cast.authority("mfippa-32-h").pk), grounds="",
    )  # fmt: skip
    assert answer.status_code == 200
    assert "compelling circumstances" in field_error(answer, "grounds")
    assert text(answer).count("checked") == 5


def test_what_the_lifecycle_refuses_in_something_chosen_is_said_beside_it(cast: Cast) -> None:
    walk = builders.behind_the_door(cast)
    crisis = walk.engagement("crisis", who="shelter_rep")
    answer = Browser(cast.shelter_rep).act(
        walk.id, "disclose", elements=["name"], recipients=[str(crisis.pk)], purpose="recognise", medium="voice",
        authority=str(cast.authority("consent-only").pk), grounds="typed words stay",
    )  # fmt: skip
    assert answer.status_code == 200
    assert "No consent in force is on record" in field_error(answer, "authority")
    assert "typed words stay" in text(answer)


def test_before_the_door_closes_the_page_names_who_goes_on_and_counts_who_leaves(cast: Cast) -> None:
    walk = builders.chosen(cast)
    page = text(Browser(cast.facilitator).get("act", walk.id, "pass_door"))
    assert "3 people go on to the huddle" in page
    assert cast.crisis_rep.name in page
    assert "10 people leave this item" in page  # 13 seated in good standing, 3 of them named
    assert Browser(cast.facilitator).act(walk.id, "pass_door").status_code == 302
    closed = text(Browser(cast.facilitator).get("situation", walk.id))
    assert "is now with the intervening agencies" in closed
    assert builders.CANARY_SUMMARY not in closed


def test_who_steps_away_loses_the_page_and_lands_at_home(cast: Cast) -> None:
    walk = builders.presented(cast)
    browser = Browser(cast.school_rep)
    assert browser.act(walk.id, "recuse")["Location"] == "/"
    assert browser.get("situation", walk.id).status_code == 404


def test_the_privacy_officer_freezes_and_everybody_reads_why_nothing_can_be_done(cast: Cast) -> None:
    walk = builders.disclosed(cast)
    officer = Browser(cast.privacy_officer)
    assert officer.act(walk.id, "freeze").status_code == 302
    page = text(officer.get("situation", walk.id))
    assert "Lift the freeze" in page
    assert "frozen this item" in text(Browser(cast.crisis_rep).get("situation", walk.id))
    assert Browser(cast.crisis_rep).get("act", walk.id, "answer").status_code == 403


def test_every_form_sent_empty_says_what_is_missing_instead_of_failing(cast: Cast) -> None:
    walk = builders.contacted(cast)
    browser = Browser(cast.crisis_rep)
    for act in (
        "plan",
        "plan_done",
        "consent",
        "mobilize",
        "record_authority",
        "contact",
        "add_agency",
    ):
        page = browser.get("act", walk.id, act)
        assert page.status_code == 200, act
        answer = browser.post("act", walk.id, act, key=hidden(page)["key"])
        assert answer.status_code == 200, act
        assert "<title>Error:" in text(answer), act
        assert "govuk-error-message" in text(answer), act


def test_a_day_in_the_future_is_refused_beside_its_field(cast: Cast) -> None:
    walk = builders.intervening(cast)
    tomorrow = timezone.localtime() + timedelta(days=1)
    answer = Browser(cast.crisis_rep).act(
        walk.id, "contact", contacted_at=f"{tomorrow:%Y-%m-%d %H:%M}", result="reached", consent_outcome="given",
        not_sought_reason="",
    )  # fmt: skip
    assert "future" in field_error(answer, "contacted_at")


def test_an_act_without_a_page_shows_none_to_anybody(cast: Cast) -> None:
    """bench/tour_reasons.py gives these a reason instead of a visit; everybody else's acts are opened there."""
    walk = builders.draft(cast)
    for act in NO_ACT_PAGE:
        for key in cast.everybody:
            assert Browser(cast.people[key]).get("act", walk.id, act).status_code == 404, (act, key)
    assert Browser(cast.shelter_rep).get("act", walk.id, "present").status_code == 200


def test_who_steps_away_reads_first_what_it_does(cast: Cast) -> None:
    walk = builders.presented(cast)
    school = text(Browser(cast.school_rep).get("act", walk.id, "recuse"))
    assert "closes for you at once" in school
    assert "no reason is kept" in school
    assert "another facilitator has to" not in school
    assert "another facilitator has to" in text(Browser(cast.facilitator).get("act", walk.id, "recuse"))
    held = builders.disclosed(cast)
    said = f"You no longer act in it for {cast.agencies['crisis'].name}"
    assert said in text(Browser(cast.crisis_rep).get("act", held.id, "recuse"))


@pytest.mark.parametrize("end", [State.REJECTED, State.WITHDRAWN, State.STOPPED])
def test_nobody_is_asked_to_step_away_from_what_is_over(cast: Cast, end: State) -> None:
    walk = builders.TO_STATE[end](cast)
    for key in ("school_rep", "facilitator", "recorder"):
        browser = Browser(cast.people[key])
        assert "Step away" not in text(browser.get("situation", walk.id)), key
        assert browser.get("act", walk.id, "recuse").status_code == 403, key


def test_after_the_end_only_who_still_reads_something_can_step_away(cast: Cast) -> None:
    walk = builders.concluded(cast)
    assert "Step away" in text(Browser(cast.crisis_rep).get("situation", walk.id))
    assert "Step away" not in text(Browser(cast.school_rep).get("situation", walk.id))


def test_who_comes_too_late_reads_where_it_stands_now_and_is_led_there(cast: Cast) -> None:
    walk = builders.discussed(cast)
    stands(walk)
    browser = Browser(cast.facilitator)
    page = browser.get("act", walk.id, "accept")
    sent = hidden(page) | THREE | {"multi_agency": "on"}
    walk.act("police_rep", "object")
    walk.act("police_rep", "resolve_objection")
    changed = browser.post("act", walk.id, "accept", **sent)
    assert changed.status_code == 409
    assert "Where it stands now: Presented." in text(changed)
    assert f'href="/situations/{walk.id}/"' in text(changed)
    walk.act("shelter_rep", "withdraw")
    moved = browser.post("act", walk.id, "accept", **sent)
    assert moved.status_code == 403
    assert "Where it stands now: Withdrawn." in text(moved)
    assert f'href="/situations/{walk.id}/"' in text(moved)
    school = Browser(cast.school_rep).get("act", walk.id, "accept")
    assert "Where it stands now" not in text(school), "for somebody else to do, at any stage"


def test_the_four_criteria_are_one_group_with_a_name(cast: Cast) -> None:
    walk = builders.discussed(cast)
    stands(walk)
    chair = Browser(cast.facilitator)
    for page in (chair.get("situation", walk.id), chair.get("act", walk.id, "accept")):
        group = text(page).split("<legend")[1].split("</fieldset>")[0]
        assert "Tick each criterion that the table affirms" in group
        assert group.count('type="checkbox"') == 4
