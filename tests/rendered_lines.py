"""Which lines of templates were rendered, as ``django_coverage_plugin`` counts them, at less cost.

The plugin asks at every line that Django itself runs. Here every node tells once that it was
rendered; the plugin says which lines it is and, later, what could have been rendered at all.
``-p tests.rendered_lines`` loads this before coverage begins.
"""

import os
from collections import defaultdict
from pathlib import Path
from types import SimpleNamespace

from coverage import CoverageData
from django.template.base import Node, TextNode
from django_coverage_plugin.plugin import DjangoTemplatePlugin

PLUGIN = "django_coverage_plugin.DjangoTemplatePlugin"
SOURCE = Path(__file__).resolve().parent.parent / "src"
CODE = SimpleNamespace(co_name="render")


def pytest_sessionfinish():
    """Keep what nodes told beside the other data of the run."""
    data = CoverageData(str(Path(os.environ["COVERAGE_FILE"]).with_name("data-templates")), True)
    found = {file: lines for file, lines in told().items() if Path(file).is_relative_to(SOURCE)}
    data.add_arcs({file: {(-1, line) for line in lines} for file, lines in found.items()})
    data.add_file_tracers(dict.fromkeys(found, PLUGIN))


_rendered = []


def _telling(render_annotated):
    """Give the method that renders a node and, the first time, notes that it did."""

    def telling(self, context):
        if "was_rendered" not in self.__dict__:
            self.was_rendered = True
            _rendered.append(self)
        return render_annotated(self, context)

    return telling


def told():
    """Give the lines rendered of each template by its file."""
    plugin = DjangoTemplatePlugin({})
    lines = defaultdict(set)
    for node in _rendered:
        name = getattr(getattr(node, "origin", None), "name", None)
        if name is None or name.startswith("<"):
            continue
        first, last = plugin.line_number_range(
            SimpleNamespace(f_code=CODE, f_locals={"self": node})
        )
        lines[name] |= set(range(first, last + 1)) - {-1}
    return lines


# On import, before coverage asks for the first time: it remembers the answers.
DjangoTemplatePlugin.file_tracer = lambda plugin, filename: None
for kind in (Node, TextNode):
    kind.render_annotated = _telling(kind.render_annotated)
