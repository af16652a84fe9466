"""The parts of the house as a reader finds them: few sections in the rail, their pages as tabs."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import resolve, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luoshi.base.doors import verb_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from luoshi.base.verbs import Verb

    Page = tuple[str, StrOrPromise]


@dataclass(frozen=True, slots=True)
class Section:
    """One place of the rail: its word, its picture, and its pages in their order.

    Whatever lies below one of its pages belongs to it; ``besides`` are further beginnings of paths.
    """

    label: "StrOrPromise"
    icon: str
    pages: "tuple[Page, ...]"
    besides: tuple[str, ...] = ()


SECTIONS = (
    Section(_("Board"), "layout-dashboard", (
        ("board", _("Matters")), ("compare", _("Compare two days")), ("gaps", _("Gap list")),
        ("silence", _("Vacant and silent")),
    ), besides=("matters", "units")),
    Section(_("Charts"), "chart-bar", (
        ("figures", _("Charts")), ("rollups", _("Published counts")),
    )),
    Section(pgettext_lazy("rail", "Goals"), "award", (("goals", pgettext_lazy("rail", "Goals")),)),
    Section(pgettext_lazy("a part of the house", "Hand in"), "file-text", (
        ("imports", _("Import")), ("reports", _("Reports")),
    )),
    Section(_("Organisation"), "building", (
        ("organisation", _("Units and posts")), ("invitations", _("Invitations")),
        ("calendar", _("Calendar and rules")),
    )),
    Section(pgettext_lazy("a part of the house", "Notices"), "inbox", (
        ("inbox", _("Inbox")), ("receipts", _("Receipts")), ("burden", _("Burden")),
        ("calendars", _("Calendars")),
    )),
    Section(pgettext_lazy("a part of the house", "Accounts"), "users", (
        ("accounts", _("Accounts")), ("administrators", _("Administrators")),
        ("roles", _("Roles of posts")), ("tokens", _("Tokens")),
        ("subscriptions", _("Subscriptions")), ("signing_rules", _("Sign-in rules")),
        ("api", _("Interface")),
    )),
    Section(pgettext_lazy("a part of the house", "Rights"), "lock", (
        ("rights", _("Rights")), ("audit", _("Audit list")),
    )),
)  # fmt: skip
"""In the order in which they are asked for: a telephone shows the first four."""


@dataclass(frozen=True, slots=True)
class Link:
    """A way to a page, as a template writes it.

    ``is_within``: the reader stands on a page of this part that no way leads to.
    """

    label: "StrOrPromise"
    url: str
    is_current: bool
    icon: str = ""
    is_within: bool = False


@dataclass(frozen=True, slots=True)
class Ways:
    """The rail, and the tabs of the section that is open; none where it has one page only."""

    rail: tuple[Link, ...]
    tabs: tuple[Link, ...]


def ways(request: HttpRequest, *, keep: str = "") -> Ways:
    """Return the pages whose doors open to the reader.

    ``keep`` is the query that travels along: the day that is looked at stays the day.
    """
    name = getattr(request.resolver_match, "url_name", "") if request.resolver_match else ""
    rail: list[Link] = []
    tabs: tuple[Link, ...] = ()
    for section in SECTIONS:
        pages = tuple(_open_pages(section, request, name, keep))
        if not pages:
            continue
        is_current = any(page.is_current for page in pages)
        is_within = not is_current and _beginning(request.path) in {
            *section.besides,
            *(_beginning(page.url) for page in pages),
        }
        label = section.label if _is_named(section, pages) else pages[0].label
        rail.append(Link(label, pages[0].url, is_current, section.icon, is_within))
        if is_current and len(pages) > 1:
            tabs = pages
    return Ways(tuple(rail), tabs)


def _is_named(section: Section, pages: tuple[Link, ...]) -> bool:
    """Tell whether a section goes by its own name: one other page of it alone goes by its own."""
    return len(pages) > 1 or pages[0].url.startswith(reverse(section.pages[0][0]))


def _beginning(path: str) -> str:
    """Return the first part of a path: what lies below a page begins like it."""
    return path.split("/")[1]


def _open_pages(section: Section, request: HttpRequest, name: str, keep: str) -> Iterator[Link]:
    actor = getattr(request, "actor", None)
    for to, label in section.pages:
        url, verb = _door(to)
        if verb is not None and verb.opens_to(actor):
            yield Link(label, url + keep, to == name)


@cache
def _door(name: str) -> "tuple[str, Verb | None]":
    """Return where a page lies and by which verb it is entered: both stand in the code."""
    url = reverse(name)
    return url, verb_of(resolve(url).func)
