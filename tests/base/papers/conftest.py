"""What tests of reports as files share."""

from pathlib import Path

import pytest

from luoshi.base.papers import child, reading
from luoshi.base.papers.reading import read_paper
from luoshi.base.wording import sentence_for
from luoshi.rules.refusals import Refusal

OWN = Path(__file__).parents[3] / "src/luoshi/site/demo/report/work_report_2026.txt"


@pytest.fixture(scope="session")
def report():
    """Our own report about no real place, line by line."""
    return OWN.read_text()


@pytest.fixture
def in_this_process(monkeypatch):
    """Read without a process of its own, which takes most of the time of a small file."""
    monkeypatch.setattr(reading, "_answer", child.answer)


@pytest.fixture
def refusal_of():
    """Return why content is not read; its sentence names the file."""

    def refused(content, name="报告"):
        with pytest.raises(Refusal) as caught:
            read_paper(content, name=name)
        assert caught.value.facts["name"] == name
        assert name in sentence_for(caught.value)
        return caught.value

    return refused
