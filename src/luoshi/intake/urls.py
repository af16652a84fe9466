"""Addresses of handing in."""

from django.urls import path

from luoshi.intake.views import listing, sheet, withdrawing, writing

urlpatterns = [
    path("import/", listing.imports, name="imports"),
    path("import/<uuid:import_id>/", sheet.preview, name="import"),
    path("import/<uuid:import_id>/writing/", writing.writing, name="import_writing"),
    path("import/<uuid:import_id>/withdraw/", withdrawing.withdraw, name="import_withdraw"),
]
