"""The first page, the table of rights, and the page of components to be looked at."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from luoshi.accounts.adapters import landing
from luoshi.accounts.verbs import use_api
from luoshi.base.doors import door
from luoshi.organisation.verbs import enter, read_rights
from luoshi.site import rights as table_of_rights
from luoshi.site.demo.components import Example, examples, ledger_line
from luoshi.site.describing import codes
from luoshi.site.describing import rooms as rooms_described
from luoshi.site.frame import THEMES


@door(read_rights)  # every post opens something, as it may read the table of rights
def front(request: HttpRequest) -> HttpResponse:
    """Lead to the first page that opens to the reader, with what the address asks of it."""
    query = request.META.get("QUERY_STRING", "")
    address = landing(getattr(request, "actor", None))
    return redirect(f"{address}?{query}" if query else address)


@door(enter)
def components(request: HttpRequest) -> HttpResponse:
    """Show the parts in a demo home, with made-up content; elsewhere there is no such page."""
    if not settings.IS_DEMO:
        raise Http404
    typed = {"achieved": "about ten", "measured_on": "2020-6-31", "stage": ""}
    wrong = Example(typed, auto_id="wrong_%s")
    wrong.is_valid()
    context = {
        **examples(),
        "rows": [ledger_line(place) for place in range(8)],
        "form": Example(),
        "wrong": wrong,
        "themes": THEMES,
    }
    return render(request, "site/components.html", context)


@door(read_rights)
def rights(request: HttpRequest) -> HttpResponse:
    """Show who may do what: the table that pages, API and commands judge by."""
    context = {"roles": table_of_rights.roles(), "groups": table_of_rights.table()}
    return render(request, "site/rights.html", context)


@door(use_api)
def api(request: HttpRequest) -> HttpResponse:
    """Show how other systems reach the ledger: every operation, made of the program itself."""
    context = {
        "rooms": rooms_described(),
        "codes": codes(),
        "is_english": (get_language() or "").startswith("en"),
    }
    return render(request, "site/api.html", context)
