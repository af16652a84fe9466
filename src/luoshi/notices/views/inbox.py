"""The inbox of who is signed in, and how they wish to be told."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from luoshi.base.doors import door
from luoshi.base.threads import Actor
from luoshi.notices import commands, queries, verbs
from luoshi.notices.channels import available
from luoshi.notices.forms import Preferences
from luoshi.notices.views.paging import page_number, pager
from luoshi.notices.words import label_of, subjects_of
from luoshi.organisation.queries import names_of, posts_of, units_visible_to
from luoshi.rules.refusals import NotFound

Names = Mapping[UUID, str]
PAGE_SIZE = 50
WHICH = (
    ("", gettext_lazy("All")),
    ("unread", gettext_lazy("Unread")),
    ("asked", gettext_lazy("To be answered")),
)


def _actor(request: HttpRequest) -> Actor:
    return cast("Actor", request.actor)  # type: ignore[attr-defined]  # the door let only a post in


def _posts(request: HttpRequest) -> Names:
    """Return the posts for which the person acts today, by id."""
    held = posts_of(request.user, day=timezone.localdate())  # type: ignore[arg-type]
    return names_of(held)


@door(verbs.read_inbox)
def inbox(request: HttpRequest) -> HttpResponse:
    """Show what came, the newest first."""
    actor, posts = _actor(request), _posts(request)
    asked = request.GET.get("which", "")
    which = asked if asked in dict(WHICH) else ""
    items = queries.inbox_of(actor, posts, which=which)
    total, number = items.count(), page_number(request)
    shown = list(items[(number - 1) * PAGE_SIZE : number * PAGE_SIZE])
    subjects = subjects_of(actor, [item.notice for item in shown])
    units = names_of(units_visible_to(actor, day=timezone.localdate()))
    context = {
        "rows": [_row(item, posts, units, subjects) for item in shown],
        "filters": [
            (label, reverse("inbox") + (f"?which={key}" if key else ""), key == which)
            for key, label in WHICH
        ],
        "which": which,
        "total": total,
        "pager": pager(request, total, PAGE_SIZE),
        "has_several_posts": len(posts) > 1,
    }
    return render(request, "notices/inbox.html", context)


def _row(item: Any, posts: Names, units: Names, subjects: Any) -> dict[str, Any]:
    notice = item.notice
    due = queries.facts_of(notice).get("due", "")
    return {
        "id": item.pk,
        "at": notice.at,
        "label": label_of(notice.code),
        "subject": subjects.get(notice.thread),
        "from": units.get(notice.from_unit, ""),
        "post": posts[item.post],
        "is_unread": item.read_at is None,
        "is_asked": bool(notice.ask) and notice.answered is None and notice.dropped is None,
        "is_answered": notice.answered is not None,
        "is_dropped": bool(notice.ask) and notice.dropped is not None,
        "due": date.fromisoformat(due) if due else None,
    }


@door(verbs.read_inbox)
def opened(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Mark an item as read and lead to the thing of which it speaks."""
    actor = _actor(request)
    try:
        notice = commands.mark_read(item=notice_id, by=actor, at=timezone.now())
    except NotFound as cause:
        raise Http404 from cause
    subject = subjects_of(actor, [notice]).get(notice.thread)
    if subject is None:
        messages.info(request, _("What this notice speaks of is no longer there."))
        return redirect("inbox")
    return redirect(subject.url)


@door(verbs.read_inbox)
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    commands.mark_all_read(by=_actor(request), posts=list(_posts(request)), at=timezone.now())
    messages.success(request, _("Everything is marked as read."))
    return redirect("inbox")


@door(verbs.set_preferences)
def preferences(request: HttpRequest) -> HttpResponse:
    """Show how the person is told, and take their wishes."""
    actor = _actor(request)
    data = request.POST if request.method == "POST" else None
    form = Preferences(data, wish=queries.wish_of(actor), ways=available())
    if data is not None and form.is_valid():
        commands.set_preferences(**form.given(), by=actor)
        messages.success(request, _("Kept."))
        return redirect("preferences")
    context = {"form": form, "crumbs": [(_("Inbox"), reverse("inbox"))]}
    return render(request, "notices/preferences.html", context, status=422 if form.errors else 200)
