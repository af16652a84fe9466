"""A printer for tests: text set at places, as glyphs of a page and, in ``pdf``, as a real file."""

from luoshi.rules.sheets.paper.page import Glyph, Page, Ruling

SIZE = 10.0  # points of a letter, Chinese ones are as wide; others half
LEADING = 14.0
WIDTH, HEIGHT = 595, 842  # of a sheet, in points


def set_text(text, x, top, size=SIZE):
    """Glyphs of one line."""
    glyphs = []
    for letter in text:
        width = size / 2 if letter.isascii() else size
        if not letter.isspace():
            glyphs.append(Glyph(letter, x, top, x + width, top + size))
        x += width
    return glyphs


def wrapped(text, width, size=SIZE):
    """Lines of a text that is set ``width`` points wide."""
    lines = [""]
    room = width
    for letter in text:
        step = size / 2 if letter.isascii() else size
        if letter == "\n" or room < step:
            lines.append("")
            room = width
        if letter != "\n":
            lines[-1] += letter
            room -= step
    return lines


def table(rows, edges, *, top=100.0, ruled="all", centred=False, gap=4.0):
    """Glyphs and rulings of a table whose cells are wrapped; one text in a row spans it all.

    ``ruled``: "all", "level" or "none". ``centred``: short cells stand in the middle of their row.
    """
    glyphs, rulings = [], []
    level = lambda y: Ruling(edges[0], y, edges[-1], y)  # noqa: E731
    y = top
    for row in rows:
        cells = [
            wrapped(text, edges[at + 1] - edges[at] - 11) if len(row) > 1 else [text]
            for at, text in enumerate(row)
        ]
        height = max(len(lines) for lines in cells) * LEADING + gap
        for at, lines in enumerate(cells):
            shift = (height - gap - len(lines) * LEADING) / 2 if centred else 0
            for n, line in enumerate(lines):
                glyphs += set_text(line, edges[at] + 5.5, y + gap / 2 + shift + n * LEADING)
        inner = edges if len(row) > 1 else (edges[0], edges[-1])
        rulings += [Ruling(x, y, x, y + height) for x in inner] if ruled == "all" else []
        rulings += [level(y)] if ruled != "none" else []
        y += height
    rulings += [level(y)] if ruled != "none" else []
    return glyphs, rulings


def page(rows, edges, *, number=1, above=(), below=(), **how):
    """A page with a table and lines of text above and below it."""
    glyphs, rulings = table(rows, edges, **how)
    for n, line in enumerate(above):
        glyphs += set_text(line, 200, 40 + n * 20)
    for n, line in enumerate(below):
        glyphs += set_text(line, 280, 800 + n * 20)
    return Page(number, tuple(glyphs), tuple(rulings))


def pdf(pages, *, title="", font="unicode", turned=False):
    """A PDF file of pages in a font that is not embedded; "private" breaks its letters.

    ``turned``: the text runs up the sheet, as wide tables are often printed.
    """
    objects = [b"", b""]  # catalogue and page tree come when all is known

    def add(content):
        objects.append(content)
        return len(objects)

    system = b"<< /Registry (Adobe) /Ordering (GB1) /Supplement 2 >>"
    described = add(
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 -200 1000 900]"
        b" /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 800 /StemV 80 >>"
    )
    below = add(
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo "
        + system
        + b" /DW 1000 /FontDescriptor %d 0 R >>" % described
    )
    mapped = b""
    if font == "private":
        cmap = (
            b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap "
            b"/CMapName /X def 1 begincodespacerange <0000> <FFFF> endcodespacerange "
            b"1 beginbfrange <0000> <FFFF> <E000> endbfrange endcmap end end"
        )
        mapped = b" /ToUnicode %d 0 R" % add(_stream(cmap))
    name = add(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
        b" /DescendantFonts [%d 0 R]%s >>" % (below, mapped)
    )
    kids = []
    for each in pages:
        content = add(_stream(_drawn(each, turned=turned)))
        kids.append(
            add(
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R"
                b" /Resources << /Font << /F %d 0 R >> >> >>"
                % (*((HEIGHT, WIDTH) if turned else (WIDTH, HEIGHT)), content, name)
            )
        )
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    listed = b" ".join(b"%d 0 R" % kid for kid in kids)
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (listed, len(kids))
    told = "\ufeff" + title
    info = add(b"<< /Title <%s> >>" % told.encode("utf-16-be").hex().encode())
    return _file(objects, info)


def _drawn(page, *, turned):
    parts = [b"0 1 -1 0 %d 0 cm" % HEIGHT] if turned else []
    parts.append(b"1 g 0 0 %d %d re f 0 g" % (WIDTH, HEIGHT))  # a white background
    for glyph in page.glyphs:
        code = glyph.text.encode("utf-16-be").hex().encode()
        size = glyph.bottom - glyph.top
        baseline = HEIGHT - glyph.bottom + size * 0.2
        parts.append(b"BT /F %.2f Tf %.2f %.2f Td <%s> Tj ET" % (size, glyph.x0, baseline, code))
    parts += [
        b"%.2f %.2f m %.2f %.2f l S" % (line.x0, HEIGHT - line.top, line.x1, HEIGHT - line.bottom)
        for line in page.rulings
    ]
    return b"\n".join(parts)


def _stream(content):
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)


def _file(objects, info):
    out = b"%PDF-1.5\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\n" % (len(objects) + 1, info)
    return out + b"startxref\n%d\n%%%%EOF\n" % start
