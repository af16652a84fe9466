"""An optional reader: a chat endpoint that the office runs, asked with the standard library only.

Nothing is sent unless an address is given. The text goes to that address alone: no proxy, no
redirect. What comes back is held to the text by ``rules.reports.offered``.
"""

import json
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPMessage
from typing import IO, Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.intake.reading.documents import Text
from luoshi.intake.reading.refusals import ReaderAddress, ReaderUnreachable
from luoshi.rules.reports import offered
from luoshi.rules.reports.mending import Kind as ParagraphKind
from luoshi.rules.reports.statements import Statement

KEY = "LUOSHI_READER_KEY"
"""The variable of the environment that holds the key, if the endpoint asks for one."""

PIECE = 3_000  # characters sent at a time: what follows from one another stays together
MOST_ANSWER = 4 * 1024 * 1024  # bytes
PATIENCE = 300  # seconds
TASK = (
    "你是政府工作报告的阅读员。从给出的文字中找出每一条可以衡量或跟踪的陈述，"
    "一个数字对应一个主体为一条，一项没有数字的行动为一条。只输出 JSON 数组，不要解释。每条的字段："
    "quote（原文，一字不改）、kind（target 目标 | result 成果 | baseline 存量 | mechanism 做法）、"
    "subject（原文中的主体）、value（数字，按原文，不换算）、value_max、unit（含万、亿）、"
    "comparator（= >= <= > < ~）、growth（是否为增长率）、force（hard | stretch | null）、"
    "period（如 2024、2024H1、2024-06、2021/2025）、deadline（如 2024-12-31）、"
    "deadline_stated、domain、projects（原文中的项目名称）、responsible（原文中的责任单位）。"
    "原文没有的，一律填 null。"
)
"""What the endpoint is asked for: the fields of ``docs/statements.schema.json``."""

DROPPED = {
    "quote": gettext_lazy("dropped, words not in the text:"),
    "kind": gettext_lazy("dropped, kind unknown:"),
    "number": gettext_lazy("dropped, number not in the words:"),
    "not_json": gettext_lazy("dropped, not readable:"),
}
"""Why an offer was not taken, by the codes of ``rules.reports.offered``."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a reader is asked, which model of it, and the key it wants."""

    address: str
    model: str
    key: str = ""

    @property
    def host(self) -> str:
        """Return where the text goes. Raises ReaderAddress."""
        return urlsplit(self.url).netloc

    @property
    def url(self) -> str:
        """Return the address of its chat. Raises ReaderAddress."""
        parts = urlsplit(self.address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ReaderAddress(address=self.address)
        base = self.address.rstrip("/")
        return base if base.endswith("/chat/completions") else f"{base}/chat/completions"


@dataclass(slots=True)
class Asked:
    """What an endpoint offered of a text: how much was taken, and why the rest was not."""

    endpoint: Endpoint
    taken: int = 0
    dropped: Counter[str] = field(default_factory=Counter)

    def told(self) -> str:
        """Return how much was taken, and how much dropped for which reason."""
        said = _("%(taken)s statements of %(host)s stand in the text and were taken") % {
            "taken": self.taken,
            "host": self.endpoint.host,
        }
        reasons = [f"{DROPPED[why]} {count}" for why, count in sorted(self.dropped.items())]
        return "；".join([said, *reasons])

    def statements(self, text: Text) -> Iterator[Statement]:
        """Yield what was offered and holds. Raises ReaderAddress, ReaderUnreachable."""
        seen: set[tuple[object, ...]] = set()
        for start, end in _pieces(text):
            given = offered.Given(text.mended, start, end, text.doc, self.endpoint.model)
            words = text.mended.text[start:end]
            for row in _rows(_answer(self.endpoint, words), self.dropped):
                offer = offered.checked(row, given)
                if isinstance(offer, offered.Dropped):
                    self.dropped[offer] += 1
                elif (key := _key(offer)) not in seen:
                    seen.add(key)
                    self.taken += 1
                    yield offer


def _key(one: Statement) -> tuple[object, ...]:
    return one.start, one.end, one.value_start, one.subject


def _pieces(text: Text) -> Iterator[tuple[int, int]]:
    """Yield stretches of whole paragraphs; menus, bylines and page numbers are not sent."""
    kinds = {ParagraphKind.BODY, ParagraphKind.HEADING, ParagraphKind.CAPTION}
    start = end = -1
    for paragraph in text.mended.paragraphs:
        if paragraph.kind not in kinds:
            continue
        if start >= 0 and paragraph.end - start > PIECE:
            yield start, end
            start = -1
        start, end = paragraph.start if start < 0 else start, paragraph.end
    if start >= 0:
        yield start, end


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows nothing: key and text stay with the address that was given."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str,
        headers: HTTPMessage, newurl: str,
    ) -> None:  # fmt: skip
        """Return no request to follow."""


_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect())


def _answer(endpoint: Endpoint, words: str) -> str:
    """Return what the endpoint writes about a stretch of text. Raises ReaderUnreachable."""
    body = {
        "model": endpoint.model,
        "temperature": 0,
        "messages": [
            {"role": "system", "content": TASK},
            {"role": "user", "content": words},
        ],
    }
    request = urllib.request.Request(  # noqa: S310  http or https only, see Endpoint.url
        endpoint.url,
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"}
        | ({"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {}),
    )
    try:
        with _OPENER.open(request, timeout=PATIENCE) as answer:
            content = answer.read(MOST_ANSWER + 1)
    except (OSError, HTTPException) as cause:
        raise ReaderUnreachable(host=endpoint.host, what=_what(cause)) from cause
    if len(content) > MOST_ANSWER:
        raise ReaderUnreachable(host=endpoint.host, what="> 4 MB")
    return _words(content, endpoint)


def _what(cause: Exception) -> str:
    if isinstance(cause, urllib.error.HTTPError):
        cause.close()
        return f"HTTP {cause.code}"
    return str(getattr(cause, "reason", "") or cause) or type(cause).__name__


def _words(content: bytes, endpoint: Endpoint) -> str:
    try:
        words = json.loads(content)["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError) as cause:
        raise ReaderUnreachable(host=endpoint.host, what="no chat answer") from cause
    return words if isinstance(words, str) else ""


def _rows(words: str, dropped: Counter[str]) -> Iterator[dict[str, Any]]:
    """Yield the objects of an answer: a JSON array or JSON lines, with or without words around."""
    decoder = json.JSONDecoder()
    place = words.find("{")
    while place >= 0:
        try:
            row, end = decoder.raw_decode(words, place)
        except (ValueError, RecursionError):
            dropped["not_json"] += 1
            end = place + 1
        else:
            yield row
        place = words.find("{", end)
