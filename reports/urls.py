"""Which addresses tell the quarter?"""

from __future__ import annotations

from django.urls import path

from reports import meeting_pdf, own_views, release_views, sum_views, views
from reports.api import QuarterView
from reports.committee_api import HealthView, PlanningView
from reports.evaluation import views as evaluation_views
from reports.evaluation.api import CostView, EvaluationView, NoteView, ProxyView, TakeBackView
from reports.health import views as health_views
from reports.own_api import OwnFiguresView, PlacesView
from reports.planning import views as planning_views
from reports.record_views import entry, exports, past
from reports.release_api import ReleaseSumView, ReleasesView, ReleaseView

urlpatterns = [
    path("quarter/", views.quarter, name="quarter"),
    path("quarter/csv/", views.quarter_csv, name="quarter_csv"),
    path("own-figures/", own_views.own, name="own_figures"),
    path("own-figures/csv/", own_views.own_csv, name="own_csv"),
    path("evaluation/", evaluation_views.evaluation, name="evaluation"),
    path("evaluation/<slug:kind>/", evaluation_views.evaluation_add, name="evaluation_add"),
    path(
        "evaluation/<slug:kind>/<int:entry_id>/take-back/",
        evaluation_views.evaluation_take_back,
        name="evaluation_take_back",
    ),
    path("planning/", planning_views.planning, name="planning"),
    path("planning/<slug:kind>/", planning_views.planning_add, name="planning_add"),
    path("planning/matters/<int:matter_id>/", planning_views.planning_move, name="planning_move"),
    path("planning/issues/<slug:kind>/<slug:sector>/", planning_views.planning_take_up, name="planning_take_up"),
    path("table-health/", health_views.health, name="health_of_table"),
    path("releases/", release_views.releases, name="releases"),
    path("releases/together/", sum_views.release_sum, name="release_sum"),
    path("releases/together/<slug:kind>/", sum_views.release_sum_file, name="release_sum_file"),
    path("releases/<uuid:release_id>/", release_views.release, name="release"),
    path("releases/<uuid:release_id>/file/<slug:kind>/", release_views.release_file, name="release_file"),
    path("releases/<uuid:release_id>/<slug:step>/", release_views.release_step, name="release_step"),
    path("meetings/<uuid:meeting_id>/record/pdf/", meeting_pdf.meeting_record_pdf, name="meeting_record_pdf"),
    path("record/", exports.record, name="record"),
    path("record/<slug:table>/prepare/", exports.export_prepare, name="export_prepare"),
    path("record/exports/<uuid:export_id>/", exports.export, name="export"),
    path("record/exports/<uuid:export_id>/approve/", exports.export_approve, name="export_approve"),
    path("record/exports/<uuid:export_id>/take/<slug:form>/", exports.export_take, name="export_take"),
    path("record/entry/", entry.entry_list, name="entry_list"),
    path("record/entry/<uuid:record_id>/", entry.entry, name="entry"),
    path("record/entry/<uuid:record_id>/done/", entry.entry_done, name="entry_done"),
    path("record/<slug:table>/import/", past.import_past, name="import_past"),
    path("record/imports/<uuid:batch_id>/undo/", past.import_undo, name="import_undo"),
    path("api/v1/own-figures/", PlacesView.as_view(), name="api_own_places"),
    path("api/v1/own-figures/<slug:place>/<slug:quarter>/", OwnFiguresView.as_view(), name="api_own_figures"),
    path("api/v1/evaluation/<slug:table>/<slug:period>/", EvaluationView.as_view(), name="api_evaluation"),
    path("api/v1/evaluation/<slug:table>/entries/cost/", CostView.as_view(), name="api_cost"),
    path("api/v1/evaluation/<slug:table>/entries/proxy/", ProxyView.as_view(), name="api_proxy"),
    path("api/v1/evaluation/<slug:table>/entries/note/", NoteView.as_view(), name="api_note"),
    path(
        "api/v1/evaluation/<slug:table>/entries/<slug:kind>/<int:entry_id>/take-back/",
        TakeBackView.as_view(),
        name="api_evaluation_take_back",
    ),
    path("api/v1/planning/<slug:table>/", PlanningView.as_view(), name="api_planning"),
    path("api/v1/table-health/<slug:table>/", HealthView.as_view(), name="api_health"),
    path("api/v1/quarters/<slug:table>/<slug:quarter>/", QuarterView.as_view(), name="api_quarter"),
    path("api/v1/releases/", ReleasesView.as_view(), name="api_releases"),
    path("api/v1/releases/together/", ReleaseSumView.as_view(), name="api_release_sum"),
    path("api/v1/releases/<uuid:release_id>/", ReleaseView.as_view(), name="api_release"),
]
