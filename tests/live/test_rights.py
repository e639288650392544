"""Which rights stand at a heartbeat, and how often is PostgreSQL asked for them?"""

from __future__ import annotations

from typing import Literal
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agencies.models import Member
from agencies.signin import presenting
from privacy.context import acting_as
from privacy.decision import Denied
from situations.lifecycle import perform
from situations.live import rights
from situations.live.rights import Right
from tests import builders
from tests.cast import Cast
from tests.entry import enter, sign_in_of

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def right(client: Client, kind: Literal["meeting", "situation", "huddle"], ref: UUID, member: Member) -> Right:
    """What a browser of a member follows, as its stream asks for it."""
    key = sign_in_of(client, member).session_key
    asked = Right(kind, ref, member.pk, key, member.get_session_auth_hash())
    with acting_as(member):
        return Right(kind, ref, member.pk, key, asked.auth_hash, rights.table_of(asked, member))


def browser(member: Member) -> Client:
    client = Client()
    enter(client, member)
    return client


def test_each_right_is_lost_by_itself(cast: Cast) -> None:
    walk, other = builders.disclosed(cast), builders.discussed(cast)
    crisis, school = browser(cast.crisis_rep), browser(cast.school_rep)
    huddle = right(crisis, "huddle", walk.id, cast.crisis_rep)
    mine = [
        right(crisis, "meeting", walk.meeting.pk, cast.crisis_rep), huddle,
        right(crisis, "situation", other.id, cast.crisis_rep),
    ]  # fmt: skip
    theirs = [
        right(school, "meeting", walk.meeting.pk, cast.school_rep),
        right(school, "situation", other.id, cast.school_rep),
    ]
    with pytest.raises(Denied):
        right(school, "huddle", walk.id, cast.school_rep)
    assert rights.lost([*mine, *theirs]) == set()
    with acting_as(cast.school_rep):
        perform("recuse", other.id, by=cast.school_rep)
    assert rights.lost([*mine, *theirs]) == {theirs[1]}
    with acting_as(cast.crisis_rep):
        presenting.begin(sign_in_of(crisis, cast.crisis_rep))
    assert rights.lost([*mine, *theirs]) == {theirs[1], huddle}
    cast.crisis_rep.set_password("another long one 71")
    cast.crisis_rep.save()
    assert rights.lost([*mine, *theirs]) == {theirs[1], *mine}


def test_a_heartbeat_asks_no_more_for_many_pages_than_for_one(cast: Cast) -> None:
    walks = [builders.discussed(cast)]
    walks += [builders.presented(cast, walks[0].meeting) for _ in range(3)]
    client = browser(cast.school_rep)
    followed = [right(client, "situation", w.id, cast.school_rep) for w in walks]
    with CaptureQueriesContext(connection) as one:
        rights.lost(followed[:1])
    with CaptureQueriesContext(connection) as many:
        assert rights.lost(followed) == set()
    assert len(many) == len(one)
