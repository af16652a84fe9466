"""The audit list: read, searched, taken out."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.audit import queries, verbs
from luoshi.audit.forms import Search
from luoshi.audit.reporting import HEAD, Told, tell
from luoshi.base.doors import door
from luoshi.base.downloads import sent
from luoshi.base.grids.writing import Column, Sheet
from luoshi.base.journal import Actor
from luoshi.base.pages import pager_of
from luoshi.base.verbs import all_verbs
from luoshi.organisation.queries import posts_visible_to

LINES_A_PAGE = 100
MOST_IN_A_FILE = 50_000


@door(verbs.read_audit)
def audit(request: Any) -> HttpResponse:
    """Show the newest acts, or those that were searched for."""
    search = _search(request)
    lines = queries.lines_visible_to(request.actor, search.narrowed())
    page = Paginator(lines, LINES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "search": search,
        "lines": _told(request.actor, page.object_list),
        "total": page.paginator.count,
        "pager": pager_of(page, request.GET),
        "query": request.GET.urlencode(),
        "is_narrowed": bool(search.narrowed().conditions),
    }
    return render(request, "audit/list.html", context)


@door(verbs.export_audit)
def export(request: Any, ending: str) -> HttpResponse:
    """Give what the page lists as a file, the newest lines up to a bound."""
    lines = queries.lines_visible_to(request.actor, _search(request).narrowed())
    told = _told(request.actor, lines[:MOST_IN_A_FILE])
    sheet = Sheet(
        title=_("Audit list"),
        columns=[Column(str(name), width=width) for name, width in HEAD],
        rows=[one.cells for one in told],
        notes=[_("Taken out %(moment)s") % {"moment": f"{timezone.localtime():%Y-%m-%d %H:%M}"}],
    )
    return sent(sheet, ending)


def _search(request: Any) -> Search:
    today = timezone.localdate()
    posts = [(str(post.id), post.name) for post in posts_visible_to(request.actor, day=today)]
    known = [(verb.name, str(verb.label)) for verb in all_verbs().values() if verb.is_listed]
    return Search(request.GET, verbs=known, posts=posts)


def _told(actor: Actor, lines: Iterable[Any]) -> list[Told]:
    return tell(actor, list(lines), day=timezone.localdate())
