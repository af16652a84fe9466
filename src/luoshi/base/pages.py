"""Pages of a list: where one stands in it, and the addresses of its neighbours."""

from typing import Any

from django.core.paginator import Page
from django.http import QueryDict


def pager_of(page: "Page[Any]", asked: QueryDict) -> dict[str, Any]:
    """Return what the part ``pager`` shows."""
    return {
        "first": page.start_index(),
        "last": page.end_index(),
        "total": page.paginator.count,
        "previous_url": _turned(asked, page.number - 1) if page.has_previous() else "",
        "next_url": _turned(asked, page.number + 1) if page.has_next() else "",
    }


def _turned(asked: QueryDict, number: int) -> str:
    kept = asked.copy()
    kept["page"] = str(number)
    return f"?{kept.urlencode()}"
