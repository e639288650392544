"""Which addresses lead to people, seats, agencies, tables, and to the first run?"""

from __future__ import annotations

from django.urls import path

from agencies.views import agencies, first_run, joining, leaving, letters, people, people_import, seats

urlpatterns = [
    path("first-run/", first_run.first_run, name="first_run"),
    path("setting-up/", first_run.setting_up, name="setting_up"),
    path("join/<str:token>/", joining.join, name="join"),
    path("confirm/<str:token>/", joining.confirm_seats, name="confirm_seats"),
    path("people/", people.people, name="people"),
    path("people/add/", people.person_add, name="person_add"),
    path("people/import/", people_import.people_import, name="people_import"),
    path("people/<int:member_id>/", people.person, name="person"),
    path("people/<int:member_id>/change/", people.person_change, name="person_change"),
    path("people/<int:member_id>/seat/", people.seat_propose, name="seat_propose"),
    path("people/<int:member_id>/leaving/", leaving.leaving, name="leaving"),
    path("seats/<int:seat_id>/", seats.seat, name="seat"),
    path("seats/<int:seat_id>/cover/", people.seat_cover, name="seat_cover"),
    path("seats/<int:seat_id>/<slug:verb>/", seats.seat_do, name="seat_do"),
    path("agencies/", agencies.agencies, name="agencies"),
    path("agencies/add/", agencies.agency_add, name="agency_add"),
    path("agencies/<int:agency_id>/", agencies.agency, name="agency"),
    path("tables/", agencies.tables, name="tables"),
    path("tables/add/", agencies.table_add, name="table_add"),
    path("tables/<slug:table>/", agencies.table_settings, name="table_settings"),
    path("invitations/", letters.letters, name="letters"),
    path("invitations/<int:letter_id>/again/", letters.letter_again, name="letter_again"),
]
