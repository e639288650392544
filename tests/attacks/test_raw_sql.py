"""What can a bug do that has SQL in its hand, as the app role and on an uninvolved member's behalf?

Row-level security is the coarse second wall; these are the moves that would turn a visible row into identity, another
agency's screening, or destroyed evidence.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from agencies.models import Member
from privacy import gate, ledger_check
from privacy.context import acting_as
from privacy.models import Compartment, LedgerCheck
from situations.vocabulary import ReturnReason
from tests import builders
from tests.builders import Walk
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def run(member: Member, sql: str, *values: Any, role: str = "") -> int:
    """Run one statement on a member's behalf; how many rows it touched, -1 when PostgreSQL refused it."""
    try:
        with acting_as(member), transaction.atomic(), connection.cursor() as cursor:
            if role:
                cursor.execute(f"SET LOCAL ROLE {role}")
            cursor.execute(sql, values)
            count: int = cursor.rowcount
            if role:
                cursor.execute("RESET ROLE")
            return count
    except DatabaseError:
        return -1


def compartment(walk: Walk) -> Compartment:
    """The subject's compartment."""
    with acting_as(walk.cast.shelter_rep):
        return Compartment.objects.get(access_id=walk.id, kind="subject")


def opened(walk: Walk, member: Member) -> dict[str, int]:
    """What PostgreSQL would let a member open."""
    with acting_as(member):
        return gate.versions(compartment(walk))


def grant(walk: Walk, member: Member) -> None:
    """An engagement and a grant, forged: what the gate looks at besides the disclosure."""
    run(
        member, "INSERT INTO privacy_engagement (access_id, table_id, agency_id, necessity, person_id, proposed_lead,"
        " status) VALUES (%s, %s, %s, 'offered', %s, false, 'engaged')",
        walk.id, walk.cast.nia.pk, member.agency_id, member.pk,
    )  # fmt: skip
    run(
        member, "INSERT INTO privacy_compartmentgrant (content_object_id, permission_id, user_id) SELECT %s, id, %s"
        " FROM auth_permission WHERE codename = 'open_compartment'", compartment(walk).pk, member.pk,
    )  # fmt: skip


def test_nobody_forges_a_disclosure_of_another_agency(cast: Cast) -> None:
    """The unchosen school writes itself engagement, grant and disclosure: it still opens nothing."""
    walk, school = builders.behind_the_door(cast), cast.school_rep
    grant(walk, school)
    authority = cast.authority("agreement-only").pk
    for discloser, agency in ((school, cast.agencies["school"]), (cast.shelter_rep, cast.agencies["shelter"])):
        row = uuid4()
        run(
            school, "INSERT INTO privacy_disclosure (id, access_id, table_id, compartment_id, discloser_id, agency_id,"
            " elements, purpose, authority_id, medium, filter, consent, at) VALUES (%s, %s, %s, %s, %s, %s,"
            " '{name,birth,location}', 'recognise', %s, 'screen', 'f3b', '', now())",
            row, walk.id, cast.nia.pk, compartment(walk).pk, discloser.pk, agency.pk, authority,
        )  # fmt: skip
        run(
            school, "INSERT INTO privacy_disclosurerecipient (disclosure_id, table_id, agency_id, member_id, answer)"
            " VALUES (%s, %s, %s, %s, 'pending')", row, cast.nia.pk, school.agency_id, school.pk,
        )  # fmt: skip
    assert opened(walk, school) == {}


def test_nobody_joins_or_turns_round_the_disclosure_of_another_agency(cast: Cast) -> None:
    """Nor does it add itself to a true disclosure, turn a recipient into itself, or undo a recall."""
    walk, school = builders.disclosed(cast), cast.school_rep
    with acting_as(cast.shelter_rep):
        from privacy.models import Disclosure

        row = Disclosure.objects.get(access_id=walk.id)
    grant(walk, school)
    run(
        school, "INSERT INTO privacy_disclosurerecipient (disclosure_id, table_id, agency_id, member_id, answer)"
        " VALUES (%s, %s, %s, %s, 'pending')", row.pk, cast.nia.pk, school.agency_id, school.pk,
    )  # fmt: skip
    run(
        school,
        "UPDATE privacy_disclosurerecipient SET agency_id = %s WHERE disclosure_id = %s",
        school.agency_id,
        row.pk,
    )
    assert opened(walk, school) == {}
    walk.act("shelter_rep", "recall", disclosure=row)
    assert run(school, "UPDATE privacy_disclosure SET recalled_at = NULL WHERE id = %s", row.pk) <= 0
    assert opened(walk, cast.crisis_rep) == {}


def test_a_situation_does_not_change_its_agency_or_table(cast: Cast) -> None:
    """Who brought it decides who reads its screening: moving that column would move the words into sight (R1)."""
    walk, school = builders.discussed(cast), cast.school_rep
    for table, key in (("privacy_accessstate", "ref"), ("situations_situation", "id")):
        run(school, f"UPDATE {table} SET originating_agency_id = %s WHERE {key} = %s", school.agency_id, walk.id)
        assert run(school, f"UPDATE {table} SET table_id = %s WHERE {key} = %s", cast.kes.pk, walk.id) == -1
    with acting_as(school), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM vault.read_screened(%s, 'f1')", [walk.id])
        assert cursor.fetchone()[0] == 0


def test_nobody_opens_the_door_again_nor_lifts_a_freeze(cast: Cast) -> None:
    """Set back to filter 2, the whole table would read the summary again; a freeze is the privacy officer's (R40)."""
    walk, school = builders.disclosed(cast), cast.school_rep
    for back in ("f1", "f2", "f3a", "closed", "destroyed"):
        assert run(school, "UPDATE privacy_accessstate SET filter = %s WHERE ref = %s", back, walk.id) == -1
    walk.act("privacy_officer", "freeze")
    walk.act("privacy_officer", "hold")
    for column in ("frozen", "held"):
        assert run(school, f"UPDATE privacy_accessstate SET {column} = false WHERE ref = %s", walk.id) == -1
    walk.act("privacy_officer", "unfreeze")
    walk.act("privacy_officer", "release")


def test_the_worker_role_ends_rows_and_gives_nobody_access(cast: Cast) -> None:
    """The app role can step into st_worker: there it may delete what retention deletes, not rewrite who may read."""
    walk, school = builders.disclosed(cast), cast.school_rep
    grant(walk, school)
    for sql in (
        "UPDATE privacy_disclosurerecipient SET agency_id = %s",
        "UPDATE privacy_engagement SET agency_id = %s",
        "UPDATE privacy_disclosure SET agency_id = %s",
    ):
        assert run(school, sql, school.agency_id, role="st_worker") == -1
    assert run(school, "UPDATE privacy_compartmentgrant SET user_id = %s", school.pk, role="st_worker") == -1
    assert opened(walk, school) == {}


def test_a_tombstone_needs_an_end(cast: Cast) -> None:
    """A tombstone has the keys deleted: nobody writes one for a situation that goes on, or for another table's."""
    walk = builders.disclosed(cast)
    sql = "INSERT INTO privacy_tombstone (id, ref, table_id, level, at) VALUES (%s, %s, %s, '', now())"
    for member in (cast.school_rep, cast.other_table, cast.crisis_rep):
        assert run(member, sql, uuid4(), walk.id, cast.nia.pk) == -1
    assert run(cast.facilitator, sql, uuid4(), uuid4(), cast.nia.pk) == -1


def test_the_ledger_tells_nobody_of_another_agencys_draft(cast: Cast) -> None:
    """Presented and returned, it is absent again for the table: absent and forbidden are one answer (R1)."""
    walk, school = builders.presented(cast), cast.school_rep
    walk.act("facilitator", "return", reason=ReturnReason.UNCLEAR)
    for ref in (walk.id, uuid4()):
        assert run(school, "SELECT ledger.note_open(%s)", ref) == -1
        assert (
            run(school, "SELECT ledger.record('opened', %s, NULL, '', '{}', '{}', '{}', '', '', '', '', '')", ref) == -1
        )


class TestNobodyForges:
    @pytest.fixture(scope="class")
    @classmethod
    def walk(cls, shared_cast: Cast) -> Walk:
        return builders.discussed(shared_cast)

    @pytest.mark.parametrize("kind", ["revealed", "invented", "frozen", "released", "disclosed", "presented", "erased"])
    def test_a_privacy_lead_or_a_school_forges_no_fact(self, walk: Walk, kind: str) -> None:
        """Only whoever can do a thing can have done it; a kind nobody knows would break the page of the ledger."""
        sql = "SELECT ledger.record(%s, %s, NULL, '', '{}', '{}', '{}', '', '', '', '', '')"
        assert run(walk.cast.shelter_privacy, sql, kind, walk.id) == -1
        if kind in ("revealed", "invented", "frozen", "released", "presented"):
            assert run(walk.cast.school_rep, sql, kind, walk.id) == -1


def test_functions_that_move_rows_decide_for_themselves(cast: Cast) -> None:
    """Called directly by somebody uninvolved, each refuses."""
    walk, school = builders.discussed(cast), cast.school_rep
    assert run(school, "SELECT situations_return_to_agency(%s)", walk.id) == -1
    assert run(school, "SELECT situations_forget(%s)", walk.id) == -1
    assert run(school, "SELECT vault.destroy(%s)", walk.id) == -1
    transfer = "SELECT situations_transfer(%s, %s, %s, %s)"
    assert run(school, transfer, walk.id, uuid4(), cast.kes.pk, cast.agencies["elsewhere"].pk) == -1
    assert run(cast.other_table, transfer, walk.id, uuid4(), cast.kes.pk, cast.agencies["elsewhere"].pk) == -1


def test_definer_functions_are_closed_to_the_public_and_look_nowhere_else(cast: Cast) -> None:
    """Every SECURITY DEFINER function has its search path set and is not PUBLIC's to execute."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
            " WHERE n.nspname IN ('public', 'vault', 'ledger') AND p.prosecdef AND ("
            " coalesce(array_to_string(p.proconfig, ','), '') <> 'search_path=pg_catalog, pg_temp'"
            " OR p.proacl IS NULL OR EXISTS (SELECT 1 FROM aclexplode(p.proacl) a WHERE a.grantee = 0))"
        )
        assert cursor.fetchall() == []
        cursor.execute("SELECT has_database_privilege('st_app', current_database(), 'TEMP')")
        assert cursor.fetchone()[0] is False


def test_every_table_about_situations_has_row_level_security(cast: Cast) -> None:
    """A new table of these apps without a policy fails here."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace WHERE n.nspname = 'public'"
            " AND relkind = 'r' AND NOT relrowsecurity AND (relname LIKE 'situations\\_%' OR relname LIKE 'privacy\\_%'"
            " OR relname LIKE 'reports\\_%')"
        )
        # Statutes, and that the ledger was checked: a time and two sums.
        assert {name for (name,) in cursor.fetchall()} == {"privacy_legalauthority", "privacy_ledgercheck"}
        cursor.execute(
            "SELECT c.relname, a.attname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 WHERE n.nspname IN ('vault', 'ledger')"
            " AND c.relkind = 'r' AND has_column_privilege('st_app', c.oid, a.attnum, 'SELECT,INSERT,UPDATE')"
        )
        assert cursor.fetchall() == []


@pytest.mark.parametrize("role", ["", "st_worker"])
def test_what_a_check_of_the_ledger_found_cannot_be_taken_away(cast: Cast, role: str) -> None:
    now = timezone.now()
    found = LedgerCheck.objects.create(at=now, rows=9, faults=2)
    for sql in (
        "DELETE FROM privacy_ledgercheck", "UPDATE privacy_ledgercheck SET faults = 0", "TRUNCATE privacy_ledgercheck",
    ):  # fmt: skip
        assert run(cast.administrator, sql, role=role) == -1, sql
    old = LedgerCheck.objects.create(at=now - timedelta(days=401), rows=8, faults=0)
    ledger_check.sweep()
    kept = set(LedgerCheck.objects.values_list("pk", flat=True))
    assert found.pk in kept
    assert old.pk not in kept, "what is older than is kept is let go by the clock"


def test_only_who_runs_the_meeting_shows_its_guests_what_is_on_its_agenda(cast: Cast) -> None:
    """Which rows a guest reads is said by a column; row-level security lets whoever sees a row write it."""
    on_it = builders.presented(cast)
    with acting_as(cast.facilitator):
        off_it = builders.presented(cast)
        off_it.meeting.items.filter(situation=off_it.id).delete()
    mirrors = (
        "UPDATE situations_situation SET meeting = %s WHERE id = %s",
        "UPDATE privacy_accessstate SET meeting = %s WHERE ref = %s",
    )
    for sql in mirrors:
        for walk in (on_it, off_it):
            assert run(cast.facilitator, sql, None, walk.id) == 1
            for who in ("school_rep", "shelter_rep", "privacy_officer"):
                assert run(cast.people[who], sql, on_it.meeting.pk, walk.id) == -1, (who, sql)
        assert run(cast.facilitator, sql, on_it.meeting.pk, off_it.id) == -1
        assert run(cast.facilitator, sql, uuid4(), on_it.id) == -1
        assert run(cast.recorder, sql, on_it.meeting.pk, on_it.id) == 1


def test_nobody_writes_what_an_ending_said_before_it_was_corrected(cast: Cast) -> None:
    """The page and the record of the meeting say it: it is what stood there, and whose it is to correct says it."""
    concluded, rejected = builders.concluded(cast), builders.rejected(cast)
    sql = (
        "INSERT INTO situations_endingcorrection (situation_id, table_id, was_group, was_reason, now_group, now_reason,"
        " why) SELECT id, table_id, {group}, {reason}, 'other', 'other', 'mistyped' FROM situations_situation"
        " WHERE id = %s"
    )
    stood, invented = ("ending_group", "ending_reason"), ("'other'", "'relocated'")
    for walk, may in ((concluded, "crisis_rep"), (rejected, "facilitator")):
        for who in ("school_rep", "crisis_rep", "facilitator", "recorder"):
            for group, reason in (stood, invented):
                allowed = 1 if who == may and (group, reason) == stood else -1
                written = run(cast.people[who], sql.format(group=group, reason=reason), walk.id)
                assert written == allowed, (who, may, group)
