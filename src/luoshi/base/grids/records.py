"""The records of an old workbook (xls, BIFF8), read after [MS-XLS]."""

import struct
from collections.abc import Iterator
from enum import IntEnum

from luoshi.base.grids import limits

_HEAD = struct.Struct("<HH")


class Record(IntEnum):
    """The records that say something about cells."""

    FORMULA = 0x0006
    EOF = 0x000A
    DATEMODE = 0x0022
    FILEPASS = 0x002F
    CONTINUE = 0x003C
    COLINFO = 0x007D
    BOUNDSHEET = 0x0085
    MULRK = 0x00BD
    RSTRING = 0x00D6
    XF = 0x00E0
    MERGECELLS = 0x00E5
    SST = 0x00FC
    LABELSST = 0x00FD
    NUMBER = 0x0203
    LABEL = 0x0204
    BOOLERR = 0x0205
    STRING = 0x0207
    ROW = 0x0208
    RK = 0x027E
    FORMAT = 0x041E
    BOF = 0x0809


ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}

_WIDE, _EXTENDED, _RICH = 0x1, 0x4, 0x8  # flags of a text


def records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Yield kind and body of the records of one part of a stream, up to its end.

    Parts within it, such as charts, are left out. Raises struct.error where the stream ends early.
    """
    depth = 0
    while True:
        kind, length = _HEAD.unpack_from(stream, start)
        body = stream[start + _HEAD.size : start + _HEAD.size + length]
        if len(body) < length:
            raise struct.error("the stream ends within a record")
        start += _HEAD.size + length
        depth += (kind == Record.BOF) - (kind == Record.EOF)
        if depth <= 0:
            return
        if depth == 1:
            yield kind, body


def rk_number(raw: int) -> str:
    """Return the text of a number packed into 30 bits and two flags: whole, and in hundredths."""
    if raw & 2:
        value: int | float = (raw - (1 << 32) if raw & 0x8000_0000 else raw) >> 2
    else:
        value = struct.unpack("<d", struct.pack("<Q", (raw & 0xFFFF_FFFC) << 32))[0]
    if not raw & 1:
        return repr(value)
    return f"{value}e-2" if isinstance(value, int) else repr(value / 100)


class Texts:
    """Reads texts out of a record and its continuations."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces = pieces
        self._piece = 0
        self._at = 0

    def shared(self) -> list[str]:
        """Return the texts of the shared table. Raises struct.error, IndexError."""
        _all, different = self._numbers("<II")
        found: list[str] = []
        left = limits.MOST_TEXT
        while len(found) < different and not self._is_over():
            found.append(self.text())
            left -= len(found[-1]) + 1
            if left < 0:
                raise OverflowError
        return found

    def text(self) -> str:
        """Return the next text whose length stands before it in two bytes."""
        length, flags = self._numbers("<HB")
        (runs,) = self._numbers("<H") if flags & _RICH else (0,)
        (extra,) = self._numbers("<I") if flags & _EXTENDED else (0,)
        text = self._characters(length, flags & _WIDE)
        self._skip(4 * runs + extra)
        return text

    def _characters(self, length: int, wide: int) -> str:
        """Return characters; a continuation says anew whether they take one byte or two."""
        found = b""  # two bytes each
        while True:
            missing = length - len(found) // 2
            part = self._pieces[self._piece][self._at :][: missing * 2 if wide else missing]
            self._at += len(part)
            found += part if wide else part.decode("latin-1").encode("utf-16-le")
            if len(found) // 2 >= length:
                return found.decode("utf-16-le", "replace")
            self._next_piece()
            wide, self._at = self._pieces[self._piece][0] & _WIDE, 1

    def _numbers(self, layout: str) -> tuple[int, ...]:
        if self._at >= len(self._pieces[self._piece]):
            self._next_piece()
        found: tuple[int, ...] = struct.unpack_from(layout, self._pieces[self._piece], self._at)
        self._at += struct.calcsize(layout)
        return found

    def _skip(self, count: int) -> None:
        self._at += count
        while self._at > len(self._pieces[self._piece]):
            rest = self._at - len(self._pieces[self._piece])
            self._next_piece()
            self._at = rest

    def _next_piece(self) -> None:
        self._piece, self._at = self._piece + 1, 0

    def _is_over(self) -> bool:
        return self._piece + 1 == len(self._pieces) and self._at >= len(self._pieces[-1])
