"""Does one process serve many people on few connections, and give those of a stream back?"""

from __future__ import annotations

import urllib.request
from concurrent.futures import ThreadPoolExecutor
from urllib.error import HTTPError

import pytest
from django.db import connection

from situation_table.asgi import PAGE_WORKERS
from tests.databases import installation
from tests.processes import Served


def _status(url: str, cookie: str = "") -> int:
    request = urllib.request.Request(url, headers={"Cookie": cookie})  # noqa: S310  # our own loopback
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310  # our own loopback
            return int(answer.status)
    except HTTPError as refused:
        return refused.code


def _backends() -> int:
    """Connections to this class's database other than the test's own."""
    name = connection.settings_dict["NAME"]
    with installation().main.superuser() as superuser, superuser.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = %s", [name])
        row = cursor.fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.usefixtures("committed_db_with_keys")
class TestOneProcess:
    def test_it_answers_sixty_people_at_once_on_a_bounded_number_of_connections(self, served: Served) -> None:
        with ThreadPoolExecutor(60) as people:
            answers = list(people.map(_status, [f"{served.url}/health/"] * 300))
        assert answers == [200] * 300
        # The page workers, this test's own, and the ticker while it ticks.
        assert _backends() <= PAGE_WORKERS + 2

    def test_the_live_side_is_django_too_and_keeps_no_connection(self, served: Served) -> None:
        before = _backends()
        asking = ([f"{served.url}/live/nothing/"] * 40, ["sessionid=looked-up-in-the-database"] * 40)
        with ThreadPoolExecutor(10) as people:
            answers = list(people.map(_status, *asking))
        assert answers == [404] * 40
        assert _backends() <= before + 1  # the ticker may tick meanwhile

    def test_its_log_holds_routes_and_no_addresses(self, served: Served) -> None:
        assert _status(f"{served.url}/sign-in/?next=/Zebulon-Canary/") == 200
        written = served.log.read_text(encoding="utf-8")
        assert '"route": "sign-in/"' in written
        assert "Canary" not in written
