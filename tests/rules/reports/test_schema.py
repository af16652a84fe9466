"""The documented schema says what a line of JSON holds: the same fields in the same order."""

import json
import re
from pathlib import Path

from luoshi.rules.reports.statements import FIELDS, Force, Kind, as_line

SCHEMA = json.loads((Path(__file__).parents[3] / "docs" / "statements.schema.json").read_text())


def test_the_schema_names_every_field_in_order():
    assert tuple(SCHEMA["properties"]) == (*FIELDS, "value_si", "unit_si")
    assert tuple(SCHEMA["required"]) == FIELDS


def test_the_schema_names_every_kind_and_force():
    assert SCHEMA["properties"]["kind"]["enum"] == list(Kind)
    assert SCHEMA["properties"]["force"]["enum"] == [*Force, None]


def test_lines_keep_to_the_schema(planned):
    words = (
        "力争6月底前建成公园3-5个，收入增长1.5%，健全管理制度，位居全市第一；近年来建成学校2所。"
    )
    for line in map(as_line, planned(words)):
        row = json.loads(line)
        for name, rule in SCHEMA["properties"].items():
            if "enum" in rule:
                assert row[name] in rule["enum"], name
        assert row["period"] is None or re.match(
            SCHEMA["properties"]["period"]["pattern"], row["period"]
        )
