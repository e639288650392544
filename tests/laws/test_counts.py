"""Who is told how much, where nobody may be shown which? Counts and unusual reveals go to the seats they are for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from agencies.vocabulary import Role
from privacy import gate, ledger
from privacy.context import acting_as
from privacy.models import Compartment
from privacy.vocabulary import Purpose
from situations.operations import operations
from tests import builders
from tests.cast import Cast, seated

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

_KEEPERS = {"facilitator", "recorder", "manager", "privacy_officer"}


def test_counts_of_a_table_go_to_who_keeps_it_and_to_nobody_else(cast: Cast) -> None:
    builders.contacted(cast)
    told = {}
    for key, member in cast.everybody.items():
        with acting_as(member):
            told[key] = operations(cast.nia.pk)
    assert {key for key, counted in told.items() if counted is not None} == _KEEPERS
    counted = told["manager"]
    assert counted is not None
    assert (counted.situations_open, counted.contacts_late) == (1, 0)
    with acting_as(cast.manager):
        assert operations(cast.kes.pk) is None


def test_what_one_stepped_away_from_is_in_none_of_ones_counts(cast: Cast) -> None:
    walk = builders.contacted(cast)
    with acting_as(cast.recorder):
        before = operations(cast.nia.pk)
    walk.act("facilitator", "recuse")
    with acting_as(cast.facilitator):
        counted = operations(cast.nia.pk)
    assert counted is not None
    assert (counted.situations_open, counted.contacts_late, counted.notices_open, counted.notices_late) == (0, 0, 0, 0)
    with acting_as(cast.recorder):
        assert operations(cast.nia.pk) == before


def test_counts_end_with_the_seat(cast: Cast) -> None:
    with acting_as(cast.manager):
        assert operations(cast.nia.pk) is not None
    cast.manager.seats.update(ends_on=timezone.localdate() - timedelta(days=1))
    with acting_as(cast.manager):
        assert operations(cast.nia.pk) is None


@pytest.mark.parametrize(
    ("first", "last", "many", "found"),
    [(0, 24, 20, 0), (0, 24, 1, 2), (0, 0, 20, 2), (0, 24, 2, 0)],
    ids=["by day, few", "too many on one day", "outside the hours", "as many as is usual"],
)
def test_a_reveal_is_unusual_by_its_hour_or_by_its_number(
    cast: Cast, first: int, last: int, many: int, found: int
) -> None:
    walk = builders.disclosed(cast)
    with acting_as(cast.crisis_rep):
        for compartment in Compartment.objects.filter(access_id=walk.id, kind="subject"):
            for _time in range(2):
                gate.authorise(compartment, purpose=Purpose.RECOGNISE)
    elsewhere = seated(cast, "kes_officer", cast.agencies["elsewhere"], cast.kes, Role.PRIVACY_OFFICER)
    since = timezone.now() - timedelta(days=30)
    asked = ("ledger.unusual", cast.nia.pk, cast.nia.time_zone, since, first, last, many)
    with acting_as(cast.privacy_officer):
        assert len(ledger.entries_by(*asked)) == found
    for nobody in (cast.facilitator, cast.manager, cast.shelter_privacy, elsewhere):
        with acting_as(nobody):
            assert ledger.entries_by(*asked) == []
