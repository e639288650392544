"""What is a meeting: its agenda, and who was present for which item? (R61)

Presence is kept per item and per room, so that the recipients of anything said aloud can be derived.
"""

from __future__ import annotations

import uuid

from django.db import models

from agencies.models import Agency, Member, Table
from situations.vocabulary import ItemKind, MeetingState, Mode, Room

#: How long a meeting is planned for, unless somebody says otherwise.
MINUTES = 90


class Meeting(models.Model):
    """One sitting of a table."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    #: What a meeting is called by outside the system: a table's meetings are counted, with no year and no meaning.
    number = models.PositiveIntegerField()
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=MINUTES)
    state = models.CharField(max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED)
    chair = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    urgent = models.BooleanField(default=False)
    #: The weekly series it comes from, and for which day: moved elsewhere, that day is not filled again.
    series = models.ForeignKey(
        "situations.MeetingSeries", null=True, blank=True, on_delete=models.PROTECT, related_name="meetings"
    )
    series_day = models.DateField(null=True, blank=True)
    #: It was held on paper and is, or was, entered afterwards.
    on_paper = models.BooleanField(default=False)
    #: When its members were told of it, and how often it was moved since it was planned (RFC 5545's SEQUENCE).
    invited_at = models.DateTimeField(null=True, blank=True)
    moves = models.PositiveSmallIntegerField(default=0)
    #: What the table is on, since when, and who turns to the next one (docs/adr/0037).
    current = models.ForeignKey("AgendaItem", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    current_since = models.DateTimeField(null=True, blank=True)
    driver = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    #: The facilitator who handed the typing to the driver and for whom the driver types (docs/adr/0054).
    handed_by = models.ForeignKey(Member, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    #: What was done last that disclosed nothing, and how it was before (situations.slips).
    slips = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ("-starts_at",)
        constraints = (
            models.UniqueConstraint(fields=("table", "number"), name="meeting_number_once"),
            models.UniqueConstraint(fields=("series", "series_day"), name="once_a_day_of_a_series"),
            models.UniqueConstraint(
                fields=("table",), condition=models.Q(state=MeetingState.SITTING), name="one_sitting_meeting"
            ),
        )

    def __str__(self) -> str:
        return f"meeting {self.pk}"

    @property
    def code(self) -> str:
        """The neutral number of the meeting: the table's code and its count. Needs the table loaded."""
        return f"{self.table.code}-{self.number}"


class MeetingPresence(models.Model):
    """A person present at a meeting, for an agency."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="presences")
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    mode = models.CharField(max_length=10, choices=Mode.choices, default=Mode.ROOM)
    guest = models.BooleanField(default=False)
    left_at = models.DateTimeField(null=True, blank=True)
    #: Until when the agency said it can stay.
    leaves_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("meeting", "member"), name="present_once"),)

    def __str__(self) -> str:
        return f"presence {self.pk}"


class AgendaItem(models.Model):
    """One situation on one meeting's agenda."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    situation = models.ForeignKey("situations.Situation", on_delete=models.CASCADE, related_name="agenda_items")
    kind = models.CharField(max_length=10, choices=ItemKind.choices)
    position = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    planned_minutes = models.PositiveSmallIntegerField(default=7)
    #: When the lead reported to the table; what it said of the plan stays with those concerned.
    reported_at = models.DateTimeField(null=True, blank=True)
    #: How long the table was on it, turns before the present one.
    spent_seconds = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=("meeting", "situation"), name="on_agenda_once"),)

    def __str__(self) -> str:
        return f"agenda item {self.pk}"


class ItemPresence(models.Model):
    """A person present for one item, in the main meeting or in the huddle, until `left_at`."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="presences")
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    room = models.CharField(max_length=10, choices=Room.choices, default=Room.MAIN)
    mode = models.CharField(max_length=10, choices=Mode.choices, default=Mode.ROOM)
    guest = models.BooleanField(default=False)
    arrived_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("item", "member"), condition=models.Q(left_at__isnull=True), name="in_one_room_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"item presence {self.pk}"
