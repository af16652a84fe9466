"""The doors of those who watch the server: is it alive, is it ready, how does it fare."""

import hmac
import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from luoshi.base.doors import door
from luoshi.site.production import metrics, readings
from luoshi.site.serving import is_loopback
from luoshi.site.verbs import probe, read_metrics

PLAIN = "text/plain; charset=utf-8"
METRICS = "text/plain; version=0.0.4; charset=utf-8"
PROXIED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED", "HTTP_X_REAL_IP")


@door(probe)
def healthz(_request: HttpRequest) -> HttpResponse:
    """Say that this process answers; nothing else is asked."""
    return _unkept(HttpResponse("ok\n", content_type=PLAIN))


@door(probe)
def readyz(_request: HttpRequest) -> HttpResponse:
    """Say whether requests can be done: 200 or 503, and which condition does not hold."""
    checks = readings.checks(timezone.now())
    is_ready = all(check.holds for check in checks)
    told = {"ready": is_ready, "checks": {check.name: check.holds for check in checks}}
    return _unkept(
        HttpResponse(
            json.dumps(told) + "\n",
            status=200 if is_ready else 503,
            content_type="application/json",
        )
    )


@door(read_metrics)
def figures(request: HttpRequest) -> HttpResponse:
    """Give the figures to the monitoring; to everybody else there is no such page."""
    if not _may_read(request):
        return HttpResponse("not found\n", status=404, content_type=PLAIN)
    return _unkept(HttpResponse(metrics.text(readings.house(timezone.now())), content_type=METRICS))


def _may_read(request: HttpRequest) -> bool:
    """Tell whether it is the machine itself that asks, through no proxy, or the token is shown."""
    if settings.METRICS_TOKEN:
        shown = request.headers.get("Authorization", "")
        return hmac.compare_digest(shown.encode(), f"Bearer {settings.METRICS_TOKEN}".encode())
    is_proxied = any(name in request.META for name in PROXIED)
    return not is_proxied and is_loopback(request.META.get("REMOTE_ADDR", ""))


def _unkept(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
