"""In which SQL words do row-level policies ask "is this row mine to see"?

The coarse second wall (architecture.md, "Row-level security"): a row is visible if it is one's own agency's, or it has
been presented and belongs to a table where one is seated in good standing. The sub-selects do not depend on the row,
so PostgreSQL evaluates each once a query. An unset context finds no seat and therefore no row. Finer stages are the
projection's and the gate's business.

Two wordings of one rule: the first, with the view written out, is what the first migrations of each room made; since
`seats are read with a kept plan` the policies ask through the functions of that migration (`*_kept`). New policies take
these.
"""

ME = "NULLIF(current_setting('st.member', true), '')::bigint"

_SEATS = f"agencies_standing WHERE member_id = {ME} AND role"
_AGENCY = "('representative', 'alternate', 'agency_lead')"
_HEARING = (
    "('representative', 'alternate', 'agency_lead', 'facilitator', 'recorder', 'privacy_officer', 'privacy_lead')"
)


def own_agency(table: str = "table_id", agency: str = "originating_agency_id") -> str:
    """True for rows of an agency for which the member sits at that table."""
    return f"(({table}, {agency}) IN (SELECT table_id, agency_id FROM {_SEATS} IN {_AGENCY}))"  # noqa: S608


def seated(table: str = "table_id") -> str:
    """True for rows of a table where the member sits in good standing."""
    return f"({table} = ANY (ARRAY(SELECT table_id FROM {_SEATS} IN {_HEARING})))"  # noqa: S608


def guest(meeting: str = "meeting") -> str:
    """True for rows on the agenda of the sitting meeting for which the member is a registered guest."""
    return f"({meeting} = ANY (ARRAY(SELECT meeting FROM {_SEATS} = 'guest')))"  # noqa: S608


def visible_state(presented: str = "presented") -> str:
    """The whole rule, for a table that carries table_id, originating_agency_id, presented and meeting."""
    return f"({own_agency()} OR ({presented} AND ({seated()} OR {guest()})))"


def own_agency_kept(table: str = "table_id", agency: str = "originating_agency_id") -> str:
    """`own_agency`, with a kept plan."""
    return f"(({table}, {agency}) IN (SELECT at_table, for_agency FROM agencies_seats_for_agencies()))"  # noqa: S608


def seated_kept(table: str = "table_id") -> str:
    """`seated`, with a kept plan."""
    return f"({table} = ANY ((SELECT agencies_tables_in_roles(ARRAY[{_HEARING[1:-1]}]))::bigint[]))"


def guest_kept(meeting: str = "meeting") -> str:
    """`guest`, with a kept plan."""
    return f"({meeting} = ANY ((SELECT agencies_meetings_as_guest())::uuid[]))"


def visible_state_kept(presented: str = "presented") -> str:
    """`visible_state`, with kept plans. The wider half stands first: most rows are the table's."""
    return f"(({presented} AND ({seated_kept()} OR {guest_kept()})) OR {own_agency_kept()})"


def alter(table: str, rule: str) -> str:
    """SQL that gives the policy of a table a new wording."""
    return f"ALTER POLICY seen ON {table} USING ({rule}) WITH CHECK ({rule});"


def follows(parent: str, parent_key: str, column: str) -> str:
    """True where the parent row is visible to the member: the parent's own policy decides."""
    return f"EXISTS (SELECT 1 FROM {parent} p WHERE p.{parent_key} = {column})"  # noqa: S608


def enable(table: str, rule: str, *, vault: bool = False, worker: bool = False) -> str:
    """SQL that switches row-level security on for a table. ENABLE, not FORCE: the owner migrates and dumps."""
    sql = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;",
        f"CREATE POLICY seen ON {table} FOR ALL TO st_app USING ({rule}) WITH CHECK ({rule});",
    ]
    if vault:
        sql += [f"CREATE POLICY vault ON {table} TO st_vault USING (true);", f"GRANT SELECT ON {table} TO st_vault;"]
    if worker:
        sql += [
            f"CREATE POLICY worker ON {table} TO st_worker USING (true) WITH CHECK (true);",
            f"GRANT SELECT, UPDATE, DELETE ON {table} TO st_worker;",
        ]
    return "\n".join(sql)


def disable(table: str) -> str:
    """The reverse of `enable`."""
    return (
        f"DROP POLICY IF EXISTS seen ON {table}; DROP POLICY IF EXISTS vault ON {table};"
        f" DROP POLICY IF EXISTS worker ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"
    )
