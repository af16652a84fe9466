"""Sheets as text: encodings, separators, lines."""

import codecs

import pytest

from luoshi.base.grids.reading import read_grids

pytestmark = pytest.mark.usefixtures("in_this_process")

HEAD = "项目,责任单位,投资\n嵩山路学校,教育局,1.5\n"
ROWS = (("项目", "责任单位", "投资"), ("嵩山路学校", "教育局", "1.5"))


@pytest.fixture
def read(tmp_path):
    """Read bytes as a csv file."""

    def read_(content, name="台账.csv"):
        path = tmp_path / "upload"
        path.write_bytes(content)
        (grid,) = read_grids(path, name=name)
        return grid

    return read_


@pytest.mark.parametrize(
    "content",
    [
        HEAD.encode(),
        codecs.BOM_UTF8 + HEAD.encode(),
        HEAD.encode("gb18030"),
        HEAD.encode("utf-16"),
        codecs.BOM_UTF16_BE + HEAD.encode("utf-16-be"),
        HEAD.replace("\n", "\r\n").encode(),
        HEAD.replace("\n", "\r").encode("gb18030"),
        HEAD.replace(",", ";").encode(),
        HEAD.replace(",", "\t").encode("utf-16"),
        b"sep=;\n" + HEAD.replace(",", ";").encode(),
    ],
)
def test_encodings_separators_and_line_ends(read, content):
    grid = read(content)
    assert grid.name == "台账"
    assert grid.rows == ROWS


def test_lines_and_columns_stay_where_they_are(read):
    grid = read('"重点,项目\n台账"\n\n ,\t,甲\n,,,,\n\n'.encode())
    assert grid.rows == (("重点,项目\n台账", None, None), (None,) * 3, (None, None, "甲"))


def test_a_separator_inside_text_does_not_count(read):
    assert read("甲;一,二\n乙;三,四,五\n丙;六\n".encode()).rows == (
        ("甲", "一,二"),
        ("乙", "三,四,五"),
        ("丙", "六"),
    )


def test_text_without_a_separator_is_one_column(read):
    assert read("项目\n学校\n".encode()).rows == (("项目",), ("学校",))


def test_text_that_our_exports_kept_from_running_is_read_as_it_was(read):
    grid = read("'=1+1,'+项目,''引,'单,'\n".encode())
    assert grid.rows == (("=1+1", "+项目", "''引", "'单", "'"),)


@pytest.mark.parametrize(
    "text",
    [
        "国家电网联通移动，“引号”——破折号、①②③㎡℃",
        "Señor Café naïve Ünïcödé résumé",
        "繁體中文的項目名稱與負責單位",
        "ｶﾀｶﾅとひらがなの表",
    ],
)
def test_right_text_is_not_taken_for_garbled(read, text):
    assert read(f"{text},1\n".encode()).cell(0, 0).value == text


@pytest.mark.parametrize("text", ["国家电网联通移动，“引号”——破折号·①②③㎡℃", "龘喆瑄烜", "联通"])
def test_right_text_in_gb18030_is_not_taken_for_garbled(read, text):
    line = f"郑州市二七区重点项目责任单位,{text}\n"
    assert read(line.encode("gb18030")).cell(0, 1).value == text
