"""Serve the site with granian: one blocking thread a process, processes by cores."""

import os
import socket
from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from granian import Granian
from granian.constants import Interfaces

from luoshi.organisation import queries
from luoshi.rules.refusals import Refusal
from luoshi.site.watching import delivering


class NoAccount(Refusal):
    """A real ledger is not served before it has an account; facts: none."""

    code = "no_account"


class DemoOutsideLoopback(Refusal):
    """A demo home is served on loopback only; facts: ``host``."""

    code = "demo_outside_loopback"


def check_may_serve(host: str) -> None:
    """Raise NoAccount or DemoOutsideLoopback: sign-in by post never leaves the machine."""
    if settings.IS_DEMO:
        if not is_loopback(host):
            raise DemoOutsideLoopback(host=host)
    elif not queries.has_real_account():
        raise NoAccount


def is_loopback(host: str) -> bool:
    """Tell whether an address is reached from this machine only."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def free_port(host: str) -> int:
    """Return a port that is free now."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port


def serve(*, host: str, port: int, say: Callable[[str], None], workers: int | None = None) -> None:
    """Serve until stopped; prints the address first."""
    check_may_serve(host)
    chosen = port or free_port(host)
    say(f"Luoshi: http://{host}:{chosen}/")
    with delivering():
        Granian(
            "luoshi.site.wsgi:application",
            address=host,
            port=chosen,
            interface=Interfaces.WSGI,
            workers=workers or min(4, os.cpu_count() or 1),
            blocking_threads=1,
            log_enabled=False,
        ).serve()
