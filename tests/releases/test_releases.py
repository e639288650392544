"""Is a release decided once, checked, signed off by a second person, frozen, and held against every other?"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.mail import BadHeaderError
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from privacy.context import acting_as, in_role
from privacy.decision import Denied
from reports.pack import scopes
from reports.pack.audience import Audience, NotOfferedError
from reports.pack.document import Document
from reports.pack.periods import parse
from reports.release_model import QuarterCounts, Release, ReleaseReasons, ReleaseState
from reports.releases import difference, letters, reading, schedule, verbs
from reports.suppression.counts import Protected
from reports.suppression.protect import protect
from tests.cast import Cast
from tests.pack.test_pack import a_year, past, value

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def draft(cast: Cast, period: str = "2024Q1", audience: Audience = Audience.COMMITTEE) -> Release:
    with acting_as(cast.recorder):
        return verbs.prepare(scopes.of_table("NIA"), parse(period), audience, by=cast.recorder)


def released(cast: Cast, period: str = "2024Q1", audience: Audience = Audience.COMMITTEE) -> Release:
    made = draft(cast, period, audience)
    for verb, by in ((verbs.check, cast.facilitator), (verbs.sign, cast.manager), (verbs.publish, cast.recorder)):
        with acting_as(by):
            made = verb(made.pk, by=by)
    return made


def looked_at(period: str, audience: Audience = Audience.COMMITTEE) -> Document:
    return reading.at_the_command_line(scopes.of_table("NIA"), parse(period), audience, now=timezone.now())


def test_a_release_takes_three_steps_and_two_persons(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(), cast)
    made = draft(cast)
    with acting_as(cast.manager), pytest.raises(Denied, match="another-step"):
        verbs.sign(made.pk, by=cast.manager)
    with acting_as(cast.manager):
        verbs.check(made.pk, by=cast.manager)
        with pytest.raises(Denied, match="second-person"):
            verbs.sign(made.pk, by=cast.manager)
    with acting_as(cast.recorder), pytest.raises(Denied, match="second-person"):
        verbs.sign(made.pk, by=cast.recorder)
    with acting_as(cast.privacy_officer):
        verbs.sign(made.pk, by=cast.privacy_officer)
    with acting_as(cast.recorder):
        out = verbs.publish(made.pk, by=cast.recorder)
    assert (out.number, out.state) == (1, ReleaseState.RELEASED)
    assert looked_at("2024Q1").release == 1


def test_who_prepared_it_never_signs_it(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(), cast)
    with acting_as(cast.manager):
        made = verbs.prepare(scopes.of_table("NIA"), parse("2024Q1"), Audience.COMMITTEE, by=cast.manager)
    with acting_as(cast.facilitator):
        verbs.check(made.pk, by=cast.facilitator)
    with acting_as(cast.manager), pytest.raises(Denied, match="second-person"):
        verbs.sign(made.pk, by=cast.manager)


def test_nobody_alone_releases_what_the_clock_prepared(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(), cast)
    made = verbs.prepare(scopes.of_table("NIA"), parse("2024Q1"), Audience.COMMITTEE, by=None)
    with acting_as(cast.manager):
        verbs.check(made.pk, by=cast.manager)
        with pytest.raises(Denied, match="second-person"):
            verbs.sign(made.pk, by=cast.manager)
    with in_role("st_statistics"), pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.filter(pk=made.pk).update(state=ReleaseState.SIGNED, signed_by=cast.manager)


def test_who_discards_an_own_draft_does_not_sign_what_the_clock_prepares_of_it(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(), cast)
    scope = scopes.of_table("NIA")
    draft(cast, "2024")  # stands on the same numbers: they stay
    with acting_as(cast.manager):
        mine = verbs.prepare(scope, parse("2024Q1"), Audience.COMMITTEE, by=cast.manager)
        verbs.discard(mine.pk, by=cast.manager)
    again = verbs.prepare(scope, parse("2024Q1"), Audience.COMMITTEE, by=None)
    assert (again.pk, again.state) == (mine.pk, ReleaseState.DRAFT)
    with acting_as(cast.facilitator):
        verbs.check(again.pk, by=cast.facilitator)
    with acting_as(cast.manager), pytest.raises(Denied, match="second-person"):
        verbs.sign(again.pk, by=cast.manager)


def test_strangers_find_nothing_and_prepare_nothing(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(), cast)
    out = released(cast)
    for who in (
        cast.police_rep,
        cast.administrator,
        cast.kes_manager if "kes_manager" in cast.people else cast.aid_rep,
    ):
        with acting_as(who):
            assert not Release.objects.exists()
            with pytest.raises(Denied, match="not-found"):
                verbs.prepare(scopes.of_table("NIA"), parse("2024Q2"), Audience.COMMITTEE, by=who)
            with pytest.raises(Denied, match="not-found"):
                verbs.run_again(out.pk, by=who)


def test_nobody_but_the_statistics_role_reads_what_lies_beneath(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(), cast)
    released(cast)
    for model in (ReleaseReasons, QuarterCounts):
        with acting_as(cast.manager), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            model.objects.count()
    with acting_as(cast.manager):
        assert not Release.objects.filter(state=ReleaseState.PLANNED).exists()
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Release.objects.update(told={})


def test_a_release_is_frozen_even_for_the_role_that_made_it(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(), cast)
    out = released(cast)
    rows = Release.objects.filter(pk=out.pk)
    with pytest.raises(DatabaseError, match="frozen"), in_role("st_statistics"):
        rows.update(told={})
    with pytest.raises(DatabaseError, match="frozen"), in_role("st_statistics"):
        rows.delete()


def test_what_is_recorded_later_changes_no_release_and_no_sum_of_it(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(), cast)
    before = reading.document_of(released(cast))
    more = [row | {"Opened": "2024-02-01", "Closed": "2024-02-20"} for row in a_year(many=9, seed=5)]
    past(tmp_path, more, cast, "more.csv")
    now = looked_at("2024Q1")
    assert [r.count for f in now.figures for r in f.rows] == [r.count for f in before.figures for r in f.rows]
    year = looked_at("2024")
    assert value(year, "totals", "opened") == 60
    assert year.release is None


def test_a_release_is_compared_with_the_one_before_as_it_stood_when_it_went_out(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(), cast)
    late = released(cast, "2024Q3")
    first, second = released(cast, "2024Q1"), released(cast, "2024Q2")
    with acting_as(cast.manager):
        made = reading.document_of(second)
        assert (made.compared_with, made.compared_release) == ("2024Q1", first.number)
        for row in made.totals:
            assert row.before == (None if row.count is None else first.told.get(f"totals/{row.code}")), row.code
        for figure in made.figures:
            for row in figure.rows:
                both = row.count is not None and f"{figure.key}/{row.code}" in first.told
                assert (row.before is not None) == both, (figure.key, row.code)
        assert reading.document_of(late).compared_with is None, "what is released later changes no release"
    assert looked_at("2024Q2").compared_release == first.number
    with acting_as(cast.police_rep):
        assert reading._before(second) is None


def test_run_again_it_tells_the_totals_and_lets_the_figures_stand(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(), cast)
    out = released(cast)
    more = [row | {"Opened": "2024-02-01", "Closed": "2024-02-20"} for row in a_year(many=6, seed=5)]
    past(tmp_path, more, cast, "more.csv")
    with acting_as(cast.manager):
        again = verbs.run_again(out.pk, by=cast.manager)
        verbs.check(again.pk, by=cast.manager)
    with acting_as(cast.privacy_officer):
        verbs.sign(again.pk, by=cast.privacy_officer)
        second = verbs.publish(again.pk, by=cast.privacy_officer)
    assert second.number == 2
    changes = {change.label: (change.before, change.now) for change in difference.between(out, second)}
    opened = out.told["totals/opened"]
    assert changes["Opened"] == (opened, opened + 6)
    figures = [name for name in out.told if not name.startswith("totals/")]
    assert [second.told[name] for name in figures] == [out.told[name] for name in figures]


def test_a_draft_that_nothing_stands_on_is_counted_anew(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(), cast)
    made = draft(cast)
    more = [row | {"Opened": "2024-02-01", "Closed": "2024-02-20"} for row in a_year(many=6, seed=5)]
    past(tmp_path, more, cast, "more.csv")
    with acting_as(cast.recorder):
        verbs.discard(made.pk, by=cast.recorder)
    assert draft(cast).told["totals/opened"] == made.told["totals/opened"] + 6


def test_the_clock_prepares_the_last_quarter_and_letters_lead_to_it(cast: Cast, tmp_path: Path) -> None:
    today = timezone.localdate()
    rows = a_year(today.year - 1)
    past(tmp_path, rows, cast)
    for _n in range(3):
        schedule.sweep()
    with acting_as(cast.manager):
        drafts = list(Release.objects.all())
    assert drafts
    assert all(d.state == ReleaseState.DRAFT and d.prepared_by is None for d in drafts)
    sent = letters.sweep()
    assert sent == len(mail.outbox) > 0
    assert letters.sweep() == 0
    assert {str(d.pk) in m.body for d in drafts[:1] for m in mail.outbox} >= {True}
    assert not any("NIA" in f"{m.body}{m.subject}" for m in mail.outbox)


def test_a_letter_that_cannot_be_written_keeps_nobody_elses_back(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    past(tmp_path, a_year(), cast)
    released(cast, "2024")
    wrong, tried = cast.manager.email, []

    def send(subject: str, body: str, sender: str | None, to: list[str]) -> None:
        tried.extend(to)
        if to == [wrong]:
            raise BadHeaderError("a head of two lines")
        mail.send_mail(subject, body, sender, to)

    monkeypatch.setattr(letters, "send_mail", send)
    assert letters.sweep() == len(mail.outbox) == len(tried) - 1 > 1
    assert wrong in tried
    assert wrong not in {to for m in mail.outbox for to in m.to}


def test_periods_that_are_no_page_are_not_released(cast: Cast) -> None:
    this_year = str(timezone.localdate().year)
    for period in (this_year, "2022-2023", "FY2023"):
        with pytest.raises(NotOfferedError), acting_as(cast.manager):
            verbs.prepare(scopes.of_table("NIA"), parse(period), Audience.COMMITTEE, by=cast.manager)


def test_late_corrections_are_a_count_too(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(), cast)
    out = released(cast)
    out.decided_at = timezone.now() - timedelta(days=3)
    many = difference.late(out)
    assert many is not None
    assert many >= 5
    out.decided_at = timezone.now() + timedelta(days=3)
    assert difference.late(out) is None


def test_letters_go_to_all_of_its_tables_who_may_read_it_and_to_nobody_else(cast: Cast, tmp_path: Path) -> None:
    """Whoever is told finds the release behind the link; an agency's seat is told of what partners read."""
    past(tmp_path, a_year(), cast)
    letters.sweep()
    prepares = {cast.manager.email, cast.facilitator.email, cast.recorder.email, cast.privacy_officer.email}
    for audience in (Audience.COMMITTEE, Audience.PARTNER, Audience.PUBLIC):
        mail.outbox.clear()
        made = draft(cast, "2024", audience)
        letters.sweep()
        assert {to for letter in mail.outbox for to in letter.to} == prepares, "a draft is for those who prepare it"
        for verb, by in ((verbs.check, cast.facilitator), (verbs.sign, cast.manager), (verbs.publish, cast.recorder)):
            with acting_as(by):
                made = verb(made.pk, by=by)
        mail.outbox.clear()
        letters.sweep()
        told = {to for letter in mail.outbox for to in letter.to}
        for key, member in cast.everybody.items():
            with acting_as(member):
                reads = Release.objects.filter(pk=made.pk).exists()
            assert reads or member.email not in told, (audience, key)
            if audience is Audience.PARTNER:
                assert reads == (member.email in told), key
        assert told == prepares if audience is Audience.COMMITTEE else told > prepares
        assert (cast.police_rep.email in told) == (audience is not Audience.COMMITTEE)
        assert cast.people["other_table"].email not in told


def test_where_the_audit_comes_to_no_answer_nothing_is_told_and_nothing_kept(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    past(tmp_path, a_year(), cast)

    def lost(_world: object, _page: object) -> None:
        raise ArithmeticError

    monkeypatch.setattr("reports.pack.world.World.release", lost)
    with pytest.raises(NotOfferedError, match="nothing of it is told"):
        draft(cast, "2024", Audience.PARTNER)
    assert schedule.sweep() == 0
    with in_role("st_statistics"):
        assert not Release.objects.exists()


def test_a_page_that_told_only_what_the_seats_know_is_not_taken_for_noughts(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A year that could not be protected says nothing of its conclusions but how many were lowered, which is exempt.
    Partners' page of the same year must still be decided: unsaid is not none.
    """
    past(tmp_path, a_year(), cast)

    def fails_for_the_year(question: Any) -> Protected:
        first, last = question.counts[0].key[1:3]
        lost = question.k == 5 and last - first > timedelta(days=300)
        return Protected({}, {}, question.k, ("lost",)) if lost else protect(question)

    monkeypatch.setattr("reports.pack.world.protect", fails_for_the_year)
    committee = draft(cast, "2024")
    monkeypatch.undo()
    assert {cell.split("/")[0] for cell in committee.told} == {"totals", "conclusion"}
    partners = draft(cast, "2024", Audience.PARTNER)
    assert len(partners.told) > 5
