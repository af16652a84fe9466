"""Addresses of the ledger."""

from django.urls import path

from luoshi.ledger.views import (
    board,
    compare,
    figures,
    gaps,
    goal,
    inside,
    matter,
    rollups,
    sheets,
    silence,
    unit,
    verbs,
    why,
)

urlpatterns = [
    path("board/", board.board, name="board"),
    path("board/print/", board.printed, name="board_print"),
    path("board/export/<slug:ending>/", board.export, name="board_export"),
    path("board/bulk/", board.bulk, name="bulk"),
    path("board/views/", board.save, name="save_view"),
    path("board/views/<uuid:view_id>/", board.view, name="view"),
    path("board/views/<uuid:view_id>/forget/", board.forget, name="forget_view"),
    path("gaps/", gaps.gaps, name="gaps"),
    path("gaps/export/<slug:ending>/", sheets.gaps_sheet, name="gaps_export"),
    path("silence/", silence.silence, name="silence"),
    path("compare/", compare.compare, name="compare"),
    path("compare/export/<slug:ending>/", sheets.compare_sheet, name="compare_export"),
    path("figures/", figures.figures, name="figures"),
    path("rollups/", rollups.listing, name="rollups"),
    path("rollups/publish/", rollups.publish, name="publish_rollup"),
    path("goals/", goal.goals, name="goals"),
    path("goals/<uuid:goal_id>/", goal.goal, name="goal"),
    path("units/<uuid:unit_id>/", unit.unit, name="unit"),
    path("matters/register/", verbs.register, name="register"),
    path("matters/<uuid:matter_id>/", matter.matter, name="matter"),
    path("matters/<uuid:matter_id>/why/", why.why, name="why"),
    path(
        "matters/<uuid:matter_id>/submissions/<uuid:submission_id>/sheet/",
        inside.paper,
        name="submission_sheet",
    ),
    path("matters/<uuid:matter_id>/evidence/<str:digest>/", matter.evidence, name="evidence"),
    path("matters/<uuid:matter_id>/<slug:verb>/", verbs.act, name="act"),
]
