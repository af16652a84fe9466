"""What modules tell of their running is what coverage's own tracer sees."""

import importlib.util

import pytest
from coverage import Coverage
from coverage.parser import PythonParser

from tests import measured_lines

TEXT = '''\
"""Words that stand first."""

from __future__ import annotations

from contextlib import contextmanager
from functools import (
    cache,
)


class Thing:
    """A thing."""

    size: int = 3

    @property
    @cache  # noqa: B019
    def double(self):
        """Give twice the size."""
        return self.size * 2


@contextmanager
def held():
    try:
        yield
    finally:
        done = True


def branches(n):
    if n == 1:
        return "one"
    elif n == 2:
        n += 0
    else:
        n += 1
    if n > 3 and \\
            n < 9:
        n -= 1
    for m in range(n):
        if m == 4:
            break
    else:
        n = 0
    while n > 2:
        n -= 2
        if n == 3:
            continue
    while True:
        return [
            one for one in range(n)
            if one % 2
        ]


def cases(given):
    match given:
        case [first, *_]:
            found = first
        case {"a": found} if found:
            pass
        case str():
            found = 0
    match given:
        case 1 | 2:
            return 1
        case _:
            return 2


def tries(error):
    try:
        with held():
            if error:
                raise error
    except KeyError:
        return "key"
    except (ValueError, TypeError) as found:
        raise RuntimeError from found
    else:
        return "none"
    finally:
        error = None


def never():
    assert False, (
        "never"
    )


made = [(lambda n=n: n * 2)() for n in range(2)]
Thing().double
'''
CALLS = {
    "nothing": lambda one: None,
    "first ways": lambda one: [one.branches(1), one.cases([1]), one.tries(None)],
    "other ways": lambda one: [
        one.branches(2), one.branches(7), one.cases({"a": 1}), one.cases(2), one.tries(KeyError())
    ],
    "last ways": lambda one: [
        one.branches(3), one.cases("a"), one.cases(None), one.cases({"a": 0})
    ],
}  # fmt: skip
RAISED = {
    "an error that is named second": (ValueError(), RuntimeError),
    "one that nobody named": (OSError(), OSError),
}


def loaded(path, loader=None):
    """Load the module of a file anew."""
    spec = importlib.util.spec_from_file_location("text", path, loader=loader)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def tried(module, name):
    if name in CALLS:
        CALLS[name](module)
        return
    error, comes_out = RAISED[name]
    with pytest.raises(comes_out):
        module.tries(error)


def seen_by_tracer(path, name):
    """Lines and branches that coverage itself sees."""
    coverage = Coverage(data_file=None, branch=True, config_file=False, include=[str(path)])
    coverage.start()
    try:
        tried(loaded(path), name)
    finally:
        coverage.stop()
    return told(path, coverage.get_data().arcs(str(path)))


def told(path, arcs):
    """Lines and branches of arcs, as coverage counts them."""
    parser = PythonParser(text=path.read_text(), filename=str(path))
    parser.parse_source()
    branches = {line for line, exits in parser.exit_counts().items() if exits > 1}
    arcs = parser.translate_arcs(arcs)
    ways = {arc for arc in arcs if arc[0] in branches and arc in parser.arcs()}
    return {line for arc in arcs for line in arc} & parser.statements, ways


@pytest.mark.parametrize("name", [*CALLS, *RAISED])
def test_lines_and_branches_are_those_that_the_tracer_sees(tmp_path, monkeypatch, name):
    monkeypatch.setattr(measured_lines, "COMPILED", tmp_path / "compiled")
    path = tmp_path / "text.py"
    path.write_text(TEXT)
    by_tracer = seen_by_tracer(path, name)
    for _ in ("compiled", "kept"):
        tried(loaded(path, measured_lines.Loader("text", str(path))), name)
        seen, went = (
            [n for n, was in enumerate(marks.pop(str(path))) if was]
            for marks in (measured_lines.lines, measured_lines.ways)
        )
        assert told(path, measured_lines.arcs_of(str(path), seen, went)) == by_tracer


def test_what_is_not_measured_is_forgotten(tmp_path, monkeypatch):
    monkeypatch.setattr(measured_lines, "COMPILED", tmp_path / "compiled")
    path = tmp_path / "text.py"
    path.write_text(TEXT)
    module = loaded(path, measured_lines.Loader("text", str(path)))
    before = measured_lines.lines[str(path)][:]
    with measured_lines.forgetting():
        module.branches(1)
    assert measured_lines.lines[str(path)] == before
    module.branches(1)
    assert measured_lines.lines.pop(str(path)) != before
    del measured_lines.ways[str(path)]
