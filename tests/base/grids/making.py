"""Sheets for tests: whole ones by their usual writers, bad ones part by part."""

import struct
import zipfile
from contextlib import contextmanager

import xlsxwriter

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BOOK = (
    f'<workbook xmlns:r="{RELATIONS}"><sheets>'
    '<sheet name="台账" sheetId="1" r:id="r1"/></sheets></workbook>'
)
LINKS = (
    "<Relationships>"
    f'<Relationship Id="r1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{RELATIONS}/sharedStrings" Target="/xl/sharedStrings.xml"/>'
    f'<Relationship Id="r3" Type="{RELATIONS}/styles" Target="styles.xml"/>'
    "</Relationships>"
)


@contextmanager
def written_xlsx(path, **options):
    """A workbook as Excel would write it."""
    book = xlsxwriter.Workbook(path, options)
    yield book
    book.close()


def packed(path, parts, compression=zipfile.ZIP_DEFLATED):
    """An archive of these parts, named by their paths."""
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def parts_of(cells="", *, after="", book=BOOK, **more):
    """The parts of a workbook whose one sheet holds ``cells``, rows and all."""
    return {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": LINKS,
        "xl/worksheets/sheet1.xml": (
            f"<worksheet><sheetData>{cells}</sheetData>{after}</worksheet>"
        ),
        **more,
    }


def raw_xlsx(path, cells="", **more):
    """A workbook written by hand."""
    return packed(path, parts_of(cells, **more))


SECTOR, SMALL, END, FREE = 512, 64, 0xFFFFFFFE, 0xFFFFFFFF


def compound(path, streams, small=None):
    """A compound file (OLE): ``streams`` padded to 4,096 bytes or more, ``small`` as they are."""
    table, content = [], b""

    def lay(body, fill=b"\0"):
        nonlocal content
        count, start = -(-len(body) // SECTOR), len(table)
        table.extend([*range(start + 1, start + count), END][: max(count, 0)])
        content += body.ljust(count * SECTOR, fill)
        return start if body else END

    lines = []
    for name, body in streams.items():
        padded = body.ljust(4096, b"\0")
        lines.append(_entry(name, 2, lay(padded), len(padded)))
    small_table, together = [], b""
    for name, body in (small or {}).items():
        count, start = -(-len(body) // SMALL), len(small_table)
        small_table += [*range(start + 1, start + count), END]
        together += body.ljust(count * SMALL, b"\0")
        lines.append(_entry(name, 2, start, len(body)))
    root = _entry("Root Entry", 5, lay(together), len(together))
    small_start = lay(struct.pack(f"<{len(small_table)}I", *small_table), b"\xff")
    directory = lay(b"".join([root, *lines]))
    tables = -(-(len(table) + 200) // 128)  # with room for themselves and for their list
    at = len(table)
    places = [*range(at, at + tables)]
    more = at + tables if tables > 109 else END
    table += [0xFFFFFFFD] * tables + ([0xFFFFFFFC] if tables > 109 else [])
    table += [FREE] * (tables * 128 - len(table))
    content += struct.pack(f"<{len(table)}I", *table)
    if more != END:
        rest = places[109:]
        content += struct.pack("<128I", *rest, *[FREE] * (127 - len(rest)), END)
    head = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6,
        b"", 0, tables, directory, 0, 4096, small_start, 0, more, 0,
    ) + struct.pack("<109I", *(places + [FREE] * 109)[:109])  # fmt: skip
    path.write_bytes(head + content)
    return path


def _entry(name, kind, start, size):
    raw = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16sIQQIQ", raw, len(raw) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF,
        b"", 0, 0, 0, start, size,
    )  # fmt: skip


def record(kind, layout="", *values, more=b""):
    """One record of an xls file."""
    body = struct.pack(f"<{layout}", *values) + more
    return struct.pack("<HH", kind, len(body)) + body


def old_text(text, *, wide=True, size="H"):
    """A text as an xls record holds it: length, flag, characters."""
    raw = text.encode("utf-16-le" if wide else "latin-1")
    return struct.pack(f"<{size}B", len(text), wide) + raw


BOF_BOOK = record(0x0809, "HHHHII", 0x0600, 5, 0, 0, 0, 0)
BOF_SHEET = record(0x0809, "HHHHII", 0x0600, 0x10, 0, 0, 0, 0)
EOF = record(0x000A)


def old_stream(cells, *, shared=b"", kind=0, name="台账"):
    """The stream of an xls file with one sheet; ``shared`` records stand before the list."""

    def listing(start):
        return record(0x0085, "IBB", start, 0, kind, more=old_text(name, size="B"))

    start = len(BOF_BOOK) + len(shared) + len(listing(0)) + len(EOF)
    return BOF_BOOK + shared + listing(start) + EOF + BOF_SHEET + cells + EOF


def raw_xls(path, cells, **more):
    """An xls file written by hand."""
    return compound(path, {"Workbook": old_stream(cells, **more)})
