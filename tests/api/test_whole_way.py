"""Can one situation travel the whole way through the second door alone, with what that door itself offers?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests import builders
from tests.api.door import Door
from tests.cast import Cast


class People:
    """Everybody's door; each act takes its choices from what the API says it asks for."""

    def __init__(self, cast: Cast) -> None:
        self.doors = {who: Door(member) for who, member in cast.everybody.items()}
        self.ref = ""

    def choose(self, who: str, act: str, field: str, words: str = "") -> str:
        """The value of the first choice of a field whose label has these words in it."""
        fields = {f["name"]: f for f in self.asks(who, act)["fields"]}
        return str(next(c["value"] for c in fields[field]["choices"] if words in c["label"]))

    def asks(self, who: str, act: str) -> Any:
        answer = self.doors[who].get(f"situations/{self.ref}/acts/{act}/")
        assert answer.status_code == 200, (who, act, answer.content)
        return answer.json()

    def act(self, who: str, act: str, **body: Any) -> Any:
        asked = self.asks(who, act)
        if asked["version_required"]:
            body["seen_version"] = asked["version"]
        answer = self.doors[who].post(f"situations/{self.ref}/acts/{act}/", body)
        assert answer.status_code == 200, (who, act, answer.content)
        return answer.json()["situation"]


@pytest.mark.usefixtures("committed_db_with_keys")
class TestTheWholeWay:
    def test_from_a_planned_meeting_to_the_conclusion(self, committed_cast: Cast) -> None:
        p = People(committed_cast)
        meeting = self.meet(committed_cast, p)
        self.file(committed_cast, p)
        p.doors["facilitator"].post(f"meetings/{meeting}/agenda/", {"situation": p.ref})
        self.decide(p)
        self.go_through_the_door(committed_cast, p)
        self.disclose_and_reveal(committed_cast, p)
        self.intervene(committed_cast, p)
        for who in ("shelter_rep", "police_rep", "facilitator"):
            told = p.doors[who].get(f"situations/{p.ref}/").json()
            assert told["report"]["reason"]
            assert told["stage"] == "concluded"

    def meet(self, cast: Cast, p: People) -> str:
        body = {"table": "NIA", "starts_at": timezone.now().isoformat()}
        planned = p.doors["facilitator"].post("meetings/", body)
        assert planned.status_code == 201
        meeting = planned.json()["id"]
        assert p.doors["facilitator"].post(f"meetings/{meeting}/start/").json()["state"] == "sitting"
        for who in ("shelter_rep", "crisis_rep", "police_rep", "housing_rep"):
            marked = p.doors["recorder"].post(f"meetings/{meeting}/presence/", {"member": cast.people[who].pk})
            assert marked.status_code == 200
        return str(meeting)

    def file(self, cast: Cast, p: People) -> None:
        door = p.doors["shelter_rep"]
        opened = door.post("situations/", {"table": "NIA", "agency": cast.agencies["shelter"].pk})
        assert opened.status_code == 201
        p.ref = opened.json()["id"]
        seen = p.act(
            "shelter_rep", "save",
            discussion_type="person", persons=[{"age_group": "18-24", "sex": "male", "part": "subject"}],
            screening=["imminent", "exhausted", "beyond", "reduces"], tried=builders.CANARY_TRIED,
            likely_agencies=[cast.agencies["crisis"].pk], duty_acknowledged=False,
            risk_factors=[p.choose("shelter_rep", "save", "risk_factors")],
            summary=builders.CANARY_SUMMARY,
        )  # fmt: skip
        assert seen["summary"] == builders.CANARY_SUMMARY
        assert len(seen["coded"]["persons"]) == 1
        assert p.act("shelter_rep", "present")["number"].startswith("NIA-")

    def decide(self, p: People) -> None:
        p.act("facilitator", "discuss")
        p.act("crisis_rep", "stand")
        p.act("housing_rep", "stand")
        criteria = ("significant_interest", "high_probability", "severe_intensity", "multi_agency")
        assert p.act("facilitator", "accept", **dict.fromkeys(criteria, True))["stage"] == "f3a"

    def go_through_the_door(self, cast: Cast, p: People) -> None:
        p.act(
            "facilitator", "choose", agency=cast.agencies["crisis"].pk, necessity="provides_service", proposed_lead=True
        )
        for who in ("shelter_rep", "crisis_rep"):
            p.act(who, "name_person", person=cast.people[who].pk)
        assert p.act("facilitator", "pass_door")["stage"] == "door"

    def disclose_and_reveal(self, cast: Cast, p: People) -> None:
        p.act("shelter_rep", "enter_identifiers", subject=1, name=builders.CANARY_NAME, birth="1999")
        told = p.act(
            "shelter_rep", "disclose", subject=1, elements=["name"], purpose="recognise", medium="screen",
            recipients=[p.choose("shelter_rep", "disclose", "recipients", cast.crisis_rep.name)],
            authority=p.choose("shelter_rep", "disclose", "authority", "agreement"),
        )  # fmt: skip
        assert builders.CANARY_NAME not in str(told)
        crisis = p.doors["crisis_rep"]
        room = crisis.get(f"situations/{p.ref}/").json()["compartments"][0]
        asked = crisis.post(f"situations/{p.ref}/reveals/", {"compartment": room["id"], "purpose": "recognise"})
        opened = crisis.get(f"reveals/{asked.json()['receipt']}/").json()["texts"]
        assert [(t["element"], t["text"]) for t in opened] == [("name", builders.CANARY_NAME)]

    def intervene(self, cast: Cast, p: People) -> None:
        p.act("crisis_rep", "answer", answer="ours")
        p.act("crisis_rep", "confirm_lead")
        authority = p.choose("crisis_rep", "record_authority", "authority", cast.authority("phipa-40-1").label_en)
        p.act("crisis_rep", "record_authority", authority=authority)
        assert "grounds" in [f["name"] for f in p.asks("crisis_rep", "plan")["fields"]]
        p.act(
            "crisis_rep", "plan", words=builders.CANARY_PLAN, owner=p.choose("crisis_rep", "plan", "owner", "Crisis"),
            due_on=(timezone.localdate() + timedelta(days=1)).isoformat(), grounds=builders.CANARY_GROUNDS,
        )  # fmt: skip
        p.act(
            "crisis_rep", "contact", contacted_at=timezone.now().isoformat(), result="attempted",
            consent_outcome="not_sought", not_sought_reason="not_reached",
        )  # fmt: skip
        p.act(
            "crisis_rep", "mobilize", category=p.choose("crisis_rep", "mobilize", "category"),
            result=p.choose("crisis_rep", "mobilize", "result"),
        )  # fmt: skip
        for who in ("shelter_rep", "crisis_rep"):
            while _possible(p, who, "notice"):
                notice = p.choose(who, "notice", "notice")
                p.act(who, "notice", notice=notice, done_on=timezone.localdate().isoformat(), method="handed")
        reason = p.choose("crisis_rep", "conclude", "reason")
        assert p.act("crisis_rep", "conclude", reason=reason)["report"]["reason"]


def _possible(p: People, who: str, act: str) -> bool:
    decisions = p.doors[who].get(f"situations/{p.ref}/decisions/").json()
    return any(d["act"] == act and d["allowed"] for d in decisions)
