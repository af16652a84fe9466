"""``luoshi serve --production``: granian with a gate in each process, files gathered before."""

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from granian import Granian
from granian.constants import HTTPModes, Interfaces

from luoshi.base import place
from luoshi.site.production.metrics import FOLDER
from luoshi.site.production.sending import SENDERS
from luoshi.site.serving import DemoOutsideLoopback, check_may_serve, free_port
from luoshi.site.watching import delivering

BESIDES = 16  # threads of a process for files, probes and those who are sent away
STOPPING = 30  # seconds that running requests have when the server stops
BACKLOG = 1024  # connections that the kernel holds for all processes


def threads() -> int:
    """Return how many requests a process holds at once: at the gate, sending, and some besides."""
    return sum(int(most) for most, *_patience in settings.GATE.values()) + SENDERS + BESIDES


def processes(asked: int | None) -> int:
    """Return how many processes answer: as asked, else one a core."""
    return asked or max(1, os.cpu_count() or 1)


def serve(*, host: str, port: int, say: Callable[[str], None], workers: int | None = None) -> None:
    """Serve until stopped; what runs then is finished first. Prints the address before."""
    check_may_serve(host)
    if settings.IS_DEMO and (settings.PROXIES or settings.IS_HTTPS):  # the proxy is on loopback too
        raise DemoOutsideLoopback(host=", ".join(settings.ALLOWED_HOSTS))
    chosen = port or free_port(host)
    call_command("collectstatic", interactive=False, verbosity=0)
    _begin_apart()
    with _counted(), delivering():
        say(f"Luoshi: http://{host}:{chosen}/")
        _Server(
            "luoshi.site.production.application:application",
            address=host,
            port=chosen,
            interface=Interfaces.WSGI,
            http=HTTPModes.http1,
            workers=processes(workers),
            blocking_threads=threads(),
            backlog=BACKLOG,
            respawn_failed_workers=True,
            workers_kill_timeout=STOPPING,
            log_enabled=False,
        ).serve()


class _Server(Granian):  # type: ignore[misc, valid-type]  # chosen at run time
    """granian, whose processes know at once that it ends: who only waits is not waited for."""

    def signal_handler_interrupt(self, *args: Any, **kwargs: Any) -> None:
        """Say that the server ends, then end it."""
        place.end()
        super().signal_handler_interrupt(*args, **kwargs)


def _begin_apart() -> None:
    """Let each process begin anew: nothing of this one, no lock and no connection, is its own."""
    connections.close_all()
    close_pool = getattr(connections["default"], "close_pool", None)  # PostgreSQL's alone
    if close_pool:
        close_pool()
    multiprocessing.set_start_method("spawn", force=True)
    # Threads take turns, so they need no memory of their own (glibc's arenas).
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")
    # They begin from a module: the script that was called may lack the guard that they need.
    sys.modules["__main__"].__spec__ = find_spec("luoshi.site.cli")


@contextmanager
def _counted() -> Iterator[None]:
    """Give the processes a folder for their figures."""
    with TemporaryDirectory(prefix="luoshi-figures-") as folder:
        os.environ[FOLDER] = folder
        os.environ[place.ENDING] = str(Path(folder) / "ending")
        yield
