"""Saved views: keep the board as it is under a name, open one by its address, forget it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luoshi.base.doors import door
from luoshi.base.wording import sentence_for
from luoshi.ledger import saved, verbs
from luoshi.ledger.commands.saved import forget_view, save_view
from luoshi.ledger.views.board.address import SHOWN, asked_in
from luoshi.ledger.views.board.bulk import board_address
from luoshi.ledger.views.shown import Shown, for_posts, for_readers
from luoshi.rules.refusals import NotFound, Refusal


@door(verbs.save_view)
@require_POST
@for_posts
def save(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Keep filters, sort and columns of the board under a name."""
    assert shown.actor is not None  # noqa: S101 - for_posts let only a post in
    back = board_address(request.POST.get("back", ""))
    try:
        view = save_view(
            name=request.POST.get("name", ""),
            query=request.POST.get("query", ""),
            is_shared=request.POST.get("shared") == "1",
            by=shown.actor,
            at=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, sentence_for(refusal))
        return redirect(back)
    address = request.build_absolute_uri(reverse("view", args=[view]))
    messages.success(
        request, _("The view is kept. Its address: %(address)s") % {"address": address}
    )
    return redirect(back)


@door(verbs.read_ledger)
@for_readers
def view(request: HttpRequest, shown: Shown, view_id: UUID) -> HttpResponse:
    """Lead to the board that a view keeps, on the day of the address."""
    try:
        kept = saved.view_visible_to(shown.visitor, view_id)
    except NotFound as cause:
        raise Http404 from cause
    shown_now = urlencode(asked_in(request.GET).kept(*SHOWN))
    query = "&".join(part for part in (kept.query, shown_now, f"view={kept.id}") if part)
    return redirect(f"{reverse('board')}?{query}")


@door(verbs.forget_view)
@require_POST
@for_posts
def forget(request: HttpRequest, shown: Shown, view_id: UUID) -> HttpResponse:
    """Remove one of one's own views."""
    assert shown.actor is not None  # noqa: S101 - for_posts let only a post in
    try:
        forget_view(view_id=view_id, by=shown.actor)
    except Refusal as refusal:
        messages.error(request, sentence_for(refusal))
    else:
        messages.success(request, _("The view is removed."))
    return redirect(board_address(request.POST.get("back", "")))
