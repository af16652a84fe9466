"""A process that has loaded what ``luoshi`` stands on, and becomes ``luoshi`` by forking.

Most of the time of a short command goes into loading Python and Django. Here they are loaded once;
every call then is a process of its own all the same: own environment, streams, exit code, settings
read anew, every module of ours loaded in it but the rules, which know neither settings nor tables.
``python -m tests.site.warm FD`` takes calls from the socket FD until that is closed.
"""

import array
import importlib
import json
import os
import pkgutil
import random
import socket
import sys

from luoshi import rules

LIMIT = 1 << 20  # bytes of one call
STREAMS = 3  # input, output, errors: file descriptors that come with a call
LOADED = (  # nothing that needs settings or tables
    "PIL.Image",
    "PIL.ImageOps",
    "argon2",
    "csv",
    "django.contrib.auth.hashers",
    "django.core.management",
    "django.core.serializers",
    "django.db.backends.postgresql.base",
    "django.db.backends.sqlite3.base",
    "django.db.migrations.executor",
    "django.forms",
    "django.http",
    "django.middleware.csrf",
    "django.shortcuts",
    "django.template.defaultfilters",
    "django.template.defaulttags",
    "django.template.loader_tags",
    "django.templatetags.i18n",
    "django.urls",
    "django.views.debug",
    "django.views.i18n",
    "django_htmx",
    "importlib.metadata",
    "msgspec",
    "multiprocessing.pool",
    "sqlite3",
    "tarfile",
    "tqdm",
    "whitenoise.middleware",
    "zipfile",
)


def main():
    """Take calls one after another; return in the process that a call is to be."""
    calls = socket.socket(fileno=int(sys.argv[1]))
    for name in (*LOADED, *_rules()):
        importlib.import_module(name)
    while call := _next_call(calls):
        child = os.fork()
        if not child:
            calls.close()
            return _become(*call)
        for stream in call[1]:
            os.close(stream)
        _, status = os.waitpid(child, 0)
        calls.send(str(os.waitstatus_to_exitcode(status)).encode())
    return None


def _rules():
    """Give the names of all modules of the rules."""
    return [found.name for found in pkgutil.walk_packages(rules.__path__, f"{rules.__name__}.")]


def _next_call(calls):
    """Give arguments and environment, and the streams; None when nobody calls any more."""
    room = socket.CMSG_SPACE(STREAMS * array.array("i").itemsize)
    message, held, *_ = calls.recvmsg(LIMIT, room)
    if not message:
        return None
    streams = array.array("i")
    streams.frombytes(held[0][2])
    return json.loads(message), list(streams)


def _become(given, streams):
    """Take on streams, folder and environment; be measured where a new process would be."""
    for stream, at in zip(streams, range(STREAMS), strict=True):
        os.dup2(stream, at)
        os.close(stream)
    os.environ.clear()
    os.environ.update(given["env"])
    random.seed()
    if os.environ.keys() & {"COVERAGE_PROCESS_CONFIG", "COVERAGE_PROCESS_START"}:
        import coverage

        coverage.process_startup(force=True)
    return given["arguments"]


if __name__ == "__main__":
    arguments = main()
    if arguments is not None:
        from luoshi.site.cli import main as luoshi

        sys.argv[1:] = arguments
        luoshi()
