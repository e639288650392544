"""Which addresses tell the quarter?"""

from __future__ import annotations

from django.urls import path

from reports import release_views, views
from reports.api import QuarterView

urlpatterns = [
    path("quarter/", views.quarter, name="quarter"),
    path("quarter/csv/", views.quarter_csv, name="quarter_csv"),
    path("releases/", release_views.releases, name="releases"),
    path("releases/<uuid:release_id>/", release_views.release, name="release"),
    path("releases/<uuid:release_id>/file/<slug:kind>/", release_views.release_file, name="release_file"),
    path("releases/<uuid:release_id>/<slug:step>/", release_views.release_step, name="release_step"),
    path("api/v1/quarters/<slug:table>/<slug:quarter>/", QuarterView.as_view(), name="api_quarter"),
]
