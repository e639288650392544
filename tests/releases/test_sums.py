"""Are several tables, and several years, the sum of what was released of each, and of nothing else?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from agencies import seats
from agencies.models import Member, Seat, Table
from privacy.context import acting_as
from reports.pack import scopes
from reports.pack.audience import Audience
from reports.pack.periods import parse
from reports.release_model import Release
from reports.releases import verbs
from tests.api.door import Door
from tests.cast import FAR, LONG_AGO, Cast
from tests.pack.test_pack import a_year, past
from tests.pages.browsing import Browser

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
_ASKED: dict[str, Any] = {"of": ["NIA", "KES"], "period": "2024", "audience": "partner"}


def out(cast: Cast, table: Table, period: str, audience: Audience) -> Release:
    made = verbs.prepare(scopes.of_table(table.code), parse(period), audience, by=None)
    for verb, by in ((verbs.check, cast.facilitator), (verbs.sign, cast.manager), (verbs.publish, cast.recorder)):
        with acting_as(by):
            made = verb(made.pk, by=by)
    return made


def sits_there_too(member: Member, table: Table) -> None:
    seat = Seat.objects.filter(member=member).first()
    assert seat is not None
    Seat.objects.create(
        member=member, table=table, agency=seat.agency, role=seat.role, starts_on=LONG_AGO,
        accepted_by_lead_at=seat.accepted_by_lead_at, accepted_by_member_at=seat.accepted_by_member_at,
    )  # fmt: skip
    if not seat.agency.agreements.filter(table=table).exists():
        seats.sign_agreement(
            agency=seat.agency, table=table, signatory_name="S. Ignatory", starts_on=LONG_AGO, ends_on=FAR
        )
    seats.sign_undertaking(member=member, table=table, signed_on=LONG_AGO, ends_on=FAR)


@pytest.fixture
def parts(cast: Cast, tmp_path: Path) -> list[Release]:
    """What partners were told of two tables' 2024: the same people prepare and sign at both."""
    past(tmp_path, a_year(many=90), cast)
    past(tmp_path, a_year(seed=2, many=120), cast, name="other.csv", table=cast.kes)
    for member in (cast.facilitator, cast.manager, cast.recorder):
        sits_there_too(member, cast.kes)
    return [out(cast, table, "2024", Audience.PARTNER) for table in (cast.nia, cast.kes)]


def told_together(parts: list[Release]) -> dict[str, int]:
    return {cell: parts[0].told[cell] + parts[1].told[cell] for cell in set(parts[0].told) & set(parts[1].told)}


def pack(*tables: str, **options: str) -> None:
    call_command("pack", *(word for code in tables for word in ("--table", code)), format="json", **options)


def numbers(plain: dict[str, Any]) -> dict[str, int]:
    rows = [("totals", row) for row in plain["totals"]]
    rows += [(figure["key"], row) for figure in plain["figures"] for row in figure["rows"]]
    return {f"{key}/{row['code']}": row["count"] for key, row in rows if row["count"] is not None}


def test_two_tables_are_the_sum_of_what_was_told_of_both(cast: Cast, parts: list[Release]) -> None:
    client = Browser(cast.manager).client
    page = client.get(reverse("release_sum"), _ASKED).content.decode()
    assert f"{cast.kes.name_en}, {cast.nia.name_en}" in page
    assert "sum of 2 releases" in page
    plain = json.loads(client.get(reverse("release_sum_file", args=["json"]), _ASKED).content)
    found = numbers(plain)
    expected = told_together(parts)
    assert found == {cell: expected[cell] for cell in found}
    assert found["totals/met"] == 203
    assert len(found) > 10
    assert all(row["count"] is None for row in plain["durations"])
    assert Door(cast.manager).get("releases/together/", **_ASKED).json() == plain
    for kind, begins in (("pdf", b"%PDF"), ("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf")):
        answer = client.get(reverse("release_sum_file", args=[kind]), _ASKED)
        assert answer.content.startswith(begins)
        assert "tables-KES-NIA-2024-partner-sum." in answer["Content-Disposition"]


def test_who_may_not_read_one_part_is_told_no_sum(cast: Cast, parts: list[Release]) -> None:
    """Who sits at one table finds no other in the list; asked for by address, it is as absent as one that never was."""
    client = Browser(cast.police_rep).client
    page = client.get(reverse("release_sum")).content.decode()
    assert cast.nia.name_en in page
    assert cast.kes.name_en not in page
    for code in ("KES", "NOT"):
        asked = {**_ASKED, "of": ["NIA", code]}
        answer = client.get(reverse("release_sum"), asked)
        assert 'id="sum"' not in answer.content.decode()
        assert client.get(reverse("release_sum_file", args=["csv"]), asked).status_code == 404
    door = Door(cast.police_rep)
    there = door.get("releases/together/", **_ASKED)
    never = door.get("releases/together/", **{**_ASKED, "of": ["NIA", "NOT"]})
    assert (there.status_code, never.status_code) == (400, 400)
    assert there.json() == json.loads(never.content.decode().replace("NOT", "KES"))


def test_what_is_missing_is_named_and_nothing_is_added_up(cast: Cast, parts: list[Release]) -> None:
    del parts
    out(cast, cast.nia, "2024Q1", Audience.COMMITTEE)
    client = Browser(cast.manager).client
    asked = {"of": ["NIA", "KES"], "period": "2024Q1", "audience": "committee"}
    page = client.get(reverse("release_sum"), asked).content.decode()
    assert "There is a problem" in page or "cannot be added up" in page
    assert cast.kes.name_en in page[page.index("Not released to them") :]
    assert client.get(reverse("release_sum_file", args=["json"]), asked).status_code == 404


def test_several_years_are_offered_where_each_was_released_and_one_page_opens_itself(
    cast: Cast, tmp_path: Path
) -> None:
    past(tmp_path, a_year(many=90), cast)
    past(tmp_path, a_year(2023, many=90), cast, name="before.csv")
    years = [out(cast, cast.nia, year, Audience.COMMITTEE) for year in ("2023", "2024")]
    client = Browser(cast.manager).client
    assert "2023-2024" in client.get(reverse("release_sum")).content.decode()
    asked = {"of": "NIA", "period": "2023-2024", "audience": "committee"}
    plain = json.loads(client.get(reverse("release_sum_file", args=["json"]), asked).content)
    assert numbers(plain)["totals/opened"] == sum(year.told["totals/opened"] for year in years) == 180
    alone = client.get(reverse("release_sum"), {**asked, "period": "2024"})
    assert alone["Location"] == reverse("release", args=[years[1].pk])


def test_a_region_is_no_part_of_a_set(cast: Cast, parts: list[Release]) -> None:
    region = parts[0].scope and f"region:{cast.nia.region_en}"
    verbs.prepare(scopes.of_code(region), parse("2024"), Audience.PARTNER, by=None)
    page = Browser(cast.manager).client.get(reverse("release_sum"), {**_ASKED, "of": ["NIA", region]})
    assert 'id="sum"' not in page.content.decode()


def test_the_command_adds_up_tables(
    cast: Cast, parts: list[Release], capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    pack("nia", "kes", period="2024", audience="partner")
    assert numbers(json.loads(capfdbinary.readouterr().out))["totals/met"] == 203
    with pytest.raises(CommandError, match="no such table"):
        pack("NIA", "NOT", period="2024", audience="partner")
    pack("KES", "NIA", period="2024Q1", audience="committee")
    shown = json.loads(capfdbinary.readouterr().out)
    assert shown["state"] == "preview"
    assert shown["scope"] == f"{cast.kes.name_en}, {cast.nia.name_en}"
    pack("KES", "NIA", period="2024Q1", audience="committee", language="fr")
    french = json.loads(capfdbinary.readouterr().out)
    assert french["scope"] == f"{cast.kes.name_fr}, {cast.nia.name_fr}"
    alone = []
    for code in ("KES", "NIA"):
        pack(code, period="2024Q1", audience="committee")
        alone.append(numbers(json.loads(capfdbinary.readouterr().out)))
    assert set(numbers(shown)) <= set(alone[0]) & set(alone[1])
    assert all(numbers(shown)[cell] == alone[0][cell] + alone[1][cell] for cell in numbers(shown))


def test_an_unknown_scope_of_tables_is_refused() -> None:
    with pytest.raises(scopes.NoScopeError):
        scopes.of_code("tables:NIA+NOT")
