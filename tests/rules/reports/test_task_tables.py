"""Tables of tasks: what a row promises, who answers for it and by when, from its cells."""

from datetime import date

import pytest

from luoshi.rules.reports.mending import mend
from luoshi.rules.reports.statements import Kind
from luoshi.rules.reports.task_tables import Tables

HEAD = "序号\t工作任务\t年度目标\t牵头单位\t配合单位\t完成时限\n"


def told(statements):
    return [(one.subject, one.value, one.responsible, one.deadline) for one in statements]


def test_a_row_is_told_by_its_cells(planned):
    found = planned(
        f"{HEAD}1\t老旧小区改造\t完成改造35个，惠及居民2000户。\t区住建局\t各街道\t10月底\n"
        "2\t甲乙大街建设项目\t建成通车\t区城管局 区财政局\t〃\t2024.12.31\n"
    )
    assert told(found) == [
        ("老旧小区改造", 35, "区住建局", date(2024, 10, 31)),
        ("居民", 2000, "区住建局", date(2024, 10, 31)),
        ("甲乙大街建设项目", None, "区城管局、区财政局", date(2024, 12, 31)),
    ]
    assert [one.quote for one in found] == ["完成改造35个", "惠及居民2000户", "建成通车"]


def test_merged_cells_say_what_the_one_above_says(planned):
    found = planned(
        f"{HEAD}1\t甲乙医院\t开工\t区卫健委\t各街道\t2024/6\n"
        "\t丙丁学校\t〃\t同上\t\t〃\n二、民生\n2\t新增养老床位200张\t\t无\t\t长期\n"
    )
    assert told(found) == [
        ("甲乙医院", None, "区卫健委", date(2024, 6, 30)),
        ("丙丁学校", None, "区卫健委", date(2024, 6, 30)),
        ("养老床位", 200, None, date(2024, 12, 31)),
    ]
    assert found[-1].deadline_stated is False


def test_quarters_are_steps_of_the_task(planned):
    found = planned(
        "项目名称\t一季度目标\t四季度\t目前进展\t责任单位\t责任领导\n"
        "甲乙医院\t完成征地\t主体封顶\t已完成投资3亿元\t区卫健委\t副区长\n"
    )
    assert told(found) == [
        ("甲乙医院", None, "区卫健委", date(2024, 3, 31)),
        ("甲乙医院", None, "区卫健委", date(2024, 12, 31)),
        ("投资", 3, "区卫健委", None),
    ]
    assert [one.kind for one in found] == [Kind.TARGET, Kind.TARGET, Kind.RESULT]


def test_a_table_of_an_article_promises(article):
    (one,) = article("事项\t责任单位\n新建学校3所\t区教育局\n", year=2024)
    assert (one.kind, one.responsible) == (Kind.TARGET, "区教育局")


@pytest.mark.parametrize(
    "words",
    [
        "指标\t2023年\t2024年\n生产总值\t286.4亿元\t304亿元\n",
        "\t".join(["工作任务", "责任单位", *["其他"] * 19, "\n新建学校3所", "区教育局\n"]),
        "项目\t负责人\n甲乙医院\t主任\n",
        f"工作任务\t{'责任单位' * 9}\n新建学校3所\t区教育局\n",
        "工作任务\t责任单位\n新建学校3所\t区教育局\t另注\n",
        "工作任务\t责任单位\n以上任务由各单位按季度报送进展情况，区政府督查室负责汇总。\n新建学校3所\t区教育局\n",
    ],
)
def test_other_rows_are_read_as_they_were(planned, words):
    assert all(one.responsible is None for one in planned(words))


def test_a_head_without_rows_says_nothing():
    mended = mend(f"{HEAD}1\t〃\t\t\t\t")
    tables = Tables()
    rows = [tables.cells_of(mended.text, one.start, one.end) for one in mended.paragraphs]
    assert rows == [[], []]


def test_offsets_of_cells_are_true(planned):
    original = f"\ufeff{HEAD}1\t老 旧 小 区 改 造\t完成 ３ ５ 个\t区住建局\t\t１ ０ 月底\r\n"
    (one,) = planned(original)
    assert (one.value, one.deadline, one.quote) == (35, date(2024, 10, 31), "３ ５ 个")


def test_how_far_a_task_is_stands_beside_it(planned):
    found = planned(
        "序号 | 项目内容 | 进展情况 | 责任单位 |\n"
        "1 | 新建成小学7所，新增学位680个。 | 建成6所。 | 教育局 |\n"
    )
    assert told(found) == [
        ("小学", 7, "教育局", date(2024, 12, 31)),
        ("学位", 680, "教育局", date(2024, 12, 31)),
        ("小学", 6, "教育局", None),
    ]
    assert [one.kind for one in found] == [Kind.TARGET, Kind.TARGET, Kind.RESULT]


def test_cells_may_be_parted_by_upright_strokes(planned):
    words = (
        "| 工作任务 | 责任单位 | 完成时限 |\n|---|---|---|\n| 新建学校3所 | 区教育局 | 10月底 |\n"
    )
    assert told(planned(words)) == [("学校", 3, "区教育局", date(2024, 10, 31))]
    assert told(planned("首页 | 政务 | 服务\n\n新建学校3所。"))[0][1] == 3
