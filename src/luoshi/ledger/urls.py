"""Addresses of the ledger."""

from django.urls import path

from luoshi.ledger.views import board, matter, verbs

urlpatterns = [
    path("board/", board.board, name="board"),
    path("gaps/", board.gaps, name="gaps"),
    path("matters/register/", verbs.register, name="register"),
    path("matters/<uuid:matter_id>/", matter.matter, name="matter"),
    path("matters/<uuid:matter_id>/evidence/<str:digest>/", matter.evidence, name="evidence"),
    path("matters/<uuid:matter_id>/<slug:verb>/", verbs.act, name="act"),
]
