"""Addresses of handing in."""

from django.urls import path

from luoshi.intake.reports.views import listing as reports
from luoshi.intake.reports.views import review, sentence, tables
from luoshi.intake.reports.views import withdrawing as reports_withdrawn
from luoshi.intake.views import listing, sheet, withdrawing, writing

urlpatterns = [
    path("reports/", reports.reports, name="reports"),
    path("reports/promises/", tables.promises, name="report_promises"),
    path("reports/<uuid:document_id>/", review.review, name="report"),
    path(
        "reports/<uuid:document_id>/withdraw/", reports_withdrawn.withdraw, name="report_withdraw"
    ),
    path("reports/<uuid:document_id>/tasks.<slug:ending>", tables.tasks, name="report_tasks"),
    path(
        "reports/text/<slug:digest>/<int:start>-<int:end>/", sentence.sentence, name="report_text"
    ),
    path("import/", listing.imports, name="imports"),
    path("import/<uuid:import_id>/", sheet.preview, name="import"),
    path("import/<uuid:import_id>/writing/", writing.writing, name="import_writing"),
    path("import/<uuid:import_id>/withdraw/", withdrawing.withdraw, name="import_withdraw"),
]
