"""Does the demo's seed give every role and every stage, through the real verbs, without a trace of identity?"""

from __future__ import annotations

import io
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.models import Member, Standing, Undertaking
from agencies.vocabulary import Role
from dev.seed import figures, people, region
from dev.seed.stories import GROUNDS, IDENTITIES, PLANS, SAFE_CONTACT, STORIES
from privacy import gate
from privacy.context import acting_as, in_role
from privacy.decision import Denied
from privacy.models import Compartment
from privacy.vocabulary import CompartmentKind, Purpose
from reports.models import CodedRecord
from reports.release_model import Release, ReleaseState
from situations import projection
from situations.meeting import Meeting
from situations.models import Situation
from situations.vocabulary import MeetingState, State
from tests.pages.browsing import Browser, text
from tests.pages.test_home import listed
from tests.seed.everything import tables

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

_NARRATIVES = (
    *(text for s in STORIES.values() for text in (s.summary, s.tried)), SAFE_CONTACT, *PLANS.values(),
    *GROUNDS.values(),
)  # fmt: skip
_STAGES = {
    "draft", "presented", "choosing", "limited", "intervening", "concluded", "rejected", "withdrawn",
}  # fmt: skip


def _seed(*arguments: str) -> str:
    out = io.StringIO()
    call_command("seed_demo", *arguments, stdout=out)
    return out.getvalue()


def _member(key: str) -> Member:
    return Member.objects.get(email=f"{key}@{region.DOMAIN}")


def _one(state: State, **more: Any) -> Situation:
    """The one situation of a state that a person sees; call inside `acting_as`."""
    return Situation.objects.get(state=state, table__code="NIA", **more)


@pytest.fixture(scope="class")
def seeded(nobody_db: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The seed, run once for the class as the app role."""
    with django_db_blocker.unblock():
        _seed()
        yield


@pytest.mark.usefixtures("seeded")
class TestTheInventedRegion:
    def test_every_role_is_there_and_every_person_can_sign_in(self) -> None:
        assert {p.role for p in people.PEOPLE.values()} == set(Role)
        for key in people.PEOPLE:
            answer = Client().post(
                reverse("login"), {"username": f"{key}@{region.DOMAIN}", "password": people.password()}
            )
            assert answer.status_code == 302, key
        wrong = Client().post(reverse("login"), {"username": f"police@{region.DOMAIN}", "password": "alder-alder"})
        assert wrong.status_code == 200

    def test_every_seat_stands_today(self) -> None:
        standing = set(Standing.objects.values_list("member__email", flat=True))
        assert standing == {f"{key}@{region.DOMAIN}" for key in people.PEOPLE}
        soon = timezone.localdate() + timedelta(days=20)
        assert [u.member.email for u in Undertaking.objects.filter(ends_on__lte=soon)] == [f"herons@{region.DOMAIN}"]

    def test_fourteen_agencies_of_ten_sectors_or_more_belong_to_the_two_tables(self) -> None:
        assert len(region.BODIES) == 14
        assert len({b.sector for b in region.BODIES.values()}) >= 10

    def test_every_stage_is_present(self) -> None:
        found: set[str] = set()
        for key in ("facilitator", "shelter"):  # the chair sees what is presented, an agency its own drafts
            with acting_as(_member(key)):
                found |= set(Situation.objects.filter(table__code="NIA").values_list("state", flat=True))
        assert found == _STAGES
        with acting_as(_member("facilitator")):
            here = Situation.objects.filter(table__code="NIA")
            assert here.filter(state=State.PRESENTED, deferrals=1).count() == 1
            assert here.filter(state=State.PRESENTED, discussed_at=None).count() == 1
            followed = here.get(state=State.INTERVENING)
            assert followed.agenda_items.get(meeting__state=MeetingState.SITTING).kind == "follow_up"
            open_one = here.get(state=State.PRESENTED, deferrals=0, discussed_at__isnull=False)
            assert open_one.stands.count() == 1

    def test_the_other_tables_two_are_on_next_weeks_agenda(self) -> None:
        with acting_as(_member("kes.facilitator")):
            planned = Meeting.objects.get(state=MeetingState.PLANNED)
            assert timezone.localdate(planned.starts_at) == timezone.localdate() + timedelta(days=7)
            assert planned.items.count() == 2

    def test_the_clock_runs_for_the_person_who_leads(self) -> None:
        lead = _member("alder")
        with acting_as(lead):
            seen = projection.see(_one(State.INTERVENING).pk, by=lead)
        assert seen.leads
        assert seen.plan is not None
        assert [a.subject for a in seen.plan] == [1]  # not what is planned for the partner (R51)
        assert seen.contact is not None
        assert seen.contact.first_contact_at is None
        assert seen.contact.due_at is not None
        assert seen.contact.due_at > timezone.now()

    def test_identity_is_behind_the_door_for_the_named_person_only(self) -> None:
        named, unchosen = _member("crisis"), _member("school")
        with acting_as(named):
            huddle = _one(State.LIMITED)
            compartment = Compartment.objects.get(access_id=huddle.pk, kind=CompartmentKind.SUBJECT, subject=1)
            receipt = gate.authorise(compartment, purpose=Purpose.RECOGNISE)
        with acting_as(named):
            assert gate.reveal(receipt).texts["name"] == STORIES["huddle"].identities[0].name
        with acting_as(unchosen), pytest.raises(Denied):
            gate.authorise(compartment, purpose=Purpose.RECOGNISE)

    def test_each_partner_is_known_to_those_who_need_that_one_only(self) -> None:
        for key, subject in (("alder", 1), ("probation", 2)):
            member = _member(key)
            with acting_as(member):
                seen = projection.see(_one(State.INTERVENING).pk, by=member)
            kept = [c for c in seen.compartments if c.kind == CompartmentKind.SUBJECT]
            assert [c.subject for c in kept] == [subject]
            assert ("safe_contact" in dict(kept[0].elements)) == (key == "alder")

    def test_a_young_persons_criminal_codes_are_kept_back(self) -> None:
        member = _member("compass")
        with acting_as(member):
            item = _one(State.PRESENTED, deferrals=0, discussed_at__isnull=False)
            seen = projection.see(item.pk, by=member)
        assert seen.coded is not None
        assert seen.coded.youth_codes_hidden

    def test_no_plain_column_holds_an_identity_or_a_narrative(self) -> None:
        found = tables("public", "vault", "ledger")
        everything = "\n".join(row for rows in found.values() for row in rows)
        assert region.BODIES["shelter"].english in everything  # the search finds what is there
        assert [text for text in (*IDENTITIES, *_NARRATIVES) if text in everything] == []

    def test_the_history_follows_the_published_rates(self) -> None:
        for code in region.TABLES:
            with in_role("st_statistics"):
                rows = list(
                    CodedRecord.objects.filter(table__code=code, opened_on__lt=timezone.localdate() - timedelta(days=7))
                )
            met = [r for r in rows if r.accepted]
            groups = Counter(r.conclusion_group for r in met)
            assert len(rows) == round(42 * region.HISTORY_WEEKS / 52)
            assert 0.95 <= len(met) / len(rows) <= 0.97
            assert 0.60 <= groups["overall-risk-lowered"] / len(met) <= 0.84
            assert 0.48 <= sum(r.originating_sector == "police" for r in rows) / len(rows) <= 0.61
            assert all(9 <= len(r.risk_factors or ()) <= 12 for r in met)
            assert all(r.closed_on and r.closed_on < timezone.localdate() for r in rows)

    def test_the_next_number_follows_the_history(self) -> None:
        with acting_as(_member("facilitator")):
            numbers = list(Situation.objects.exclude(number="").values_list("number", flat=True))
            year = timezone.localdate().year
            before = CodedRecord.objects.filter(opened_on__year=year, table__code="NIA").count() - len(numbers)
        assert min(numbers) == f"NIA-{year}-{before + 1:04d}"

    def test_the_committees_pages_show_figures(self) -> None:
        today = timezone.localdate()
        browser = Browser(_member("manager"))
        pages = {name: text(browser.get(name)) for name in ("planning", "health_of_table", "evaluation", "releases")}
        for name, page in pages.items():
            assert "Nothing can be told yet" not in page, name
            assert "No risk can be ranked yet" not in page, name
        assert pages["planning"].count(" more<") + pages["planning"].count(" fewer<") >= 3
        assert "Named 2 times" in pages["planning"]
        for words in ("What one cost", "Counts of release", "Accepted situations by risk category"):
            assert words in pages["evaluation"], words
        assert "The social return cannot be calculated yet" not in pages["evaluation"]
        assert f"Lead sectors as released, {today.year - 1}" in pages["health_of_table"]
        assert pages["releases"].count("<article") >= 2 + 1 + 1
        with acting_as(_member("manager")):
            out = list(Release.objects.filter(state=ReleaseState.RELEASED))
        assert {r.audience for r in out} == {"committee", "public"}, "what partners are told waits to be signed off"
        for row in out:
            assert row.signed_by_id not in (row.prepared_by_id, row.checked_by_id), "two persons stand behind it"

    def test_somebody_has_something_to_do_with_the_figures(self) -> None:
        for key, anchors in (
            ("recorder", {"sheets"}), ("manager", {"exports", "releases-due"}), ("facilitator", {"exports"}),
            ("privacy.officer", {"releases-due"}),
        ):  # fmt: skip
            page = text(Browser(_member(key)).get("home"))
            due = {name for name in ("sheets", "exports", "releases-due") if f'id="{name}"' in page}
            assert {name for name in due if listed(page, name)} == anchors, key

    @pytest.mark.parametrize("day", [date(2027, 1, 2), date(2027, 4, 1), date(2028, 2, 29), date(2026, 12, 31)])
    def test_whole_years_and_quarters_lie_in_the_history_on_any_day(self, day: date) -> None:
        first = day - timedelta(weeks=region.HISTORY_WEEKS)
        assert all(first <= p.first_day + timedelta(days=6) for p in figures.years(day))
        assert all(p.last_day < day for p in (*figures.years(day), *figures.quarters(day)))
        assert 1 <= len(figures.quarters(day)) <= 3

    def test_the_ledger_verifies(self, tmp_path: Path, settings: Any) -> None:
        settings.CHECKPOINT_DIR = tmp_path
        out = io.StringIO()
        call_command("verify_ledger", "--seal-first", stdout=out)
        assert " 0 faults" in out.getvalue()
        assert not out.getvalue().startswith("0 sealed rows")

    def test_a_second_run_changes_nothing(self) -> None:
        before, began = tables("public", "vault", "ledger"), time.perf_counter()
        assert "Nothing to do" in _seed()
        assert time.perf_counter() - began < 5
        assert tables("public", "vault", "ledger") == before

    def test_the_printed_sign_ins_are_people_and_the_password_and_nothing_else(self) -> None:
        *rows, blank, last = _seed("--print").strip().split("\n")
        assert len(rows) == len(people.PEOPLE)
        assert all(f"@{region.DOMAIN}" in row for row in rows)
        assert blank == ""
        assert last.endswith(people.password())

    def test_on_another_day_the_old_meeting_is_held_and_todays_sits_with_what_is_open(self) -> None:
        """The last one here: afterwards the region is nine days older."""
        chair = _member("facilitator")
        with acting_as(chair):
            old = Meeting.objects.get(state=MeetingState.SITTING)
        for days in (1, 9):
            with time_machine.travel(timezone.now() + timedelta(days=days)):
                assert "A new meeting sits today" in _seed()
                assert "Nothing to do" in _seed()
                today = timezone.localdate()
                with acting_as(chair):
                    sitting = Meeting.objects.get(state=MeetingState.SITTING)
                    old.refresh_from_db()
                    assert old.state == MeetingState.HELD
                    assert timezone.localdate(sitting.starts_at) == today
                    on_agenda = set(sitting.items.values_list("situation_id", flat=True))
                    open_ones = set(Situation.objects.open().filter(table__code="NIA").values_list("pk", flat=True))
                    assert open_ones == on_agenda
                    assert Meeting.objects.filter(state=MeetingState.PLANNED, starts_at__gt=timezone.now()).exists()
                    old = sitting


@pytest.mark.usefixtures("nobody_db")
class TestNeverBesideRealPeople:
    def test_before_the_seed_there_is_nobody_to_print(self) -> None:
        with pytest.raises(CommandError, match="Nobody can sign in yet"):
            _seed("--print")

    def test_it_refuses_where_others_work(self) -> None:
        Member.objects.create_user("somebody@elsewhere.example", name="S. Omebody-Invented")
        with pytest.raises(CommandError, match="not the demo's"):
            _seed()


@pytest.mark.usefixtures("bare_db")
class TestWithoutCodeLists:
    def test_it_says_what_to_do(self) -> None:
        with pytest.raises(CommandError, match="load_reference"):
            _seed()
