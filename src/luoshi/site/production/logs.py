"""Log lines as JSON, one object a line, without personal data.

Our own sentences carry no names and no typed text. What others say is kept as they wrote it down,
without what was filled in: an address may hold a text that was looked for, a message of a database
a row. Of a fault stand its type and the places it went through, not its message.
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

from luoshi.site.production import trace

OURS = "luoshi."
FRAMES = 12  # of a fault: the last


class JsonLines(logging.Formatter):
    """Formats records as JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line."""
        told: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "said": record.getMessage() if record.name.startswith(OURS) else str(record.msg),
        }
        request = trace.current()
        if request is not None:
            told["request"] = request.id
        told |= getattr(record, "told", {})
        if record.exc_info and record.exc_info[1] is not None:
            told["fault"] = _fault(record.exc_info[1])
        return json.dumps(told, ensure_ascii=False, default=str)


def _fault(fault: BaseException) -> dict[str, Any]:
    """Return the type of a fault, those that caused it, and the places of the last."""
    chain, cause = [type(fault).__qualname__], fault.__cause__ or fault.__context__
    while cause is not None and len(chain) < FRAMES:
        chain.append(type(cause).__qualname__)
        cause = cause.__cause__ or cause.__context__
    frames = traceback.extract_tb(fault.__traceback__)[-FRAMES:]
    places = [f"{frame.filename.rpartition('/luoshi/')[2]}:{frame.lineno}" for frame in frames]
    return {"types": chain, "places": places}
