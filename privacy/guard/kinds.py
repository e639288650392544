"""Which kinds of tell-tale words are there, why does each one tell, and what can be written instead?"""

from __future__ import annotations

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a marked passage is. The values are an interface: `manage.py screen_text` prints them."""

    PERSON = "person", _("Name of a person")
    PHONE = "phone", _("Phone number")
    EMAIL = "email", _("E-mail address")
    HANDLE = "handle", _("Name on social media")
    ADDRESS = "address", _("Street address")
    POSTAL_CODE = "postal_code", _("Postal code")
    BIRTH_DATE = "birth_date", _("Date of birth")
    HEALTH_CARD = "health_card", _("Health card number")
    SIN = "sin", _("Social insurance number")
    LICENCE = "licence", _("Driver's licence number")
    FILE_NUMBER = "file_number", _("File or incident number")
    PLATE = "plate", _("Licence plate")
    PLACE = "place", _("Telling description of a place")
    EXACT_DATE = "exact_date", _("Exact date")
    SCHOOL = "school", _("Named school")
    EMPLOYER = "employer", _("Named employer")
    SHELTER = "shelter", _("Named shelter or organization")
    YOUTH_JUSTICE = "youth_justice", _("Youth-justice record")

    @property
    def direct(self) -> bool:
        """Whether it names the person by itself; the others do so together with what people already know."""
        return self not in _INDIRECT

    @property
    def why(self) -> str | Promise:
        """One sentence: why a stranger could tell who it is."""
        return _SAID[self][0]

    @property
    def instead(self) -> str | Promise:
        """One sentence: what to write instead."""
        return _SAID[self][1]


_INDIRECT = frozenset({Kind.PLACE, Kind.EXACT_DATE, Kind.SCHOOL, Kind.EMPLOYER, Kind.SHELTER, Kind.YOUTH_JUSTICE})

_SAID: dict[Kind, tuple[str | Promise, str | Promise]] = {
    Kind.PERSON: (
        _("A name, a nickname or initials tell people at the table who it is."),
        _("Write what the person is here: the person, the mother, a roommate, a worker."),
    ),
    Kind.PHONE: (
        _("A phone number leads to one person or one household."),
        _("Leave it out. How to reach the person is entered later, for intervening agencies only."),
    ),
    Kind.EMAIL: (
        _("An e-mail address belongs to one person and often holds the name."),
        _("Leave it out. How to reach the person is entered later, for intervening agencies only."),
    ),
    Kind.HANDLE: (
        _("Anybody can look up a name on social media."),
        _("Write only that it happened on social media."),
    ),
    Kind.ADDRESS: (
        _("An address leads to one household, even without the number."),
        _("Write the kind of home: an apartment, a farm, a rooming house."),
    ),
    Kind.POSTAL_CODE: (
        _("A postal code often covers one side of one street."),
        _("Leave it out; the area the table uses is enough."),
    ),
    Kind.BIRTH_DATE: (
        _("A date of birth picks one person out of thousands."),
        _("Leave it out; the age group is chosen in its own field."),
    ),
    Kind.HEALTH_CARD: (
        _("A health card number belongs to one person."),
        _("Leave it out; no agency needs it to decide here."),
    ),
    Kind.SIN: (
        _("A social insurance number belongs to one person."),
        _("Leave it out; no agency needs it to decide here."),
    ),
    Kind.LICENCE: (
        _("A driver's licence number belongs to one person and holds the date of birth."),
        _("Leave it out; no agency needs it to decide here."),
    ),
    Kind.FILE_NUMBER: (
        _("A file or incident number opens the person's record at an agency."),
        _("Write that your agency knows the person, without the number."),
    ),
    Kind.PLATE: (
        _("A licence plate leads to one owner."),
        _("Write only that there is a vehicle."),
    ),
    Kind.PLACE: (
        _("People who live here know which place is meant."),
        _("Write the kind of place, without what it stands beside."),
    ),
    Kind.EXACT_DATE: (
        _("An exact date can be matched with news or with a record."),
        _("Write how long ago it was: last week, in the spring, two years ago."),
    ),
    Kind.SCHOOL: (
        _("With age group and sex, a named school leaves few people."),
        _("Write the kind of school: an elementary school, a college."),
    ),
    Kind.EMPLOYER: (
        _("With age group and sex, a named employer leaves few people."),
        _("Write the kind of work: a restaurant, a mine, a store."),
    ),
    Kind.SHELTER: (
        _("A named shelter or organization says where the person can be found."),
        _("Write the kind: an emergency shelter, a treatment centre, a community group."),
    ),
    Kind.YOUTH_JUSTICE: (
        _("What comes from a youth-justice record of a person aged 12 to 17 may not be shared at this filter."),
        _("Leave it out; describe what the person did or needs, without charge, court or sentence."),
    ),
}
