"""Compare what a day's people were told with what stands in the journal at hand.

    python bench/harness/checking.py FILE

The file is JSON: ``acknowledged`` command ids, ``unanswered`` ones, ``entries`` before the day.
Prints one line of JSON: what is lost, doubled, unasked for, and what does not verify.
"""

import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any
from uuid import UUID

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Compare and tell."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "luoshi.site.settings"
    sys.path.insert(0, str(ROOT / "src"))
    import django

    django.setup()
    sys.stdout.write(json.dumps(_compared(json.loads(Path(sys.argv[1]).read_text()))) + "\n")


def _compared(told: dict[str, Any]) -> dict[str, Any]:
    from luoshi.base.models import JournalEntry, Outbox
    from luoshi.base.verify import JournalBroken, verified_entries

    district = UUID(told["district"])
    entries = JournalEntry.objects.filter(district=district, number__gt=told["entries"])
    found = Counter(str(one) for one in entries.values_list("command_id", flat=True))
    acknowledged, unanswered = set(told["acknowledged"]), set(told["unanswered"])
    try:
        verified = sum(1 for _ in verified_entries(district=district))
        broken = ""
    except JournalBroken as refusal:
        verified, broken = 0, str(refusal.facts)
    return {
        "lost": len(acknowledged - found.keys()),
        "doubled": sum(count > 1 for count in found.values()),
        "unasked_for": len(found.keys() - acknowledged - unanswered),
        "unanswered_yet_recorded": len(found.keys() & unanswered),
        "entries_of_the_day": sum(found.values()),
        "verified": verified,
        "broken": broken,
        "notices_waiting": Outbox.objects.filter(district=district, delivered_at=None).count(),
    }


if __name__ == "__main__":
    main()
