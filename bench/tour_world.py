"""Which world do the tours go through? The cast's, with something at every stage and in every state."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.urls import reverse
from django.utils import timezone

from agencies import paper_letters, seats, texts
from agencies.models import SharingAgreement
from agencies.vocabulary import Paper, Role
from bench.tour import Tour
from privacy.context import acting_as
from situations import meetings, planning
from situations.vocabulary import MeetingState
from tests import builders
from tests.agreements.papers import TODAY, prepared, without_papers
from tests.builders import Walk
from tests.cast import Cast
from tests.laws import stages
from tests.laws.test_youth_justice import a_note, with_police
from tests.pack.test_pack import a_year, past
from tests.releases.test_releases import draft, released


def build(tour: Tour) -> None:
    """A marked situation at every stage, papers in every state, a guest, links that were mailed."""
    cast = tour.cast
    stages.add_guest(cast)
    tour.walks = stages.walk_marked(cast) | {"youth justice": _youth_justice(cast)}
    prepared(cast, signatory=cast.people["police_rep"])
    without_papers(cast, "hospital_rep", cast.nia)
    prepared(cast, email="signatory@example.net", agency="hospital")
    meeting = builders.sitting_meeting(cast)
    tour.meetings = _meetings(cast)
    tour.client("facilitator").post(
        reverse("meeting_guests", args=[meeting.pk]),
        {"what": "guest", "guest-name": "V. Isitor", "guest-email": "v@example.net", "guest-agency": "",
         "guest-language": "en"},
    )  # fmt: skip
    tour.client("shelter_lead").post(
        reverse("person_add"),
        {"name": "N. Ewcomer", "email": "newcomer@example.net", "phone": "", "language": "en", "table": cast.nia.pk,
         "agency": cast.agencies["shelter"].pk, "role": "representative", "starts_on": str(timezone.localdate()),
         "ends_on": ""},
    )  # fmt: skip
    texts.save_draft(
        table=cast.nia, kind=Paper.AGREEMENT, body_en="Words.", body_fr="Mots.", term_days=365, reviewed="",
        by=cast.administrator,
    )  # fmt: skip
    with TemporaryDirectory() as folder:
        past(Path(folder), a_year(), cast)
    released(cast)
    draft(cast, "2024Q2")
    tour.client("recorder").post(reverse("export_prepare", args=["NIA"]), {"period": "2024Q1"})
    _asked_who_sits(cast)
    paper_letters.sweep()


def _meetings(cast: Cast) -> dict[str, str]:
    """One that is to come, and one that is over, beside the one that sits."""
    now = timezone.now()
    with acting_as(cast.facilitator):
        coming = meetings.plan(table=cast.nia, starts_at=now + timedelta(days=2), by=cast.facilitator)
        over = planning.put_down(cast.nia, now - timedelta(days=5))
        over.state, over.started_at, over.ended_at = MeetingState.HELD, over.starts_at, now - timedelta(days=4)
        over.save()
    return {"to come": str(coming.pk), "over": str(over.pk)}


def _youth_justice(cast: Cast) -> Walk:
    """A young person's, with a note of the police beside the plan."""
    walk = with_police(cast)
    walk.act("police_rep", "youth_note", **a_note(walk))
    return walk


def _asked_who_sits(cast: Cast) -> None:
    """An agency without a lead, whose signatory came from outside: asked by a link whether somebody sits for it."""
    signed = SharingAgreement.objects.filter(agency=cast.agencies["aid"], table=cast.nia)
    signed.update(signatory_email="signatory.aid@example.net")
    with acting_as(cast.administrator):
        seats.propose(
            member=cast.aid_rep, table=cast.nia, agency=cast.agencies["aid"], role=Role.AGENCY_LEAD,
            starts_on=TODAY, ends_on=None, by=cast.administrator,
        )  # fmt: skip
