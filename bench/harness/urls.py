"""The product's addresses and two measures beside them.

``bench/hello/`` does all that stands around every page of who signed in, and nothing of its own;
``bench/frame/`` also draws the frame of every page around no content.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from luoshi.base.doors import door
from luoshi.ledger.verbs import read_ledger
from luoshi.site import urls

handler400 = urls.handler400
handler403 = urls.handler403
handler404 = urls.handler404
handler500 = urls.handler500


@door(read_ledger)
def hello(request: HttpRequest) -> HttpResponse:
    """Say hello to the acting post."""
    return HttpResponse(f"hello {request.actor.post}")  # type: ignore[attr-defined]  # ours


@door(read_ledger)
def frame(request: HttpRequest) -> HttpResponse:
    """Show the frame of every page around nothing."""
    return render(request, "base.html")


urlpatterns = [
    *urls.urlpatterns,
    path("bench/hello/", hello, name="bench_hello"),
    path("bench/frame/", frame, name="bench_frame"),
]
