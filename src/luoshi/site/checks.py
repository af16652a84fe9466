"""What ``luoshi check`` looks at besides Django's own: every door has its row in the table."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from luoshi.base.doors import verbs_of
from luoshi.base.verbs import Verb, all_verbs


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
