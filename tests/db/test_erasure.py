"""What is left of a situation that was rejected, withdrawn, stopped, or outlived its retention? (R12, R42-R45)

Read as the superuser, table by table, by what the classification says of each column: what must end has ended, in
rows, histories, outbox and idempotency keys; the sealed text is gone and so are its keys, so that a backup is dark too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

import pytest
from django.apps import apps
from django.db import models

from agencies.models import Table
from privacy import vault
from privacy.classification import ENDS_WITH_REJECTION, ENDS_WITH_RETENTION, FIELDS, DataCategory
from privacy.context import acting_as
from privacy.keys.models import DataKey, ShreddedKey
from privacy.vault import Sealed, Unreadable
from reports.models import SIX_GROUPS
from risk.models import CatalogueEntry
from risk.vocabulary import CodeList
from situations import outbox, retention
from situations.models import Situation
from situations.vocabulary import State
from tests import builders
from tests.builders import Walk
from tests.cast import Cast
from tests.db.raw import as_superuser
from tests.laws import stages

Backup = dict[str, list[Sealed]]


def backup(ref: UUID) -> Backup:
    """What a dump of the main database holds of a situation: every sealed row, level by level."""
    kept: Backup = {}
    with as_superuser() as cursor:
        cursor.execute("SELECT level, item, version, nonce, ciphertext FROM vault.sealed WHERE ref = %s", [str(ref)])
        for level, item, version, nonce, text in cursor.fetchall():
            kept.setdefault(level, []).append(Sealed(item, version, bytes(nonce), bytes(text)))
    return kept


def readable(ref: UUID, kept: Backup) -> int:
    """How many texts of a backup today's keys still open."""
    count = 0
    for level, rows in kept.items():
        try:
            count += len(vault.opened(ref, level, rows))
        except Unreadable:
            continue
    return count


def columns_of(model: type[models.Model]) -> dict[str, DataCategory]:
    """The columns of a model with their categories."""
    label = f"{model._meta.app_label}.{model._meta.object_name}"
    return {str(f.column): FIELDS[f"{label}.{f.name}"] for f in model._meta.concrete_fields}


def left_of(ref: UUID, ending: frozenset[DataCategory]) -> list[str]:
    """Every table that still holds something of a situation that should have ended."""
    found = []
    with as_superuser() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model._meta.app_label not in ("privacy", "situations"):
                continue
            link = next(
                (c for c in ("situation_id", "access_id", "ref", "id") if c in columns_of(model)
                 and (c != "id" or model is Situation)), "",
            )  # fmt: skip
            if not link:
                continue
            doomed = [c for c, category in columns_of(model).items() if category in ending and c != link]
            for column in doomed:
                cursor.execute(
                    f'SELECT count(*) FROM {model._meta.db_table} WHERE {link} = %s AND "{column}" IS NOT NULL'
                    f" AND \"{column}\"::text NOT IN ('', '{{}}', 'f', 'false')", [str(ref)],
                )  # fmt: skip
                if cursor.fetchone() != (0,):
                    found.append(f"{model._meta.db_table}.{column}")
        for table in (
            "vault.sealed",
            "privacy_compartmentgrant g JOIN privacy_compartment c ON c.id = g.content_object_id",
        ):
            where = "ref" if table == "vault.sealed" else "c.access_id"
            cursor.execute(f"SELECT count(*) FROM {table} WHERE {where} = %s", [str(ref)])
            if cursor.fetchone() != (0,):
                found.append(table)
    return found


def who_acted(ref: UUID) -> set[int]:
    """Every member whose id still stands beside the situation outside presence, decisions' own authors and ledger."""
    people: set[int] = set()
    with as_superuser() as cursor:
        for statement in (
            "SELECT by_id FROM situations_history WHERE situation_id = %s AND by_id IS NOT NULL",
            "SELECT member_id FROM situations_performed WHERE ref = %s",
            "SELECT member_id FROM situations_outbox WHERE ref = %s AND member_id <> 0",
        ):
            cursor.execute(statement, [str(ref)])
            people |= {row[0] for row in cursor.fetchall()}
    return people


def _chosen_then_withdrawn(cast: Cast) -> Walk:
    walk = builders.discussed(cast)
    walk.act("crisis_rep", "stand", key=f"k1-{walk.id}")
    walk.act("housing_rep", "stand", key=f"k2-{walk.id}")
    walk.act("school_rep", "object", key=f"k3-{walk.id}")
    walk.act("school_rep", "resolve_objection")
    walk.act("facilitator", "accept", criteria=builders.ALL_AFFIRMED)
    walk.act("facilitator", "choose", agency=cast.agencies["crisis"], necessity="offered", proposed_lead=True)
    walk.act("crisis_rep", "name_person", person=cast.crisis_colleague, key=f"k4-{walk.id}")
    return walk


def _withdraw(walk: Walk) -> None:
    walk.act("shelter_rep", "withdraw", key=f"w-{walk.id}")


def _reject(walk: Walk) -> None:
    reason = CatalogueEntry.objects.filter(code_list=CodeList.CONCLUSION_REASON, category_code="rejected")[0]
    walk.act("facilitator", "reject", reason=reason)


def _against(cast: Cast) -> Walk:
    walk = builders.discussed(cast)
    walk.act("crisis_rep", "agree_reject", key=f"r1-{walk.id}")
    walk.act("police_rep", "agree_reject")
    walk.act("school_rep", "object")
    return walk


def _stop(walk: Walk) -> None:
    walk.act("facilitator", "stop", reason="duplicate")


def _transfer(walk: Walk) -> None:
    walk.act(
        "shelter_rep", "transfer", table=walk.cast.kes, agency=walk.cast.agencies["elsewhere"],
        authority=walk.cast.authority("agreement-only"), grounds="grounds",
    )  # fmt: skip


_ENDINGS = (
    (_against, _reject, State.REJECTED),
    (builders.presented, _withdraw, State.WITHDRAWN),
    (_chosen_then_withdrawn, _withdraw, State.WITHDRAWN),
    (_chosen_then_withdrawn, _stop, State.STOPPED),
    (_chosen_then_withdrawn, _transfer, State.TRANSFERRED),
)


@pytest.mark.usefixtures("committed_db_with_keys")
class TestErasure:
    cast: ClassVar[Cast]

    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def walked(cls, committed_cast: Cast) -> None:
        cls.cast = committed_cast

    @pytest.mark.parametrize(("build", "end", "state"), _ENDINGS)
    def test_an_item_that_ends_before_the_door_leaves_its_number_and_its_decision(
        self, build: Callable[[Cast], Walk], end: Callable[[Walk], None], state: State
    ) -> None:
        walk = build(self.cast)
        kept, statistics = backup(walk.id), walk.situation().statistics_id
        assert left_of(walk.id, ENDS_WITH_REJECTION), "there was something to erase"
        assert readable(walk.id, kept) == 3, "and the backup could be read: two texts of F1, the summary of F2"
        end(walk)
        assert left_of(walk.id, ENDS_WITH_REJECTION) == []
        assert who_acted(walk.id) <= {self.cast.shelter_rep.pk, self.cast.facilitator.pk}
        row = walk.situation("facilitator")
        assert row.state == state
        assert row.number
        assert row.ending_reason
        assert row.discussion_type is not None
        self._is_dark(walk.id, kept)
        with as_superuser() as cursor:
            groups = ", ".join(SIX_GROUPS)
            cursor.execute(f"SELECT {groups} FROM reports_codedrecord WHERE statistics_id = %s", [str(statistics)])
            assert cursor.fetchone() == (None,) * len(SIX_GROUPS)

    def _is_dark(self, ref: UUID, kept: Backup) -> None:
        """The keys are gone from the second server, none can be made again, and the backup cannot be read."""
        assert not DataKey.objects.using("keys").filter(ref=ref).exists()
        assert ShreddedKey.objects.using("keys").filter(ref=ref, level="").exists()
        assert readable(ref, kept) == 0
        with pytest.raises(Unreadable, match="destroyed"):
            vault._make_key(ref, vault.F1)

    def test_a_draft_that_is_discarded_leaves_nothing(self) -> None:
        walk = builders.draft(self.cast)
        kept = backup(walk.id)
        assert readable(walk.id, kept) == 2
        walk.act("shelter_rep", "discard", key=f"d-{walk.id}")
        outbox.sweep()
        with as_superuser() as cursor:
            for table, column in (
                ("situations_situation", "id"), ("privacy_accessstate", "ref"), ("situations_history", "situation_id"),
                ("situations_codedfact", "situation_id"), ("vault.sealed", "ref"), ("ledger.entry", "ref"),
            ):  # fmt: skip
                cursor.execute(f"SELECT count(*) FROM {table} WHERE {column} = %s", [str(walk.id)])
                assert cursor.fetchone() == (0,), table
        self._is_dark(walk.id, kept)

    def test_a_double_submit_of_the_ending_is_still_one_effect(self) -> None:
        """Forgetting who acted must not forget that the decision was made."""
        walk = builders.presented(self.cast)
        _withdraw(walk)
        assert walk.act("shelter_rep", "withdraw", key=f"w-{walk.id}").repeated

    def test_a_crash_after_the_commit_is_made_good_by_the_sweeper(self) -> None:
        """The keys outlive a process that died between the commit and their deletion - until the next sweep."""
        walk = builders.presented(self.cast)
        kept = backup(walk.id)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr("privacy.destruction.vault.shred", _dies)
            _withdraw(walk)
        assert readable(walk.id, kept) == 3
        outbox.sweep()
        self._is_dark(walk.id, kept)

    def test_a_hold_keeps_the_text_for_nobody_to_read_until_it_is_released(self) -> None:
        walk = _against(self.cast)
        walk.act("privacy_officer", "hold")
        kept = backup(walk.id)
        _reject(walk)
        assert left_of(walk.id, ENDS_WITH_REJECTION) == ["vault.sealed"], "the six groups are gone all the same"
        assert backup(walk.id) == kept
        for member in self.cast.everybody.values():
            with acting_as(member):
                assert vault.read_screened(walk.id, vault.F1) == vault.read_screened(walk.id, vault.F2) == {}
        walk.act("privacy_officer", "release")
        assert left_of(walk.id, ENDS_WITH_REJECTION) == []
        self._is_dark(walk.id, kept)

    def test_what_outlived_its_retention_is_destroyed_and_what_is_held_is_not(self) -> None:
        held, due = builders.concluded(self.cast), builders.concluded(self.cast)
        held.act("privacy_officer", "hold")
        kept = {w.id: backup(w.id) for w in (due, held)}
        assert all(readable(ref, rows) > 6 for ref, rows in kept.items())
        Table.objects.filter(pk=self.cast.nia.pk).update(retention_days=0, retention_basis="by-law")
        try:
            assert retention.sweep(limit=1) == 1, "what is held, though older, does not stand in the way"
            assert retention.sweep() == 0
        finally:
            Table.objects.filter(pk=self.cast.nia.pk).update(retention_days=365, retention_basis="")
        assert left_of(due.id, ENDS_WITH_RETENTION) == []
        self._is_dark(due.id, kept[due.id])
        assert readable(held.id, kept[held.id]) == readable(held.id, backup(held.id)) > 6
        row: Any = due.situation("facilitator")
        assert (row.state, row.statistics_id) == (State.DESTROYED, None)
        with as_superuser() as cursor:
            cursor.execute("SELECT count(*) FROM ledger.entry WHERE ref = %s", [str(due.id)])
            assert (cursor.fetchone() or (0,))[0] > 3, "the ledger outlives what it speaks of"

    def test_what_was_used_lately_is_not_destroyed(self) -> None:
        """Retention runs from the last use (R43)."""
        walk = builders.concluded(self.cast)
        assert retention.sweep() == 0
        assert walk.situation().state == State.CONCLUDED

    def test_the_audit_entries_hold_codes_and_ids(self) -> None:
        """A disclosure's creation is kept; its destruction leaves no second copy."""
        walk = stages.destroyed(self.cast)
        with as_superuser() as cursor:
            cursor.execute(
                "SELECT DISTINCT action FROM auditlog_logentry l JOIN django_content_type t ON t.id = l.content_type_id"
                " WHERE t.model = 'disclosure'"
            )
            assert {row[0] for row in cursor.fetchall()} == {0}, "creations only"
        assert walk.situation("facilitator").state == State.DESTROYED


def _dies(*_args: object) -> int:
    raise RuntimeError("killed")
