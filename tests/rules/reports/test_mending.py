"""Each damage that reports on paper and screen have, as a small text of our own making."""

import pytest

from luoshi.rules.reports.mending import Kind, mend


def told(original):
    """The paragraphs of a mended text: kind and words."""
    mended = mend(original)
    return [(each.kind, mended.text[each.start : each.end]) for each in mended.paragraphs]


def words(original, kind=Kind.BODY):
    return [text for each, text in told(original) if each is kind]


LONG = "服务要靠前。落实减税降费政策，县里建立专班，逐户上门走访，限时办结诉求，帮助解难，"
COLUMN = """今年抓好路网建设，全县
打通丁路戊路，高标准改
建农村公路 90公里，四条
年内通车；加快修建公共

停车场，新增车位一千个，
让群众出行停车都方便。
"""


@pytest.mark.parametrize(
    "ends", ["\n", "\r\n", "\r", "\u2028"], ids=["unix", "windows", "old", "unicode"]
)
def test_a_wrapped_column_becomes_one_sentence(ends):
    sentence = (
        "今年抓好路网建设，全县打通丁路戊路，高标准改建农村公路90公里，四条年内通车；"
        "加快修建公共停车场，新增车位一千个，让群众出行停车都方便。"
    )
    assert told(COLUMN.replace("\n", ends)) == [(Kind.BODY, sentence)]


def test_the_first_line_of_a_paragraph_may_be_set_in():
    original = (
        "    今年以来，全县有效统筹各项工\n作，地区生产总值完成286.4亿元，增\n"
        "长百分之六，位居全市前列。\n"
        "    下一步，继续抓好重点项目建\n设，全年完成投资125亿元以上，力\n争突破130亿元。\n"
    )
    first, second = words(original)
    assert first.startswith("今年以来，全县有效统筹各项工作，")
    assert second == "下一步，继续抓好重点项目建设，全年完成投资125亿元以上，力争突破130亿元。"


def test_a_line_that_is_set_in_goes_on_where_signs_say_so():
    original = "抓好养老、\n    托育。\n项目建设要提速。\n招商引资要见效，重\n    之又重。\n"
    assert words(original) == ["抓好养老、托育。", "项目建设要提速。", "招商引资要见效，重之又重。"]
    assert words("抓好招商\n    抓好项目建设，抓好民生。\n民生要改善。\n")[0].startswith("抓好项目")


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        (f"{LONG}引导企业积\n\n极扩大产能。", "引导企业积极扩大产能。"),
        ("围绕攻坚任务发力,紧\n\n紧盯住20个项目。", "发力，紧紧盯住20个项目。"),
        ("安全是今年的重中\n\n之重,不能放松。", "今年的重中之重，不能放松。"),
        ("推进养老、托育，\n\n\n\n新建中心4个。", "推进养老、托育，新建中心4个。"),
        ("完成投资12.\n5亿元。", "完成投资12.5亿元。"),
        ("新签约项目，共12\n个，投资额3亿元。", "新签约项目，共12个，投资额3亿元。"),
        ("推行“一网\n\n通办”改革。", "推行“一网通办”改革。"),
    ],
)
def test_a_torn_sentence_is_put_together(torn, whole):
    (paragraph,) = words(torn)
    assert paragraph.endswith(whole)


def test_a_word_is_known_by_where_else_it_stands():
    said = "城市更新扎实推进。城市管理更细。城市面貌更新。城市功能更全。城市品质更好。\n\n"
    torn = "到2030年,建成宜居宜业、充满活力的城\n\n市新片区,设施齐全。"
    assert "到2030年，建成宜居宜业、充满活力的城市新片区，设施齐全。" in words(said + torn)[1]


def test_a_heading_is_not_drawn_into_the_text():
    original = "项目大干快上，投资再上台阶\n今年安排重点项目65个，年度计划投资125亿元。\n"
    assert told(original) == [
        (Kind.HEADING, "项目大干快上，投资再上台阶"),
        (Kind.BODY, "今年安排重点项目65个，年度计划投资125亿元。"),
    ]


def test_captions_leave_the_sentence_they_tore():
    original = (
        "重大项目是支撑。县里逐个排出工期，加快重\n\n\n\n甲河新区效果图\n\n\n\n"
        "大项目开工投产。\n\n\n\n群众在广场散步\n\n\n\n大项目建设一线\n"
    )
    assert words(original) == ["重大项目是支撑。县里逐个排出工期，加快重大项目开工投产。"]
    assert words(original, Kind.CAPTION) == ["甲河新区效果图", "群众在广场散步", "大项目建设一线"]


def test_captions_that_only_stand_short_are_seen_by_the_torn_word():
    original = (
        "重大项目是支撑。重大项目是抓手。县里逐个排出工期，加快重\n\n\n"
        "市民在湖边散步\n\n\n大项目开工投产。\n"
    )
    mended = mend(original)
    assert words(original) == [
        "重大项目是支撑。重大项目是抓手。县里逐个排出工期，加快重大项目开工投产。"
    ]
    assert words(original, Kind.CAPTION) == ["市民在湖边散步"]
    start = mended.text.index("加快重大项目")
    quote = slice(*mended.span(start, start + 6))
    assert original[quote] == "加快重\n\n\n市民在湖边散步\n\n\n大项目"


def test_several_captions_may_tear_a_sentence():
    original = (
        "重大项目是支撑。重大项目是抓手。县里逐个排出工期，加快重\n\n\n"
        "市民在湖边散步\n\n\n孩子在树下看书\n\n\n大项目开工投产。\n"
    )
    assert words(original, Kind.CAPTION) == ["市民在湖边散步", "孩子在树下看书"]
    assert words(original)[0].endswith("加快重大项目开工投产。")


def test_a_column_that_a_picture_narrows_goes_on():
    original = (
        "甲河两岸今年全部完成绿化，建成步道\n二十公里并向市民开放；己镇新片区的\n"
        "任务是完\n善路网和\n管网，年底前具备企业入驻条件。\n"
    )
    assert words(original)[0].endswith("己镇新片区的任务是完善路网和管网，年底前具备企业入驻条件。")


def test_quotation_marks_tear_no_word():
    torn = f"{LONG}盘活闲置厂房，新建“双创”\n\n综合体两个。\n"
    assert words(torn)[0].endswith("新建“双创”综合体两个。")
    assert words("盘活厂房，新建“双创”\n\n综合体两个。\n") == ["综合体两个。"]


def test_headings_that_stand_after_their_text_or_alone_are_told_apart():
    original = "今年办好十件实事。\n\n用心用情增进福祉\n\n全面加强自身建设\n"
    assert words(original, Kind.CAPTION) == ["用心用情增进福祉", "全面加强自身建设"]


def test_a_box_of_one_figure_is_one_statement():
    assert words("今年重点工作。\n\n2026年  \n经济增长目标  \n6.5%以上\n\n全力推进。\n")[1] == (
        "2026年经济增长目标6.5%以上"
    )
    assert words("新开工\n25个\n续建\n20个\n", Kind.BODY) == []  # two figures are no box


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("一、2025年工作回顾", 1),
        ("第二部分 今年工作", 1),
        ("（三）全力扩大投资", 2),
        ("**（三）全力扩大投资**", 2),
        ("3.抓好项目建设", 3),
        ("（4）抓好招商引资", 3),
        ("## 在改革上争先", 2),
    ],
)
def test_headings_have_levels(line, level):
    mended = mend(f"{line}\n今年安排重点项目65个。\n")
    head = mended.headings[0]
    assert (head.kind, head.level) == (Kind.HEADING, level)
    assert mended.text[head.start : head.end] == line.strip("#* ")


def test_headings_without_number_stand_below_those_that_have_one():
    mended = mend("县政府工作报告\n一、回顾\n抓项目 促发展\n今年安排重点项目65个。\n")
    assert [head.level for head in mended.headings] == [0, 1, 4]
    mended = mend("抓项目 促发展\n今年安排重点项目65个。\n")
    assert [head.level for head in mended.headings] == [1]


@pytest.mark.parametrize(
    ("begun", "level"), [("二、", 1), ("（一）", 2), ("3.", 3), ("二是", 3), ("第二，", 3)]
)
def test_the_first_sentence_of_a_numbered_paragraph_heads_it(begun, level):
    mended = mend(f"{begun}扩大有效投资。全年安排重点项目65个。\n")
    (paragraph,) = mended.paragraphs
    (head,) = mended.headings
    assert (paragraph.kind, head.level) == (Kind.BODY, level)
    assert mended.text[head.start : head.end] == f"{begun}扩大有效投资。"


@pytest.mark.parametrize(
    "line",
    [
        "——2026年1月15日在示例县第九届人民代表大会第五次会议上",
        "（2026年1月15日在示例县第九届人民代表大会第五次会议上）",
        "示例县人民政府县长 甲乙",
        "示例县人民政府代理县长",
        "本报记者 甲乙丙 通讯员 丁戊 文图",
        "甲乙/文 丙丁/供图",
        "2026-01-20 09:30",
        "（责任编辑：甲乙）",
        "来源：示例县政府办公室",
    ],
)
def test_bylines_are_told(line):
    assert told(f"{line}\n今年安排重点项目65个。\n")[0] == (Kind.BYLINE, line)


def test_a_wrapped_byline_is_one():
    original = "——2026年1月15日在示例县第九届人民\n代表大会第五次会议上\n今年安排重点项目65个。\n"
    assert words(original, Kind.BYLINE) == ["——2026年1月15日在示例县第九届人民代表大会第五次会议上"]


@pytest.mark.parametrize("signed", ["记者 甲乙 通讯员 丙丁", "（责任编辑：甲乙）"])
def test_who_signed_a_paragraph_leaves_it(signed):
    assert told(f"会议开得很好。{signed}\n") == [
        (Kind.BODY, "会议开得很好。"),
        (Kind.BYLINE, signed),
    ]
    assert words("记者从会上获悉，今年安排项目65个。\n") == ["记者从会上获悉，今年安排项目65个。"]


def test_the_menus_of_web_pages_are_set_apart():
    original = (
        "首页\n>\n政府信息公开\n>\n工作报告\n>\n当前位置：首页 > 报告\n时间：\n"
        "2026-01-20\n来源：\n县政府\n"
        "分享:\n【字体：大 中 小】\n各位代表：\n今年安排重点项目65个。\n扫一扫在手机打开当前页\n"
        "版权所有：示例县人民政府\n备案：示ICP备00000000号\n上一篇：公告\n"
    )
    assert words(original) == ["各位代表：", "今年安排重点项目65个。"]
    assert {"首页", ">", "政府信息公开", "县政府", "分享："} <= set(words(original, Kind.MENU))
    assert words(original, Kind.HEADING) == []
    assert words("首页\n县政府工作报告\n今年安排项目。\n", Kind.HEADING) == ["县政府工作报告"]


@pytest.mark.parametrize("number", ["- 3 -", "— 3 —", "第3页", "第 3 页 共 20 页", "3", "3/20"])
def test_page_numbers_leave_the_sentence_they_tore(number):
    original = (
        f"县里天天调度。县里逐个排出工期，加快推进重\n{number}\n大项目建设。重大项目是抓手。\n"
    )
    assert words(original) == [
        "县里天天调度。县里逐个排出工期，加快推进重大项目建设。重大项目是抓手。"
    ]
    (page,) = words(original, Kind.PAGE)
    assert page.replace(" ", "") == number.replace(" ", "")


def test_lines_of_the_contents_are_no_headings():
    original = (
        "目录\n一、工作回顾……………3\n二、重点工作........12\n一、工作回顾\n今年安排项目65个。\n"
    )
    assert len(words(original, Kind.PAGE)) == 2
    assert "一、工作回顾" in words(original, Kind.HEADING)


def test_running_heads_stand_beside_page_numbers():
    page = "示例县政府工作报告\n今年安排重点项目{0}5个，抓好项目。\n- {0} -\n"
    original = page.format(1) + page.format(2) + page.format(3)
    assert words(original, Kind.PAGE).count("示例县政府工作报告") == 2  # the first is the title
    assert words(original)[0] == "今年安排重点项目15个，抓好项目。"


@pytest.mark.parametrize(
    ("printed", "levelled"),
    [
        ("增长６．５％，建成５Ｇ基站１００个。", "增长6.5%，建成5G基站100个。"),
        ("改 造 小 区 2 8 个。", "改造小区28个。"),
        ("２ ０ ２ ４ 年 １ ２ 月完成 1 2 . 5 亿元。", "2024年12月完成12.5亿元。"),
        ("综合得分 12 35 8 个单位。", "综合得分12 35 8个单位。"),
        ("投资 12 亿元，增长 6 %。", "投资12亿元，增长6%。"),
        ("建成 Open Lab 中心。", "建成Open Lab中心。"),
        ("今年，建成 Open\nLab 中心。", "今年，建成Open Lab中心。"),
        ("聚焦“三步走”^[1]战略[2]，做好工作［３］。", "聚焦“三步走”战略，做好工作。"),
        ("今年安排项目。[12]", "今年安排项目。"),
        ("今年[1][2]安排项目。", "今年安排项目。"),
        ("#\n今年安排项目。", "今年安排项目。"),
        ("县长??今年安排项目。", "县长今年安排项目。"),
        ("加快**项目**建设。", "加快项目建设。"),
        ("\ufeff安排\u200b项目\u00ad65个。", "安排项目65个。"),
        ("\u2f2f\u2f08作报告。", "工人作报告。"),
        ("面积²与注释¹。", "面积与注释。"),
        ("1.\t今年安排项目。", "1.今年安排项目。"),
    ],
)
def test_signs_and_blanks_are_levelled(printed, levelled):
    assert mend(printed).text == levelled


def test_titles_set_apart_are_words_and_others_keep_their_parts():
    assert mend("政 府 工 作 报 告\n").text == "政府工作报告"
    assert mend("落实任务  加大力度\n今年安排项目。\n").text.startswith("落实任务 加大力度\n")


def test_the_rows_of_tables_keep_their_cells():
    original = "指标\t2025年\t2026年\n生产总值\t286.4 亿元\t304亿元\n今年安排项目65个。\n"
    assert words(original) == [
        "指标\t2025年\t2026年",
        "生产总值\t286.4亿元\t304亿元",
        "今年安排项目65个。",
    ]


def test_notes_keep_their_mark_and_members_of_lists_their_line():
    original = "名词解释\n[1]“双千工程”：招引项目。\n[2]“标准地”：带指标的用地。\n"
    assert words(original) == ["[1]“双千工程”：招引项目。", "[2]“标准地”：带指标的用地。"]
    assert words("●新建学校2所\n●新建医院1所\n") == ["●新建学校2所", "●新建医院1所"]


def test_sums_of_a_place_are_quoted_with_their_torn_line_end():
    mended = mend(COLUMN)
    start = mended.text.index("公共停车场")
    first, last = mended.span(start, start + 5)
    assert COLUMN[first:last] == "公共\n\n停车场"
    assert mended.span(0, 0) == (0, 0)
    end = len(mended.text)
    assert mended.span(end, end) == (len(COLUMN), len(COLUMN))


def test_nothing_mends_to_nothing():
    for original in ("", "\n\n", "\u200b\ufeff \t"):
        mended = mend(original)
        assert (mended.text, mended.paragraphs, mended.headings) == ("", (), ())


def test_a_long_text_is_mended_in_pieces_as_in_one(monkeypatch):
    report = "一、工作回顾\n" + "今年安排重点项目65个，年度计划投资125亿元。\n" * 40 + COLUMN
    monkeypatch.setattr("luoshi.rules.reports.mending.assembling._PIECE", 300)
    in_pieces = mend(report)
    monkeypatch.undo()
    assert in_pieces == mend(report)
    monkeypatch.setattr("luoshi.rules.reports.mending.assembling._PIECE", 5)
    assert mend("没有句号也没有换行的一段文字").text == "没有句号也没有换行的一段文字"
    assert mend("没有句号\n也没有换行\n的一段文字").text.startswith("没有句号")


@pytest.mark.parametrize("text", ["#", "# ", "正文。\n#", "#\n正文。"])
def test_a_heading_mark_without_a_heading_is_left_out(text):
    assert mend(text).text == text.strip("#\n ")
