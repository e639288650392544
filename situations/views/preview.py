"""Before a stage moves: what becomes visible to whom, and for whom does it close? With real counts of people."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from privacy.vocabulary import Category, Filter
from situations.scene import Scene
from situations.views.frame import Heads, named_people, people, table_words
from situations.vocabulary import BEFORE_THE_DOOR, State

#: After the end, too, what these say is for the named persons.
_OF_THE_NAMED = frozenset({"correct_contact", "recall", "withdraw_consent"})


def preview(scene: Scene, act: str, counted: Heads) -> dict[str, Any] | None:
    """The parts of components/preview.html for acts that move the stage; None for the others."""
    made = {
        "present": _present,
        "accept": _accept,
        "pass_door": _door,
        "confirm_lead": _lead,
        "return": _return,
        "discard": _discard,
        "withdraw": _withdrawn,
        "reject": _closed,
        "stop": _closed,
        "transfer": _transferred,
        "conclude": _concluded,
        "stop_intervention": _concluded,
        "transfer_intervention": _transferred_past_the_door,
    }.get(act)
    return made(scene, counted) if made else None


def _row(name: object, side: object = "", note: object = "") -> dict[str, str]:
    return {"name": str(name), "side": str(side), "note": str(note)}


def _parts(code: str, words: str, go: tuple[str, list[Any], str, str], leave: tuple[str, list[Any], str, str]) -> Any:
    return {
        "code": code, "words": words,
        "go_title": go[0], "going": go[1], "go_sees": go[2], "go_text": go[3],
        "leave_title": leave[0], "leaving": leave[1], "leave_sees": leave[2], "leave_text": leave[3],
    }  # fmt: skip


def _own(scene: Scene) -> str:
    return scene.situation.originating_agency.name


def _table_rows(counted: Heads) -> list[dict[str, str]]:
    return [_row(_("Seated at the table"), people(counted.table)), _row(_("Agencies"), counted.agencies)]


def _present(scene: Scene, counted: Heads) -> Any:
    return _parts(
        Filter.F2,
        table_words(counted),
        (
            _("%(people)s will see it") % {"people": people(counted.table)},
            _table_rows(counted),
            _("They will see: what is listed above under “The table will read”"),
            _("It gets a discussion number and goes on the next agenda."),
        ),
        (
            _("What stays with your agency"),
            [_row(_("Screening answers")), _row(_("What your agency tried")), _row(_("Agencies you thought of"))],
            _("Nobody else ever sees these"),
            _("The table is told only that the screening was complete."),
        ),
    )


def _accept(scene: Scene, counted: Heads) -> Any:
    return _parts(
        Filter.F3A,
        table_words(counted),
        (
            _("%(people)s go on seeing it") % {"people": people(counted.table)},
            _table_rows(counted),
            _("They will see: which agencies are chosen, and why each"),
            _("Still without name or address. You choose agencies next."),
        ),
        (
            _("What stays shut"),
            [_row(_("Who it is"))],
            _("Nobody has entered who it is"),
            _("Identity is entered behind the door, by %(agency)s.") % {"agency": _own(scene)},
        ),
    )


def _named_rows(scene: Scene) -> list[dict[str, str]]:
    """Who acts, by name; how many agencies where the reader may not know which (a screen that is being shared)."""
    if Category.CHOICE not in scene.relation.knows(Filter(scene.access.filter)):
        return [_row(_("Agencies"), len({e.agency_id for e in scene.engagements if e.person_id}))]
    rows = []
    for e in scene.engagements:
        if e.person is not None:
            brings = e.agency_id == scene.situation.originating_agency_id
            side = _("Brings and discloses") if brings else _("Assists")
            rows.append(_row(e.agency.name, _("Proposed lead") if e.proposed_lead else side, e.person.name))
    return rows


def _door(scene: Scene, counted: Heads) -> Any:
    leaving = counted.table - counted.named
    return _parts(
        Filter.F3B,
        named_people(counted.named),
        (
            _("%(people)s go on to the huddle") % {"people": people(counted.named)},
            _named_rows(scene),
            _("They will see: name, age or date of birth, location"),
            _("Only once %(agency)s discloses them on its own recorded authority. Plan, safe contact and notes stay"
              " shut until filter 4.") % {"agency": _own(scene)},
        ),
        (
            _("%(people)s leave this item") % {"people": people(max(0, leaving))},
            [_row(_("Everybody at the table who was not named, you included"), max(0, leaving))],
            _("They will see: %(number)s, with intervening agencies") % {"number": scene.situation.number},
            _("Nothing else, until it is concluded."),
        ),
    )  # fmt: skip


def _lead(scene: Scene, counted: Heads) -> Any:
    hours = scene.situation.table.contact_clock_hours
    return _parts(
        Filter.F4,
        named_people(counted.named),
        (
            _("%(people)s act together") % {"people": people(counted.named)},
            _named_rows(scene),
            _("They will see: safe contact, plan and what each discloses"),
            _("The clock starts: first contact within %(hours)s hours.") % {"hours": hours},
        ),
        (
            _("For the table nothing changes"),
            [_row(_("Everybody else at the table"), max(0, counted.table - counted.named))],
            _("They will see: %(number)s, with intervening agencies") % {"number": scene.situation.number},
            _("Nothing else, until it is concluded."),
        ),
    )


def _return(scene: Scene, counted: Heads) -> Any:
    return _parts(
        Filter.F1,
        _("Only %(agency)s") % {"agency": _own(scene)},
        (
            _("%(people)s get it back") % {"people": people(counted.own)},
            [_row(_own(scene), people(counted.own))],
            _("They will see: their draft, and your reason"),
            _("They can change it and present it again under the same number."),
        ),
        _leaves(max(0, counted.table - counted.own), _("Nothing. It leaves every list and agenda.")),
    )


def _discard(scene: Scene, counted: Heads) -> Any:
    return _parts(
        Filter.DESTROYED,
        _("Nothing is left"),
        (
            _("Nobody will see it again"),
            [_row(_own(scene), people(counted.own))],
            _("Every word and every key is destroyed"),
            _("It is not counted anywhere. This cannot be taken back."),
        ),
        (_("Everybody else"), [], _("They never knew"), _("A draft is your agency’s alone.")),
    )


def _closed(scene: Scene, counted: Heads, sees: str = "") -> Any:
    return _parts(
        Filter.CLOSED,
        _("The number, the decision and its reason"),
        (
            _("%(people)s see that it ended") % {"people": people(counted.table)},
            _table_rows(counted),
            sees or _("They will see: the number, the decision, the reason"),
            _("It counts in the statistics without its facts."),
        ),
        (
            _("What is destroyed now"),
            [_row(_("Factors, flags, age group and sex")), _row(_("The summary and every other word"))],
            _("Nobody can bring it back"),
            _("Facts are erased and the keys of all text are destroyed in the same step."),
        ),
    )


def _withdrawn(scene: Scene, counted: Heads) -> Any:
    return _closed(scene, counted, _("They will see: the number, and that it was withdrawn. No reason is asked"))


def _goes_elsewhere() -> tuple[str, list[Any], str, str]:
    """What a transfer takes along: the same on either side of the door."""
    return (
        _("What goes to the other table"),
        [_row(_("Factors, flags, age group and sex")), _row(_("Kind of situation, and from which table it comes"))],
        _("The people of the agency that you choose will see it"),
        _("As a draft of their own: no text, no name. Nobody else there sees anything before they present it."),
    )


def _transferred(scene: Scene, counted: Heads) -> Any:
    return _parts(
        Filter.CLOSED,
        _("Here, the number and that it was transferred"),
        _goes_elsewhere(),
        (
            _("What is destroyed here"),
            [_row(_("The same facts, at this table")), _row(_("The summary and every other word"))],
            _("Nobody can bring it back"),
            _("%(people)s see that it ended: the number, and that it was transferred.")
            % {"people": people(counted.table)},
        ),
    )


def _transferred_past_the_door(scene: Scene, counted: Heads) -> Any:
    return _parts(
        Filter.CONCLUDED,
        _("It is over; what was disclosed stays with those who have it until it is destroyed"),
        _goes_elsewhere(),
        _they_keep(
            scene,
            counted,
            _("No new entry can be made. The whole table is told the number, the day, and that it was transferred."),
        ),
    )


def _concluded(scene: Scene, counted: Heads) -> Any:
    return _parts(
        Filter.CONCLUDED,
        _("It is over; what was disclosed stays with those who have it until it is destroyed"),
        _they_keep(scene, counted, _("No new entry can be made.")),
        (
            _("The whole table is told"),
            _table_rows(counted),
            _("They will see: the number, the day, how it ended"),
            _("Nothing about who, what or where."),
        ),
    )


def _they_keep(scene: Scene, counted: Heads, note: str) -> tuple[str, list[Any], str, str]:
    """What the named have once an intervention is over."""
    return (
        _("%(people)s keep what they have") % {"people": people(counted.named)},
        _named_rows(scene),
        _("They will see: what was disclosed to them, until it is destroyed"),
        note,
    )


def _leaves(count: int, sees: str) -> tuple[str, list[Any], str, str]:
    return (
        _("%(people)s lose sight of it") % {"people": people(count)},
        [_row(_("Everybody else at the table"), count)],
        _("What they will see"),
        sees,
    )


def sees_after(scene: Scene, act: str, counted: Heads) -> str:
    """Who sees what an act writes, in one sentence, for acts that move nothing."""
    if scene.state == State.DRAFT:
        return _("the %(people)s seated for %(agency)s, nobody else") % {
            "people": people(counted.own), "agency": _own(scene),
        }  # fmt: skip
    if scene.state in BEFORE_THE_DOOR:
        return _("the %(people)s seated at this table") % {"people": people(counted.table)}
    if act == "enter_identifiers":
        return _("the named person of %(agency)s alone, until it is disclosed") % {"agency": _own(scene)}
    if scene.state in (State.LIMITED, State.INTERVENING) or act in _OF_THE_NAMED:
        return _("%(people)s; each only what is disclosed to that person") % {"people": named_people(counted.named)}
    return _("the %(people)s seated at this table") % {"people": people(counted.table)}
