"""Addresses of the standards."""

from django.urls import path

from luoshi.clocks.views import calendar

urlpatterns = [
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/announce/", calendar.announce, name="announce_year"),
]
