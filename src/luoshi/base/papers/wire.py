"""How a report comes back from the reading process: MessagePack, which holds data, never code."""

import msgspec

from luoshi.base.grids import wire as sheets
from luoshi.base.papers import refusals
from luoshi.base.papers.paper import Paper, PaperKind
from luoshi.rules.refusals import Refusal

_KNOWN: dict[str, type[Refusal]] = {
    kind.code: kind
    for kind in vars(refusals).values()
    if isinstance(kind, type) and issubclass(kind, Refusal) and kind is not Refusal
}


class _Answer(msgspec.Struct, omit_defaults=True):
    text: str = ""
    kind: str = ""
    pages: int = 0
    scanned: tuple[int, ...] = ()
    code: str = ""
    facts: dict[str, str | int] = {}


def packed(paper: Paper) -> bytes:
    """Return a report as bytes."""
    return msgspec.msgpack.encode(_Answer(paper.text, paper.kind, paper.pages, paper.scanned))


def packed_refusal(refusal: Refusal) -> bytes:
    """Return a refusal as bytes."""
    return sheets.packed_refusal(refusal)


def unpacked(content: bytes) -> Paper:
    """Return the report that was packed. Raises the refusal that was; msgspec.MsgspecError."""
    answer = msgspec.msgpack.decode(content, type=_Answer)
    if answer.code:
        raise _KNOWN.get(answer.code, refusals.PaperDamaged)(**answer.facts)
    return Paper(answer.text, PaperKind(answer.kind), answer.pages, answer.scanned)
