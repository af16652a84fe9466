"""Addresses of the exchange."""

from django.urls import path

from luoshi.exchange.views import calendars, subscriptions

urlpatterns = [
    path("calendars/", calendars.calendars, name="calendars"),
    path("calendars/<uuid:link_id>/revoke/", calendars.revoke, name="revoke_calendar"),
    path("calendars/<str:secret>.ics", calendars.opened, name="calendar"),
    path("subscriptions/", subscriptions.subscriptions, name="subscriptions"),
    path("subscriptions/new/", subscriptions.subscribe, name="subscribe"),
    path("subscriptions/<uuid:subscription_id>/", subscriptions.subscription, name="subscription"),
    path(
        "subscriptions/<uuid:subscription_id>/pause/",
        subscriptions.pause,
        name="pause_subscription",
    ),
    path(
        "subscriptions/<uuid:subscription_id>/resume/",
        subscriptions.resume,
        name="resume_subscription",
    ),
    path("subscriptions/<uuid:subscription_id>/end/", subscriptions.end, name="end_subscription"),
    path("subscriptions/<uuid:subscription_id>/secret/", subscriptions.secret, name="renew_secret"),
    path("dispatches/<uuid:dispatch_id>/again/", subscriptions.send_again, name="send_again"),
]
