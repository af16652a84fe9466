"""Addresses of the audit list."""

from django.urls import path

from luoshi.audit.views import listing

urlpatterns = [
    path("audit/", listing.audit, name="audit"),
    path("audit/export/<slug:ending>/", listing.export, name="audit_export"),
]
