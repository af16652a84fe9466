"""The ways out of the house beside the inbox: small adapters behind one interface.

Which there are is said by ``NOTICE_CHANNELS`` in the settings, a mapping of names to what each
needs; without any of it messages are written to files (``file``), from which the office's own
gateway may take them.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django.conf import settings

from luoshi.notices.channels.apps import DingTalk, WeCom
from luoshi.notices.channels.email import Email
from luoshi.notices.channels.file import FileOutbox
from luoshi.notices.channels.message import Channel, Message, NotTaken, Post
from luoshi.notices.channels.sms import CloudMas
from luoshi.notices.channels.web import posted

__all__ = ["KINDS", "Channel", "Message", "NotTaken", "Post", "available", "made"]

KINDS: Mapping[str, Callable[[Mapping[str, Any], Post], Channel]] = {
    "file": lambda given, _post: FileOutbox(given["folder"]),
    "email": lambda _given, _post: Email(),
    "wecom": WeCom.of,
    "dingtalk": DingTalk.of,
    "sms": CloudMas.of,
}


def made(asked: Mapping[str, Mapping[str, Any]], post: Post = posted) -> tuple[Channel, ...]:
    """Return the channels that are asked for, each sending through ``post``."""
    return tuple(KINDS[name](given, post) for name, given in asked.items())


@cache
def available() -> tuple[Channel, ...]:
    """Return the channels of this installation."""
    return made(settings.NOTICE_CHANNELS)
