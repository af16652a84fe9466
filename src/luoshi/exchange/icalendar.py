"""Days of an agenda as an iCalendar file (RFC 5545), by the library ``icalendar``."""

from datetime import timedelta
from uuid import uuid5

from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from luoshi.exchange.agenda import Agenda, Item
from luoshi.rules.agenda import DUE, Certainty

CONTENT_TYPE = "text/calendar; charset=utf-8"
HIGHEST = 2**31 - 1  # an iCalendar INTEGER (RFC 5545 §3.3.8)


def written(agenda: Agenda, *, name: str, site: str, alarm_days: int | None) -> bytes:
    """Return the file; ``site`` is what stands before the path of a matter in its address.

    Events are whole days of the district, without a zone: 2026-06-30 is that day wherever the
    reader is. Each keeps its UID whatever day it moves to; SEQUENCE is the number of the matter's
    last entry, DTSTAMP its moment.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Luoshi//Luoshi 1//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Asia/Shanghai")
    calendar.add("x-published-ttl", "PT1H")
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    if agenda.left_out:
        told = _("%(count)s days that are further away are left out") % {"count": agenda.left_out}
        calendar.add("x-wr-caldesc", told)
    for item in agenda.items:
        calendar.add_component(_event(item, site, alarm_days))
    return bytes(calendar.to_ical())


def _event(item: Item, site: str, alarm_days: int | None) -> Event:
    happening = item.happening
    event = Event()
    event.add("uid", str(uuid5(item.matter, happening.key)))
    event.add("dtstamp", item.at)
    event.add("last-modified", item.at)
    event.add("sequence", min(item.number, HIGHEST))
    event.add("dtstart", happening.day)
    event.add("dtend", happening.day + timedelta(days=1))
    event.add("summary", summary_of(item))
    event.add("description", _("Matter %(code)s") % {"code": item.code})
    event.add("status", happening.certainty.value)
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    event.add("categories", [_("Due day") if happening.key == DUE else _("Node")])
    event.add("url", f"{site}/matters/{item.matter}/")
    is_ahead = not happening.is_done and happening.certainty != Certainty.CANCELLED
    if alarm_days is not None and is_ahead:
        event.add_component(_alarm(item, alarm_days))
    return event


def summary_of(item: Item) -> str:
    """Return what a calendar shows in its day."""
    words = {"title": item.title, "node": item.happening.title}
    if item.happening.key == DUE:
        said = _("Due: %(title)s") % words
    else:
        said = _("Node: %(node)s (%(title)s)") % words
    return _("%(said)s, done") % {"said": said} if item.happening.is_done else said


def _alarm(item: Item, days: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary_of(item))
    # The day begins at midnight: nine in the morning, so many days before.
    alarm.add("trigger", timedelta(hours=9) - timedelta(days=days))
    return alarm
