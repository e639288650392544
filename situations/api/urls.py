"""Which address of the API leads to which question? (Mounted at /api/v1/; every name has a row in the URL policy.)"""

from __future__ import annotations

from django.urls import path

from situations.api import acts, agenda, driving, meetings, planning, record, reference, reveals, situations

app_name = "api"

urlpatterns = [
    path("me/", reference.MeView.as_view(), name="me"),
    path("catalogue/<slug:code_list>/", reference.CatalogueView.as_view(), name="catalogue"),
    path("situations/", situations.SituationsView.as_view(), name="situations"),
    path("situations/<uuid:situation_id>/", situations.SituationView.as_view(), name="situation"),
    path("situations/<uuid:situation_id>/decisions/", situations.DecisionsView.as_view(), name="decisions"),
    path("situations/<uuid:situation_id>/ledger/", situations.LedgerView.as_view(), name="ledger"),
    path("situations/<uuid:situation_id>/reveals/", reveals.RevealsView.as_view(), name="reveals"),
    path("reveals/<uuid:receipt>/", reveals.RevealedView.as_view(), name="revealed"),
    path("meetings/", meetings.MeetingsView.as_view(), name="meetings"),
    path("meetings/<uuid:meeting_id>/", meetings.MeetingView.as_view(), name="meeting"),
    path("meetings/weekly/", planning.SeriesView.as_view(), name="meetings_weekly"),
    path("meetings/<uuid:meeting_id>/record/", record.RecordView.as_view(), name="meeting_record"),
    path("meetings/<uuid:meeting_id>/record/confirm/", record.ConfirmView.as_view(), name="meeting_confirm"),
    path("meetings/<uuid:meeting_id>/change/", planning.ChangeView.as_view(), name="meeting_change"),
    path("meetings/<uuid:meeting_id>/cancel/", planning.CancelView.as_view(), name="meeting_cancel"),
    path("meetings/<uuid:meeting_id>/start/", meetings.StartView.as_view(), name="meeting_start"),
    path("meetings/<uuid:meeting_id>/end/", meetings.EndView.as_view(), name="meeting_end"),
    path("meetings/<uuid:meeting_id>/presence/", meetings.PresenceView.as_view(), name="meeting_presence"),
    path("meetings/<uuid:meeting_id>/agenda/", meetings.AgendaView.as_view(), name="meeting_agenda"),
    path("meetings/<uuid:meeting_id>/agenda/order/", agenda.OrderView.as_view(), name="meeting_order"),
    path("meetings/<uuid:meeting_id>/agenda/minutes/", agenda.MinutesView.as_view(), name="meeting_minutes"),
    path("meetings/<uuid:meeting_id>/driving/", driving.DrivingView.as_view(), name="meeting_driving"),
    path("meetings/<uuid:meeting_id>/turn/", driving.TurnView.as_view(), name="meeting_turn"),
    path("meetings/<uuid:meeting_id>/hand-over/", driving.HandOverView.as_view(), name="meeting_hand_over"),
    path("meetings/<uuid:meeting_id>/take-over/", driving.TakeOverView.as_view(), name="meeting_take_over"),
    *acts.addresses(),
]
