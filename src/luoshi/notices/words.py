"""The notices' words: what a room above says of a code, reasons, channels, and what goes out."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.base.models import Outbox
from luoshi.notices.channels import Message
from luoshi.organisation.queries import Visitor

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Subject:
    """The thing of which a notice speaks, in words, and where it is."""

    title: str
    code: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What a room says in notices: labels by code, and the things of a kind of thread by id."""

    labels: Mapping[str, "StrOrPromise"]
    subjects: Callable[[Visitor, Collection[UUID]], Mapping[UUID, Subject]]


@cache
def topics() -> tuple[Topic, ...]:
    """Return what every room says, as the settings list it."""
    return tuple(import_string(path) for path in settings.NOTICE_TOPICS)


def label_of(code: str) -> "StrOrPromise":
    """Return the words of a code; a code that no room knows any more stands for itself."""
    for topic in topics():
        if code in topic.labels:
            return topic.labels[code]
    return code


def subjects_of(visitor: Visitor, notices: Collection[Outbox]) -> dict[UUID, Subject]:
    """Return the things of which some notices speak, by their threads: one query a room."""
    found: dict[UUID, Subject] = {}
    for topic in topics():
        threads = {notice.thread for notice in notices if notice.code in topic.labels}
        if threads:
            found |= topic.subjects(visitor, threads)
    return found


CHANNELS: Mapping[str, "StrOrPromise"] = {
    "inbox": gettext_lazy("Inbox"),
    "file": gettext_lazy("The office's own gateway"),
    "email": gettext_lazy("E-mail"),
    "wecom": gettext_lazy("WeCom"),
    "dingtalk": gettext_lazy("DingTalk"),
    "sms": gettext_lazy("Text message"),
}
REASONS: Mapping[str, "StrOrPromise"] = {
    "vacant": gettext_lazy("nobody holds the post"),
    "no_post": gettext_lazy("the unit has no post that acts"),
    "own_act": gettext_lazy("it is the person's own act"),
    "no_address": gettext_lazy("no address is given for this way"),
    "answered": gettext_lazy("answered, or needless, before it could be sent"),
    "given_up": gettext_lazy("the way did not take it"),
    "no_channel": gettext_lazy("this way is no longer open"),
}


def message_for(notice: Outbox, *, id_: UUID, address: str, at: datetime) -> Message:
    """Return what leaves the house: what is asked or told, nothing of the matter itself."""
    label = str(label_of(notice.code))
    text = _("%(label)s. Sign in to Luoshi and open the inbox to read it.") % {"label": label}
    subject = _("[Luoshi] %(label)s") % {"label": label}
    return Message(id=id_, address=address, subject=subject, text=text, at=at)
