"""A page on which nothing has changed is not drawn again (house.md §6).

What a page shows comes from the journal, from who reads, from the address, and from a few rows
beside the journal. All of it is in the key of a kept answer, so a kept answer is found only where
drawing the page again would give the same. Kept in the memory of a process.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import cache, wraps
from threading import Lock
from typing import Any, cast

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.utils.module_loading import import_string
from django.utils.translation import get_language

from luoshi.base.kept import edition_of
from luoshi.base.threads import Actor

Stamp = Callable[[HttpRequest], Hashable]
View = Callable[..., HttpResponseBase]
MOST = 24 * 2**20  # bytes of answers that a process keeps
_BEFORE_TOKENS = (b'name="csrfmiddlewaretoken" value="', b'"X-CSRFToken": "')
"""The two places where a page has its reader's token: in its forms, and for htmx."""
_TOKEN = re.compile(rb'[A-Za-z0-9]{64}(?=")')


class Answers:
    """The answers that a process keeps: those asked for last, as many as there is room for."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._size = most, 0
        self._pieces: OrderedDict[Hashable, tuple[bytes, ...]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> tuple[bytes, ...] | None:
        """Return an answer in pieces, between which the reader's token belongs."""
        with self._lock:
            if key in self._pieces:
                self._pieces.move_to_end(key)
            return self._pieces.get(key)

    def put(self, key: Hashable, pieces: tuple[bytes, ...]) -> None:
        """Keep an answer; those asked for longest ago make room."""
        with self._lock:
            self._size += sum(map(len, pieces)) - sum(map(len, self._pieces.pop(key, ())))
            self._pieces[key] = pieces
            while self._size > self._most:
                self._size -= sum(map(len, self._pieces.popitem(last=False)[1]))

    def clear(self) -> None:
        """Forget every answer."""
        with self._lock:
            self._pieces.clear()
            self._size = 0


KEPT = Answers()


def unless_changed(*stamps: Stamp) -> Callable[[View], View]:
    """Give a view's answer again to the same reader until something it shows has changed.

    The view shows the journal to a post, besides the frame, whose stamp the settings name
    (FRAME_STAMP), and what the ``stamps`` tell: everything it reads beside the journal. It stands
    within its door, so who may not read is turned away as ever. Answers that are not plain pages,
    that say something only once, and those for readers without a post are drawn each time.
    """

    def kept(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *arguments: Any, **given: Any) -> HttpResponseBase:
            actor: Actor | None = getattr(request, "actor", None)
            if actor is None or request.method != "GET" or _says_once(request):
                return view(request, *arguments, **given)
            key = (_asked(request, actor), *(stamp(request) for stamp in stamps))
            pieces = KEPT.get(key)
            if pieces is not None:
                return HttpResponse(get_token(request).encode().join(pieces))
            response = view(request, *arguments, **given)
            if isinstance(response, HttpResponse) and _is_plain(request, response):
                KEPT.put(key, _without_tokens(response.content))
            return response

        return answer

    return kept


def _asked(request: HttpRequest, actor: Actor) -> Hashable:
    """Return who asked for what, how the frame stands, and up to which entry it was told."""
    return (
        edition_of(actor.district),
        actor,
        request.get_full_path(),
        get_language(),
        frame_stamp()(request),
    )


@cache
def frame_stamp() -> Stamp:
    """Return what tells the frame's own state, as the settings name it."""
    return cast("Stamp", import_string(settings.FRAME_STAMP))


def _says_once(request: HttpRequest) -> bool:
    """Tell whether something waits to be said on the next page, whichever it is."""
    return bool(len(get_messages(request))) or "sent_form" in request.session


def _is_plain(request: HttpRequest, response: HttpResponse) -> bool:
    """Tell whether an answer is a page and nothing else, with nothing said only once."""
    return (
        response.status_code == 200
        and not response.cookies
        and set(response.headers) <= {"Content-Type", "Content-Length"}
        and not len(get_messages(request))
    )


def _without_tokens(content: bytes) -> tuple[bytes, ...]:
    """Cut an answer where it has the reader's token: every asking has a token of its own."""
    pieces = [content]
    for mark in _BEFORE_TOKENS:  # looked for as they are: a pattern would try every place
        pieces = [piece for one in pieces for piece in _cut_after(mark, one)]
    return tuple(pieces)


def _cut_after(mark: bytes, content: bytes) -> list[bytes]:
    """Cut where a token stands after a mark; the token itself is left out."""
    first, *rest = content.split(mark)
    pieces = [first]
    for one in rest:
        token = _TOKEN.match(one)
        pieces[-1] += mark
        if token:
            pieces.append(one[token.end() :])
        else:
            pieces[-1] += one
    return pieces
