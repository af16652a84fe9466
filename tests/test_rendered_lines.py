"""What templates tell of their rendering is what coverage's own plugin would have seen."""

import pytest
from django.template import Context, Engine
from django_coverage_plugin.plugin import FileReporter

from tests import rendered_lines

TEXT = """\
{% for name in names %}
  <b>{{ name }}</b>
{% empty %}
  <i>nobody</i>
{% endfor %}
{% if late %}
  <u>
    late
  </u>
{% endif %}
"""


@pytest.fixture
def rendered(tmp_path):
    """Render the text with something given; gives the lines that were rendered."""
    file = tmp_path / "page.html"
    file.write_text(TEXT)

    def rendered_(**given):
        template = Engine(dirs=[tmp_path], debug=True).get_template("page.html")
        template.render(Context(given))
        return rendered_lines.told()[str(file)] & FileReporter(str(file)).lines()

    return rendered_


def test_a_line_that_was_not_rendered_is_not_told(rendered):
    assert rendered(names=["甲"], late=False) == {1, 2, 6}


def test_lines_of_several_renderings_add_up(rendered):
    assert rendered(names=[], late=False) == {1, 4, 6}
    assert rendered(names=["甲"], late=True) == {1, 2, 4, 6, 7, 8, 9}
