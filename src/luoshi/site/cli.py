"""``luoshi``: the one command line."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module

COMMANDS = {
    "demo": "build a ledger of Erqi's real facts and open it · 建立二七区演示台账并打开",
    "serve": "serve the ledger · 启动服务",
    "upgrade": "bring an older ledger to this version (back it up before) · 升级台账",
    "deliver": "put notices into inboxes, send what goes out · 投递消息",
    "createadmin": "make the first account of a district · 建立首个管理账号",
    "board": "print the board of any day · 打印任意一天的看板",
    "journal": "verify, rebuild, seal, proof · 日志校验、重建、封存、举证",
    "import": "take a sheet of the office into the ledger · 导入台账表格",
    "read": "read work reports into statements (jsonl, table, xlsx, docx) · 读报告、列任务",
    "check": "look whether settings and doors are in order (--deploy) · 检查配置和入口",
    "audit": "verify, print and drop days of the audit list · 审计记录：校验、导出、清理",
    "slow": "statements of the database that took long · 数据库慢语句",
    "backup": "write ledger and evidence to one file · 备份",
    "restore": "bring a backup back into an empty home · 恢复",
}
MODULES = {"import": "import_sheet"}  # no module can be named as Python's own word
BARE = {"read": "luoshi.intake.management.commands.read"}
"""Commands that need no ledger: they start without home, database and rooms."""
REFUSED, USAGE = 1, 2
PRODUCTION = "--production"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command; exit code 0 done, 1 refused, 2 wrong call."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or given[0] in {"-h", "--help", "help"}:
        sys.stdout.write(_overview())
        return
    if given[0] not in COMMANDS:
        sys.stderr.write(f"luoshi: no command {given[0]!r}\n\n{_overview()}")
        sys.exit(USAGE)
    try:
        _run(given[0], given[1:])
    except BrokenPipeError:  # the reader of a pipe had enough
        sys.stderr.close()
    except OSError as cause:
        if cause.filename is None:  # no file of the caller's: a bug, told whole
            raise
        why = cause.strerror or type(cause).__name__
        sys.stderr.write(f"{cause.filename}: {why} · 文件或文件夹无法读写\n")
        sys.exit(REFUSED)
    except KeyboardInterrupt:
        sys.exit(130)


def _run(name: str, arguments: Sequence[str]) -> None:
    """Run a command, with the whole of Luoshi around it or, where it needs none, without."""
    is_bare = name in BARE and "DJANGO_SETTINGS_MODULE" not in os.environ
    settings = "luoshi.site.bare_settings" if is_bare else "luoshi.site.settings"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings)
    if name == "serve" and PRODUCTION in arguments:  # known before the settings are read
        os.environ["LUOSHI_PRODUCTION"] = "1"
    if is_bare:
        from django.apps import apps

        apps.populate([])  # of django.setup() all that is needed: the rest loads pages and models
        import_module(BARE[name]).Command().run_from_argv(["luoshi", name, *arguments])
        return
    from django.core.management import execute_from_command_line

    execute_from_command_line(["luoshi", MODULES.get(name, name), *arguments])


def _overview() -> str:
    lines = [f"  luoshi {name:<12} {text}" for name, text in COMMANDS.items()]
    return "\n".join(["Luoshi (落实)", "", *lines, "", "luoshi COMMAND --help tells more.", ""])


if __name__ == "__main__":
    main()
