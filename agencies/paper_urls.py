"""Which addresses lead to what is signed?"""

from __future__ import annotations

from django.urls import path

from agencies.views import paper_texts, papers, signing

urlpatterns = [
    path("to-sign/", signing.to_sign, name="to_sign"),
    path("to-sign/undertakings/<slug:table>/", signing.sign_undertaking, name="sign_undertaking"),
    path("to-sign/agreements/<int:prepared_id>/", signing.sign_agreement, name="sign_agreement"),
    path("sign/<str:token>/", signing.sign_by_link, name="sign_by_link"),
    path("invited/<str:token>/", signing.guest_joins, name="guest_joins"),
    path("papers/", papers.papers, name="papers"),
    path("papers/ending/", papers.papers_ending, name="papers_ending"),
    path("papers/agreements/<int:agreement_id>/", papers.agreement, name="agreement"),
    path("papers/agreements/<int:agreement_id>/end/", papers.agreement_end, name="agreement_end"),
    path("papers/undertakings/<int:undertaking_id>/", papers.undertaking, name="undertaking"),
    path("papers/prepared/<int:prepared_id>/withdraw/", papers.paper_withdraw, name="paper_withdraw"),
    path("papers/<slug:table>/prepare/", papers.paper_prepare, name="paper_prepare"),
    path("papers/<slug:table>/on-call/<int:agency_id>/", papers.on_call, name="on_call"),
    path("papers/<slug:table>/texts/<slug:kind>/", paper_texts.paper_text, name="paper_text"),
    path("papers/<slug:table>/texts/<slug:kind>/edit/", paper_texts.paper_text_edit, name="paper_text_edit"),
    path("papers/<slug:table>/texts/<slug:kind>/publish/", paper_texts.paper_text_publish, name="paper_text_publish"),
    path("papers/<slug:table>/texts/<slug:kind>/drop/", paper_texts.paper_text_drop, name="paper_text_drop"),
]
