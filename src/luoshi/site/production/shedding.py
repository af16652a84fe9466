"""The answer of a server that has no room: a page that needs nothing, JSON for the API.

Both are made once; to send one costs next to nothing.
"""

import json
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from luoshi.base.api import problems
from luoshi.rules.refusals import Refusal
from luoshi.site.production.gate import Kind

Headers = list[tuple[str, str]]
STATUS = "503 Service Unavailable"


class NoRoom(Refusal):
    """The server has no room for a request now, and did nothing of it; facts: none."""

    code = "no_room"


def refusal(environ: Mapping[str, Any], kind: Kind, seconds: int) -> tuple[str, Headers, bytes]:
    """Return status, headers and body for a request that finds no room.

    ``seconds`` is when to come back. A page that was to be read comes back by itself; a part of a
    page that was asked for leads to the whole page.
    """
    headers = [("Retry-After", str(seconds)), ("Cache-Control", "no-store")]
    if environ.get("PATH_INFO", "").startswith(problems.ROOT):
        language = problems.language_of(str(environ.get("HTTP_ACCEPT_LANGUAGE", "")))
        return STATUS, [*headers, ("Content-Type", problems.MEDIA_TYPE)], problem(language)
    headers += [("Content-Type", "text/html; charset=utf-8"), *_policy()]
    if kind is Kind.READ and "HTTP_HX_REQUEST" in environ:
        headers.append(("HX-Refresh", "true"))
    elif kind is Kind.READ:
        headers.append(("Refresh", str(seconds)))
    return STATUS, headers, page(kind)


def told(kind: Kind) -> list[str]:
    """Return what is the matter and what to do, in the language at hand."""
    if kind is Kind.READ:
        return [
            _("Many people are using the system at this moment, so this page cannot be shown now."),
            _("The ledger is not affected: what is being reported goes first."),
            _("The page tries again by itself within seconds."),
        ]
    return [
        _("Many people are using the system at this moment, so this was not done."),
        _("Nothing was changed in the ledger."),
        _("Wait a moment, go back and send again; what you typed is still in the form."),
    ]


@cache
def page(kind: Kind) -> bytes:
    """Return the page, in both languages."""
    parts = []
    for language in problems.LANGUAGES:
        with translation.override(language):
            parts.append(
                {"language": language, "title": _("The system is busy"), "told": told(kind)}
            )
    return render_to_string("503.html", {"parts": parts, "style": _style()}).encode()


@cache
def problem(language: str) -> bytes:
    """Return the same for programs."""
    with translation.override(language):
        return json.dumps(problems.told(NoRoom(), 503), ensure_ascii=False).encode()


@cache
def _style() -> str:
    return render_to_string("503.css").strip()


@cache
def _policy() -> Headers:
    """Allow the page its one style, by its digest, and nothing else."""
    digest = b64encode(sha256(_style().encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; frame-ancestors 'none'"
    return [("Content-Security-Policy", policy), ("X-Content-Type-Options", "nosniff")]
