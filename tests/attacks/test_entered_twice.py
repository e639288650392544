"""Is what a manager enters entered once, however often the page is sent, and in one currency?"""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from privacy.context import acting_as
from reports.evaluation import verbs
from reports.pack.periods import parse
from tests.cast import Cast
from tests.pages.browsing import Browser, hidden
from tests.records.test_past import _file

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

_SAID: dict[str, dict[str, str]] = {
    "cost": {"kind": "staff", "period": "2025", "amount": "100", "currency": "CAD"},
    "proxy": {
        "outcome": "met", "title": "A visit that was not needed", "low": "1", "central": "2", "high": "3",
        "currency": "CAD", "claimed": "50", "source": "A paper", "source_year": "2020",
    },
    "note": {"period": "2025", "words": "Agencies call each other sooner.", "marks_reason": ""},
}  # fmt: skip


@pytest.mark.parametrize("kind", _SAID)
def test_a_form_that_is_sent_twice_enters_once_and_a_new_page_enters_again(cast: Cast, kind: str) -> None:
    Browser(cast.recorder).post("import_past", "NIA", file=_file(), **{"import": "1"})  # there are periods since 2025
    browser, model = Browser(cast.manager), verbs.KINDS[kind]

    def count() -> int:
        with acting_as(cast.manager):
            return model.objects.filter(table=cast.nia).count()

    for expected in (1, 2):
        fields = hidden(browser.get("evaluation", query="?table=NIA"), f"{kind}-")
        sent = fields | {f"{kind}-{name}": value for name, value in _SAID[kind].items()} | {"table": "NIA"}
        for _press in range(2):
            assert browser.post("evaluation_add", kind, **sent).status_code == 302
        assert count() == expected


def test_costs_of_a_table_are_entered_one_after_the_other(cast: Cast) -> None:
    """Two managers at the same moment would enter two currencies: each looks whether there is another one."""
    with acting_as(cast.manager), CaptureQueriesContext(connection) as asked:
        verbs.enter_cost(
            table=cast.nia, kind="staff", period=parse("2025"), amount=Decimal(1), hours=None, currency="CAD",
            by=cast.manager,
        )  # fmt: skip
    said = [query["sql"] for query in asked]
    locks = next(at for at, sql in enumerate(said) if "agencies_table" in sql and "FOR NO KEY UPDATE" in sql)
    assert locks < next(at for at, sql in enumerate(said) if 'FROM "reports_cost"' in sql)
