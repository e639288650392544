"""Does a kept question say what its queryset would, on everybody's own behalf? (agencies/kept.py; docs/adr/0058)"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Model, QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agencies.kept import kept
from agencies.models import Agency, Member, SignIn
from agencies.signin import backend, sessions, store
from agencies.standing import seats_of
from privacy import access
from privacy.context import acting_as
from privacy.models import AccessState
from privacy.vocabulary import Filter
from situations import running
from situations import scene as scenes
from situations.views import now, strip
from tests import builders
from tests.cast import Cast
from tests.entry import enter

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

Asked = tuple[Callable[..., list[Any]], tuple[Any, ...]]


def asked(cast: Cast, by: Member) -> list[Asked]:
    """Every kept question, with values that are right for one member of the cast."""
    enter(client := Client(), by)
    walk = builders.chosen(cast)
    refs, key = (walk.id, builders.presented(cast, walk.meeting).id), client.session.session_key
    return [
        (store._of_key, (key, timezone.now())), (backend._of_id, (by.pk,)), (sessions._of_key, (key, by.pk)),
        (seats_of, (by.pk,)), (access._chosen, (refs,)), (access._stepped_away, (refs, by.pk)),
        (scenes._states, (refs,)), (running._meeting, (walk.meeting.pk,)), (strip._items, (walk.meeting.pk,)),
        (now._here, (walk.meeting.pk, by.pk)),
    ]  # fmt: skip


def plain(row: Model) -> dict[str, Any]:
    """All that was read of a row and of the rows it points at."""
    found = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
    return found | {name: plain(other) for name, other in row._state.fields_cache.items() if isinstance(other, Model)}


@pytest.mark.parametrize("who", ["shelter_rep", "crisis_rep", "facilitator", "other_table", "stranger"])
def test_it_says_what_its_queryset_says(cast: Cast, who: str) -> None:
    by, some = cast.people[who], False
    for question, values in asked(cast, by):
        for _time in range(2):
            with acting_as(by), CaptureQueriesContext(connection) as statements:
                said = [plain(row) for row in question(*values)]
            assert len(statements) == 1, question
            with acting_as(by):
                queryset: Any = question.__wrapped__(*values)  # type: ignore[attr-defined]
                assert said == [plain(row) for row in queryset], question
            some = some or bool(said)
    assert some


def test_what_one_member_reads_is_hidden_from_the_next(cast: Cast) -> None:
    walk = builders.draft(cast)
    with acting_as(cast.shelter_rep):
        assert scenes._states((walk.id,))
    with acting_as(cast.police_rep):
        assert not scenes._states((walk.id,))
    with acting_as(None):
        assert not scenes._states((walk.id,))


def test_an_ended_session_and_an_ended_account_are_nobodys(cast: Cast) -> None:
    enter(client := Client(), cast.shelter_rep)
    key = client.session.session_key
    assert store.SessionStore(key).load()
    assert backend.Members().get_user(cast.shelter_rep.pk) == cast.shelter_rep
    Session.objects.filter(session_key=key).update(expire_date=timezone.now() - timedelta(seconds=1))
    over = store.SessionStore(key)
    assert (over.load(), over.session_key) == ({}, None)
    Member.objects.filter(pk=cast.shelter_rep.pk).update(is_active=False)
    assert backend.Members().get_user(cast.shelter_rep.pk) is None
    assert backend.Members().get_user(0) is None


def test_a_value_that_its_sql_does_not_carry_is_refused(cast: Cast) -> None:
    @kept
    def forgetful(agency_id: int) -> QuerySet[Agency]:
        return Agency.objects.all()

    with pytest.raises(TypeError, match="1 values"):
        forgetful(1)


def test_nobody_is_chosen_before_filter_3(cast: Cast) -> None:
    """What `privacy.access.relations` relies on when it does not ask who was chosen."""
    meeting = builders.sitting_meeting(cast)
    for build in (builders.draft, builders.presented, builders.discussed):
        walk = build(cast, meeting)
        with acting_as(cast.shelter_rep):
            state = AccessState.objects.get(pk=walk.id)
            assert state.filter in {Filter.F1, Filter.F2}
            assert not state.engagements.exists()
    accepted = builders.accepted(cast, meeting)
    with acting_as(cast.shelter_rep):
        assert AccessState.objects.get(pk=accepted.id).engagements.exists()


def test_a_sign_in_is_read_anew_at_every_request(cast: Cast) -> None:
    enter(client := Client(), cast.shelter_rep)
    assert client.get("/").status_code == 200
    with acting_as(cast.shelter_rep):
        SignIn.objects.filter(member=cast.shelter_rep).delete()
    assert client.get("/").status_code == 302
