"""The sub-commands of ``./dev``."""

import argparse
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tooling import checks, frontend, machine, packages, suite
from tooling import wheel as wheels
from tooling.console import Sorry, loudly, say, step
from tooling.places import BIN, PYTHON, ROOT, environment
from tooling.prepare import compile_catalogues, prepare

BROWSER_NEEDS = (machine.BROWSER, machine.DRIVER, machine.FONTS)
FULL = (suite.SQLITE, suite.POSTGRESQL, suite.BROWSER)
SHOT_OPTIONS = {
    "whole": "pages to their end",
    "sets": "in every set of tokens: light, dark, wall, elder",
    "simulate": "of the simulated district",
}
LONG = (suite.LONG_SQLITE, suite.LONG_POSTGRESQL)


def setup(options: argparse.Namespace) -> int:
    """Prepare .venv, front-end files and word catalogues"""
    prepare(development=options.development)
    return 0


def run(options: argparse.Namespace) -> int:
    """Set up, then start the demo; arguments go to “luoshi demo”"""
    prepare(development=False)
    sys.stdout.flush()
    # The demo takes the place of this process: Ctrl-C and exit code are its own.
    os.execve(  # noqa: S606  a shell would add nothing
        BIN / "luoshi", ["luoshi", "demo", *options.extra], environment()
    )


def check(options: argparse.Namespace) -> int:
    """Judge format, lint, types, imports, templates, migrations, words, locks"""
    del options
    prepare(development=True)
    machine.meet(machine.GETTEXT)
    return checks.check()


def fix(options: argparse.Namespace) -> int:
    """Mend what ruff can mend, and format"""
    del options
    prepare(development=True)
    left = loudly([BIN / "ruff", "check", "--fix", *checks.CODE])
    return loudly([BIN / "ruff", "format", *checks.CODE]) or left


def test(options: argparse.Namespace) -> int:
    """Run all tests on SQLite, on PostgreSQL and in the browser, and judge coverage"""
    prepare(development=True)
    machine.meet(machine.POSTGRESQL, machine.GETTEXT, *BROWSER_NEEDS)
    # A selection of tests says nothing about coverage.
    coverage = not (options.no_coverage or options.extra)
    return suite.run_tests(FULL, extra=options.extra, coverage=coverage)


def test_long(options: argparse.Namespace) -> int:
    """Run the tests that have a large size, at that size, on both databases"""
    prepare(development=True)
    machine.meet(machine.POSTGRESQL)
    return suite.run_tests(LONG, extra=options.extra, size="long")


def browser(options: argparse.Namespace) -> int:
    """Run the browser journeys"""
    prepare(development=True)
    machine.meet(*BROWSER_NEEDS)
    return suite.run_tests([suite.BROWSER], extra=options.extra)


def words(options: argparse.Namespace) -> int:
    """Bring both word catalogues up to date and say what is left to translate"""
    del options
    prepare(development=False)
    machine.meet(machine.GETTEXT)
    left = loudly([PYTHON, "-m", "tooling.words", "update"], env=environment())
    compile_catalogues()
    return left


def shot(options: argparse.Namespace) -> int:
    """Take pictures of the demo's pages (paths; the board by default)"""
    prepare(development=True)
    machine.meet(*BROWSER_NEEDS)
    chosen = [f"--{name}" for name in SHOT_OPTIONS if getattr(options, name)]
    command = [PYTHON, "-m", "tooling.shot", *chosen, options.folder, *(options.extra or ["/"])]
    return loudly(command, env=environment())


def wheel(options: argparse.Namespace) -> int:
    """Build the wheel with everything that a running Luoshi needs"""
    prepare(development=True)
    say(str(wheels.build(Path(options.folder))))
    return 0


def bench(options: argparse.Namespace) -> int:
    """Measure speed and memory into bench/results; arguments: the name of one, and its own"""
    known = {path.stem: path for path in sorted((ROOT / "bench").glob("*.py"))}
    del known["load"]  # ten minutes of its own: ./dev load
    name, own = (options.extra[0], options.extra[1:]) if options.extra else ("", [])
    if name and name not in known:
        raise Sorry(f"No figures are taken of “{name}”. Choose from: {', '.join(known)}.")
    prepare(development=True)
    chosen = [known[name]] if name else known.values()
    codes = [loudly([PYTHON, path, *own], env=environment()) for path in chosen]
    return max(codes)


def load(options: argparse.Namespace) -> int:
    """Play a district's day on a served ledger, on both databases; arguments: see bench/load.py"""
    prepare(development=True)
    machine.meet(machine.POSTGRESQL)
    return loudly([PYTHON, ROOT / "bench" / "load.py", *options.extra], env=environment())


def crash(options: argparse.Namespace) -> int:
    """Play rounds in which processes, server, disk and clock fail, on both databases"""
    prepare(development=True)
    machine.meet(machine.POSTGRESQL)
    command = [PYTHON, "-m", "tests.crash.rounds", "--keep", *options.extra]
    paths = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    return max(
        loudly([*command, "--database", database], env=environment(PYTHONPATH=paths))
        for database in ("sqlite", "postgresql")
    )


def lock(options: argparse.Namespace) -> int:
    """Compile the locks of Python and front-end packages anew"""
    prepare(development=True)
    packages.compile_locks(upgrade=options.upgrade)
    with step("package-lock.json"):
        frontend.npm("update" if options.upgrade else "install", "--package-lock-only")
    return 0


COMMANDS = (
    setup,
    run,
    check,
    fix,
    test,
    test_long,
    browser,
    words,
    shot,
    wheel,
    bench,
    load,
    crash,
    lock,
)
PASSING_ON = (run, test, test_long, browser, shot, bench, load, crash)


def parser() -> argparse.ArgumentParser:
    """Describe the command line."""
    top = argparse.ArgumentParser(
        prog="./dev", description="Luoshi's own tool.", allow_abbrev=False
    )
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        name = command.__name__.replace("_", "-")
        one = commands.add_parser(
            name, help=command.__doc__, description=command.__doc__, allow_abbrev=False
        )
        one.set_defaults(command=command, extra=[])
        _add_options(one, command)
        if command in PASSING_ON:
            one.epilog = "Further arguments, after -- if they begin with a dash, are passed on."
    return top


def _add_options(one: argparse.ArgumentParser, command: Callable[..., int]) -> None:
    """Give a command the options of its own."""
    if command is setup:
        one.add_argument("--development", action="store_true", help="test tools too")
    if command is test:
        one.add_argument("--no-coverage", action="store_true", help="do not judge coverage")
    if command is shot:
        one.add_argument("--folder", default="docs/pictures", help="where pictures go")
        for option, meaning in SHOT_OPTIONS.items():
            one.add_argument(f"--{option}", action="store_true", help=meaning)
    if command is wheel:
        one.add_argument("--folder", default="dist", help="where it goes")
    if command is lock:
        one.add_argument("--upgrade", action="store_true", help="take newer versions")


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks and return an exit code; 2 = something must be installed."""
    # A polite kill ends tests as Ctrl-C does: the PostgreSQL of our own is stopped.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    options, extra = parser().parse_known_args(arguments)
    options.extra = [word for word in extra if word != "--"]
    if options.extra and options.command not in PASSING_ON:
        parser().error(f"unknown arguments: {' '.join(options.extra)}")
    os.chdir(ROOT)
    try:
        code: int = options.command(options)
    except Sorry as sorry:
        say(f"\n{sorry}")
        return 2
    except KeyboardInterrupt:
        say("\nInterrupted.")
        return 130
    return code
