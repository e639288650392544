"""Which addresses tell the quarter?"""

from __future__ import annotations

from django.urls import path

from reports import views
from reports.api import QuarterView

urlpatterns = [
    path("quarter/", views.quarter, name="quarter"),
    path("quarter/csv/", views.quarter_csv, name="quarter_csv"),
    path("api/v1/quarters/<slug:table>/<slug:quarter>/", QuarterView.as_view(), name="api_quarter"),
]
