"""On whose authority does a situation go to another table, and where do its grounds stay? (R31, R32, R64)"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from agencies.models import SharingAgreement, Table
from agencies.vocabulary import Role, Statute
from privacy import grounds, ledger, vault
from privacy.context import acting_as
from privacy.keys.models import DataKey
from privacy.vocabulary import Category, LedgerKind, Purpose
from situations import scene as scenes
from situations.models import Situation
from situations.vocabulary import ConsentForm, ConsentGiver, ConsentOutcome, State
from situations.who_saw import who_saw
from tests import builders
from tests.api.door import Door
from tests.builders import CANARY_GROUNDS, Walk
from tests.cast import Cast, seated
from tests.laws.test_authority import bound_by, contacted
from tests.laws.test_threshold import refused
from tests.pages.browsing import Browser, field_error, text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def away(cast: Cast, code: str, **changes: Any) -> dict[str, Any]:
    """A transfer to the other table's outreach, on one authority."""
    where = {"table": cast.kes, "agency": cast.agencies["elsewhere"], "authority": cast.authority(code)}
    return where | {"grounds": CANARY_GROUNDS} | changes


def passed_on(walk: Walk) -> list[ledger.Entry]:
    """The ledger's rows of coded facts that left the table, as the privacy officer reads them."""
    with acting_as(walk.cast.privacy_officer):
        rows = ledger.entries(walk.id)
    return [e for e in rows if e.kind == LedgerKind.DISCLOSED and e.elements == (str(Category.CODED),)]


def grounds_read_by(walk: Walk, who: str) -> str:
    with acting_as(walk.cast.people[who]):
        return vault.read_grounds(passed_on(walk)[0].receipt)


def agrees(walk: Walk, *agencies: str, scope: Category = Category.CODED, **about: Any) -> None:
    """The person agrees that these agencies learn something."""
    today = timezone.localdate()
    walk.act(
        "crisis_rep", "consent", given_on=today, giver=ConsentGiver.PERSON, form=ConsentForm.WRITTEN, scope=[scope],
        agencies=[walk.cast.agencies[a] for a in agencies], purpose=Purpose.PROVIDE_SERVICE,
        expires_on=today + timedelta(days=30), **about,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("statute", "code"),
    [
        (Statute.MFIPPA, "mfippa-32-h"), (Statute.FIPPA, "fippa-42-1-h"), (Statute.PHIPA, "phipa-40-1"),
        (Statute.CYFSA, "cyfsa-292-1-g"), (Statute.PIPEDA, "pipeda-7-3-e"),
    ],
)  # fmt: skip
def test_a_statute_with_a_test_of_its_own_asks_for_the_grounds(cast: Cast, statute: Statute, code: str) -> None:
    bound_by(cast.agencies["shelter"], statute)
    walk = builders.discussed(cast)
    for missing in ("", "   "):
        assert refused(walk, "shelter_rep", "transfer", **away(cast, code, grounds=missing)) == "grounds-missing"
    assert passed_on(walk) == []
    assert refused(walk, "shelter_rep", "transfer", **away(cast, code)) == ""
    assert walk.situation("facilitator").state == State.TRANSFERRED


@pytest.mark.parametrize("code", ["mfippa-32-h", "phipa-40-1", "ycja-125-6", "cspa-80", "mfippa-32-g"])
def test_another_agencys_statute_or_another_use_carries_no_transfer(cast: Cast, code: str) -> None:
    walk = builders.discussed(cast)
    assert refused(walk, "shelter_rep", "transfer", **away(cast, code)) == "authority-not-ours"
    further = builders.disclosed(cast)
    assert refused(further, "shelter_rep", "transfer_intervention", **away(cast, code)) == "authority-not-ours"


def test_the_ledger_says_who_passed_what_to_whom_on_which_authority(cast: Cast) -> None:
    walk = builders.intervening(cast)
    builders.close_notices(walk)
    assert refused(walk, "crisis_rep", "transfer_intervention", **away(cast, "phipa-40-1")) == ""
    row = passed_on(walk)[0]
    assert (row.actor_id, row.agency_id) == (cast.crisis_rep.pk, cast.agencies["crisis"].pk)
    assert row.recipient_agencies == (cast.agencies["elsewhere"].pk,)
    assert (row.authority, row.filter, row.purpose, row.consent) == ("phipa-40-1", "f4", "provide_service", "")
    with acting_as(cast.other_table):
        draft = Situation.objects.get(transferred_from="NIA")
    assert (draft.state, draft.originating_agency_id) == (State.DRAFT, cast.agencies["elsewhere"].pk)


def test_the_grounds_are_sealed_and_read_by_their_author_and_the_own_privacy_lead(cast: Cast) -> None:
    """Not by the officers of either table, the colleague, the other agencies, nor whoever receives it."""
    walk = builders.discussed(cast)
    walk.act("shelter_rep", "transfer", **away(cast, "agreement-only"))
    receipt = passed_on(walk)[0].receipt
    readers = set()
    for key, member in cast.everybody.items():
        with acting_as(member):
            if vault.read_grounds(receipt):
                readers.add(key)
    assert readers == {"shelter_rep", "shelter_privacy"}
    assert grounds_read_by(walk, "shelter_privacy") == CANARY_GROUNDS
    with acting_as(cast.shelter_rep), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM vault.sealed WHERE ref = %s", [receipt])


def test_the_items_own_keys_go_at_once_and_the_grounds_with_the_retention(cast: Cast) -> None:
    walk = builders.discussed(cast)
    walk.act("shelter_rep", "transfer", **away(cast, "agreement-only"))
    receipt = passed_on(walk)[0].receipt
    assert grounds.sweep() == 0, "not due"
    Table.objects.filter(pk=cast.nia.pk).update(retention_days=0, retention_basis="by-law")
    walk.act("privacy_officer", "hold")
    assert grounds.sweep() == 0, "a hold keeps them"
    walk.act("privacy_officer", "release")
    assert grounds_read_by(walk, "shelter_rep") == CANARY_GROUNDS
    assert grounds.sweep() == 1
    assert grounds_read_by(walk, "shelter_rep") == ""
    assert not DataKey.objects.using("keys").filter(ref=receipt).exists()
    assert passed_on(walk)[0].receipt == receipt, "that it was disclosed stays on record"
    assert grounds.sweep() == 0


def test_grounds_are_written_by_whoever_made_the_disclosure_with_it_and_never_again(cast: Cast) -> None:
    """A member of the own agency, a stranger and the author come too late; a receipt that is nobody's takes nothing."""
    walk = builders.discussed(cast)
    walk.act("shelter_rep", "transfer", **away(cast, "agreement-only"))
    receipt = passed_on(walk)[0].receipt
    for key in ("shelter_colleague", "police_rep", "shelter_rep"):
        for ref in (receipt, uuid4()):
            with acting_as(cast.people[key]), pytest.raises(Exception, match=r"yours|duplicate"), transaction.atomic():
                vault.seal_grounds(ref, "other words")
    assert grounds_read_by(walk, "shelter_rep") == CANARY_GROUNDS


def test_before_the_door_there_is_no_consent_to_rely_on(cast: Cast) -> None:
    for walk in (builders.discussed(cast), builders.chosen(cast)):
        assert refused(walk, "shelter_rep", "transfer", **away(cast, "consent-only")) == "no-consent"
        page = text(Browser(cast.shelter_rep).get("act", walk.id, "transfer"))
        assert "Express consent (no statute)" not in page


def test_consent_carries_a_transfer_where_it_covers_the_receiving_agency_and_what_goes(cast: Cast) -> None:
    walk = builders.intervening(cast)
    builders.close_notices(walk)
    go = away(cast, "phipa-consent", grounds="")
    assert refused(walk, "crisis_rep", "transfer_intervention", **go) == "no-consent"
    agrees(walk, "housing")
    assert refused(walk, "crisis_rep", "transfer_intervention", **go) == "beyond-consent"
    agrees(walk, "elsewhere", scope=Category.IDENTIFIERS)
    assert refused(walk, "crisis_rep", "transfer_intervention", **go) == "beyond-consent"
    agrees(walk, "elsewhere")
    assert refused(walk, "crisis_rep", "transfer_intervention", **go) == ""
    row = passed_on(walk)[0]
    with acting_as(cast.crisis_rep):
        newest = walk.situation("crisis_rep").consents.order_by("at", "id").last()
    assert newest is not None
    assert (row.authority, row.consent) == ("phipa-consent", str(newest.pk))


def test_nobody_consents_to_a_transfer_for_somebody_else(cast: Cast) -> None:
    walk = builders.partners(cast)
    walk.act("housing_rep", "safe_contact", subject=1, instructions="words", grounds="grounds")
    agrees(walk, "elsewhere", subject=2)
    assert refused(walk, "crisis_rep", "transfer_intervention", **away(cast, "phipa-consent")) == "no-consent"


def test_who_declined_is_not_transferred_on_consent(cast: Cast) -> None:
    walk = builders.intervening(cast)
    builders.close_notices(walk)
    agrees(walk, "elsewhere")
    contacted(walk, ConsentOutcome.REFUSED)
    assert refused(walk, "crisis_rep", "transfer_intervention", **away(cast, "phipa-consent")) == "declined"
    assert refused(walk, "crisis_rep", "transfer_intervention", **away(cast, "phipa-40-1")) == ""


def test_both_doors_say_beside_the_grounds_that_they_are_missing_and_keep_what_was_typed(cast: Cast) -> None:
    bound_by(cast.agencies["shelter"], Statute.PHIPA)
    walk = builders.discussed(cast)
    sent = {
        "table": str(cast.kes.pk), "agency": str(cast.agencies["elsewhere"].pk),
        "authority": str(cast.authority("phipa-40-1").pk),
    }  # fmt: skip
    page = Browser(cast.shelter_rep).act(walk.id, "transfer", **sent, grounds=" ")
    assert page.status_code == 200
    assert "reasonable grounds to believe disclosure is necessary" in field_error(page, "grounds")
    assert f'value="{cast.agencies["elsewhere"].pk}" selected' in text(page)
    door, address = Door(cast.shelter_rep), f"situations/{walk.id}/acts/transfer/"
    version = door.get(address).json()["version"]
    answer = door.post(address, sent | {"seen_version": version})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["grounds"])
    done = door.post(address, sent | {"seen_version": version, "grounds": CANARY_GROUNDS})
    assert done.status_code == 200
    assert CANARY_GROUNDS not in done.content.decode()
    assert grounds_read_by(walk, "shelter_rep") == CANARY_GROUNDS


def test_an_ended_seat_and_stepping_away_end_the_reading(cast: Cast) -> None:
    walk = builders.discussed(cast)
    walk.act("shelter_rep", "transfer", **away(cast, "agreement-only"))
    walk.act("shelter_rep", "recuse")
    assert grounds_read_by(walk, "shelter_rep") == ""
    there = seated(cast, "kes_privacy", cast.agencies["elsewhere"], cast.kes, Role.PRIVACY_LEAD)
    with acting_as(there):
        assert vault.read_grounds(passed_on(walk)[0].receipt) == ""


def test_the_wall_knows_an_agreement_that_was_ended_before_its_last_day(cast: Cast) -> None:
    """With SQL in hand: PostgreSQL asks for an agreement in force, as the verbs do (R55)."""
    walk = builders.discussed(cast)

    def transferred() -> bool:
        try:
            with transaction.atomic():
                with acting_as(cast.shelter_rep), connection.cursor() as cursor:
                    cursor.execute(
                        "SELECT situations_transfer(%s, %s, %s, %s)",
                        [walk.id, uuid4(), cast.kes.pk, cast.agencies["elsewhere"].pk],
                    )
                transaction.set_rollback(True)
        except DatabaseError:
            return False
        return True

    assert transferred()
    SharingAgreement.objects.filter(table=cast.kes, agency=cast.agencies["elsewhere"]).update(ended_at=timezone.now())
    assert not transferred()


def test_where_an_intervention_went_is_read_by_the_agency_that_passed_it_on_alone(cast: Cast) -> None:
    """The draft at the other table is that agency's own: nobody else learns that it exists (R1)."""
    walk = builders.intervening(cast)
    builders.close_notices(walk)
    walk.act("crisis_rep", "transfer_intervention", **away(cast, "phipa-40-1"))
    there = cast.agencies["elsewhere"].name

    def told(who: str) -> list[tuple[str, ...]]:
        by = cast.people[who]
        with acting_as(by):
            return [entry.recipients for entry in who_saw(scenes.load(walk.id, by=by)) or ()]

    assert (there,) in told("crisis_rep")
    assert (there,) in told("privacy_officer")
    for who in ("shelter_rep", "housing_rep"):
        assert told(who)
        assert (there,) not in told(who), who
