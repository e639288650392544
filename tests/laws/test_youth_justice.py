"""Do youth-justice notes live in their own compartment alone, for those listed alone, until their end date? (R47, R48)

The police (bound by the YCJA) were added at filter 4 and know who the young person is; so do the crisis team, which
leads, and housing. The police write a note for the crisis team's person.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any, ClassVar

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from agencies.clock import today_at
from agencies.models import Table
from agencies.vocabulary import Statute
from privacy import gate, vault, youth
from privacy.context import acting_as
from privacy.decision import Denied
from privacy.keys.models import DataKey
from privacy.models import Compartment, Disclosure
from privacy.vocabulary import CompartmentKind, Element, Medium, Necessity, Purpose
from risk.models import CatalogueEntry
from risk.vocabulary import CodeList
from situations import scene, who_saw
from situations.projection import see
from tests import builders
from tests.api.door import Door
from tests.builders import Walk
from tests.cast import Cast
from tests.db.raw import as_superuser
from tests.laws.test_threshold import refused
from tests.pages.browsing import Browser, field_error, text

_ENDS = "UPDATE privacy_compartment SET readable_until = %s WHERE id = %s"
_CRIMINAL = ("criminal-involvement/assault", "criminal-involvement/arson")
_NONE_IS_TOLD = "For ages 12 to 17 the table is told of no criminal involvement: add another risk factor."
CANARY = "canaryyouth probation ends in June"


def today() -> date:
    return timezone.localdate()


def with_police(cast: Cast, *, age: str = "12-17") -> Walk:
    """Filter 4, with the police engaged and told the name."""
    walk = builders.intervening(cast, age=age)
    walk.act("crisis_rep", "add_agency", agency=cast.agencies["police"], necessity=Necessity.LEGAL_DUTY)
    walk.act("police_rep", "name_person", person=cast.police_rep)
    walk.act(
        "shelter_rep", "disclose", subject=1, elements=[Element.NAME], recipients=[walk.engagement("police")],
        purpose=Purpose.RECOGNISE, authority=cast.authority("agreement-only"), medium=Medium.SCREEN, grounds="g",
    )  # fmt: skip
    return walk


def a_note(walk: Walk, *to: str, **changes: Any) -> dict[str, Any]:
    """A good note for the persons of these agencies."""
    return {
        "words": CANARY, "until": today() + timedelta(days=30), "authority": walk.cast.authority("ycja-125-6"),
        "recipients": [walk.engagement(a) for a in to or ("crisis",)], "grounds": "safety of others",
    } | changes  # fmt: skip


def room(walk: Walk) -> Compartment:
    with acting_as(walk.cast.police_rep):
        return Compartment.objects.get(access_id=walk.id, kind=CompartmentKind.YOUTH)


def reads(walk: Walk, key: str) -> dict[str, str]:
    """What a member opens of it, through the gate's two steps; empty when refused."""
    compartment, member = room(walk), walk.cast.people[key]
    try:
        with acting_as(member):
            receipt = gate.authorise(compartment, purpose=Purpose.PROVIDE_SERVICE)
        with acting_as(member):
            return gate.reveal(receipt).texts
    except Denied:
        return {}


def notes(found: dict[str, str]) -> list[str]:
    return [words for item, words in found.items() if item.startswith(youth.PREFIX)]


@pytest.mark.usefixtures("committed_db_with_keys")
class TestANote:
    cast: ClassVar[Cast]
    walk: ClassVar[Walk]

    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def walked(cls, committed_cast: Cast) -> None:
        cls.cast, cls.walk = committed_cast, with_police(committed_cast)
        cls.walk.act("police_rep", "youth_note", **a_note(cls.walk))

    def test_it_is_read_by_its_writer_and_by_who_is_listed_and_by_nobody_else(self) -> None:
        readers = {key for key in self.cast.everybody if notes(reads(self.walk, key))}
        assert readers == {"police_rep", "crisis_rep"}
        assert notes(reads(self.walk, "crisis_rep")) == [CANARY]
        assert not [i for i in reads(self.walk, "crisis_rep") if i.startswith("grounds:")], "the grounds stay theirs"

    def test_it_is_in_no_other_compartment(self) -> None:
        with acting_as(self.cast.shelter_rep):
            others = Compartment.objects.filter(access_id=self.walk.id).exclude(kind=CompartmentKind.YOUTH)
            found = {item for c in others for item in gate.versions(c)}
        assert found
        assert not {i for i in found if i.startswith(youth.PREFIX)}

    def test_that_there_is_one_is_told_to_nobody_who_is_not_on_its_list(self) -> None:
        """Page, program, projection and ledger of housing and of the agency that brought it say nothing of it."""
        for key in ("housing_rep", "shelter_rep"):
            member = self.cast.people[key]
            with acting_as(member):
                seen = see(self.walk.id, by=member)
                lines = who_saw.who_saw(scene.load(self.walk.id, by=member)) or ()
            assert CompartmentKind.YOUTH not in {c.kind for c in seen.compartments}
            assert {line.authority for line in lines} & {"YCJA s. 125(6)"} == set()
            page = text(Browser(member).get("situation", self.walk.id))
            answer = Door(member).get(f"situations/{self.walk.id}/").content.decode()
            assert not [w for w in ("outh-justice", "YCJA", '"youth"') if w in page + answer]
        with acting_as(self.cast.crisis_rep):
            mine = who_saw.who_saw(scene.load(self.walk.id, by=self.cast.crisis_rep)) or ()
        assert "YCJA s. 125(6)" in {line.authority for line in mine}, "who is on the list reads that it was told"

    def test_the_page_offers_it_with_its_last_day_and_the_listed_person_opens_it(self) -> None:
        page = text(Browser(self.cast.crisis_rep).get("situation", self.walk.id))
        assert "Youth-justice notes, person 1" in page
        assert CANARY not in page
        sent = Browser(self.cast.crisis_rep).post(
            "reveal", self.walk.id, compartment=room(self.walk).pk, purpose=Purpose.PROVIDE_SERVICE
        )
        assert CANARY in Browser(self.cast.crisis_rep).client.get(sent["Location"]).content.decode()

    def test_who_is_listed_does_not_pass_it_on(self) -> None:
        """Neither by an act, nor with SQL: the disclosure of another agency's words shows nothing."""
        with acting_as(self.cast.crisis_rep):
            item = next(i for i in gate.versions(room(self.walk)) if i.startswith(youth.PREFIX))
        assert refused(self.walk, "crisis_rep", "youth_note", **a_note(self.walk, "housing")) == "not-bound-by-ycja"
        with acting_as(self.cast.crisis_rep), pytest.raises(Denied):
            vault.seal(self.walk.id, room(self.walk).level, youth.new_item(), "copied", seen_version=0)
        with acting_as(self.cast.crisis_rep):
            row = Disclosure.objects.get(access_id=self.walk.id, elements=[item])
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO privacy_disclosurerecipient (disclosure_id, table_id, agency_id, member_id, answer)"
                    " VALUES (%s, %s, %s, %s, 'pending')",
                    [row.pk, self.cast.nia.pk, self.cast.housing_rep.agency_id, self.cast.housing_rep.pk],
                )

    def test_a_note_about_a_young_person_is_sealed_nowhere_else(self) -> None:
        with acting_as(self.cast.police_rep):
            others = Compartment.objects.filter(access_id=self.walk.id).exclude(kind=CompartmentKind.YOUTH)
            levels = [c.level for c in others]
        for level in levels:
            with acting_as(self.cast.police_rep), pytest.raises(Denied):
                vault.seal(self.walk.id, level, youth.new_item(), "misplaced", seen_version=0)

    @pytest.mark.parametrize("later", ["CURRENT_DATE + 400", "NULL"])
    def test_its_end_is_not_put_off_with_sql_in_hand(self, later: str) -> None:
        for sql in (
            f"UPDATE privacy_compartment SET readable_until = {later} WHERE id = %s",
            "UPDATE privacy_compartment SET kind = 'plan' WHERE id = %s",
            "DELETE FROM privacy_compartment WHERE id = %s",
        ):
            box = room(self.walk).pk
            with (
                acting_as(self.cast.police_rep), pytest.raises(DatabaseError), transaction.atomic(),
                connection.cursor() as cursor,
            ):  # fmt: skip
                cursor.execute(sql, [box])


@pytest.mark.usefixtures("committed_db_with_keys")
class TestItsEnd:
    def test_the_wall_shuts_on_the_day_after_and_the_key_goes_apart_from_the_rest(self, committed_cast: Cast) -> None:
        cast, walk = committed_cast, with_police(committed_cast)
        walk.act("police_rep", "youth_note", **a_note(walk, until=today() + timedelta(days=90)))
        walk.act("police_rep", "youth_note", **a_note(walk, "housing", until=today() + timedelta(days=2)))
        box = room(walk)
        assert box.readable_until == today() + timedelta(days=2), "the earliest day is that of all its writer wrote"
        with acting_as(cast.crisis_rep):
            early = gate.authorise(box, purpose=Purpose.PROVIDE_SERVICE)
        with as_superuser() as cursor:
            cursor.execute(_ENDS, [today() - timedelta(days=1), box.pk])
        with acting_as(cast.crisis_rep), pytest.raises(Denied):
            gate.reveal(early)
        assert not any(notes(reads(walk, key)) for key in cast.everybody)
        assert refused(walk, "police_rep", "youth_note", **a_note(walk)) == "notes-over"
        with acting_as(cast.police_rep), pytest.raises(Denied):
            vault.seal(walk.id, box.level, youth.new_item(), "late", seen_version=0)
        keys = DataKey.objects.using("keys").filter(ref=walk.id)
        assert keys.filter(level=box.level).exists()
        walk.act("privacy_officer", "hold")
        assert youth.sweep() == 0, "a hold keeps it, unreadable"
        walk.act("privacy_officer", "release")
        assert (youth.sweep(), youth.sweep()) == (1, 0)
        assert not keys.filter(level=box.level).exists()
        assert keys.exists(), "the rest of the situation goes on"
        with acting_as(cast.crisis_rep):
            assert see(walk.id, by=cast.crisis_rep).plan

    @pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Niue"])
    def test_its_last_day_is_the_tables_own(self, committed_cast: Cast, zone: str) -> None:
        """In one of the two, whatever the hour, it is another day than at the server: gate, form and sweep agree."""
        Table.objects.filter(pk=committed_cast.nia.pk).update(time_zone=zone)
        committed_cast.nia.refresh_from_db()
        walk, last = with_police(committed_cast), today_at(committed_cast.nia)
        before = last - timedelta(days=1)
        assert refused(walk, "police_rep", "youth_note", **a_note(walk, until=before)) == "period-over"
        walk.act("police_rep", "youth_note", **a_note(walk, until=last))
        assert notes(reads(walk, "crisis_rep")) == [CANARY]
        assert youth.sweep() == 0
        with as_superuser() as cursor:
            cursor.execute(_ENDS, [before, room(walk).pk])
        assert not notes(reads(walk, "crisis_rep"))
        assert youth.sweep() == 1
        Table.objects.filter(pk=committed_cast.nia.pk).update(time_zone="America/Toronto")

    def test_another_agency_the_act_binds_learns_of_no_note_it_is_not_listed_for(self, committed_cast: Cast) -> None:
        """Neither while the police's notes run nor when they are over: page, decisions, own notes stay as they were."""
        cast = committed_cast
        crisis = cast.agencies["crisis"]
        crisis.statutes = [*crisis.statutes, Statute.YCJA]
        crisis.save(update_fields=["statutes"])
        walk = with_police(cast)

        def told() -> tuple[str, Any]:
            page = text(Browser(cast.crisis_rep).get("act", walk.id, "youth_note"))
            door = Door(cast.crisis_rep)
            answer = door.get(f"situations/{walk.id}/").json()
            assert "youth" not in {c["kind"] for c in answer["compartments"]}
            once = re.sub(r'(value|nonce)="[^"]*"', "", page)
            return once, door.get(f"situations/{walk.id}/decisions/").json()

        before = told()
        walk.act("police_rep", "youth_note", **a_note(walk, "housing", until=today() + timedelta(days=2)))
        assert told() == before
        box = room(walk)
        with as_superuser() as cursor:
            cursor.execute(_ENDS, [today() - timedelta(days=1), box.pk])
        assert told() == before
        assert refused(walk, "police_rep", "youth_note", **a_note(walk, "housing")) == "notes-over"
        mine = a_note(walk, "housing", until=today() + timedelta(days=90))
        walk.act("crisis_rep", "youth_note", **mine)
        with acting_as(cast.crisis_rep):
            seen = [c for c in see(walk.id, by=cast.crisis_rep).compartments if c.kind == CompartmentKind.YOUTH]
        assert [c.until for c in seen] == [mine["until"]], "no other's end is theirs"

    def test_who_follows_somebody_on_the_list_does_not_inherit_it(self, committed_cast: Cast) -> None:
        cast, walk = committed_cast, with_police(committed_cast)
        walk.act("police_rep", "youth_note", **a_note(walk))
        walk.act("crisis_lead", "name_person", person=cast.crisis_colleague)
        assert not notes(reads(walk, "crisis_colleague"))
        assert not notes(reads(walk, "crisis_rep"))

    def test_a_recall_and_not_knowing_the_person_end_it(self, committed_cast: Cast) -> None:
        cast = committed_cast
        for who, about in (("police_rep", youth.PREFIX), ("shelter_rep", "name")):
            walk = with_police(cast)
            walk.act("police_rep", "youth_note", **a_note(walk))
            assert notes(reads(walk, "crisis_rep"))
            with acting_as(cast.people[who]):
                made = Disclosure.objects.filter(access_id=walk.id, agency=cast.people[who].agency)
                row = next(d for d in made if d.elements[0].startswith(about))
            walk.act(who, "recall", disclosure=row)
            assert not notes(reads(walk, "crisis_rep"))


@pytest.mark.django_db(databases=["default", "keys"])
class TestWhoMayWrite:
    def test_only_about_somebody_of_12_to_17_and_only_at_filter_4(self, cast: Cast) -> None:
        grown = with_police(cast, age="18-24")
        assert refused(grown, "police_rep", "youth_note", **a_note(grown)) == "nobody-of-that-age"
        assert "youth_note" not in text(Browser(cast.police_rep).get("situation", grown.id))
        early = builders.disclosed(cast, age="12-17")
        assert refused(early, "crisis_rep", "youth_note", **a_note(early, "housing")) == "not-now"

    def test_only_on_the_acts_own_section_and_that_section_carries_nothing_else(self, cast: Cast) -> None:
        walk = with_police(cast)
        for code in ("mfippa-32-h", "consent-only", "cspa-80"):
            other = a_note(walk, authority=cast.authority(code))
            assert refused(walk, "police_rep", "youth_note", **other) == "authority-not-ours"
        ycja = cast.authority("ycja-125-6")
        assert refused(walk, "police_rep", "record_authority", authority=ycja) == "authority-not-ours"

    def test_both_doors_ask_for_a_last_day_that_is_not_over_and_keep_what_was_typed(self, cast: Cast) -> None:
        walk = with_police(cast)
        sent = {
            "subject": "1", "words": CANARY, "until": (today() - timedelta(days=1)).isoformat(), "grounds": "g",
            "recipients": [str(walk.engagement("crisis").pk)], "authority": str(cast.authority("ycja-125-6").pk),
        }  # fmt: skip
        browser = Browser(cast.police_rep)
        for wrong in (sent["until"], ""):
            page = browser.act(walk.id, "youth_note", **(sent | {"until": wrong}))
            assert page.status_code == 200
            assert field_error(page, "until")
            assert CANARY in text(page)
        door, address = Door(cast.police_rep), f"situations/{walk.id}/acts/youth_note/"
        body = sent | {"subject": 1}
        answer = door.post(address, body)
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["until"])
        done = door.post(address, body | {"until": today().isoformat()})
        assert done.status_code == 200
        assert CANARY not in done.content.decode()
        assert browser.act(walk.id, "youth_note", **(sent | {"until": today().isoformat()})).status_code == 302


@pytest.mark.django_db(databases=["default", "keys"])
class TestWhatIsLeftOut:
    """Of a person of 12 to 17 the table is told a factor: without any, its absence would say which they are (R46)."""

    def _filed(self, cast: Cast, age: str, *codes: str) -> Walk:
        known = CatalogueEntry.objects.of(CodeList.RISK_FACTOR).in_force()
        factors = [e for e in known if f"{e.category_code}/{e.code}" in codes]
        assert len(factors) == len(codes)
        parts = builders.draft_data(cast)["facts"] | {CodeList.RISK_FACTOR: factors}
        return builders.draft(cast, age=age, facts=parts)

    @pytest.mark.parametrize("age", ["6-11", "12-17", "18-24"])
    @pytest.mark.parametrize("setting", [False, True])
    def test_it_is_asked_where_something_is_left_out(self, cast: Cast, age: str, setting: bool) -> None:
        Table.objects.filter(pk=cast.nia.pk).update(youth_codes_before_f4=setting, youth_codes_assessment="PIA")
        walk = self._filed(cast, age, *_CRIMINAL)
        asked = age == "12-17" and not setting
        page = text(Browser(cast.shelter_rep).get("situation", walk.id))
        assert (_NONE_IS_TOLD in page) == asked
        assert refused(walk, "shelter_rep", "present") == ("screening-incomplete" if asked else "")

    def test_one_that_may_be_told_is_enough(self, cast: Cast) -> None:
        walk = self._filed(cast, "12-17", *_CRIMINAL, "alcohol/alcohol-abuse-by-person")
        assert _NONE_IS_TOLD not in text(Browser(cast.shelter_rep).get("situation", walk.id))
        assert refused(walk, "shelter_rep", "present") == ""
