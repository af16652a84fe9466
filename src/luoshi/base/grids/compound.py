"""A compound file (OLE): the folder of streams that xls, doc and encrypted files are.

Read after [MS-CFB]; every chain of sectors is bounded, so that a loop in one ends.
"""

import struct
import sys
from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from luoshi.base.grids.refusals import SheetDamaged

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = struct.Struct("<8s16sHHHHH6sIIIIIIIII")
_IN_HEADER = 109  # entries of the list of tables that stand in the header
_LAST = 0xFFFFFFFA  # sector numbers from here on mean the end, or nothing
_ENTRY = struct.Struct("<64sHBBIII16sIQQIQ")  # one line of the directory
_STORAGE, _STREAM, _ROOT = 1, 2, 5


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: int
    start: int
    size: int


class CompoundFile:
    """The streams of a compound file by name; ``name`` is the file's, for refusals."""

    def __init__(self, content: bytes, name: str) -> None:
        self._content = content
        self._name = name
        try:
            self._read_header()
        except struct.error as cause:
            raise SheetDamaged(name=name) from cause

    def _read_header(self) -> None:
        head = _HEADER.unpack_from(self._content)
        shift, small_shift = int(head[5]), int(head[6])
        if shift not in (9, 12) or small_shift > shift:
            raise SheetDamaged(name=self._name)
        self._sector, self._small_sector = 1 << shift, 1 << small_shift
        directory, self._small_below = head[10], head[12]
        small_table, more_tables = head[13], head[15]
        self._table = self._whole_table(more_tables)
        self._entries = dict(self._directory(self._chain(directory)))
        self._small_table = _numbers(self._chain(small_table))
        root = next((entry for entry in self._entries.values() if entry.kind == _ROOT), None)
        self._small = self._chain(root.start)[: root.size] if root else b""

    @property
    def names(self) -> frozenset[str]:
        """Return the names of all streams and storages, at any depth."""
        return frozenset(self._entries)

    def stream(self, *names: str) -> bytes | None:
        """Return the content of the first of these streams there is. Raises SheetDamaged."""
        for name in names:
            entry = self._entries.get(name)
            if entry is not None and entry.kind == _STREAM:
                return self._stream_of(entry)
        return None

    def _stream_of(self, entry: _Entry) -> bytes:
        small = entry.size < self._small_below
        found = self._small_chain(entry.start) if small else self._chain(entry.start)
        if len(found) < entry.size:
            raise SheetDamaged(name=self._name)
        return found[: entry.size]

    def _whole_table(self, more: int) -> "array[int]":
        """Return which sector follows which, from the tables that the header lists."""
        listed = list(struct.unpack_from(f"<{_IN_HEADER}I", self._content, _HEADER.size))
        while more < _LAST and len(listed) <= self._most_sectors:
            *part, more = _numbers(self._sector_at(more))
            listed += part
        sectors = [number for number in listed if number < _LAST][: self._most_sectors]
        return _numbers(b"".join(self._sector_at(number) for number in sectors))

    @property
    def _most_sectors(self) -> int:
        return len(self._content) // self._sector + 1  # one more, which may be cut short

    def _sector_at(self, number: int) -> bytes:
        start = (number + 1) * self._sector
        if start >= len(self._content):
            raise SheetDamaged(name=self._name)
        return self._content[start : start + self._sector].ljust(self._sector, b"\x00")

    def _chain(self, start: int) -> bytes:
        sectors = self._followed(start, self._table)
        return b"".join(self._sector_at(number) for number in sectors)

    def _small_chain(self, start: int) -> bytes:
        size = self._small_sector
        sectors = self._followed(start, self._small_table)
        return b"".join(self._small[number * size : (number + 1) * size] for number in sectors)

    def _followed(self, start: int, table: "array[int]") -> Iterator[int]:
        """Yield the sectors of a chain. Raises SheetDamaged where it leaves the file or loops."""
        left = len(self._content) // self._small_sector + 1
        while start < _LAST:
            left -= 1
            if start >= len(table) or left < 0:
                raise SheetDamaged(name=self._name)
            yield start
            start = table[start]

    def _directory(self, content: bytes) -> Iterator[tuple[str, _Entry]]:
        whole = len(content) // _ENTRY.size * _ENTRY.size
        for line in _ENTRY.iter_unpack(content[:whole]):
            kind, start, size = line[2], line[11], line[12] & 0xFFFFFFFF
            if kind in (_STORAGE, _STREAM, _ROOT):
                name = line[0][: max(line[1] - 2, 0)].decode("utf-16-le", "replace")
                yield name, _Entry(kind, start, size)


def _numbers(content: bytes) -> "array[int]":
    found = array("I")
    found.frombytes(content[: len(content) // found.itemsize * found.itemsize])
    if sys.byteorder == "big":
        found.byteswap()
    return found
