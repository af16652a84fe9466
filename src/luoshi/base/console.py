"""The command line's manners: a bar only on a terminal, telling exit codes, refusals in words."""

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection
from tqdm import tqdm

from luoshi.base.wording import sentence_for
from luoshi.rules.refusals import Refusal

T = TypeVar("T")
REFUSED, USAGE = 1, 2
"""Exit codes: 1 the answer is no, 2 the call is wrong.

No is a refusal, a journal that does not hold, or differences found.
"""


NO_DATABASE = "the database cannot be opened; see DATABASE_URL and LUOSHI_HOME · 数据库无法打开"
NO_LEDGER = "no ledger here yet: run luoshi demo, or luoshi createadmin · 此处尚无台账"


def progress(items: Iterable[T], label: str, total: int | None = None) -> Iterator[T]:
    """Yield the items with a moving bar on a terminal, silently in a pipe."""
    quiet = not sys.stderr.isatty()
    return iter(tqdm(items, desc=label, total=total, disable=quiet, leave=False, file=sys.stderr))


def _out_of_reach() -> str:
    """Return why the database cannot be opened, empty where it can."""
    try:
        connection.ensure_connection()
    except DatabaseError as cause:
        return str(cause).strip()
    return ""


DJANGOS_OWN = {
    "--version", "--verbosity", "--settings", "--pythonpath", "--traceback", "--no-color",
    "--force-color", "--skip-checks",
}  # fmt: skip
"""Options that Django gives every command and that mean nothing to an office."""


class ConsoleCommand(BaseCommand):
    """A command of ``luoshi``: only its own options, refusals told as sentences, exit code 1."""

    requires_system_checks = ()
    suppressed_base_arguments = DJANGOS_OWN
    is_called_from_a_line = False
    run: Callable[..., None]
    """What the command does: each takes its own options by their names."""

    def create_parser(
        self,
        prog_name: str,  # noqa: ARG002  Django's name for it
        subcommand: str,
        **kwargs: Any,
    ) -> CommandParser:
        """Name the command as it is called."""
        return super().create_parser("luoshi", subcommand, **kwargs)

    def run_from_argv(self, argv: list[str]) -> None:
        """Run as the command line asks."""
        self.is_called_from_a_line = True
        super().run_from_argv(argv)

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run; at the command line what is refused ends with its sentence alone and exit code.

        Called by other code it raises CommandError, as every command of Django does. At the
        command line Django would print that name before the sentence.
        """
        try:
            return super().execute(*args, **options)
        except CommandError as told:
            if not self.is_called_from_a_line:
                raise
            self.say(str(told))
            raise SystemExit(told.returncode) from told

    def handle(self, *_args: object, **options: Any) -> None:
        """Run, and tell a refusal in words."""
        try:
            self.run(**options)
        except Refusal as refusal:
            raise CommandError(sentence_for(refusal), returncode=REFUSED) from refusal
        except DatabaseError as cause:
            if why := _out_of_reach():
                raise CommandError(f"{NO_DATABASE}\n{why}", returncode=REFUSED) from cause
            if connection.introspection.table_names():
                raise
            raise CommandError(NO_LEDGER, returncode=REFUSED) from cause

    def say(self, line: str) -> None:
        """Print a line for people, on standard error so that a pipe holds data only."""
        self.stderr.write(line, style_func=str)
