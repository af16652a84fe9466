"""企业微信 and 钉钉: a text to a member of the organisation by an application of its own.

Both give a token for the application's secret, which holds for some time and goes with every
message, and answer with ``errcode`` 0 where they took it. The requests are those of their
developer documents: 企业微信 发送应用消息 (文本消息), 钉钉 异步发送工作通知消息
(asyncsend_v2).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self
from urllib.parse import urlencode

from luoshi.notices.channels.message import Message, NotTaken, Post

TOKEN_ENDED = frozenset({40001, 40014, 42001})
"""Codes by which a token is refused: then a new one is asked for, once."""


@dataclass(slots=True)
class _Application:
    """What the two share; ``token_address`` carries the application's id and secret."""

    token_address: str
    send_address: str
    agent: int
    post: Post
    _token: str = field(default="", repr=False)
    needs_address: ClassVar[bool] = True

    @classmethod
    def of(cls, given: Mapping[str, Any], post: Post) -> Self:
        """Return the channel that the settings describe."""
        return cls(given["token_address"], given["send_address"], int(given["agent"]), post)

    def body(self, message: Message) -> dict[str, Any]:
        """Return the body of the request for a message."""
        raise NotImplementedError

    def send(self, message: Message) -> None:
        """Post the message with a token, once more with a fresh one where it has ended."""
        answer = self._posted(message)
        if answer.get("errcode") in TOKEN_ENDED:
            self._token = ""
            answer = self._posted(message)
        _check(answer)

    def _posted(self, message: Message) -> Mapping[str, Any]:
        if not self._token:
            answer = self.post(self.token_address, None)
            _check(answer)
            self._token = str(answer.get("access_token", ""))
        query = urlencode({"access_token": self._token})
        return self.post(f"{self.send_address}?{query}", self.body(message))


def _check(answer: Mapping[str, Any]) -> None:
    if answer.get("errcode") != 0 or answer.get("invaliduser"):
        raise NotTaken(str(answer.get("errcode", "no errcode")))


class WeCom(_Application):
    """企业微信: to the member whose id is the address; the same text within half an hour is one."""

    __slots__ = ()
    name: ClassVar[str] = "wecom"

    def body(self, message: Message) -> dict[str, Any]:
        """Return a text message for one member."""
        return {
            "touser": message.address,
            "msgtype": "text",
            "agentid": self.agent,
            "text": {"content": message.text},
            "safe": 0,
            "enable_duplicate_check": 1,
            "duplicate_check_interval": 1800,
        }


class DingTalk(_Application):
    """钉钉: a work notice to the member whose id is the address."""

    __slots__ = ()
    name: ClassVar[str] = "dingtalk"

    def body(self, message: Message) -> dict[str, Any]:
        """Return a work notice for one member."""
        return {
            "agent_id": self.agent,
            "userid_list": message.address,
            "msg": {"msgtype": "text", "text": {"content": message.text}},
        }
