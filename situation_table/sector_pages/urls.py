"""Which addresses lead to the sectors? Of the same shape as those of the code lists of risk."""

from __future__ import annotations

from django.urls import path

from situation_table.sector_pages import views

urlpatterns = [
    path("", views.sectors, name="sectors"),
    path("add/", views.sector_add, name="sector_add"),
    path("-/<slug:code>/", views.sector, name="sector"),
    path("-/<slug:code>/<slug:what>/", views.sector_change, name="sector_change"),
]
