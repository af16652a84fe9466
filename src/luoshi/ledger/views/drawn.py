"""Small parts that every row has, drawn by their template once for each language.

Fifty rows of template parts within template parts take longer than the rest of a page.
"""

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language


@lru_cache(maxsize=64)
def part(name: str, key: str, value: str, _language: str | None) -> SafeString:
    """Return a part that shows one word of ours, such as a colour or a mark."""
    return mark_safe(render_to_string(f"site/parts/{name}.html", {key: value}).strip())  # noqa: S308  drawn by a template


def chip(colour: str) -> SafeString:
    """Return the chip of a colour in the reader's language; nothing of none."""
    return part("chip", "colour", colour, get_language()) if colour else SafeString()
