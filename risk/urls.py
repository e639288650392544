"""Which addresses lead to the code lists?"""

from __future__ import annotations

from django.urls import path

from risk import views

urlpatterns = [
    path("code-lists/", views.code_lists, name="code_lists"),
    path("code-lists/<slug:code_list>/", views.code_list, name="code_list"),
    path("code-lists/<slug:code_list>/add/", views.code_add, name="code_add"),
    path("code-lists/<slug:code_list>/<slug:category>/<slug:code>/", views.code, name="code"),
    path("code-lists/<slug:code_list>/<slug:category>/<slug:code>/<slug:what>/", views.code_change, name="code_change"),
]
