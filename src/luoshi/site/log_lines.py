"""Django's ``LOGGING``, for people at a terminal and for programs that read a server's lines."""

from typing import Any


def for_people(*, level: str) -> dict[str, Any]:
    """Return plain lines on standard error."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "handlers": {"console": {"class": "logging.StreamHandler"}},
        "root": {"handlers": ["console"], "level": level},
    }


def for_programs(*, level: str, file: str | None) -> dict[str, Any]:
    """Return lines of JSON (production/logs.py), on standard error or in ``file``.

    The file may be moved away at any time: the next line begins a new one.
    """
    handler: dict[str, Any] = {"formatter": "lines", "class": "logging.StreamHandler"}
    if file:
        handler |= {"class": "logging.handlers.WatchedFileHandler", "filename": file, "delay": True}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": "luoshi.site.production.logs.JsonLines"}},
        "handlers": {"lines": handler},
        "root": {"handlers": ["lines"], "level": level},
        "loggers": {
            "luoshi.requests": {"level": "INFO"},
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.request": {"level": "ERROR"},  # what was not found is a line of ours
            # As is a request that cannot be meant; these repeat what a stranger sent.
            "django.security": {"level": "CRITICAL"},
        },
    }
