"""Put the acting post beside the signed-in account: rights hang on the post, not the person."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from luoshi.organisation import queries

Answer = Callable[[HttpRequest], HttpResponse]
POST_KEY = "acting_post"


def acting_post(get_response: Answer) -> Answer:
    """Give every request its ``actor``: the chosen post of the account, or None for a visitor."""

    def answer(request: HttpRequest) -> HttpResponse:
        actor = None
        if request.user.is_authenticated:
            chosen = request.session.get(POST_KEY)
            actor = queries.actor_for(
                request.user, chosen and UUID(chosen), day=timezone.localdate()
            )
        request.actor = actor  # type: ignore[attr-defined]  # ours: Django's stubs do not know it
        return get_response(request)

    return answer
