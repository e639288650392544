"""Which roles and databases must a superuser make before the first migration, and with which rights?

Roles belong to the whole server, so no migration makes them. The same SQL serves the embedded servers and, printed by
`python -m dev.bootstrap`, the containers' first start (architecture.md, "Row-level security" and "Ledger").

st_owner     signs in to migrate; owns the tables in public
st_app       signs in to serve; owns nothing, bypasses nothing
st_vault     nobody signs in; owns the schemas vault and ledger
st_worker, st_statistics, st_auditor   nobody signs in; the app role steps into one for one transaction
"""

from __future__ import annotations

from dataclasses import dataclass

from psycopg2 import sql

from dev.pg import Server

NARROW_ROLES = ("st_worker", "st_statistics", "st_auditor")

ROLES = """
DO $$
DECLARE
    sign_in text;
    narrow text;
BEGIN
    FOREACH sign_in IN ARRAY ARRAY['st_owner', 'st_app'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = sign_in) THEN
            EXECUTE format('CREATE ROLE %I LOGIN', sign_in);
        END IF;
    END LOOP;
    ALTER ROLE st_owner CREATEDB;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'st_vault') THEN
        CREATE ROLE st_vault NOLOGIN;
    END IF;
    GRANT st_vault TO st_owner;
    FOREACH narrow IN ARRAY ARRAY['st_worker', 'st_statistics', 'st_auditor'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = narrow) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', narrow);
        END IF;
        EXECUTE format('GRANT %I TO st_app WITH INHERIT FALSE, SET TRUE', narrow);
    END LOOP;
END $$;
"""

# In the database itself. Default privileges are kept when it is cloned.
INSIDE = """
ALTER SCHEMA public OWNER TO st_owner;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO st_app, st_vault, st_worker, st_statistics, st_auditor;
ALTER DEFAULT PRIVILEGES FOR ROLE st_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO st_app;
ALTER DEFAULT PRIVILEGES FOR ROLE st_owner IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO st_app;
ALTER DEFAULT PRIVILEGES FOR ROLE st_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE st_vault REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
"""

# On the database. Not kept when it is cloned.
ON_DATABASE = """
REVOKE ALL ON DATABASE {database} FROM PUBLIC;
GRANT CONNECT ON DATABASE {database} TO st_app;
GRANT CREATE ON DATABASE {database} TO st_vault;
"""


@dataclass(frozen=True, slots=True)
class Passwords:
    """The two sign-in roles' passwords."""

    owner: str
    app: str


def bootstrap(server: Server, database: str, passwords: Passwords) -> str:
    """Make roles, database and rights; safe to repeat. Returns the server's system identifier."""
    with server.superuser() as connection, connection.cursor() as cursor:
        cursor.execute(ROLES)
        for role, password in (("st_owner", passwords.owner), ("st_app", passwords.app)):
            cursor.execute(sql.SQL("ALTER ROLE {} PASSWORD %s").format(sql.Identifier(role)), [password])
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
        if cursor.fetchone() is None:
            cursor.execute(sql.SQL("CREATE DATABASE {} OWNER st_owner").format(sql.Identifier(database)))
        rights_on_database(server, database)
        cursor.execute("SELECT system_identifier::text FROM pg_control_system()")
        found = cursor.fetchone()
    with server.superuser(database) as connection, connection.cursor() as cursor:
        cursor.execute(INSIDE)
    if found is None:
        raise RuntimeError("the server does not say who it is")
    return str(found[0])


def rights_on_database(server: Server, database: str) -> None:
    """Who may connect to a database and create schemas in it; needed again for every clone."""
    with server.superuser() as connection, connection.cursor() as cursor:
        cursor.execute(sql.SQL(ON_DATABASE).format(database=sql.Identifier(database)))


def first_start_script() -> str:
    """For a container's first start: the same SQL, with names and passwords as psql variables."""
    return "\n".join(
        [
            "-- Made by `python -m dev.bootstrap`; a test compares it. Run by psql as the superuser.",
            r"\set ON_ERROR_STOP on",
            r"\set owner_password `cat /run/secrets/owner_password`",
            r"\set app_password `cat /run/secrets/app_password`",
            ROLES.strip(),
            "ALTER ROLE st_owner PASSWORD :'owner_password';",
            "ALTER ROLE st_app PASSWORD :'app_password';",
            "CREATE DATABASE st OWNER st_owner;",
            ON_DATABASE.format(database="st").strip(),
            r"\connect st",
            INSIDE.strip(),
            "",
        ]
    )


if __name__ == "__main__":
    print(first_start_script(), end="")
