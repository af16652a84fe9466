"""Settings of commands that need no ledger: words and sentences; no home, no rooms, no database.

``luoshi read`` reads a file on any machine within a second: loading every room takes as long.
"""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent

INSTALLED_APPS: list[str] = []
LOCALE_PATHS = [str(PACKAGE / room / "locale") for room in ("base", "intake", "ledger", "site")]
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
SENTENCES = ["luoshi.base.sentences.SENTENCES", "luoshi.intake.reading.sentences.SENTENCES"]
