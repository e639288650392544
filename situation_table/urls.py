"""Which address leads to which door?"""

from __future__ import annotations

from django.urls import include, path
from django.views.i18n import set_language
from drf_spectacular.views import SpectacularAPIView

from situation_table.health import health

urlpatterns = [
    path("language/", set_language, name="set_language"),
    path("health/", health, name="health"),
    path("api/v1/schema/", SpectacularAPIView.as_view(), name="api_schema"),
    path("api/v1/", include("situations.api.urls")),
    path("", include("reports.urls")),
    # Before those of risk, whose lists are named by the same part of the address.
    path("code-lists/sectors/", include("situation_table.sector_pages.urls")),
    path("", include("risk.urls")),
    path("", include("agencies.sign_in_urls")),
    path("", include("agencies.paper_urls")),
    path("", include("agencies.people_urls")),
    path("", include("situations.urls")),
]
