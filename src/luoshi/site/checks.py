"""What ``luoshi check`` looks at besides Django's own: every door has its row in the table."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as Advice
from django.urls import URLPattern, URLResolver, get_resolver

from luoshi.base.doors import verbs_of
from luoshi.base.verbs import Verb, all_verbs

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})


def doors(patterns: Iterable[Any] | None = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the address and view of every page."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from doors(pattern.url_patterns, address)
        elif isinstance(pattern, URLPattern):
            yield address, pattern.callback


@register()
def every_door_has_a_row(**_given: object) -> list[CheckMessage]:
    """Find views that name no verb, or one that stands in no room's table."""
    known = set(map(id, all_verbs().values()))
    found: list[CheckMessage] = []
    for address, view in doors():
        for method, verb in verbs_of(view).items():
            if verb is None or (isinstance(verb, Verb) and id(verb) not in known):
                what = f"{method} {address}".strip()
                found.append(
                    Error(f"{what} has no row in the table of rights", obj=view, id="luoshi.E001")
                )
    return found


WANTING: tuple[tuple[str, Callable[[], bool], str], ...] = (
    (
        "luoshi.W001",
        lambda: set(settings.ALLOWED_HOSTS) <= LOOPBACK,
        "LUOSHI_HOSTS names this machine only: nobody else reaches the ledger by a name.",
    ),
    (
        "luoshi.W002",
        lambda: settings.IS_HTTPS and not settings.PROXIES,
        "LUOSHI_PROXIES is 0 behind TLS: the audit list would keep the proxy's address for all.",
    ),
    (
        "luoshi.W003",
        lambda: settings.IS_DEMO,
        "This home is a demo: it signs in by post without a password.",
    ),
    (
        "luoshi.W004",
        lambda: not settings.IS_PRODUCTION,
        "LUOSHI_PRODUCTION is not set: serve with --production, or set it to 1.",
    ),
)
"""What a server on the network of an office lacks: id, whether it lacks it, in words."""


@register(deploy=True)
def what_production_lacks(**_given: object) -> list[CheckMessage]:
    """Name the settings that a server on a network must have and this one has not."""
    return [Advice(said, id=id_) for id_, lacks, said in WANTING if lacks()]
