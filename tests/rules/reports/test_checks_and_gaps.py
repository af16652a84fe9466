"""What does not agree inside a document, and what a promise leaves open."""

from luoshi.rules.reports.checks import contradictions, open_sums, subject_key
from luoshi.rules.reports.gaps import Gap, gap_list, gaps_of
from luoshi.rules.reports.mending import mend
from luoshi.rules.reports.reading import read

STAGES = "开工一批：43个项目开工建设；推进一批：53个续建项目；竣工一批：24个项目竣工。"
PLAN = "示例县2024年政府工作报告\n二、2024年工作安排\n"


def sums(words):
    text = PLAN + words
    return [
        (str(one.total.value), [str(part.value) for part in one.parts], str(one.difference))
        for one in open_sums(read(mend(text), doc="示例"), text)
    ]


def test_parts_by_stage_that_do_not_add_up():
    words = f"抓好150个重大项目。{STAGES}"
    assert sums(words) == [("150", ["43", "53", "24"], "30")]


def test_parts_that_add_up_or_are_plainly_not_all():
    closed = f"抓好120个重大项目。{STAGES}"
    assert sums(closed) == []
    few = "抓好150个重大项目。开工一批：3个项目开工建设；竣工一批：4个项目竣工。"
    assert sums(few) == []
    assert sums("抓好150个重大项目。推进一批：53个续建项目。") == []


def test_parts_after_among():
    assert sums("实施项目100个，其中产业类75个、民生类15个。") == [("100", ["75", "15"], "10")]
    assert sums("实施项目100个，其中产业类85个、民生类15个。") == []
    assert sums("实施项目100个，其中产业类85个。") == []
    assert sums("实施项目100个。其中产业类75个、民生类15个") == []


def test_one_thing_with_two_values():
    text = (
        PLAN + "新增城镇就业8000人。群众关心的事还有很多，要一件一件办好办实。新增城镇就业9000人。"
    )
    (found,) = contradictions(read(mend(text), doc="示例"))
    assert (found.first.value, found.second.value) == (8000, 9000)


def test_steps_of_one_sentence_and_general_nouns_are_no_contradiction():
    text = PLAN + (
        "技术合同成交额从10亿元增加到20亿元。项目30个，再抓项目40个。建设一般工业项目3个，"
        "要办好办实再接再厉。建设一般工业项目4个。增长5-8%。"
    )
    assert contradictions(read(mend(text), doc="示例")) == []


def test_a_subject_is_held_without_marks():
    assert subject_key("全县 “新增”就业") == "就业"
    assert subject_key(None) == ""


def test_gaps_of_a_target(planned):
    (one,) = planned("新建学校3所。")
    assert gaps_of(one) == (Gap.OWNER, Gap.DAY_INFERRED)
    whole = one._replace(responsible="县教育局", deadline_stated=True)
    assert gaps_of(whole) == ()
    assert gaps_of(whole._replace(deadline=None)) == (Gap.DAY,)
    assert gaps_of(whole._replace(unit="")) == (Gap.UNIT,)
    assert gap_list([one, whole]) == [(one, (Gap.OWNER, Gap.DAY_INFERRED))]


def test_what_cannot_be_measured(planned):
    vague, named = planned("完善供水管网，建成甲乙公园。")[:2]
    assert Gap.MEASURE in gaps_of(vague)
    assert Gap.MEASURE not in gaps_of(named)


def test_reports_owe_nothing(reviewed):
    assert gaps_of(reviewed("建成公园3个。")[0]) == ()


def test_a_mechanism_owes_an_owner(planned):
    (one,) = planned("健全项目推进机制，其他不变。")
    assert gaps_of(one) == (Gap.OWNER,)
