"""短信 by 中国移动云MAS: one text to one number, signed, as its HTTP interface takes it."""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self

from luoshi.notices.channels.message import Message, NotTaken, Post


@dataclass(frozen=True, slots=True)
class CloudMas:
    """Posts to ``address``; the other fields are those that the operator gave the office."""

    address: str
    group: str  # ecName
    user: str  # apId
    secret: str = field(repr=False)  # secretKey
    sign: str
    post: Post
    extension: str = ""  # addSerial
    name: ClassVar[str] = "sms"
    needs_address: ClassVar[bool] = True

    @classmethod
    def of(cls, given: Mapping[str, Any], post: Post) -> Self:
        """Return the channel that the settings describe."""
        return cls(
            given["address"], given["group"], given["user"], given["secret"], given["sign"], post,
            given.get("extension", ""),
        )  # fmt: skip

    def body(self, message: Message) -> str:
        """Return the request: its fields as JSON in Base64, with the checksum of their values."""
        values = (self.group, self.user, self.secret, message.address, message.text, self.sign,
                  self.extension)  # fmt: skip
        names = ("ecName", "apId", "secretKey", "mobiles", "content", "sign", "addSerial")
        checksum = hashlib.md5("".join(values).encode(), usedforsecurity=False).hexdigest()
        whole = {**dict(zip(names, values, strict=True)), "mac": checksum}
        return base64.b64encode(json.dumps(whole, ensure_ascii=False).encode()).decode()

    def send(self, message: Message) -> None:
        """Post the text; the platform answers with ``success``."""
        answer = self.post(self.address, self.body(message))
        if answer.get("success") is not True:
            raise NotTaken(str(answer.get("rspcod", "no rspcod")))
