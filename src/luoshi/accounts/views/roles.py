"""Which post carries which roles, for the security administrator, who may take them away."""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.accounts import commands, forms, verbs
from luoshi.accounts.views.accounts import pager
from luoshi.base.doors import door
from luoshi.base.journal import Actor
from luoshi.base.wording import sentence_for
from luoshi.organisation import queries as organisation
from luoshi.organisation.queries import PostOn
from luoshi.organisation.words import ROLES, roles_in_text
from luoshi.rules.refusals import Refusal
from luoshi.rules.rights import ADMINISTRATORS, Role, roles_told

PAGE_SIZE = 50


@door(verbs.read_roles)
def roles(request: HttpRequest) -> HttpResponse:
    """Show the posts of today by role, in the official order of their units."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    day = timezone.localdate()
    units = organisation.units_visible_to(actor, day=day)
    names = organisation.names_of(units)
    place = {unit.id: n for n, unit in enumerate(units)}
    posts = organisation.posts_visible_to(actor, day=day)
    posts.sort(key=lambda post: place.get(post.unit, len(place)) if post.unit else len(place))
    role, text = request.GET.get("role", ""), request.GET.get("q", "").strip()[:100]
    shown = [
        post
        for post in posts
        if (not role or role in roles_told(post.roles))
        and (not text or text in post.name or text in names.get(post.unit, ""))  # type: ignore[arg-type]
    ]
    page = Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "counts": _counts(posts, role, text),
        "all_url": "?" + urlencode({"q": text} if text else {}),
        "is_all": not role,
        "total": len(posts),
        "text": text,
        "role": role,
        "rows": [_row(post, names) for post in page.object_list],
        "pager": pager(page, role=role, q=text),
    }
    return render(request, "accounts/roles.html", context)


def _counts(posts: Sequence[PostOn], chosen: str, text: str) -> list[dict[str, Any]]:
    """Return how many posts carry each role, in the order of the table of rights."""
    found = Counter(role for post in posts for role in roles_told(post.roles))
    return [
        {
            "name": ROLES[role],
            "count": found[role],
            "url": "?" + urlencode({"role": role.value, **({"q": text} if text else {})}),
            "is_current": role == chosen,
        }
        for role in Role
        if found[role]
    ]


def _row(post: PostOn, names: Any) -> dict[str, Any]:
    return {
        "post": post,
        "unit": names.get(post.unit, "—"),
        "roles": roles_in_text(frozenset(roles_told(post.roles))),
        "url": reverse("withdraw_roles", args=[post.id]) if _may_be_taken(post) else "",
    }


def _may_be_taken(post: PostOn) -> bool:
    """Tell whether a post carries roles, and none of the three administrators'."""
    return bool(post.roles) and not ADMINISTRATORS & set(post.roles)


@door(verbs.withdraw_roles)
def withdraw(request: HttpRequest, post_id: UUID) -> HttpResponse:
    """Show what a post would lose, or take it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    day = timezone.localdate()
    post = organisation.post_named(actor, post_id, day=day)
    if post is None or not _may_be_taken(post):
        raise Http404
    choices = [(role.value, str(ROLES[role])) for role in Role if role in post.roles]
    form = forms.WithdrawRoles(
        forms.sent(request),
        roles=choices,
        expected=organisation.last_entries([post_id])[post_id],
    )
    if request.method == "POST" and form.is_valid() and _taken(form, post, actor):
        messages.success(request, _("The roles are taken from the post."))
        return redirect("roles")
    running = organisation.running_work(actor, [post_id], day=day).total
    context = {"form": form, "post": post, "running": running, "crumbs": _crumbs(post)}
    return render(
        request, "accounts/withdraw_roles.html", context, status=422 if form.errors else 200
    )


def _crumbs(post: PostOn) -> list[tuple[str, str | None]]:
    return [(_("Roles of posts"), reverse("roles")), (post.name, None)]


def _taken(form: forms.WithdrawRoles, post: PostOn, actor: Actor) -> bool:
    said = form.cleaned_data
    try:
        commands.withdraw_roles(
            post_id=post.id,
            roles=frozenset(said["roles"]),
            on=timezone.localdate(),
            expected=said["expected"],
            command_id=said["command_id"],
            by=actor,
            at=timezone.now(),
        )
    except Refusal as refusal:
        form.add_error(None, sentence_for(refusal))
        return False
    return True
