"""Statements without a number: one a clause, and nothing from exhortation."""

import pytest

from luoshi.rules.reports.statements import Kind


def told(statements):
    return [(one.kind, one.subject, one.quote) for one in statements if one.value is None]


@pytest.mark.parametrize(
    ("words", "kind", "subject"),
    [
        ("加快推进县医院新院区建设，其他不变。", Kind.TARGET, "县医院新院区建设"),
        ("新建甲乙大街、丙丁路，其他不变。", Kind.TARGET, "甲乙大街、丙丁路"),
        ("完善城市供水管网，其他不变。", Kind.TARGET, "城市供水管网"),
        ("健全项目推进机制，其他不变。", Kind.MECHANISM, "项目推进机制"),
        ("深化“放管服”改革，其他不变。", Kind.MECHANISM, "“放管服”改革"),
        ("兜牢群众生计，其他不变。", Kind.MECHANISM, "群众生计"),
        ("牢牢守住粮食安全底线，其他不变。", Kind.MECHANISM, "粮食安全底线"),
        ("守住不发生规模性返贫底线，其他不变。", Kind.TARGET, "不发生规模性返贫底线"),
        ("推动甲乙双城经济圈建设，其他不变。", Kind.TARGET, "甲乙双城经济圈建设"),
        ("甲乙小镇更新加快实施，其他不变。", Kind.TARGET, "甲乙小镇更新"),
        ("甲乙图书馆10月开馆，其他不变。", Kind.TARGET, "甲乙图书馆"),
        ("复兴广场被评为省级样板，其他不变。", Kind.TARGET, "复兴广场"),
        ("推进甲乙水库管理，其他不变。", Kind.MECHANISM, "甲乙水库管理"),
    ],
)
def test_actions_of_a_plan(planned, words, kind, subject):
    assert told(planned(words))[0][:2] == (kind, subject)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("甲乙大街全线贯通，其他不变。", Kind.RESULT),
        ("图书馆获评国家一级图书馆，其他不变。", Kind.RESULT),
        ("实施甲乙路改造提升项目，其他不变。", Kind.RESULT),
        ("出台支持企业发展的若干政策，其他不变。", Kind.MECHANISM),
        ("被党中央授予脱贫攻坚先进集体，其他不变。", Kind.RESULT),
    ],
)
def test_actions_of_a_review(reviewed, words, kind):
    assert told(reviewed(words))[0][0] is kind


def test_an_article_tells_by_its_verbs(article):
    assert told(article("全区成功举办甲乙马拉松，其他不变。"))[0][0] is Kind.RESULT
    assert told(article("甲乙图书馆已建成投用，其他不变。"))[0][0] is Kind.RESULT
    assert told(article("甲乙图书馆将建成投用，其他不变。"))[0][0] is Kind.TARGET


@pytest.mark.parametrize(
    "words",
    [
        "深入学习贯彻重要思想，奋力谱写新篇章。",
        "推动城市更新。",
        "（一）加快产业体系建设，壮大县域经济。",
        "政府工作的总体要求是：坚持稳字当头，推动道路建设。",
        "提升服务水平，增强发展活力。",
        "以项目为抓手，围绕目标不放松。",
        "好，很好，真的好。",
        "全县上下一心，人人争先。",
    ],
)
def test_exhortation_and_headings_promise_nothing(planned, words):
    assert told(planned(words)) == []


def test_a_short_sentence_that_names_a_work_is_read(planned):
    assert told(planned("谋划甲乙路大修工程。"))


def test_a_clause_with_a_number_is_not_told_twice(planned):
    statements = planned("新建学校3所，打造甲乙公园，完善管理制度。")
    assert [one.value is None for one in statements] == [False, True, True]
    assert statements[1].projects == ("甲乙公园",)


def test_a_time_word_gives_the_day_of_an_action(planned):
    (one,) = [each for each in planned("甲乙图书馆10月开馆，其他不变。") if each.projects]
    assert (one.period, one.deadline.isoformat(), one.deadline_stated) == (
        "2024-10",
        "2024-10-31",
        True,
    )


@pytest.mark.parametrize(
    ("words", "subject", "projects"),
    [
        ("城东板块将聚焦健康产业，其他不变。", "城东板块将聚焦健康产业", ("城东板块",)),
        ("青石片区要加快推进甲乙大街建设，其他不变。", "甲乙大街建设", ("甲乙大街",)),
        ("甲乙省还将推动丙丁水库建设，其他不变。", "丙丁水库建设", ("丙丁水库",)),
        ("以更大的决心推动“清水”行动，其他不变。", "“清水”行动", ("“清水”行动",)),
        (
            "聚焦重点领域扎实开展安全隐患大排查行动，其他不变。",
            "安全隐患大排查行动",
            ("安全隐患大排查行动",),
        ),
        ("使甲乙大桥建成通车，其他不变。", "甲乙大桥", ("甲乙大桥",)),
        (
            "重点抓好甲乙公园、丙丁大桥等一批重大项目建设，其他不变。",
            None,
            ("甲乙公园", "丙丁大桥"),
        ),
        ("2031年启动甲乙大街建设，其他不变。", "甲乙大街建设", ("甲乙大街",)),
        ("适时启动甲乙大街建设，其他不变。", "甲乙大街建设", ("甲乙大街",)),
        ("力促甲乙大桥主体封顶，其他不变。", "甲乙大桥主体封顶", ("甲乙大桥",)),
        ("甲乙大桥、丙丁公园等在建项目推进顺利，其他不变。", None, ("甲乙大桥", "丙丁公园")),
        ("甲乙大桥项目加紧推进，其他不变。", "甲乙大桥项目", ("甲乙大桥项目",)),
        ("启用县文化中心，其他不变。", "县文化中心", ("县文化中心",)),
        ("举行首届甲乙马拉松，其他不变。", "首届甲乙马拉松", ("首届甲乙马拉松",)),
        ("甲乙机械公司为丙丁大桥提供成套设备，其他不变。", None, ("丙丁大桥",)),
    ],
)
def test_clauses_that_begin_with_who_acts_or_how(planned, words, subject, projects):
    (one,) = [each for each in planned(words) if each.value is None]
    assert one.projects == projects
    assert subject is None or one.subject == subject


def test_stages_of_several_works_are_told_one_by_one(reviewed):
    statements = reviewed("甲乙学校完成主体施工、丙丁医院进入装修阶段，其他不变。")
    assert [one.quote for one in statements] == ["甲乙学校完成主体施工", "丙丁医院进入装修阶段"]
    (shared,) = reviewed("甲乙大街、丙丁路均进行路面施工，其他不变。")
    assert (shared.subject, shared.projects) == ("甲乙大街、丙丁路", ("甲乙大街", "丙丁路"))


def test_works_that_are_listed_behind_their_number(article):
    statements = article("今日开工项目共有4个，分别是甲乙医院、丙丁小学和戊己科技园。", year=2024)
    assert statements[-1].projects == ("甲乙医院", "丙丁小学", "戊己科技园")
    assert article("今日心情不错，分别是喜和乐。", year=2024) == []


@pytest.mark.parametrize(
    ("words", "projects"),
    [
        ("甲乙大桥、丙丁高速等项目提速，其他不变。", ("甲乙大桥", "丙丁高速")),
        ("甲乙医院、丙丁小学、戊己科技园，其他不变。", ("甲乙医院", "丙丁小学", "戊己科技园")),
        ("重点工程包括甲乙医院、丙丁小学等，其他不变。", ("甲乙医院", "丙丁小学")),
        ("即甲乙大街、丙丁路，其他不变。", ("甲乙大街", "丙丁路")),
        ("甲乙科技城建设明显提速，其他不变。", ("甲乙科技城",)),
        ("甲乙公司年产2万吨酒精项目，其他不变。", ("甲乙公司年产2万吨酒精项目",)),
        ("对甲乙河进行综合整治，其他不变。", ("甲乙河",)),
        ("按节点推进甲乙医院建设，其他不变。", ("甲乙医院",)),
    ],
)
def test_a_clause_of_another_form_is_read_by_the_works_it_names(planned, words, projects):
    (one,) = [each for each in planned(words) if each.value is None]
    assert one.projects == projects


@pytest.mark.parametrize(
    "words",
    [
        "甲乙大桥、公路，其他不变。",
        "广大市民、各位朋友，其他不变。",
        "各项工作明显提速，其他不变。",
        "围绕高质量发展，包括方方面面。",
        "好的项目，其他不变。",
        "城区甲乙公司酒精项目，其他不变。",
    ],
)
def test_a_clause_that_only_speaks_of_works_promises_nothing(planned, words):
    assert [each for each in planned(words) if each.value is None] == []


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("甲乙医院正在进行内部装修，其他不变。", "甲乙医院"),
        ("目前正在进行基础施工，其他不变。", None),
        ("甲乙商场已做好开业准备，其他不变。", "甲乙商场"),
    ],
)
def test_what_is_under_way_is_a_result(article, words, subject):
    (one,) = article(words, year=2024)
    assert one.kind is Kind.RESULT
    assert subject is None or one.subject == subject


@pytest.mark.parametrize(
    "words",
    [
        "努力为全市发展提供有力支撑。",
        "使群众生活更加便捷。",
        "2031年启动各项建设。",
        "围绕高质量目标扎实开展各项工作。",
        "聚焦主责主业不松劲。",
        "为群众提供便利，让大家满意。",
    ],
)
def test_aims_without_a_named_work_promise_nothing(planned, words):
    assert told(planned(words)) == []


def test_what_was_awarded_is_the_subject_of_an_award(reviewed):
    (one,) = reviewed("被党中央授予脱贫攻坚先进集体，其他不变。")
    assert one.subject == "脱贫攻坚先进集体"


def test_what_stands_before_a_colon_is_what_is_told_of(planned):
    (one,) = planned("2.甲乙大桥：10月底前建成通车，其他不变。")
    assert (one.subject, one.projects, one.quote) == (
        "甲乙大桥",
        ("甲乙大桥",),
        "甲乙大桥：10月底前建成通车",
    )
    (bare,) = planned(f"{'甲' * 40}：10月底前建成通车，其他不变。")
    assert bare.subject == "建成通车"


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("加快建设总投资7.58亿元的甲乙医院迁建项目。", "甲乙医院迁建项目"),
        ("总投资400亿元的甲乙湾公园全面启动。", "甲乙湾公园"),
        ("建设总投资7亿元以上的甲乙大桥。", "甲乙大桥"),
    ],
)
def test_what_a_work_costs_does_not_hide_the_work(planned, words, subject):
    cost, deed = planned(words)
    assert (cost.unit, deed.value) == ("亿元", None)
    assert (deed.subject, deed.kind) == (subject, Kind.TARGET)


def test_the_cost_of_several_works_says_nothing_more_than_their_count(planned):
    assert all(one.value is not None for one in planned("推进总投资7亿元的48个项目。"))


def test_what_all_are_asked_to_do_is_the_subject_of_the_asking(planned):
    (one,) = planned("各级各部门要加快推进甲乙大街建设，其他不变。")
    assert one.subject == "甲乙大街建设"
