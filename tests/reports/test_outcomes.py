"""Does the coded record say what came of asking for consent, and whether the notices were sent in time? (R24-R29)"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.utils import IntegrityError
from django.utils import timezone

from privacy.context import acting_as
from privacy.vocabulary import Category, Duty, Purpose
from reports.models import CodedRecord
from reports.outcomes import notice_of
from reports.vocabulary import ConsentCode, NoticeCode, Status
from risk.vocabulary import CodeList
from situations.intervention import Consent, NoticeTask
from situations.models import Situation
from situations.vocabulary import (
    ConsentForm,
    ConsentGiver,
    ConsentOutcome,
    ContactResult,
    CorrectionReason,
    NoticeExcuse,
    NoticeMethod,
    NotSought,
)
from tests import builders
from tests.builders import Walk, entry
from tests.cast import Cast
from tests.reports.test_record import a_record, acts_of, record_of

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def asked(walk: Walk, outcome: ConsentOutcome, who: str = "crisis_rep") -> None:
    why = NotSought.NOT_REACHED if outcome == ConsentOutcome.NOT_SOUGHT else ""
    walk.act(
        who, "contact", contacted_at=timezone.now(), result=ContactResult.REACHED, consent_outcome=outcome,
        not_sought_reason=why,
    )  # fmt: skip


def agreed(walk: Walk, who: str = "crisis_rep") -> Consent:
    today = timezone.localdate()
    walk.act(
        who, "consent", given_on=today, giver=ConsentGiver.PERSON, form=ConsentForm.ORAL, scope=[Category.CODED],
        agencies=[walk.cast.agencies["housing"]], purpose=Purpose.MAKE_CONTACT, expires_on=today + timedelta(days=30),
    )  # fmt: skip
    with acting_as(walk.cast.people[who]):
        return Consent.objects.filter(situation=walk.id).order_by("-at")[0]


def conclude(walk: Walk) -> None:
    walk.act("crisis_rep", "conclude", reason=entry(CodeList.CONCLUSION_REASON, "connected-to-services"))


class TestConsent:
    def test_nothing_is_said_before_somebody_is_met(self, cast: Cast) -> None:
        record = record_of(builders.intervening(cast))
        assert (record.consent, record.notice, record.hours_to_first_contact) == ("", "", None)

    @pytest.mark.parametrize(
        ("outcome", "said"),
        [
            (ConsentOutcome.GIVEN, ConsentCode.OBTAINED),
            (ConsentOutcome.REFUSED, ConsentCode.NOT_OBTAINED),
            (ConsentOutcome.NOT_SOUGHT, ConsentCode.NOT_OBTAINED),
        ],
    )
    def test_the_record_follows_the_first_contact_at_once(
        self, cast: Cast, outcome: ConsentOutcome, said: ConsentCode
    ) -> None:
        walk = builders.intervening(cast)
        asked(walk, outcome)
        record = record_of(walk)
        assert (record.consent, record.status) == (said, Status.ACCEPTED)
        assert record.hours_to_first_contact in (0, 1)
        assert (record.version, acts_of(record, cast)[-1]) == (5, "accepted"), "the line of the record says otherwise"

    def test_a_no_stands_until_the_person_says_yes(self, cast: Cast) -> None:
        walk = builders.intervening(cast)
        for outcome, said in (
            (ConsentOutcome.REFUSED, ConsentCode.NOT_OBTAINED), (ConsentOutcome.NOT_SOUGHT, ConsentCode.NOT_OBTAINED),
            (ConsentOutcome.GIVEN, ConsentCode.OBTAINED), (ConsentOutcome.REFUSED, ConsentCode.NOT_OBTAINED),
        ):  # fmt: skip
            asked(walk, outcome)
            assert record_of(walk).consent == said, outcome
        assert record_of(walk).version == 5, "consent stands in no line that a recorder types over"

    def test_a_contact_corrected_after_the_end_is_followed(self, cast: Cast) -> None:
        walk = builders.concluded(cast)
        assert record_of(walk).consent == ConsentCode.NOT_OBTAINED
        with acting_as(cast.crisis_rep):
            wrong = Situation.objects.get(pk=walk.id).contacts.get()
        walk.act(
            "crisis_rep", "correct_contact", contact=wrong, contacted_at=wrong.contacted_at,
            result=ContactResult.REACHED, consent_outcome=ConsentOutcome.GIVEN, why=CorrectionReason.MISTYPED,
        )  # fmt: skip
        assert (record_of(walk).consent, record_of(walk).status) == (ConsentCode.OBTAINED, Status.CONCLUDED)

    def test_a_consent_taken_back_after_the_end_is_followed_and_one_given_anew_counts(self, cast: Cast) -> None:
        walk = builders.intervening(cast)
        first, second = agreed(walk), agreed(walk)
        assert record_of(walk).consent == ConsentCode.OBTAINED
        walk.act("crisis_rep", "withdraw_consent", consent=first)
        assert record_of(walk).consent == ConsentCode.OBTAINED, "the other one stands"
        walk.act("crisis_rep", "withdraw_consent", consent=second)
        assert record_of(walk).consent == ConsentCode.NOT_OBTAINED
        asked(walk, ConsentOutcome.GIVEN)
        third = agreed(walk)
        assert record_of(walk).consent == ConsentCode.OBTAINED
        builders.close_notices(walk)
        conclude(walk)
        before = record_of(walk)
        walk.act("crisis_rep", "withdraw_consent", consent=third)
        after = record_of(walk)
        assert (before.consent, after.consent) == (ConsentCode.OBTAINED, ConsentCode.NOT_OBTAINED)
        assert (after.status, after.version) == (Status.CONCLUDED, before.version)

    def test_who_loses_access_by_the_withdrawal_it_records_takes_nothing_else_from_the_record(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        walk = builders.intervening(cast)
        consent = agreed(walk)
        asked(walk, ConsentOutcome.GIVEN)
        before = record_of(walk)
        monkeypatch.setattr("reports.record.clock_of", lambda _situation: None)
        walk.act("crisis_rep", "withdraw_consent", consent=consent)
        after = record_of(walk)
        assert (after.consent, after.hours_to_first_contact) == (
            ConsentCode.NOT_OBTAINED, before.hours_to_first_contact,
        )  # fmt: skip
        assert before.hours_to_first_contact is not None


class TestNotices:
    def test_on_the_day_it_was_due_is_in_time(self, cast: Cast) -> None:
        record = record_of(builders.concluded(cast))
        assert record.notice in (NoticeCode.ON_TIME, NoticeCode.NOT_OWED)
        with acting_as(cast.crisis_rep):
            assert (record.notice == NoticeCode.ON_TIME) == NoticeTask.objects.exists()

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ((), NoticeCode.NOT_OWED),
            ((0,), NoticeCode.ON_TIME),
            ((1,), NoticeCode.LATE),
            ((-3, 2), NoticeCode.LATE),
            ((None,), NoticeCode.EXCUSED),
            ((None, -1), NoticeCode.ON_TIME),
            (("open", 1), ""),
        ],
    )
    def test_of_several_the_late_one_counts_and_an_open_one_says_nothing(
        self, cast: Cast, given: tuple[int | str | None, ...], said: str
    ) -> None:
        """Days after the day it was due; None: excused."""
        walk = builders.intervening(cast)
        due = timezone.localdate() - timedelta(days=10)
        with acting_as(cast.crisis_rep):
            NoticeTask.objects.filter(situation=walk.id).delete()
            for n, days in enumerate(given):
                how = {"excuse": NoticeExcuse.DANGER} if days is None else {"method": NoticeMethod.HANDED}
                done = due + timedelta(days=days) if isinstance(days, int) else None
                NoticeTask.objects.create(
                    situation_id=walk.id, table=cast.nia, agency=cast.agencies["crisis"], subject=n + 1,
                    duty=Duty.WRITTEN_NOTICE, authority="mfippa-32-h", due_on=due, done_on=done,
                    closed_at=None if days == "open" else timezone.now(), **({} if days == "open" else how),
                )  # fmt: skip
            assert notice_of(Situation.objects.get(pk=walk.id)) == said

    def test_it_is_said_once_the_discussion_has_ended(self, cast: Cast) -> None:
        walk = builders.contacted(cast)
        with acting_as(cast.crisis_rep):
            NoticeTask.objects.filter(situation=walk.id).update(due_on=timezone.localdate() - timedelta(days=1))
        builders.close_notices(walk)
        assert record_of(walk).notice == ""
        with acting_as(cast.crisis_rep):
            owed = NoticeTask.objects.filter(situation=walk.id).count()
        conclude(walk)
        assert record_of(walk).notice == (NoticeCode.LATE if owed else NoticeCode.NOT_OWED)


@pytest.mark.parametrize("said", [{"consent": "obtained"}, {"notice": "not-owed"}])
def test_a_discussion_that_was_not_accepted_says_nothing_of_either(cast: Cast, said: dict[str, str]) -> None:
    with pytest.raises(IntegrityError, match="asked_only_once_accepted"), acting_as(cast.recorder):
        a_record(cast, **said).save()


def test_no_other_word_is_a_code(cast: Cast) -> None:
    walk = builders.accepted(cast)
    with pytest.raises(IntegrityError, match="asked_only_once_accepted"), acting_as(cast.recorder):
        CodedRecord.objects.filter(pk=record_of(walk).pk).update(consent="by phone")
