"""How do the named people act behind the door, from who it is to the conclusion?"""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from tests.journeys.person import Person


def enter_and_disclose(person: Person, *, name: str, birth: str, place: str, to: tuple[str, ...], grounds: str) -> None:
    """What waits at home of the agency that brought it."""
    person.home()
    person.follow("Enter and disclose who it is")
    person.press("Enter who it is")
    person.fill("Name", name)
    person.fill("Date of birth or age", birth)
    person.fill("Where the person can be found", place)
    person.press("Enter who it is")
    person.press("Disclose")
    person.fits_a_telephone()
    person.tick("Name", "Date of birth or age", "Location", group="What is disclosed")
    person.tick(*to, group="To whom")
    person.tick("Agency policy and sharing agreement", group="On which legal authority")
    person.fill("Grounds", grounds)
    person.press("Disclose")
    person.sees("Not answered yet")


def reveal(person: Person, number: str, title: str) -> str:
    """Two requests: the purpose is recorded, then the text is shown once; returns what was on the screen."""
    person.open_situation(number)
    person.press("Reveal for 60 seconds", within=person.page.get_by_role("region", name=title))
    person.sees("Shown to you alone")
    person.fits_a_telephone()
    shown = person.main.inner_text()
    person.follow("Hide and go back")
    assert person.heading == number
    return shown


def answer(person: Person, words: str) -> None:
    """What waits at home of a recipient."""
    person.home()
    person.follow("Answer a disclosure made to you")
    person.tick(words)
    person.press("Answer the disclosure")
    person.sees(words)


def lead(person: Person) -> None:
    """Confirm, after a preview; the clock starts."""
    person.home()
    person.follow("Confirm that you lead")
    person.sees("The clock starts")
    person.press("Confirm that we lead")
    person.sees("First contact", "min left")
    person.fits_a_telephone()


def record_authority(person: Person, words: str) -> None:
    """On which statute the own entries rest."""
    person.press("Record our authority")
    person.tick(words)
    person.press("Record our authority")
    person.sees(words)


def safe_contact(person: Person, words: str) -> None:
    """First of all; mail is blocked."""
    person.press("Write safe-contact instructions")
    person.fill("Safe-contact instructions", words)
    person.tick("Mail is blocked")
    person.press("Write safe-contact instructions")
    person.sees("Mail is blocked")


def add_action(person: Person, words: str, grounds: str, number: int = 1) -> None:
    """Who does what, until when."""
    person.press("Add an action")
    person.fill("What will be done", words)
    person.fill("Until when", (timezone.localdate() + timedelta(days=1)).isoformat())
    person.fill("Grounds", grounds)
    person.press("Add an action")
    person.sees(f"Action {number}")


def first_contact(person: Person) -> None:
    """The lead's first duty, with what came of asking for consent."""
    person.home()
    person.follow("Make first contact")
    person.tick("Reached the person", group="How it went")
    person.tick("Consent could not be sought", group="What came of asking for consent")
    person.tick("The person could not understand", group="If consent could not be sought: why not")
    person.press("Record first contact")
    person.sees("Reached the person. Consent could not be sought")


def give_notice(person: Person) -> None:
    """What waits at home: the written notice the authority demands. Mail being blocked, it is handed over."""
    person.home()
    person.follow("Give the written notice")
    person.fill("Given on", timezone.localdate().isoformat())
    person.choose("How it was given", "Mailed")
    person.press("Close a notice")
    person.sees("Mail is blocked")
    person.choose("How it was given", "Handed over in person")
    person.press("Close a notice")
    person.home()
    person.does_not_see("Give the written notice")


def close_action(person: Person) -> None:
    """What waits at home: an action of the plan."""
    person.home()
    person.follow("Do action 1 of the plan")
    person.press("Close an action")


def record_service(person: Person, number: str) -> None:
    """What was offered, and how it went."""
    person.open_situation(number)
    person.press("Record a service")
    person.pick("Mental health", group="Kind of service")
    person.tick("Connected to service", group="How it went")
    person.press("Record a service")
    person.sees("Connected to service")


def conclude(person: Person, number: str) -> None:
    """One coded outcome."""
    person.open_situation(number)
    person.press("Conclude")
    person.tick("Connected to services")
    person.press("Conclude")
    person.sees(number)
