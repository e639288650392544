"""How does a table sit, from planning a meeting to the closed door?"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from tests.journeys.company import Company
from tests.journeys.person import Person

CRITERIA = 4


def plan(facilitator: Person) -> None:
    """A meeting for now."""
    facilitator.home()
    facilitator.press("Plan a meeting")
    facilitator.fill("When", datetime.now(ZoneInfo("America/Toronto")).strftime("%Y-%m-%d %H:%M"))
    facilitator.press("Plan the meeting")
    facilitator.sees("The meeting is planned")


def begin(facilitator: Person, *here: Person) -> None:
    """Read the statement out, and mark everybody present."""
    facilitator.press("It was read: start the meeting")
    for person in here:
        facilitator.press(f"Here {person.name}")
    facilitator.sees("Quorum is met")
    facilitator.fits_a_telephone()


def to_meeting(person: Person) -> None:
    """From home to the meeting that sits."""
    person.home()
    person.press("Open the meeting")


def stand_behind(person: Person, number: str, label: str = "We stand behind it") -> None:
    """By the own sign-in."""
    person.open_situation(number)
    person.sees("In discussion now")
    person.press(label)


def tick_criteria(facilitator: Person, count: int = CRITERIA) -> None:
    """The first so many of the four."""
    criteria = facilitator.section("Acutely elevated risk?").get_by_role("checkbox")
    assert criteria.count() == CRITERIA
    for n in range(count):
        criteria.nth(n).check()


def accept(facilitator: Person, number: str) -> None:
    """All four criteria are affirmed."""
    facilitator.open_situation(number)
    facilitator.sees("2 agencies, 2 needed", "No open objection", "Quorum is met")
    facilitator.fits_a_telephone()
    tick_criteria(facilitator)
    facilitator.press("Threshold met: choose agencies")
    facilitator.sees("Which agencies are reasonably necessary")


def choose(facilitator: Person, agency: str, why: str, *, leads: bool = False) -> None:
    """An agency, with its reason."""
    facilitator.press("Choose an agency")
    facilitator.choose("Agency", agency)
    facilitator.tick(why)
    if leads:
        facilitator.tick("We propose that it leads")
    facilitator.press("Choose an agency")
    facilitator.sees(agency, why)


def name_oneself(person: Person) -> None:
    """What waits at home: say who will act."""
    person.home()
    person.follow("Name the person who will act")
    person.tick(person.name)
    person.press("Name the person who will act")
    person.sees(person.name)


def shut_the_door(facilitator: Person, number: str) -> None:
    """After a preview with the number of people on both sides."""
    facilitator.open_situation(number)
    facilitator.press("Close the door: the chosen go to the huddle")
    facilitator.sees("3 people go on to the huddle", "leave this item", "Nothing has changed yet")
    facilitator.fits_a_telephone()
    facilitator.press("Close the door: the chosen go to the huddle")
    facilitator.sees(f"{number} is now with the intervening agencies")


def bring_to_discussion(company: Company, number: str) -> None:
    """The facilitator opens the item of the sitting meeting."""
    facilitator = company["facilitator"]
    to_meeting(facilitator)
    row = facilitator.main.get_by_role("article").filter(has_text=number)
    facilitator.press("Open for discussion", within=row)
    assert facilitator.heading == number
