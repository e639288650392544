"""How does an agency file and present a situation, section by section of the task list?"""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.person import Person

SECTIONS = ("What kind and whom", "Why it is acute", "Risk factors", "Protective factors and study flags", "Summary")


def start(person: Person) -> None:
    """From home to the first section."""
    person.home()
    person.press("File a situation")
    person.press("Start the draft")
    assert person.heading == SECTIONS[0]


def whom(person: Person, age: str = "18-24") -> None:
    """A person, coarsely."""
    person.tick("Person", group="What kind of situation is it?")
    person.choose("Person 1: age group", age)
    person.choose("Person 1: sex", "Male")
    person.press("Save and continue")


def acute(person: Person, tried: str) -> None:
    """The screening answers of the own agency."""
    assert person.heading == SECTIONS[1]
    for box in person.group("Which of these are so?").get_by_role("checkbox").all():
        box.check()
    person.fill("What your agency tried", tried)
    person.tick("Lakemoor Crisis Team", "Nia River Housing", group="Which agencies are likely needed?")
    person.press("Save and continue")


def factors(person: Person, count: int = 2) -> None:
    """The first factors of as many groups."""
    assert person.heading == SECTIONS[2]
    _tick_in_groups(person, "Risk factors", count)
    person.press("Save and continue")


def protective(person: Person, flag: str = "") -> None:
    """One protective factor, and a flag if wished."""
    assert person.heading == SECTIONS[3]
    _tick_in_groups(person, "Protective factors", 1)
    if flag:
        person.pick(flag, group="Study flags")
    person.press("Save and continue")


def summary(person: Person, text: str) -> None:
    """The words the table will read."""
    assert person.heading == SECTIONS[4]
    person.fill("What is happening, without saying who", text)
    person.press("Save and continue")


def file(person: Person, *, words: str, tried: str, age: str = "18-24", flag: str = "") -> None:
    """Every section, to the task list with everything done."""
    start(person)
    whom(person, age)
    acute(person, tried)
    factors(person)
    protective(person, flag)
    summary(person, words)
    person.sees("5 of 6 sections done")


def present(person: Person, *, twice: bool = False) -> str:
    """Check answers and present; returns the discussion number."""
    person.press("Check and present")
    person.sees("The table will read")
    person.press("Present to the table", twice=twice)
    return person.heading


def _tick_in_groups(person: Person, legend: str, count: int) -> None:
    groups = person.group(legend).first.locator("details.group")
    for n in range(count):
        group = groups.nth(n)
        if group.get_attribute("open") is None:
            group.locator("summary").click()
        box = group.get_by_role("checkbox").first
        expect(box).to_be_visible()
        box.check()
