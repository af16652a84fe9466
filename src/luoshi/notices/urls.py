"""Addresses of the notices."""

from django.urls import path

from luoshi.notices.views import burden, inbox, receipts

urlpatterns = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/read/", inbox.read_all, name="inbox_read_all"),
    path("inbox/preferences/", inbox.preferences, name="preferences"),
    path("inbox/<uuid:notice_id>/", inbox.opened, name="notice"),
    path("receipts/", receipts.receipts, name="receipts"),
    path("receipts/export/<slug:ending>/", receipts.export, name="receipts_export"),
    path("burden/", burden.burden, name="burden"),
    path("burden/cap/", burden.cap, name="burden_cap"),
]
