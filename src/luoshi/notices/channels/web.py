"""JSON over HTTPS by the standard library; the addresses are those of the settings."""

import json
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any
from urllib.request import Request, urlopen

from luoshi.notices.channels.message import Body, NotTaken

PATIENCE = 10  # seconds


def posted(address: str, body: Body) -> Mapping[str, Any]:
    """Post a body (a text as it is), or only ask where there is none; returns the JSON answer.

    Raises NotTaken where the address is not one of the web, does not answer, or answers no JSON.
    """
    if not address.startswith(("https://", "http://")):
        msg = "no web address"
        raise NotTaken(msg)
    text = body if body is None or isinstance(body, str) else json.dumps(body, ensure_ascii=False)
    data = None if text is None else text.encode()
    request = Request(address, data=data, headers={"Content-Type": "application/json"})  # noqa: S310 - checked above
    try:
        with urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 - checked above
            found = json.loads(answer.read())
    except (OSError, HTTPException, ValueError) as cause:
        raise NotTaken(type(cause).__name__) from cause
    if not isinstance(found, dict):
        msg = "no JSON object"
        raise NotTaken(msg)
    return found
