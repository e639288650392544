"""Does the second door tell the releases that the pages tell, to the same members, as their files say them?"""

from __future__ import annotations

import json
from pathlib import Path
from uuid import uuid4

import pytest

from reports.pack.audience import Audience
from reports.release_api import FigureTold, LevelOut, NumberOut, PairsOut, ReleaseOut
from tests.api.door import Door
from tests.cast import Cast
from tests.entry import enter
from tests.pack.test_pack import a_year, past
from tests.releases.test_formats import released
from tests.releases.test_releases import draft

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_a_release_is_read_as_its_json_file(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(many=90), cast)
    out = released(cast, "2024")
    door = Door(cast.manager)
    listed = door.get("releases/").json()
    assert [(row["id"], row["number"], row["state"], row["scope_code"]) for row in listed] == [
        (str(out.pk), 1, "released", "NIA")
    ]
    told = door.get(f"releases/{out.pk}/").json()
    file = door.client.get(f"/releases/{out.pk}/file/json/")
    assert told == json.loads(file.content)
    assert told["totals"][0]["count"] == 90


def test_the_contract_names_every_field_that_is_sent(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(many=90), cast)
    told = Door(cast.manager).get(f"releases/{released(cast, '2024').pk}/").json()
    assert set(told) == set(ReleaseOut().fields)
    assert set(told["totals"][0]) == set(NumberOut().fields)
    assert set(told["figures"][0]) == set(FigureTold().fields)
    assert set(told["pairs"][0]) == set(PairsOut().fields)
    assert all(set(level) == set(LevelOut().fields) for level in told["pairs"][0]["levels"])


def test_each_member_finds_what_the_pages_show_and_nothing_else(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(many=90), cast)
    made = [released(cast, "2024", audience) for audience in Audience]
    made.append(draft(cast, "2024Q1"))
    absent = Door(cast.police_rep).get(f"releases/{uuid4()}/")
    assert absent.status_code == 404
    seen = set()
    for key, member in cast.everybody.items():
        door = Door(member)
        enter(door.client, member)
        listed = {row["id"] for row in door.get("releases/").json()}
        for row in made:
            page, told = door.client.get(f"/releases/{row.pk}/"), door.get(f"releases/{row.pk}/")
            assert page.status_code == told.status_code, (key, row.audience)
            assert (told.status_code == 200) == (str(row.pk) in listed), (key, row.audience)
            if told.status_code == 404:
                assert told.content == absent.content
            seen.add((row.audience, row.state, told.status_code))
    assert {("committee", "released", 404), ("partner", "released", 200), ("partner", "released", 404),
            ("public", "released", 200), ("committee", "draft", 404), ("committee", "draft", 200)} <= seen  # fmt: skip


def test_nobody_writes_releases(cast: Cast, tmp_path: Path) -> None:
    past(tmp_path, a_year(many=90), cast)
    out = released(cast, "2024")
    door = Door(cast.manager)
    assert door.post("releases/").status_code == 405
    assert door.post(f"releases/{out.pk}/").status_code == 405
    assert Door(None).get("releases/").status_code == 403
