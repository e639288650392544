"""Is identity ever read without a committed record of it? Commit, then reveal - tried in every wrong order (R36)."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from agencies import seats
from agencies.models import Member, Seat
from privacy import gate, grants, vault
from privacy.context import acting_as, set_member
from privacy.decision import Denied
from privacy.models import Compartment, Disclosure
from privacy.vocabulary import Purpose
from situations import meetings
from situations.meeting import Meeting
from situations.models import Situation
from tests import builders
from tests.builders import Walk
from tests.cast import Cast
from tests.db.raw import as_app, as_superuser
from tests.laws import stages


class Undo(Exception):
    """Whatever made a request fail after it had read."""


@pytest.mark.usefixtures("committed_db_with_keys")
class TestGate:
    cast: ClassVar[Cast]
    walk: ClassVar[Walk]

    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def walked(cls, committed_cast: Cast) -> None:
        cls.cast, cls.walk = committed_cast, builders.disclosed(committed_cast)

    def _compartment(self, walk: Walk | None = None) -> Compartment:
        with acting_as(self.cast.shelter_rep):
            return Compartment.objects.get(access_id=(walk or self.walk).id, kind="subject")

    def _receipt(self, member: Member | None = None, walk: Walk | None = None) -> UUID:
        compartment = self._compartment(walk)
        with acting_as(member or self.cast.crisis_rep):
            return gate.authorise(compartment, purpose=Purpose.RECOGNISE)

    def _reveal(self, receipt: UUID, member: Member | None = None) -> dict[str, str]:
        with acting_as(member or self.cast.crisis_rep):
            return gate.reveal(receipt).texts

    @staticmethod
    def _in_the_ledger(receipt: UUID) -> bool:
        with as_superuser() as cursor:
            cursor.execute("SELECT count(*) FROM ledger.entry WHERE receipt = %s", [str(receipt)])
            return cursor.fetchone() == (1,)

    def test_two_requests_read_what_was_disclosed_and_leave_their_record(self) -> None:
        receipt = self._receipt()
        assert self._in_the_ledger(receipt)
        assert self._reveal(receipt) == {
            "name": builders.CANARY_NAME, "birth": builders.CANARY_BIRTH, "location": builders.CANARY_LOCATION,
        }  # fmt: skip

    def test_the_record_says_who_what_why_and_nothing_that_identifies(self) -> None:
        receipt = self._receipt()
        with as_superuser() as cursor:
            cursor.execute(
                "SELECT kind, actor_id, agency_id, elements, purpose, filter, medium, e::text FROM ledger.entry e"
                " WHERE receipt = %s", [str(receipt)],
            )  # fmt: skip
            *facts, whole = cursor.fetchone() or ()
        assert facts == [
            "revealed", self.cast.crisis_rep.pk, self.cast.agencies["crisis"].pk, ["birth", "location", "name"],
            "recognise", "f3b", "screen",
        ]  # fmt: skip
        assert not any(text in whole for text in builders.IDENTIFIERS)

    def test_one_transaction_never_reads_what_it_authorised(self) -> None:
        compartment = self._compartment()
        with acting_as(self.cast.crisis_rep), pytest.raises(Denied, match="receipt-refused"):
            gate.reveal(gate.authorise(compartment, purpose=Purpose.RECOGNISE))

    def test_nor_across_a_savepoint(self) -> None:
        compartment = self._compartment()
        with acting_as(self.cast.crisis_rep):
            with transaction.atomic():
                receipt = gate.authorise(compartment, purpose=Purpose.RECOGNISE)
            with transaction.atomic(), pytest.raises(Denied, match="receipt-refused"):
                gate.reveal(receipt)

    def test_a_rollback_between_the_two_steps_leaves_no_record_and_no_identity(self) -> None:
        receipt, compartment = uuid4(), self._compartment()
        with contextlib.suppress(Undo), acting_as(self.cast.crisis_rep):
            receipt = gate.authorise(compartment, purpose=Purpose.RECOGNISE)
            raise Undo
        assert not self._in_the_ledger(receipt)
        with pytest.raises(Denied, match="receipt-refused"):
            self._reveal(receipt)

    def test_an_exception_after_reading_leaves_the_record(self) -> None:
        receipt, shown = self._receipt(), dict[str, str]()
        with contextlib.suppress(Undo), acting_as(self.cast.crisis_rep):
            shown = gate.reveal(receipt).texts
            raise Undo
        assert shown
        assert self._in_the_ledger(receipt)

    def test_a_receipt_is_used_once(self) -> None:
        receipt = self._receipt()
        assert self._reveal(receipt)
        with pytest.raises(Denied, match="receipt-refused"):
            self._reveal(receipt)

    def test_a_receipt_is_its_members_own(self) -> None:
        receipt = self._receipt()
        for key in ("housing_rep", "shelter_rep", "crisis_colleague", "facilitator", "privacy_officer", "police_rep"):
            with pytest.raises(Denied, match="receipt-refused"):
                self._reveal(receipt, self.cast.people[key])
        assert self._reveal(receipt), "and the attempts have not used it up"

    def test_a_made_up_receipt_is_none(self) -> None:
        with pytest.raises(Denied, match="receipt-refused"):
            self._reveal(uuid4())

    def test_another_kind_of_ledger_row_is_no_receipt(self) -> None:
        with as_superuser() as cursor:
            cursor.execute("SELECT receipt FROM ledger.entry WHERE kind <> 'revealed'")
            others = [UUID(str(row[0])) for row in cursor.fetchall()]
        assert others
        for receipt in others:
            for member in (self.cast.crisis_rep, self.cast.shelter_rep):
                with pytest.raises(Denied, match="receipt-refused"):
                    self._reveal(receipt, member)

    @pytest.mark.parametrize(("seconds", "valid"), [(25, True), (31, False)])
    def test_a_receipt_lasts_thirty_seconds(self, seconds: int, *, valid: bool) -> None:
        """A superuser sets the row's clock back: nobody the program runs as could."""
        receipt = self._receipt()
        with as_superuser() as cursor:
            cursor.execute(
                "BEGIN; ALTER TABLE ledger.entry DISABLE TRIGGER append_only;"
                f" UPDATE ledger.entry SET at = at - interval '{seconds} seconds' WHERE receipt = '{receipt}';"
                " ALTER TABLE ledger.entry ENABLE ALWAYS TRIGGER append_only; COMMIT"
            )
        if valid:
            assert self._reveal(receipt)
            return
        with pytest.raises(Denied, match="receipt-refused"):
            self._reveal(receipt)

    def test_a_record_that_is_not_committed_yet_is_no_receipt(self) -> None:
        """A row of a transaction that is still open, or was aborted, as its xid says."""
        receipt = self._receipt()
        for xid in ("pg_current_xact_id()", "'3'::xid8"):
            with as_superuser() as cursor:
                cursor.execute(
                    "BEGIN; ALTER TABLE ledger.entry DISABLE TRIGGER append_only;"
                    f" UPDATE ledger.entry SET xid = {xid} WHERE receipt = '{receipt}'"
                )
                cursor.execute("SELECT set_config('st.member', %s, true)", [str(self.cast.crisis_rep.pk)])
                with pytest.raises(Exception, match="no valid receipt"):
                    cursor.execute("SELECT * FROM vault.reveal(%s)", [str(receipt)])
                cursor.execute("ROLLBACK")

    # The right is asked again at the second step ----------------------------------------------------------------------
    def _seat_ends(self, walk: Walk) -> Callable[[], None]:
        seat = Seat.objects.get(member=self.cast.crisis_rep)
        seats.end_seat(seat)

        def restore() -> None:
            Seat.objects.filter(pk=seat.pk).update(ends_on=None)

        return restore

    def _frozen(self, walk: Walk) -> Callable[[], None]:
        walk.act("privacy_officer", "freeze")
        return lambda: None

    def _recalled(self, walk: Walk) -> Callable[[], None]:
        with acting_as(self.cast.shelter_rep):
            row = Disclosure.objects.get(access_id=walk.id)
        walk.act("shelter_rep", "recall", disclosure=row)
        return lambda: None

    def _declined(self, walk: Walk) -> Callable[[], None]:
        walk.act("crisis_rep", "answer", answer="not_ours")
        return lambda: None

    def _stepped_away(self, walk: Walk) -> Callable[[], None]:
        walk.act("crisis_rep", "recuse")
        return lambda: None

    def _replaced(self, walk: Walk) -> Callable[[], None]:
        walk.act("crisis_lead", "name_person", person=self.cast.crisis_colleague)
        return lambda: None

    def _grant_revoked(self, walk: Walk) -> Callable[[], None]:
        with acting_as(self.cast.crisis_rep):
            grants.revoke(Compartment.objects.get(access_id=walk.id, kind="subject"), self.cast.crisis_rep)
        return lambda: None

    @pytest.mark.parametrize(
        "ending", ["_seat_ends", "_frozen", "_recalled", "_declined", "_stepped_away", "_replaced", "_grant_revoked"]
    )
    def test_a_right_that_ended_between_the_steps_reveals_nothing(self, ending: str) -> None:
        walk = builders.disclosed(self.cast)
        receipt = self._receipt(walk=walk)
        restore: Callable[[], None] = getattr(self, ending)(walk)
        try:
            with pytest.raises(Denied):
                self._reveal(receipt)
        finally:
            restore()
        assert self._in_the_ledger(receipt)

    def test_without_a_context_nobody_authorises_and_nobody_reveals(self) -> None:
        receipt, compartment = self._receipt(), self._compartment()
        for act in (lambda: gate.authorise(compartment, purpose=Purpose.RECOGNISE), lambda: gate.reveal(receipt)):
            with transaction.atomic():
                set_member(None)
                with pytest.raises(Denied):
                    act()

    def test_a_purpose_is_needed(self) -> None:
        with as_app(self.cast.crisis_rep) as cursor, pytest.raises(DatabaseError, match="nothing disclosed"):
            cursor.execute("SELECT vault.authorise(%s, '')", [self._compartment().pk])

    # Writing is guarded like reading ----------------------------------------------------------------------------------
    def _seals(self, key: str, level: str, item: str, version: int = 1) -> bool:
        with as_app(self.cast.people[key]) as cursor:
            try:
                cursor.execute(
                    "SELECT vault.seal(%s, %s, %s, %s, %s, %s)", [self.walk.id, level, item, version, b"0" * 12, b"x"]
                )
            except DatabaseError:
                return False
            return bool(cursor.fetchone()[0])

    def test_identifiers_are_entered_by_the_originating_agencys_named_person_alone(self) -> None:
        level = f"c:{self._compartment().pk}"
        for key in self.cast.everybody:
            assert self._seals(key, level, "name", 2) == (key == "shelter_rep"), key

    def test_screening_and_summary_are_not_rewritten_once_presented(self) -> None:
        for key in self.cast.everybody:
            assert not any(self._seals(key, level, "summary", 2) for level in ("f1", "f2")), key

    def test_an_unknown_level_is_nobodys(self) -> None:
        for level in ("f3", "", "c:", f"c:{uuid4()}"):
            assert not any(self._seals(key, level, "name") for key in ("shelter_rep", "crisis_rep"))

    @pytest.mark.parametrize(
        "change",
        [
            "ciphertext = (SELECT ciphertext FROM vault.sealed o WHERE o.ref = s.ref AND o.item = 'birth')",
            "version = 2",
            "ciphertext = set_byte(ciphertext, 0, get_byte(ciphertext, 0) # 1)",
            "nonce = set_byte(nonce, 0, get_byte(nonce, 0) # 1)",
        ],
    )
    def test_a_moved_replayed_or_altered_ciphertext_does_not_open(self, change: str) -> None:
        walk = builders.disclosed(self.cast)
        with as_superuser() as cursor:
            cursor.execute(f"UPDATE vault.sealed s SET {change} WHERE ref = %s AND item = 'name'", [str(walk.id)])
            assert cursor.rowcount == 1
        with pytest.raises(vault.Unreadable):
            self._reveal(self._receipt(walk=walk))

    # The guest, and the frozen item -----------------------------------------------------------------------------------
    def test_a_guest_reads_while_the_meeting_sits_and_no_longer(self) -> None:
        walk, guest = builders.discussed(self.cast), stages.add_guest(self.cast)

        def reads() -> tuple[bool, dict[str, Any]]:
            with acting_as(guest):
                return Situation.objects.filter(pk=walk.id).exists(), vault.read_screened(walk.id, vault.F2)

        assert reads() == (True, {"summary": (builders.CANARY_SUMMARY, 1)})
        assert self._rows(guest) > 0
        with acting_as(self.cast.facilitator):
            meetings.end(Meeting.objects.get(state="sitting"), by=self.cast.facilitator)
        assert reads() == (False, {})

    def test_a_guest_never_reads_screening_nor_past_filter_2(self) -> None:
        guest = self.cast.people.get("guest") or stages.add_guest(self.cast)
        walk = builders.accepted(self.cast)
        with acting_as(guest):
            assert vault.read_screened(walk.id, vault.F1) == {}
            assert vault.read_screened(walk.id, vault.F2) == {}

    @staticmethod
    def _rows(member: Member) -> int:
        with acting_as(member), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM situations_situation")
            return int(cursor.fetchone()[0])
