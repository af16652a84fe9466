"""Reports of our own making, about no real place, for tests of reading from the command line."""

FIRST = """示例县2023年政府工作报告
2023年1月10日在示例县第五届人民代表大会第二次会议上
一、2022年工作回顾
全县生产总值完成120亿元，增长6.5%。新建公园3个。
二、2023年工作安排
今年，计划改造老旧小区297个，完成固定资产投资400亿元以上。
县水务局要在6月底前建成污水处理厂2座。健全河湖管护机制，开工建设县图书馆，推进环卫一体化。
全年谋划亿元以上项目150个，其中新开工43个、续建53个、竣工24个。
"""
SECOND = """示例县2024年政府工作报告
2024年1月12日在示例县第五届人民代表大会第三次会议上
一、2023年工作回顾
2023年，全县改造老旧小区103个，完成固定资产投资470亿元。
二、2024年工作安排
今年，新建学校2所，新增车位1200个。
"""


def two_reports(folder):
    """Write both reports into a folder; gives their paths."""
    paths = [folder / "甲县2023.txt", folder / "甲县2024.txt"]
    for path, text in zip(paths, (FIRST, SECOND), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths
