"""``luoshi createadmin``: the first account, with its district where there is none."""

import getpass
import os
import sys
from typing import Any
from uuid import uuid4

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from luoshi.base.console import REFUSED, ConsoleCommand
from luoshi.rules.rights import Role
from luoshi.site import founding

ADMINISTRATORS = (Role.SYSTEM, Role.SECURITY, Role.AUDITOR)
POSTS = {
    None: "台账管理岗",
    Role.SYSTEM: "系统管理员岗",
    Role.SECURITY: "安全管理员岗",
    Role.AUDITOR: "审计管理员岗",
}
"""Names of the posts, where none is given: they stand in the journal, so they are Chinese."""


class Command(ConsoleCommand):
    """Make the district where there is none, its office, and an account that acts for it.

    With a role: one of the three administrators instead.
    """

    help = "Make the first account of a district (建立首个管理账号)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare district, unit, post and account.

        The password is asked for, or read from LUOSHI_PASSWORD.
        """
        parser.add_argument("--login", required=True, help="sign-in name of the account")
        parser.add_argument(
            "--district-code", default="", help="division code of the district (GB/T 2260)"
        )
        parser.add_argument("--district-name", default="", help="name of the district")
        parser.add_argument("--unit", default="区政府办公室", help="unit that keeps the ledger")
        parser.add_argument("--post", default="", help="post that the account acts as")
        parser.add_argument(
            "--role",
            choices=[role.value for role in ADMINISTRATORS],
            help="make the first system, security or audit administrator (三员) instead",
        )

    def run(self, *, login: str, **options: Any) -> None:
        """Ask for a password, then found and record what is missing."""
        call_command("migrate", verbosity=0)
        password = os.environ.get("LUOSHI_PASSWORD") or _asked()
        try:
            validate_password(password)
        except ValidationError as weak:
            raise CommandError(" ".join(weak.messages), returncode=REFUSED) from weak
        role = Role(options["role"]) if options["role"] else None
        office = founding.Office(
            login=login,
            password=password,
            code=options["district_code"],
            district=options["district_name"],
            unit=options["unit"],
            post=options["post"] or POSTS[role],
        )
        if role is None:
            founding.found_office(office, at=timezone.now(), seed=uuid4())
        else:
            founding.found_administrator(office, role, at=timezone.now(), seed=uuid4())
        self.stdout.write(login)


def _asked() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("Password / 密码: ")
    if first != getpass.getpass("Again / 再输一次: "):
        msg = "the two passwords differ / 两次输入不一致"
        raise CommandError(msg, returncode=REFUSED)
    return first
