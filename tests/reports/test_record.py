"""Does the coded record follow every decision, and hold the six groups only while the threshold is met?"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import connection
from django.db.utils import IntegrityError, ProgrammingError

from privacy.context import acting_as, in_role
from privacy.models import Engagement
from reports.models import SIX_GROUPS, CodedRecord, CodedRecordVersion
from reports.vocabulary import Status
from situations.models import Situation
from situations.vocabulary import State
from tests import builders
from tests.cast import Cast


def link_of(walk: builders.Walk) -> UUID:
    """The situation's link to its record, before it is cut."""
    link = Situation.objects.get(pk=walk.id).statistics_id
    assert link is not None
    return link


def record_of(walk: builders.Walk) -> CodedRecord:
    """The coded record of a walked situation, as the recorder may read it."""
    with acting_as(walk.cast.recorder):
        return CodedRecord.objects.get(pk=link_of(walk))


def elsewhere(cast: Cast, authority: str) -> dict[str, object]:
    """A transfer to the other table, on an authority of the agency that transfers."""
    return {"table": cast.kes, "agency": cast.agencies["elsewhere"], "authority": cast.authority(authority)} | {
        "grounds": builders.CANARY_GROUNDS
    }


def acts_of(record: CodedRecord, cast: Cast) -> list[str]:
    with acting_as(cast.recorder):
        return list(record.versions.values_list("act", flat=True))


def groups_of(record: CodedRecord) -> list[object]:
    return [getattr(record, group) for group in SIX_GROUPS]


@pytest.mark.usefixtures("committed_db_with_keys")
class TestTheRecordFollowsTheLifecycle:
    def test_a_draft_has_none(self, committed_cast: Cast) -> None:
        walk = builders.draft(committed_cast)
        with acting_as(committed_cast.shelter_rep):
            link = link_of(walk)
        with in_role("st_statistics"):
            assert not CodedRecord.objects.filter(pk=link).exists()

    def test_presenting_opens_it_without_the_six_groups(self, committed_cast: Cast) -> None:
        record = record_of(builders.presented(committed_cast))
        assert (record.status, record.version, record.accepted) == (Status.PRESENTED, 1, False)
        assert (record.originating_sector, record.discussion_type) == ("social-services", "person")
        assert groups_of(record) == [None] * 6
        assert record.quarter == f"{record.opened_on.year}Q{(record.opened_on.month + 2) // 3}"

    def test_acceptance_brings_the_six_groups_in(self, committed_cast: Cast) -> None:
        record = record_of(builders.accepted(committed_cast))
        assert (record.status, record.version) == (Status.ACCEPTED, 2)
        assert record.decided_on is not None
        assert record.persons == [{"age_group": "18-24", "sex": "male"}]
        assert record.risk_factors == [f"{e.category_code}/{e.code}" for e in builders.factors()]
        assert record.study_flags == ["homelessness"]
        assert record.protective_factors is not None
        assert len(record.protective_factors) == 2
        assert (record.services, record.assisting_sectors, record.lead_sector) == ([], [], "")

    def test_conclusion_completes_it(self, committed_cast: Cast) -> None:
        record = record_of(builders.concluded(committed_cast))
        assert (record.status, record.accepted) == (Status.CONCLUDED, True)
        assert (record.conclusion_group, record.conclusion_reason) == ("overall-risk-lowered", "connected-to-services")
        assert record.services == [{"category": "mental-health", "result": "connected-to-service"}]
        assert (record.lead_sector, record.assisting_sectors) == ("mental-health-and-addictions", ["housing"])
        assert record.hours_to_first_contact in (0, 1)
        assert record.days_open == 0
        acts = acts_of(record, committed_cast)  # accepted by the table, at the door, with its lead, at first contact
        assert acts == ["presented", "accepted", "accepted", "accepted", "accepted", "concluded"]
        assert record.version == 6

    @pytest.mark.parametrize("build", [builders.rejected, builders.withdrawn, builders.stopped])
    def test_closed_before_the_door_it_holds_none_of_the_six_groups(
        self, committed_cast: Cast, build: Callable[[Cast], builders.Walk]
    ) -> None:
        record = record_of(build(committed_cast))
        assert groups_of(record) == [None] * 6
        assert record.closed_on is not None
        assert record.accepted is False

    def test_withdrawn_after_acceptance_they_leave_again(self, committed_cast: Cast) -> None:
        walk = builders.chosen(committed_cast)
        assert record_of(walk).risk_factors
        walk.act("shelter_rep", "withdraw")
        record = record_of(walk)
        assert groups_of(record) == [None] * 6
        assert (record.status, record.accepted, record.decided_on) == (Status.WITHDRAWN, False, None)

    def test_stopped_past_the_door_it_stays_accepted(self, committed_cast: Cast) -> None:
        walk = builders.contacted(committed_cast)
        builders.close_notices(walk)
        walk.act("crisis_rep", "stop_intervention")
        record = record_of(walk)
        assert (record.status, record.accepted, record.conclusion_group) == (Status.STOPPED, True, "stopped")
        assert record.services == [{"category": "mental-health", "result": "connected-to-service"}]

    def test_transferred_before_the_door_it_holds_none_of_the_six_groups(self, committed_cast: Cast) -> None:
        walk = builders.chosen(committed_cast)
        walk.act("shelter_rep", "transfer", **elsewhere(committed_cast, "agreement-only"))
        record = record_of(walk)
        assert (record.status, record.accepted) == (Status.TRANSFERRED, False)
        assert groups_of(record) == [None] * 6

    def test_transferred_past_the_door_it_stays_accepted_and_the_new_draft_has_none(self, committed_cast: Cast) -> None:
        walk = builders.contacted(committed_cast)
        builders.close_notices(walk)
        with in_role("st_statistics"):
            before = CodedRecord.objects.count()
        walk.act("crisis_rep", "transfer_intervention", **elsewhere(committed_cast, "phipa-40-1"))
        record = record_of(walk)
        assert (record.status, record.accepted) == (Status.TRANSFERRED, True)
        assert record.risk_factors
        with in_role("st_statistics"):
            assert CodedRecord.objects.count() == before

    def test_returned_and_presented_again_it_is_the_same_record(self, committed_cast: Cast) -> None:
        walk = builders.presented(committed_cast)
        first = record_of(walk)
        walk.act("facilitator", "return", reason="unclear")
        with acting_as(committed_cast.shelter_rep):
            assert Situation.objects.get(pk=walk.id).state == State.DRAFT
            returned = CodedRecord.objects.get(pk=first.pk)
        assert (returned.status, returned.discussion_type, returned.originating_sector) == (Status.RETURNED, "", "")
        walk.act("shelter_rep", "present")
        again = record_of(walk)
        assert (again.pk, again.status, again.version) == (first.pk, Status.PRESENTED, 3)
        assert (again.discussion_type, again.originating_sector) == ("person", "social-services")

    def test_a_deferral_is_counted(self, committed_cast: Cast) -> None:
        walk = builders.discussed(committed_cast)
        walk.act("facilitator", "defer")
        record = record_of(walk)
        assert (record.status, record.deferrals, record.decided_on) == (Status.DEFERRED, 1, None)

    def test_a_lead_that_says_not_ours_does_not_assist(self, committed_cast: Cast) -> None:
        walk = builders.disclosed(committed_cast)
        walk.act("housing_rep", "answer", answer="not_ours")
        walk.act("crisis_rep", "confirm_lead")
        assert record_of(walk).assisting_sectors == []
        with acting_as(committed_cast.recorder):
            assert Engagement.objects.filter(access_id=walk.id, status=Engagement.Status.ENDED).count() == 1

    def test_a_refused_act_leaves_the_record_alone(self, committed_cast: Cast) -> None:
        from privacy.decision import Denied

        walk = builders.presented(committed_cast)
        with pytest.raises(Denied):
            walk.act("facilitator", "accept", criteria=builders.ALL_AFFIRMED)
        assert record_of(walk).version == 1

    def test_no_column_can_be_matched_with_the_lifecycle_but_the_link(self, committed_cast: Cast) -> None:
        """No number, no running id, no time of day (R42)."""
        walk = builders.concluded(committed_cast)
        record = record_of(walk)
        with acting_as(committed_cast.crisis_rep):
            situation = Situation.objects.get(pk=walk.id)
        for model in (CodedRecord, CodedRecordVersion):
            kinds = {f.get_internal_type() for f in model._meta.concrete_fields}
            assert not kinds & {"DateTimeField", "BigAutoField", "AutoField"}
            targets = {f.related_model._meta.label for f in model._meta.concrete_fields if f.is_relation}  # type: ignore[union-attr]  # only real relations here
            assert targets <= {"agencies.Table", "reports.CodedRecord", "reports.ImportBatch"}  # a batch: none of these
        text = " ".join(str(getattr(record, f.attname)) for f in CodedRecord._meta.concrete_fields)
        assert situation.number not in text
        assert str(situation.pk) not in text


def a_record(cast: Cast, **values: object) -> CodedRecord:
    """A plain presented record, unsaved."""
    plain = {
        "table": cast.nia, "status": Status.PRESENTED, "opened_on": "2026-01-08", "quarter": "2026Q1",
        "originating_sector": "housing", "catalogue_on": "2024-01-01",
    }  # fmt: skip
    return CodedRecord(**(plain | values))


def run(statement: str) -> list[tuple[object, ...]]:
    """Run a statement past the ORM."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


class TestTheDatabaseHoldsTheRule:
    @pytest.mark.parametrize("group", SIX_GROUPS)
    def test_no_group_without_acceptance(self, cast: Cast, group: str) -> None:
        with pytest.raises(IntegrityError, match="six_groups_only_once_accepted"), acting_as(cast.recorder):
            a_record(cast, **{group: []}).save()

    @pytest.mark.parametrize(
        "values",
        [
            {"status": Status.CONCLUDED, "closed_on": "2026-02-01", "days_open": 24},
            {"status": Status.REJECTED, "closed_on": "2026-02-01", "days_open": 24},
            {"status": Status.WITHDRAWN},
            {"quarter": "2026Q5"},
            {"status": Status.STOPPED, "closed_on": "2026-01-01", "days_open": 0},
        ],
    )
    def test_no_contradiction(self, cast: Cast, values: dict[str, object]) -> None:
        with pytest.raises(IntegrityError), acting_as(cast.recorder):
            a_record(cast, **values).save()

    def test_no_context_no_rows(self, cast: Cast) -> None:
        with acting_as(cast.recorder):
            record = a_record(cast)
            record.save()
            CodedRecordVersion.objects.create(record=record, table=cast.nia, version=1, act=Status.PRESENTED)
            assert CodedRecord.objects.count() == 1
        for member in (None, cast.manager, cast.privacy_officer, cast.administrator, cast.other_table, cast.stranger,
                       cast.ended_seat, cast.lapsed_undertaking, cast.unaccepted):  # fmt: skip
            with acting_as(member):
                for table in ("reports_codedrecord", "reports_codedrecordversion"):
                    assert run(f"SELECT 1 FROM {table}") == []

    def test_another_tables_record_cannot_be_written(self, cast: Cast) -> None:
        with pytest.raises(ProgrammingError, match="row-level security"), acting_as(cast.recorder):
            a_record(cast, table=cast.kes).save()

    @pytest.mark.parametrize(
        "statement",
        [
            "DELETE FROM reports_codedrecord",
            "DELETE FROM reports_codedrecordversion",
            "UPDATE reports_codedrecordversion SET version = 2",
            "TRUNCATE reports_codedrecord CASCADE",
        ],
    )
    def test_nothing_is_deleted_or_unwritten(self, cast: Cast, statement: str) -> None:
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            acting_as(cast.recorder),
            connection.cursor() as c,
        ):
            c.execute(statement)

    def test_the_statistics_role_reads_records_and_nothing_else(self, cast: Cast) -> None:
        with acting_as(cast.recorder):
            a_record(cast).save()
        with in_role("st_statistics"):
            assert CodedRecord.objects.count() == 1
        for table in (
            "situations_situation", "privacy_accessstate", "agencies_member", "agencies_seat", "agencies_agency",
            "reports_codedrecordversion", "auditlog_logentry",
        ):  # fmt: skip
            with (
                pytest.raises(ProgrammingError, match="permission denied"),
                in_role("st_statistics"),
                connection.cursor() as c,
            ):
                c.execute(f"SELECT count(*) FROM {table}")
        with pytest.raises(ProgrammingError, match="permission denied"), in_role("st_statistics"):
            CodedRecord.objects.update(version=9)
