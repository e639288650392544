"""Does any address give anybody what the policy does not name? Everybody at every stage; the proof tries still more."""

from __future__ import annotations

import random
from collections import defaultdict
from typing import ClassVar

import pytest
from django.core import mail

from privacy.vocabulary import Audience
from situation_table.url_policy import URL_POLICY
from situations import outbox
from tests import builders
from tests.cast import Cast
from tests.laws import stages
from tests.leaks.matrix import OWNER, SEALED, Address, World, addresses, ask, build, leaks, paths, people

#: Of the addresses of single acts, one in so many is tried here, and of those of no situation; by these all of them.
#: An address of a situation is asked for by one in each relation to it, another one for each address. The proof
#: `leak-matrix` tries them all by everybody.
_ONE_IN = 30
_ONE_IN_OF_OTHERS = 20
_ALWAYS = ("", "school_rep")
_SEED = 20260105
#: The other stages differ in what can be done, not in who may know; the proof tries them too.
_TRIED = {
    "destroyed", "draft", "presented", "chosen", "disclosed", "owing-notice", "concluded", "rejected", "transferred",
}  # fmt: skip
_STAGES = tuple(s for s in stages.STAGES if s.name in _TRIED)


def test_every_address_is_classified_and_every_classification_is_an_address() -> None:
    assert {a.name for a in addresses()} == set(URL_POLICY)


def test_only_signing_in_one_time_links_language_and_health_are_open_to_anyone() -> None:
    anyone = {name for name, rule in URL_POLICY.items() if rule.who == "anyone"}
    assert anyone == {
        "login",
        "sign_in_code",
        "set_language",
        "health",
        "sign_by_link",
        "guest_joins",
        "first_run",
        "join",
        "confirm_seats",
        "calendar_file",
    }


def _is_of_an_act(address: Address) -> bool:
    return "act" in address.takes or address.name.startswith("api:act_")


def _one_in_each_relation(world: World, stage: stages.Stage, rng: random.Random) -> list[str]:
    """Of those who stand to the situation in the same way, anybody; of those to whom it is nothing, one; and nobody."""
    alike: dict[frozenset[Audience], list[str]] = defaultdict(list)
    for key, member in people(world):
        if member is not None:
            alike[frozenset(stages.audiences(key, stage.state))].append(key)
    strangers = alike.pop(frozenset(), [])
    return [*(rng.choice(keys) for keys in alike.values()), *rng.sample(strangers, min(1, len(strangers))), ""]


@pytest.mark.usefixtures("committed_db_with_keys")
class TestLeakMatrix:
    world: ClassVar[World]

    @pytest.fixture(autouse=True, scope="class")
    @classmethod
    def walked(cls, committed_cast: Cast) -> None:
        cls.world = build(committed_cast, _STAGES)

    @pytest.mark.parametrize("stage", _STAGES, ids=lambda s: s.name)
    def test_addresses_of_a_situation(self, stage: stages.Stage) -> None:
        rng = random.Random(f"{_SEED} {stage.name}")  # noqa: S311 - a repeatable sample
        walk, wrong, tried = self.world.walks[stage.name], {}, 0
        for address in (a for a in addresses() if a.of_a_situation):
            for path in paths(address, self.world, walk):
                for key in _one_in_each_relation(self.world, stage, rng):
                    for method in ("GET", "POST") if _is_of_an_act(address) else ("GET",):
                        if _is_of_an_act(address) and rng.randrange(_ONE_IN):
                            continue
                        tried += 1
                        found = leaks(self.world, stage, key, path, method)
                        if found:
                            wrong[key, method, path.replace(str(walk.id), "...")] = found
        assert wrong == {}
        assert tried > 60

    def test_all_other_addresses(self) -> None:
        rng = random.Random(_SEED)  # noqa: S311 - a repeatable sample
        walk, wrong, tried = self.world.walks["disclosed"], {}, 0
        for address in (a for a in addresses() if not a.of_a_situation):
            for path in paths(address, self.world, walk):
                for key, _member in people(self.world):
                    for method in ("GET", "POST"):
                        if key not in _ALWAYS and rng.randrange(_ONE_IN_OF_OTHERS):
                            continue
                        tried += 1
                        found = leaks(self.world, None, key, path, method)
                        if found:
                            wrong[key, method, path] = found
        assert wrong == {}
        assert tried > 500

    def test_there_is_something_to_find(self) -> None:
        """The same eyes see what the policy does let through."""
        stage = next(s for s in stages.STAGES if s.name == "presented")
        page = f"/situations/{self.world.walks[stage.name].id}/"
        _status, text = ask(self.world, "police_rep", page, "GET")
        assert stages.summary_of(stage) in text
        assert stages.tried_of(stage) not in text
        assert stages.tried_of(stage) in ask(self.world, "shelter_colleague", f"/api/v1{page}", "GET")[1]

    def test_the_receipt_that_others_presented_opens_for_its_owner(self) -> None:
        """It was good all the time: what refused it was whose it is, not what it was."""
        assert builders.CANARY_NAME in ask(self.world, OWNER, f"/revealed/{self.world.receipt}/", "GET")[1]
        assert builders.CANARY_NAME in ask(self.world, OWNER, f"/api/v1/reveals/{self.world.receipt}/", "GET")[1]

    def test_messages_carry_a_number_and_a_link(self) -> None:
        outbox.sweep(limit=1000)
        assert len(mail.outbox) > 10
        for message in mail.outbox:
            whole = f"{message.subject}\n{message.body}\n{message.extra_headers}"
            assert not any(text in whole for text in (*SEALED, "canary"))
            assert not any(f.label in whole for f in builders.factors())
            assert not any(a.name in whole for a in self.world.cast.agencies.values())
