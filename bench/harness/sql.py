"""The bare SQL under the pages, on the ledger at hand: what no page can be faster than.

    python bench/harness/sql.py [ROUNDS]

Prints one line of JSON: the median of each statement in milliseconds, its rows read.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

ROOT = Path(__file__).resolve().parents[2]
FEWEST = 3  # rounds
LONGEST = 3.0  # seconds of a statement's rounds together


def main() -> None:
    """Time every statement."""
    rounds = int(sys.argv[1]) if sys.argv[1:] else 25
    os.environ["DJANGO_SETTINGS_MODULE"] = "luoshi.site.settings"
    sys.path.insert(0, str(ROOT / "src"))
    import django

    django.setup()
    from django.conf import settings

    told = json.loads((settings.HOME / "bench.json").read_text())
    found = {
        name: _median(ask, rounds)
        for name, ask in _statements(UUID(told["district"]), told["matters"]).items()
    }
    sys.stdout.write(json.dumps(found) + "\n")


def _median(ask: Callable[[], object], rounds: int) -> float:
    """Return the median of so many rounds, fewer where they would take long; milliseconds."""
    ask()
    took: list[float] = []
    while len(took) < rounds and (len(took) < FEWEST or sum(took) < LONGEST):
        begun = time.perf_counter()
        ask()
        took.append(time.perf_counter() - begun)
    return round(statistics.median(took) * 1000, 3)


def _statements(district: UUID, matters: int) -> dict[str, Callable[[], object]]:
    from django.db.models import Count

    from harness.ledger import WORDS, node
    from luoshi.base.models import JournalEntry
    from luoshi.base.spells import on_day
    from luoshi.ledger.models import MatterSpell

    day = date.today()
    shown = MatterSpell.objects.filter(on_day(day), district=district)
    ids = [node(district, "matter", n * 37 % matters) for n in range(50)]
    one = JournalEntry.objects.filter(thread=ids[0]).order_by("number")
    colours = shown.values("colour").annotate(many=Count("pk"))
    return {
        "fifty rows by their keys": lambda: list(shown.filter(thread__in=ids).values_list()),
        "rows of the day counted by colour": lambda: list(colours.values_list()),
        "rows of the day with a word": lambda: shown.filter(title__contains=WORDS[4]).count(),
        "entries of a thread": lambda: list(one.values_list()),
        "a row written and committed": lambda: _written(district),
    }


def _written(district: UUID) -> Any:
    """Write a row of the size of an entry, in a transaction of its own, and take it away again."""
    from luoshi.base.models import StoredText

    row = StoredText(
        district=district, digest=uuid4().hex * 2, thread=uuid4(), salt=b"0" * 16, text="x" * 300
    )
    row.save(force_insert=True)
    return row


if __name__ == "__main__":
    main()
