"""The daily receipt: what was sent to a unit, to which posts, and what was not sent, and why."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from luoshi.base.doors import door
from luoshi.base.grids.writing import Column, Sheet, write_csv, write_xlsx
from luoshi.base.threads import Actor
from luoshi.base.verbs import Verb
from luoshi.base.wording import day_in_text
from luoshi.notices import queries, verbs
from luoshi.notices.views.paging import day_in, unit_in
from luoshi.notices.words import CHANNELS, REASONS, label_of, subjects_of
from luoshi.organisation.middleware import visitor_in
from luoshi.organisation.queries import (
    UnitOn,
    Visitor,
    names_of,
    posts_visible_to,
    units_visible_to,
)

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Looked:
    """Which unit's list is looked at, among which; None is the whole district."""

    visitor: Visitor
    day: date
    unit: UUID | None
    units: Sequence[UnitOn]

    @property
    def unit_name(self) -> str:
        """Return the unit's name on the day, that of nobody for the district."""
        return next((unit.name for unit in self.units if unit.id == self.unit), "")


def looked(request: HttpRequest, verb: Verb) -> Looked:
    """Read whose list an address asks for: one's own unit where that is all one may read.

    Raises PermissionDenied for a list of others.
    """
    visitor = visitor_in(request)
    assert visitor is not None  # noqa: S101 - the door let a reader in
    day, unit = day_in(request), unit_in(request)
    units = units_visible_to(visitor, day=day)
    if isinstance(visitor, Actor):
        if unit is None and not verb.who(visitor, None):
            unit = visitor.unit
        if not verb.who(visitor, unit):
            raise PermissionDenied(verb.name)
        units = [one for one in units if verb.who(visitor, one.id)]
    return Looked(visitor, day, unit, units)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a receipt; ``outcome`` is empty where it was sent."""

    at: datetime
    label: str
    code: str
    title: str
    url: str
    post: str
    way: str
    is_sent: bool
    outcome: str


@door(verbs.read_receipt)
def receipts(request: HttpRequest) -> HttpResponse:
    """Show the receipt of a day."""
    found = looked(request, verbs.read_receipt)
    lines = list(_lines(found))
    query = f"?on={found.day.isoformat()}" + (f"&unit={found.unit}" if found.unit else "")
    context = {
        "lines": lines,
        "sent": sum(line.is_sent for line in lines),
        "unsent": sum(not line.is_sent for line in lines),
        "unit": found.unit,
        "units": found.units,
        "day": found.day,
        "files": [(name, reverse("receipts_export", args=[name]) + query) for name in TYPES],
        "may_choose": len(found.units) > 1,
    }
    return render(request, "notices/receipts.html", context)


@door(verbs.read_receipt)
def export(request: HttpRequest, ending: str) -> HttpResponse:
    """Give the receipt as a file."""
    if ending not in TYPES:
        raise Http404
    found = looked(request, verbs.read_receipt)
    heads = (
        _("Time"), _("Notice"), _("Code"), _("Matter"), _("Post"), _("Way"), _("Outcome"),
    )  # fmt: skip
    title = _("Receipt of notices, %(day)s %(unit)s") % {
        "day": day_in_text(found.day),
        "unit": found.unit_name,
    }
    rows: list[list[Any]] = [
        [_time(line.at), line.label, line.code, line.title, line.post, line.way, line.outcome]
        for line in _lines(found)
    ]
    sheet = Sheet(title.strip(), [Column(head, width=20) for head in heads], rows)
    out = io.BytesIO()
    if ending == "csv":
        write_csv(out, sheet)
    else:
        write_xlsx(out, [sheet])
    response = HttpResponse(out.getvalue(), content_type=TYPES[ending])
    name = content_disposition_header(as_attachment=True, filename=f"{sheet.title}.{ending}")
    response.headers["Content-Disposition"] = name or "attachment"
    return response


def _lines(found: Looked) -> Iterator[Line]:
    """Yield the lines in the order of their moments."""
    receipt = queries.receipt_visible_to(found.visitor, day=found.day, unit=found.unit)
    notices = [item.notice for item in receipt.items] + [one.notice for one in receipt.messages]
    subjects = subjects_of(found.visitor, notices)
    posts = names_of(posts_visible_to(found.visitor, day=found.day))
    sent: list[tuple[Any, str, bool, str]] = [
        *((item, "inbox", True, _("put before the post")) for item in receipt.items),
        *((one, one.channel, one.state == "sent", _outcome(one)) for one in receipt.messages),
    ]
    sent.sort(key=lambda one: (one[0].at, one[0].notice.cause))
    for row, way, is_sent, outcome in sent:
        subject = subjects.get(row.notice.thread)
        yield Line(
            at=row.at,
            label=str(label_of(row.notice.code)),
            code=subject.code if subject else "",
            title=subject.title if subject else "",
            url=subject.url if subject else "",
            post=posts.get(row.post, ""),
            way=str(CHANNELS.get(way, way)),
            is_sent=is_sent,
            outcome=outcome,
        )


def _outcome(one: Any) -> str:
    if one.state == "sent":
        return _("sent at %(time)s") % {"time": _time(one.sent_at)}
    if one.state == "waiting":
        return _("waits until %(time)s") % {"time": _time(one.not_before)}
    return _("not sent: %(why)s") % {"why": REASONS.get(one.reason, one.reason)}


def _time(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"
