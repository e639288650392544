"""Which address leads to which page of situations and meetings?"""

from __future__ import annotations

from django.urls import path

from situations.live import streams
from situations.views import (
    act,
    control,
    draft,
    feeds,
    guests,
    handover,
    home,
    ledger,
    listing,
    meetings,
    now,
    planning,
    reveal,
    screen,
    screening,
    sharing,
    situation,
    turning,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("situations/", listing.situations, name="situations"),
    path("situations/new/", draft.draft_new, name="draft_new"),
    path("situations/<uuid:situation_id>/", situation.situation, name="situation"),
    path("situations/<uuid:situation_id>/edit/<slug:section>/", draft.draft_section, name="draft_section"),
    path("situations/<uuid:situation_id>/screen/", screening.draft_screen, name="draft_screen"),
    path("situations/<uuid:situation_id>/do/<slug:act>/", act.act, name="act"),
    path("situations/<uuid:situation_id>/reveal/", reveal.reveal, name="reveal"),
    path("situations/<uuid:situation_id>/huddle/", meetings.huddle_presence, name="huddle_presence"),
    path("revealed/<uuid:receipt>/", reveal.revealed, name="revealed"),
    path("meetings/", planning.meetings, name="meetings"),
    path("meetings/calendar/", feeds.calendar_feed, name="calendar_feed"),
    path("meetings/calendar/off/", feeds.calendar_feed_off, name="calendar_feed_off"),
    path("calendar/<slug:token>.ics", feeds.calendar_file, name="calendar_file"),
    path("meetings/weekly/<slug:table>/", planning.weekly, name="meetings_weekly"),
    path("meetings/weekly/<slug:table>/<slug:verb>/", planning.weekly_do, name="meetings_weekly_do"),
    path("meetings/<uuid:meeting_id>/change/", planning.meeting_change, name="meeting_change"),
    path("meetings/<uuid:meeting_id>/cancel/", planning.meeting_cancel, name="meeting_cancel"),
    path("meetings/<uuid:meeting_id>/", meetings.meeting, name="meeting"),
    path("meetings/<uuid:meeting_id>/guests/", guests.meeting_guests, name="meeting_guests"),
    path("meetings/<uuid:meeting_id>/guests/<int:seat_id>/off/", guests.meeting_guest_off, name="meeting_guest_off"),
    path("meetings/<uuid:meeting_id>/now/", now.meeting_now, name="meeting_now"),
    path("meetings/<uuid:meeting_id>/control/", control.meeting_control, name="meeting_control"),
    path("meetings/<uuid:meeting_id>/screen/", screen.meeting_screen, name="meeting_screen"),
    path("meetings/<uuid:meeting_id>/turn/", turning.meeting_turn, name="meeting_turn"),
    path("meetings/<uuid:meeting_id>/drive/", turning.meeting_drive, name="meeting_drive"),
    path("meetings/<uuid:meeting_id>/<slug:verb>/", meetings.meeting_do, name="meeting_do"),
    path("live/meetings/<uuid:meeting_id>/", streams.meeting_stream, name="live_meeting"),
    path("live/situations/<uuid:situation_id>/", streams.situation_stream, name="live_situation"),
    path("live/huddles/<uuid:situation_id>/", streams.huddle_stream, name="live_huddle"),
    path("people/<int:member_id>/hand-over/<slug:table>/", handover.hand_over, name="hand_over"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("how-information-is-shared/", sharing.sharing, name="sharing"),
]
