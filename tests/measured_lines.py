"""Which lines of our source ran and which way each branch went, told by the source itself.

A tracer is asked at every line that Python runs, Django's and the tests' own too: it doubles the
time of Python 3.11. Here our own modules are compiled with a mark before every statement and at the
head of either way of a branch: setting one is all that it costs. ``-p tests.measuring`` begins
before anything of ours is loaded; every process keeps what it saw beside the other data of the run,
and ``python -m tests.measured_lines`` makes of it the data that coverage reports from: the same,
to the line and the branch, that its own tracer would have written (test_measured_lines.py).
Processes that tests start do the same (measured_children/sitecustomize.py).
"""

import ast
import json
import marshal
import os
import secrets
import sys
from collections import defaultdict
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from importlib.machinery import PathFinder, SourceFileLoader
from itertools import takewhile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "luoshi"
COMPILED = ROOT / ".cache" / "measured"
PREFIX = "lines-"
ONE = ast.Constant(1)
LINES, WAYS = "__lines__", "__ways__"  # names that nobody else uses, in the globals of a module
BEGIN = f"{LINES}, {WAYS} = __import__('sys').modules['{__name__}'].marks_of({{!r}})"

lines, ways = {}, {}  # of each file: the marks of its lines, and of its branches' two ways


class Marked:
    """A module with its marks: those of lines by number, those of ways in the order of branches."""

    def __init__(self, text, path):
        self.tree = ast.parse(text)
        self.branches = []  # for each way: line, line of the first statement on the way, or None
        body = self.tree.body
        above = list(takewhile(_must_stand_first, body))
        marks = [_mark(LINES, one.lineno, one) for one in above if not _is_words(one)]
        begin = ast.parse(BEGIN.format(str(path))).body
        self.tree.body = [*above, *begin, *marks, *self._block(body[len(above) :])]
        ast.fix_missing_locations(self.tree)

    def _block(self, statements, *, before=()):
        """Give the statements, each with its mark; words that stand first still do."""
        marked = list(before)
        for statement in statements:
            if not _is_words(statement):
                marked += [_mark(LINES, line, statement) for line in _lines_of(statement)]
            self._inside(statement)
            marked.append(statement)
        return marked

    def _inside(self, statement):
        """Mark what a statement holds."""
        match statement:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                statement.body = self._block(statement.body)
            case ast.If() | ast.For() | ast.AsyncFor() | ast.While():
                self._branch(statement)
            case ast.Match():
                self._cases(statement)
            case ast.Try() | ast.TryStar():
                self._try(statement)
            case ast.With() | ast.AsyncWith():
                statement.body = self._block(statement.body)

    def _branch(self, statement):
        line, first = statement.lineno, _lines_of(statement.body[0])[0]
        into, past = self._way(statement, line, first), self._way(statement, line, None)
        statement.body = self._block(statement.body, before=[into])
        statement.orelse = self._block(statement.orelse, before=[past])

    def _cases(self, statement):
        """Mark each case: whoever comes to one came past all above it."""
        passed = []
        for case in statement.cases:
            line, first = case.pattern.lineno, _lines_of(case.body[0])[0]
            seen = [*passed, _mark(LINES, line, case.pattern)]
            into, past = (self._way(case.pattern, line, to) for to in (first, None))
            case.body = self._block(case.body, before=[*seen, into])
            passed = [*seen, past]
        last = statement.cases[-1]
        if last.guard or not isinstance(last.pattern, ast.MatchAs) or last.pattern.pattern:
            nothing = ast.match_case(pattern=ast.MatchAs(), guard=None, body=passed)
            statement.cases.append(ast.copy_location(nothing, statement))

    def _try(self, statement):
        """Mark each handler where it is asked whether it is meant, and where it is."""
        passed = []
        for handler in statement.handlers:
            line, first = handler.lineno, _lines_of(handler.body[0])[0]
            seen = [*passed, _mark(LINES, line, handler)]
            into, past = (self._way(handler, line, to) for to in (first, None))
            if handler.type:
                handler.type = _after(seen, handler.type)
                seen = []
            handler.body = self._block(handler.body, before=[*seen, into])
            passed = [past]
        for part in ("body", "orelse", "finalbody"):
            setattr(statement, part, self._block(getattr(statement, part)))

    def _way(self, node, line, to):
        self.branches.append((line, to))
        return _mark(WAYS, len(self.branches) - 1, node)


def _mark(name, number, node):
    """Give ``name[number] = 1``, which stands where a node does."""
    place = ast.Subscript(ast.Name(name, ast.Load()), ast.Constant(number), ast.Store())
    return ast.copy_location(ast.Assign([place], ONE), node)


def _after(marks, value):
    """Give an expression that makes marks and then is the value."""
    places = [mark.targets[0] for mark in marks]
    calls = [
        ast.Call(ast.Attribute(place.value, "__setitem__", ast.Load()), [place.slice, ONE], [])
        for place in places
    ]
    both = ast.Tuple([*calls, value], ast.Load())
    return ast.copy_location(ast.Subscript(both, ast.Constant(len(calls)), ast.Load()), value)


def _lines_of(statement):
    """Give the lines on which a statement begins: those of its decorators and its own."""
    above = [found.lineno for found in getattr(statement, "decorator_list", ())]
    return [*above, statement.lineno]


def _must_stand_first(statement):
    is_future = isinstance(statement, ast.ImportFrom) and statement.module == "__future__"
    return is_future or _is_words(statement)


def _is_words(statement):
    value = getattr(statement, "value", None)
    return isinstance(statement, ast.Expr) and isinstance(getattr(value, "value", None), str)


# ---- while it runs -----------------------------------------------------------------------------


class Loader(SourceFileLoader):
    """Loads a module of ours with its marks."""

    def get_code(self, fullname):
        code, count, branches = _compiled(self.path)
        lines[self.path], ways[self.path] = [0] * (count + 1), [0] * branches
        return code


def marks_of(path):
    """Give the marks of a file to its module."""
    return lines[path], ways[path]


class Finder:
    """Finds modules of ours as Python does, and has them loaded with marks."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name.partition(".")[0] != SOURCE.name or ".migrations" in name:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is None or not isinstance(spec.loader, SourceFileLoader):
            return spec
        if SOURCE in Path(spec.loader.path).parents:  # not where it was installed
            spec.loader = Loader(spec.loader.name, spec.loader.path)
        return spec


def _compiled(path):
    """Give the code of a file, its count of lines and of ways; kept until one of both changes."""
    text = Path(path).read_bytes()
    key = sha256(_itself() + text).digest()
    kept = COMPILED / sha256(path.encode()).hexdigest()
    try:
        of, *found = marshal.loads(kept.read_bytes())
    except (OSError, EOFError, ValueError):
        of, found = b"", []
    if of != key:
        marked = Marked(text, path)
        code = compile(marked.tree, path, "exec", dont_inherit=True)
        found = [code, text.count(b"\n") + 1, len(marked.branches)]
        COMPILED.mkdir(parents=True, exist_ok=True)
        draft = kept.with_suffix(f".{os.getpid()}")
        draft.write_bytes(marshal.dumps((key, *found)))
        draft.replace(kept)
    return found


@cache
def _itself():
    return sys.version.encode() + Path(__file__).read_bytes()


def begin():
    """Have every module of ours that is loaded from now on tell what it runs."""
    sys.meta_path.insert(0, Finder())


def path_of_children(*places):
    """Give the PYTHONPATH by which a process that a test starts tells what it runs, too."""
    return os.pathsep.join((str(ROOT / "tests" / "measured_children"), *filter(None, places)))


def keep():
    """Write what this process saw beside the other data of the run."""
    seen = {
        path: [[n for n, was in enumerate(marks) if was] for marks in (lines[path], ways[path])]
        for path in lines
    }
    folder = Path(os.environ["COVERAGE_FILE"]).parent
    (folder / f"{PREFIX}{os.getpid()}-{secrets.token_hex(4)}.json").write_text(json.dumps(seen))


@contextmanager
def forgetting():
    """A stretch of which nothing is kept."""
    kept = [(marks, marks[:]) for told in (lines, ways) for marks in told.values()]
    try:
        yield
    finally:
        for marks, were in kept:
            marks[:] = were


# ---- afterwards --------------------------------------------------------------------------------


def arcs_of(path, seen, went):
    """Give what coverage calls arcs: lines that ran, and for each branch where it went from it."""
    from coverage.parser import PythonParser

    text = Path(path).read_text()
    parser = PythonParser(text=text, filename=path)
    parser.parse_source()
    exits = defaultdict(set)
    for start, end in parser.arcs():
        exits[start].add(end)
    arcs = {(-1, line) for line in seen}
    branches = Marked(text, path).branches
    for line, to in (branches[n] for n in went):
        into = next(first for at, first in branches if at == line and first is not None)
        arcs |= {(line, end) for end in ({to} if to else exits[line] - {into})}
    return arcs


def main(folder):
    """Make one file of coverage's data of what all processes kept in a folder."""
    from coverage import Coverage

    seen, went = defaultdict(set), defaultdict(set)
    for file in folder.glob(f"{PREFIX}*.json"):
        for path, (some, others) in json.loads(file.read_text()).items():
            seen[path].update(some)
            went[path].update(others)
    coverage = Coverage(data_file=str(folder / "data-lines"), config_file=ROOT / "pyproject.toml")
    coverage.start()  # only to note the files of which nothing ran
    coverage.stop()
    data = coverage.get_data()
    data.add_arcs({path: arcs_of(path, seen[path], went[path]) for path in seen})
    coverage.save()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
