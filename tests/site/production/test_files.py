"""Files go by the names of their content in production: a name that is not there breaks a page."""

import re

import pytest
from django.contrib.staticfiles import finders

from tooling.places import SOURCE

NAMED = re.compile(r"""\{%\s*static\s+(['"]?)([^'"\s%]+)\1""")
LEAST = 20  # names; with fewer the templates were not found


def named():
    return sorted(
        {
            (quoted, name)
            for path in SOURCE.rglob("templates/**/*.html")
            for quoted, name in NAMED.findall(path.read_text())
        }
    )


def test_names_were_found():
    assert len(named()) >= LEAST


@pytest.mark.parametrize(("quoted", "name"), named())
def test_every_file_that_a_page_names_is_there(quoted, name):
    assert quoted, f"{name} is made up while the page is: nobody knows whether it is there"
    assert finders.find(name)
