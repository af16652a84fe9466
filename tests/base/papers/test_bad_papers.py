"""Files that are no report, or one that cannot be read: each is refused with its reason."""

import random
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from luoshi.base.papers import child, limits, printed, wire
from luoshi.base.papers.health import is_written
from luoshi.base.papers.paper import Paper, PaperKind
from luoshi.base.papers.reading import read_paper
from luoshi.base.papers.refusals import PaperScanned
from luoshi.base.papers.sentences import PAPERS
from luoshi.base.wording import sentence_for
from luoshi.rules.refusals import Refusal
from luoshi.rules.sheets.paper.page import Page
from tests.base.grids.making import compound
from tests.base.papers.making import docx_of, html_of, packed, raw_docx
from tests.base.papers.making import printed as pages_of
from tests.rules.sheets.printed import pdf

LINE = "全年安排重点项目六十五个，年度计划投资一百二十五亿元，新增规上工业企业十五家。\n"
SHELL = "<!DOCTYPE html><html><body><div id=app></div><script src=app.js></script></body></html>"


def test_every_refusal_has_its_sentence():
    assert set(wire._KNOWN) == set(PAPERS)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "paper_empty"),
        (b"\xef\xbb\xbf \r\n\xe3\x80\x80\n", "paper_empty"),
        (b"\x00\x01\x02\x03" * 50, "not_a_paper"),
        (b"\x01\x02\x03" * 50, "not_a_paper"),
        (b"\x89PNG\r\n\x1a\n", "not_a_paper"),
        (b"{\\rtf1\\ansi", "not_a_paper"),
        (b"Rar!\x1a\x07", "not_a_paper"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "not_a_paper"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><w:wordDocument/>", "not_a_paper"),
        (b"MZ\x90\x00", "not_a_paper"),
        ("\ufffd".join(LINE).encode(), "paper_text_garbled"),
        (LINE.encode("gb18030") + b"\xff\xff", "paper_text_garbled"),
        ((LINE * 9).encode().decode("gb18030", "replace").encode(), "paper_text_garbled"),
        (LINE.encode().decode("latin-1").encode(), "paper_text_garbled"),
        ((LINE * 9).encode("gb18030").decode("latin-1").encode(), "paper_text_garbled"),
        (b"%PDF-1.5\nnothing else", "paper_damaged"),
        (b"PK\x03\x04 nothing else", "paper_damaged"),
        (SHELL.encode(), "paper_made_by_scripts"),
        (b"<html><body><p>nothing</p></body></html>", "paper_empty"),
    ],
)
@pytest.mark.usefixtures("in_this_process")
def test_what_cannot_be_read_is_refused(refusal_of, content, code):
    assert refusal_of(content).code == code


def test_a_language_of_accents_is_not_taken_for_garbled_chinese():
    assert is_written("Les écoles où l'été s'achève à Noël, déjà prêtes, coûtent peu. " * 40)
    assert is_written("Überprüfung größerer Straßen, äußerst übersichtlich. " * 40)


def test_text_read_wrongly_before_is_seen_by_its_signs(refusal_of, report):
    signs = {sign: chr(0x4E00 + ord(sign) * 7919 % 20_000) for sign in set(report)}
    garbled = "".join(signs[sign] if sign > "\u4e00" else sign for sign in report)
    assert not is_written(garbled)
    assert is_written(report)
    assert refusal_of(garbled.encode()).code == "paper_text_garbled"


@pytest.mark.parametrize(
    ("what", "advice"),
    [("ofd", "OFD"), ("doc", "docx"), ("xlsx", "txt"), ("archive", "packed"), ("other", "html")],
)
def test_what_is_no_report_is_told_what_to_do(what, advice):
    with override("en"):
        assert advice in PAPERS["not_a_paper"]({"name": "报告", "what": what})


@pytest.mark.parametrize(
    ("largest", "advice"), [(limits.MOST_TEXT_BYTES, "in parts"), (limits.MOST_BYTES, "as txt")]
)
def test_a_text_that_is_too_large_is_not_to_be_saved_as_text(largest, advice):
    with override("en"):
        facts = {"name": "报告", "size": largest + 1, "largest": largest}
        assert advice in PAPERS["paper_too_large"](facts)


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"xl/workbook.xml": ""}, "not_a_paper"),
        ({"ppt/presentation.xml": ""}, "not_a_paper"),
        ({"content.xml": ""}, "not_a_paper"),
        ({"OFD.xml": ""}, "not_a_paper"),
        ({"word/document.xml": ""}, "not_a_paper"),  # without the list of its parts
        ({"[Content_Types].xml": "", "a.txt": ""}, "not_a_paper"),
        ({"word/vbaProject.bin": ""}, "paper_has_macros"),
        (
            {"[Content_Types].xml": "macroEnabled", "word/document.xml": "<a/>"},
            "paper_has_macros",
        ),
        ({"[Content_Types].xml": "", "word/document.xml": "not xml"}, "paper_damaged"),
        ({"[Content_Types].xml": "", "word/document.xml": "<a/>"}, "paper_empty"),
        (
            {
                "[Content_Types].xml": "",
                "word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
            },
            "paper_declares_entities",
        ),
    ],
)
@pytest.mark.usefixtures("in_this_process")
def test_packed_files_that_are_no_document(refusal_of, parts, code):
    assert refusal_of(packed(parts)).code == code


@pytest.mark.usefixtures("in_this_process")
def test_a_document_with_a_password_is_refused(refusal_of):
    content = bytearray(raw_docx("<w:p/>"))
    place = content.index(b"PK\x01\x02")
    content[place + 8] |= 1  # the first part is said to be encrypted
    assert refusal_of(bytes(content)).code == "paper_has_password"


@pytest.mark.parametrize(
    ("stream", "code", "what"),
    [
        ("EncryptedPackage", "paper_has_password", None),
        ("Macros", "paper_has_macros", None),
        ("WordDocument", "not_a_paper", "doc"),
        ("Else", "not_a_paper", "other"),
    ],
)
def test_compound_files_say_what_they_are(refusal_of, tmp_path, stream, code, what):
    path = tmp_path / "upload"
    compound(path, {stream: b"x" * 5000})
    found = refusal_of(path.read_bytes())
    assert (found.code, found.facts.get("what")) == (code, what)


@pytest.mark.usefixtures("in_this_process")
def test_bombs_are_refused_before_they_burst(refusal_of, monkeypatch):
    many = packed({"[Content_Types].xml": "", "word/document.xml": " " * 30_000_000})
    assert refusal_of(many).code == "paper_too_packed"
    deep = "<w:r>" * 300
    assert refusal_of(raw_docx(f"<w:p>{deep}")).code == "paper_too_deep"
    assert refusal_of(b"<html>" + b"<div>" * 300).code == "paper_too_deep"
    monkeypatch.setattr(limits, "MOST_TEXT", 100)
    assert refusal_of(docx_of(LINE * 5)).code == "paper_too_much_text"
    assert refusal_of(html_of(LINE * 5).encode()).code == "paper_too_much_text"


def test_sizes_are_bounded(refusal_of, monkeypatch):
    monkeypatch.setattr(limits, "MOST_TEXT_BYTES", 1000)
    found = refusal_of(LINE.encode() * 20)
    assert (found.code, found.facts["largest"]) == ("paper_too_large", 1000)
    monkeypatch.setattr(limits, "MOST_BYTES", 500)
    assert refusal_of(html_of(LINE).encode()[:900]).code == "paper_too_large"


def test_a_broken_text_layer_is_refused(refusal_of, report):
    content = pdf(pages_of(report), font="private")
    assert refusal_of(content, "报告.pdf").code == "paper_text_broken"


@pytest.mark.usefixtures("in_this_process")
def test_a_text_layer_of_chance_signs_is_refused(refusal_of):
    dice = random.Random(2026)
    chance = "".join(chr(dice.randrange(0x4E00, 0x9FA5)) for _ in range(600))
    assert refusal_of(pdf(pages_of(chance))).code == "paper_text_broken"


@pytest.mark.usefixtures("in_this_process")
def test_a_text_layer_broken_on_some_pages_is_refused(refusal_of, report, monkeypatch):
    good = pages_of(report * 3)
    broken = [Page(page.number, page.glyphs[:60], unmapped=60) for page in good[:2]]
    monkeypatch.setattr(printed, "pages_of", lambda *_: [*broken, *good])
    assert refusal_of(pdf(good[:1])).code == "paper_text_broken"


@pytest.mark.usefixtures("in_this_process")
def test_scans_are_refused_and_single_pictures_told(refusal_of, report, monkeypatch):
    assert refusal_of(pdf([Page(1)])).code == "paper_scanned"
    written, scan = pages_of(report * 3), Page(7, has_pictures=True)
    monkeypatch.setattr(printed, "pages_of", lambda *_: [scan, *written[:2]])
    found = refusal_of(pdf(written[:1]))
    assert (found.code, found.facts["pages"]) == ("paper_scanned", "7")
    assert "7" in sentence_for(PaperScanned(name="报告", pages="7", count=3))
    monkeypatch.setattr(printed, "pages_of", lambda *_: [scan, *written])
    assert read_paper(pdf(written[:1]), name="报告.pdf").scanned == (7,)


def test_a_locked_pdf_is_refused(monkeypatch, tmp_path):
    def locked(*_):
        raise printed.pdfium.PdfiumError("Failed to load document: Incorrect password error")

    monkeypatch.setattr(printed.pdfium, "PdfDocument", locked)
    with pytest.raises(Refusal) as caught:
        printed.paper(tmp_path / "报告.pdf", "报告.pdf")
    assert caught.value.code == "paper_has_password"


def test_memory_is_bounded(tmp_path, monkeypatch, refusal_of):
    monkeypatch.setattr("luoshi.base.grids.limits.CHILD_MEMORY", 96 * 1024 * 1024)
    attributes = " ".join(f'a{place}="1"' for place in range(500_000))
    assert refusal_of(raw_docx(f"<w:p {attributes}/>")).code == "paper_too_costly"


def test_want_of_memory_is_an_answer(monkeypatch, tmp_path):
    def want(*_):
        raise MemoryError

    monkeypatch.setattr(child, "paper_of", want)
    with pytest.raises(Refusal) as caught:
        wire.unpacked(child.answer(tmp_path, "报告"))
    assert caught.value.code == "paper_too_costly"


def test_the_child_reads_plain_text_too(tmp_path):
    path = tmp_path / "upload"
    path.write_text(LINE)
    assert wire.unpacked(child.answer(path, "报告")) == Paper(LINE, PaperKind.TXT)


@given(st.binary(max_size=400), st.sampled_from([b"a", b"PK\x03\x04", b"%PDF-1.7\n", b"<html>"]))
def test_any_bytes_are_read_or_refused(tail, head):
    with tempfile.NamedTemporaryFile() as copy:
        copy.write(head + tail)
        copy.flush()
        with suppress(Refusal):
            assert child.paper_of(Path(copy.name), "报告").kind in PaperKind


def test_parts_packed_in_an_unknown_way_are_damage(refusal_of):
    content = bytearray(raw_docx("<w:p/>"))
    for place in range(len(content) - 4):
        if content[place : place + 4] == b"PK\x01\x02":
            content[place + 10] = 99
    assert refusal_of(bytes(content)).code == "paper_damaged"
