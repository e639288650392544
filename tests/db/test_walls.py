"""Does PostgreSQL alone hold, whatever the program does? A raw cursor as the app role against every wall (R20, R55)."""

from __future__ import annotations

import re
from typing import ClassVar

import pytest
from django.apps import apps
from django.db import DatabaseError, connections, models

from tests import builders
from tests.builders import Walk
from tests.cast import Cast
from tests.db.raw import as_app, as_superuser, row_secured
from tests.laws.test_classification import CODES_ONLY

#: Tables without row security: reference data, people and seats, and the framework's own.
_OPEN_TO_THE_APP = {
    "agencies_agency", "agencies_member", "agencies_member_groups", "agencies_member_user_permissions",
    "agencies_belonging", "agencies_expirynotice", "agencies_letter", "agencies_oncall", "agencies_papertext",
    "agencies_preparedagreement", "agencies_tries",
    "agencies_seat", "agencies_sector", "agencies_sharingagreement", "agencies_table", "agencies_undertaking",
    "auth_group", "auth_group_permissions", "auth_permission", "django_content_type", "django_migrations",
    "django_session", "guardian_groupobjectpermission", "guardian_userobjectpermission", "privacy_ledgercheck",
    "privacy_legalauthority",
    "risk_catalogueentry",
}  # fmt: skip
#: Rows for the named persons of engaged agencies only.
_INTERVENTION = (
    "situations_intervention", "situations_firstcontact", "situations_planentry", "situations_servicemobilized",
)  # fmt: skip
_SEALED = ("vault.sealed", "vault.used_receipt", "ledger.entry", "ledger.seal")
#: The doors in the wall: what the app role may call.
_DOORS = {
    "vault.seal", "vault.read_screened", "vault.destroy", "vault.authorise", "vault.reveal", "vault.revealable",
    "vault.written", "vault.seal_grounds", "vault.read_grounds",
    "ledger.record", "ledger.note_open", "ledger.read", "ledger.read_table", "ledger.unusual",
    "public.agencies_awake_sessions", "public.agencies_forget_sign_ins",
    "public.situations_return_to_agency", "public.situations_transfer",
    "ledger.marked_of_table",
    "public.situations_forget", "public.situations_operations",
    "public.reports_own_figures", "public.reports_attendance", "public.reports_meetings",
    "public.reports_issues", "public.reports_rarely_intervening",
    "public.situations_feed_of", "public.privacy_old_checks_go",
}  # fmt: skip


@pytest.mark.usefixtures("committed_db_with_keys")
class TestWalls:
    cast: ClassVar[Cast]
    draft: ClassVar[Walk]
    f4: ClassVar[Walk]

    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def walked(cls, committed_cast: Cast) -> None:
        cls.cast = committed_cast
        cls.draft, cls.f4 = builders.draft(committed_cast), builders.contacted(committed_cast)
        builders.withdrawn(committed_cast)

    def _count(self, cursor: object, table: str, where: str = "true", params: tuple[object, ...] = ()) -> int:
        """How many rows a role sees; none where it may not even ask (the counts behind releases)."""
        cursor.execute("SELECT has_table_privilege(%s, 'SELECT')", (table,))  # type: ignore[attr-defined]
        if not cursor.fetchone()[0]:  # type: ignore[attr-defined]
            return 0
        cursor.execute(f"SELECT count(*) FROM {table} WHERE {where}", params)  # type: ignore[attr-defined]
        return int(cursor.fetchone()[0])  # type: ignore[attr-defined]

    def test_every_table_that_speaks_of_a_situation_is_row_secured(self) -> None:
        with as_superuser() as cursor:
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            every = {row[0] for row in cursor.fetchall()}
        assert every - set(row_secured()) == _OPEN_TO_THE_APP

    def test_the_app_role_owns_nothing_and_bypasses_nothing(self) -> None:
        with as_app(None) as cursor:
            cursor.execute(
                "SELECT current_user, r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolcreatedb,"
                " pg_has_role('st_app', 'st_vault', 'MEMBER'), pg_has_role('st_app', 'st_owner', 'MEMBER'),"
                " (SELECT count(*) FROM pg_class c WHERE c.relowner = r.oid) FROM pg_roles r WHERE rolname = 'st_app'"
            )
            assert cursor.fetchone() == ("st_app", False, False, False, False, False, False, 0)

    def test_without_a_context_there_are_no_rows(self) -> None:
        with as_superuser() as everything, as_app(None) as nobody:
            filled = {t for t in row_secured() if self._count(everything, t)}
            assert {t for t in row_secured() if self._count(nobody, t)} - {"auditlog_logentry"} == set()
        assert len(filled) >= 25, "there must be something to hide"

    @pytest.mark.parametrize("key", ["other_table", "stranger", "lapsed_undertaking", "ended_seat", "unaccepted"])
    def test_without_a_seat_that_stands_here_there_are_no_rows(self, key: str) -> None:
        with as_app(self.cast.people[key]) as cursor:
            assert {t for t in row_secured() if self._count(cursor, t)} == set()

    @pytest.mark.parametrize("key", ["manager", "administrator"])
    def test_roles_without_any_situation_see_no_situation(self, key: str) -> None:
        with as_app(self.cast.people[key]) as cursor:
            found = {t for t in row_secured() if self._count(cursor, t)}
        assert {t for t in found if t.startswith(("situations_", "privacy_"))} == set()

    @pytest.mark.parametrize("key", ["police_rep", "facilitator", "recorder", "privacy_officer", "crisis_rep"])
    def test_another_agencys_draft_is_nowhere(self, key: str) -> None:
        """Not in any row of any table, by any of its columns that could hold the reference."""
        with as_app(self.cast.people[key]) as stranger:
            for table, columns in row_secured().items():
                for column in columns:
                    assert not self._count(stranger, table, f"{column} = %s", (self.draft.id,)), (table, column)
        with as_app(self.cast.shelter_colleague) as own:
            assert self._count(own, "situations_situation", "id = %s", (self.draft.id,)) == 1

    @pytest.mark.parametrize("table", _INTERVENTION)
    def test_what_intervening_agencies_did_is_for_their_named_persons(self, table: str) -> None:
        for key, member in self.cast.everybody.items():
            with as_app(member) as cursor:
                assert bool(self._count(cursor, table)) == (key in ("shelter_rep", "crisis_rep", "housing_rep")), key

    @pytest.mark.parametrize("role", ["", "st_worker", "st_statistics"])
    @pytest.mark.parametrize("table", _SEALED)
    @pytest.mark.parametrize(
        "statement",
        [
            "SELECT * FROM {t}", "SELECT count(*) FROM {t}", "INSERT INTO {t} DEFAULT VALUES", "DELETE FROM {t}",
            "TRUNCATE {t}", "ALTER TABLE {t} DISABLE TRIGGER ALL", "ALTER TABLE {t} OWNER TO st_app", "DROP TABLE {t}",
            "LOCK TABLE {t}", "COPY {t} TO STDOUT", "GRANT SELECT ON {t} TO st_app",
        ],
    )  # fmt: skip
    def test_nobody_the_program_runs_as_touches_vault_or_ledger(self, statement: str, table: str, role: str) -> None:
        with as_app(self.cast.crisis_rep, role=role) as cursor, pytest.raises(DatabaseError) as refused:
            cursor.execute(statement.format(t=table))
        assert getattr(refused.value.__cause__, "pgcode", "") == "42501"  # insufficient privilege

    @pytest.mark.parametrize("column", ["ciphertext", "version"])
    def test_no_column_of_sealed_text_is_updated(self, column: str) -> None:
        with as_app(self.cast.shelter_rep) as cursor, pytest.raises(DatabaseError, match="permission denied"):
            cursor.execute(f"UPDATE vault.sealed SET {column} = {column}")

    def test_the_auditor_reads_the_ledger_and_changes_nothing(self) -> None:
        with as_app(None, role="st_auditor") as cursor:
            assert self._count(cursor, "ledger.entry")
            with pytest.raises(DatabaseError, match="permission denied"):
                cursor.execute("DELETE FROM ledger.entry")
        with as_app(None, role="st_auditor") as cursor, pytest.raises(DatabaseError, match="permission denied"):
            cursor.execute("SELECT * FROM vault.sealed")

    @pytest.mark.parametrize(
        "statement",
        [
            "SET ROLE st_vault", "SET ROLE st_owner", "SET ROLE postgres", "SET SESSION AUTHORIZATION st_owner",
            "ALTER TABLE situations_situation DISABLE ROW LEVEL SECURITY", "DROP POLICY seen ON situations_situation",
            "CREATE POLICY mine ON situations_situation USING (true)", "TRUNCATE situations_situation",
            "CREATE TABLE public.mine (id int)", "CREATE TEMP TABLE mine (id int)", "CREATE SCHEMA mine",
            "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
            "ALTER FUNCTION vault.reveal(uuid) SECURITY INVOKER", "ALTER ROLE st_app SUPERUSER",
            "COPY situations_situation TO PROGRAM 'true'", "SELECT pg_read_file('postgresql.conf')",
            "SET session_replication_role = replica", "SELECT vault.may_open(gen_random_uuid(), 1)",
            "SELECT vault.elements_for(gen_random_uuid(), 1)", "SELECT ledger.seal_batch(1)",
            "UPDATE auditlog_logentry SET changes = NULL", "DELETE FROM auditlog_logentry",
        ],
    )  # fmt: skip
    def test_the_app_role_cannot_widen_its_own_rights(self, statement: str) -> None:
        with as_app(self.cast.crisis_rep) as cursor, pytest.raises(DatabaseError) as refused:
            cursor.execute(statement)
        assert getattr(refused.value.__cause__, "pgcode", "") == "42501"

    def test_the_doors_in_the_wall_are_these(self) -> None:
        with as_superuser() as cursor:
            cursor.execute(
                "SELECT n.nspname || '.' || p.proname, p.prosecdef, p.proconfig, r.rolname"
                " FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_roles r ON r.oid = p.proowner"
                " WHERE n.nspname IN ('vault', 'ledger') OR (n.nspname = 'public' AND p.proname LIKE 'situations%')"
            )
            functions = cursor.fetchall()
            cursor.execute(
                "SELECT n.nspname || '.' || p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
                " WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND has_function_privilege('st_app',"
                " p.oid, 'EXECUTE') AND (n.nspname <> 'public' OR p.prosecdef)"
            )
            assert {row[0] for row in cursor.fetchall()} == _DOORS
        for name, definer, config, owner in functions:
            assert owner in ("st_vault", "st_owner"), name
            assert not definer or config == ["search_path=pg_catalog, pg_temp"], name

    def test_a_tombstone_and_the_outbox_are_written_and_never_read(self) -> None:
        with as_superuser() as everything, as_app(self.cast.shelter_rep) as own:
            for table in ("privacy_tombstone", "situations_outbox"):
                assert self._count(everything, table)
                assert not self._count(own, table)

    def test_foreign_contexts_are_not_numbers_to_guess_with(self) -> None:
        """A context that is not a number is an error, never everybody."""
        with as_app(None) as cursor:
            cursor.execute("SELECT set_config('st.member', '1 OR true', true)")
            with pytest.raises(DatabaseError):
                cursor.execute("SELECT count(*) FROM situations_situation")

    def test_the_keys_server_keeps_witness_and_markers(self) -> None:
        for statement in (
            "DELETE FROM keyring_witness", "UPDATE keyring_witness SET number = 0", "DELETE FROM keyring_shreddedkey",
            "UPDATE keyring_datakey SET wrapped = ''", "TRUNCATE keyring_datakey",
        ):  # fmt: skip
            with connections["keys"].cursor() as cursor, pytest.raises(DatabaseError, match="permission denied"):
                cursor.execute(statement)

    def test_the_two_servers_are_two(self) -> None:
        found = set()
        for alias in ("default", "keys"):
            with as_superuser(alias) as cursor:
                cursor.execute("SELECT system_identifier FROM pg_control_system()")
                found.add(cursor.fetchone())
        assert len(found) == 2

    def test_no_text_that_was_typed_stands_in_the_clear(self) -> None:
        """Every table of both servers, every column, as the superuser reads it."""
        canaries = ("canary", "canarius", "quillfeather")
        for alias in ("default", "keys"):
            with as_superuser(alias) as cursor:
                cursor.execute(
                    "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
                    " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
                )
                for (table,) in cursor.fetchall():
                    cursor.execute(f"SELECT count(*) FROM {table} t WHERE lower(t::text) ~ %s", ["|".join(canaries)])
                    assert cursor.fetchone() == (0,), table

    def test_text_columns_hold_codes(self) -> None:
        """What the classification says of them is true of what is in them: no word with a space, no capital."""
        checked = 0
        for name in CODES_ONLY:
            app, model, field = name.split(".")
            if app == "keyring":
                continue
            found = apps.get_model(app, model)
            column = found._meta.get_field(field)
            with as_superuser() as cursor:
                cursor.execute(f'SELECT "{column.attname}"::text FROM {found._meta.db_table}')
                for (text,) in cursor.fetchall():
                    assert text is None or self._is_code(text, json=isinstance(column, models.JSONField)), name
                    checked += bool(text)
        assert checked > 20

    @staticmethod
    def _is_code(text: str, *, json: bool) -> bool:
        inner = re.sub(r'[\[\]{}",: ]', "", text) if json else text
        return re.fullmatch(r"[A-Z]{0,5}[a-z0-9_.:/,{}+Q-]*", inner) is not None
