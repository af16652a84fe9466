"""Every address of the site."""

from django.urls import include, path
from django.views.i18n import set_language

from luoshi.base.doors import door
from luoshi.organisation.verbs import enter
from luoshi.site import views
from luoshi.site.api import house
from luoshi.site.production import doors

handler400 = "luoshi.site.errors.bad_request"
handler403 = "luoshi.site.errors.permission_denied"
handler404 = "luoshi.site.errors.page_not_found"
handler500 = "luoshi.site.errors.server_error"

urlpatterns = [
    path("", views.front, name="front"),
    path("", include("luoshi.exchange.urls")),
    path("", include("luoshi.intake.urls")),
    path("", include("luoshi.ledger.urls")),
    path("", include("luoshi.audit.urls")),
    path("", include("luoshi.accounts.urls")),
    path("", include("luoshi.notices.urls")),
    path("", include("luoshi.clocks.urls")),
    path("", include("luoshi.organisation.urls")),
    path("api/", views.api, name="api"),
    path("healthz", doors.healthz, name="healthz"),
    path("readyz", doors.readyz, name="readyz"),
    path("metrics", doors.figures, name="metrics"),
    path("api/v1/", house.urls),
    path("rights/", views.rights, name="rights"),
    path("components/", views.components, name="components"),
    path("i18n/setlang/", door(enter)(set_language), name="set_language"),
]
