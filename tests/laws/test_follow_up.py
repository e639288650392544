"""What does the lead report at a follow-up, who learns which part of it, and when is it gone? (R39, R42)"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from privacy.context import acting_as, in_role
from privacy.decision import Denied
from risk.vocabulary import CodeList
from situations import meeting_record, meetings, retention
from situations.follow_up_model import FollowUp
from situations.models import Situation
from situations.vocabulary import FollowUpAnswer
from tests import builders
from tests.builders import Walk, entry
from tests.cast import Cast
from tests.pages.browsing import Browser, text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def followed(cast: Cast) -> Walk:
    """An intervention that stands on the agenda of the next meeting, which sits."""
    walk = builders.contacted(cast)
    with acting_as(cast.facilitator):
        meetings.end(walk.meeting, by=cast.facilitator)
    walk.meeting = builders.sitting_meeting(cast)
    return walk


def test_the_lead_reports_and_the_table_hears_only_that_it_is_still_open(cast: Cast) -> None:
    walk = followed(cast)
    lead, school = Browser(cast.crisis_rep), Browser(cast.school_rep)
    assert "Report at the follow-up" in text(lead.get("home"))
    for other in ("shelter_rep", "housing_rep", "school_rep", "facilitator"):
        with pytest.raises(Denied):
            walk.act(other, "follow_up", answer=FollowUpAnswer.DONE)
    assert lead.act(walk.id, "follow_up").status_code == 200, "without an answer the form comes back"
    assert lead.act(walk.id, "follow_up", answer="not_possible").status_code == 302
    lead.get("home")  # it says that it was done
    assert "Report at the follow-up" not in text(lead.get("home"))
    for named in ("crisis_rep", "shelter_rep", "housing_rep"):
        page = text(Browser(cast.people[named]).get("situation", walk.id))
        assert "Not possible" in page
        assert "Opened today" in page
    for name, ref in (("situation", walk.id), ("meeting", walk.meeting.pk), ("meeting_now", walk.meeting.pk)):
        assert "Not possible" not in text(school.get(name, ref)), name
    assert "Reported on" in text(school.get("meeting", walk.meeting.pk))
    with acting_as(cast.school_rep):
        assert not FollowUp.objects.exists()
    with acting_as(cast.facilitator):
        meetings.end(walk.meeting, by=cast.facilitator)
        (item,) = meeting_record.record(walk.meeting.pk, by=cast.facilitator).items
    assert [str(o) for o in item.outcomes] == ["Reported on, still open"]


def test_a_follow_up_that_concludes_says_so_and_how(cast: Cast) -> None:
    walk = followed(cast)
    walk.act("crisis_rep", "follow_up", answer=FollowUpAnswer.DONE)
    walk.act("crisis_rep", "conclude", reason=entry(CodeList.CONCLUSION_REASON, "connected-to-services"))
    with acting_as(cast.facilitator):
        meetings.end(walk.meeting, by=cast.facilitator)
        (item,) = meeting_record.record(walk.meeting.pk, by=cast.facilitator).items
    assert [str(o) for o in item.outcomes] == ["Concluded"]
    assert item.reason


def test_what_the_lead_reported_ends_with_retention(cast: Cast) -> None:
    walk = followed(cast)
    walk.act("crisis_rep", "follow_up", answer=FollowUpAnswer.DONE)
    walk.act("crisis_rep", "conclude", reason=entry(CodeList.CONCLUSION_REASON, "connected-to-services"))
    with acting_as(cast.facilitator):
        meetings.end(walk.meeting, by=cast.facilitator)
        Situation.objects.filter(pk=walk.id).update(concluded_at=timezone.now() - timedelta(days=400))
    with in_role("st_worker"):
        assert FollowUp.objects.exists()
    assert retention.sweep() == 1
    with in_role("st_worker"):
        assert not FollowUp.objects.exists()
    with acting_as(cast.facilitator):
        (item,) = meeting_record.record(walk.meeting.pk, by=cast.facilitator).items
    assert [str(o) for o in item.outcomes] == ["Concluded"], "number and outcome stay, the answer is gone"
