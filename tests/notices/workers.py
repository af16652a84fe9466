"""Workers that deliver notices and are killed at random points; started by test_killed.

``python -m tests.notices.workers COUNT SEED`` makes a ledger with COUNT notices, lets two workers
at a time deliver them and kills each after a random moment, until nothing waits. It prints one line
of JSON: what was to be told, what lies in the inboxes, what went out, and how often it killed.
"""

import json
import multiprocessing
import os
import random
import signal
import sys
import time
from datetime import time as time_of_day
from pathlib import Path

import django

PATIENCE = 600  # seconds after which it gives up
CLAIMS = 100  # at least so many: there are many points to be killed at
LEASE = 0.1  # seconds
LONGEST_LIFE = 0.06  # seconds of a worker; longer on a machine where nothing is done in that


def main(count, seed):
    django.setup()
    expected = prepare(count)
    drawn = random.Random(seed)
    context = multiprocessing.get_context("fork")
    until, killed, longest, waited = time.monotonic() + PATIENCE, 0, LONGEST_LIFE, waiting()
    while waited and time.monotonic() < until:
        few = max(2, count // CLAIMS)
        workers = [context.Process(target=work, args=(few,), daemon=True) for _ in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            time.sleep(drawn.uniform(0.005, longest))
            os.kill(worker.pid, signal.SIGKILL)
            worker.join()
            killed += 1
        still = waiting()
        longest = LONGEST_LIFE if still < waited else longest * 1.5
        waited = still
    sys.stdout.write(json.dumps({"expected": expected, "killed": killed, **found()}) + "\n")


def prepare(count):
    """Make so many notices, half of them to a post that is also told by the file outbox."""
    from django.core.management import call_command

    from luoshi.notices import commands
    from tests.ledger.town import LEAD, SUPPORT, Town
    from tests.notices.desks import Desks

    call_command("migrate", verbosity=0)
    town = Town()
    desks = Desks(town)
    midnight = time_of_day(0)
    commands.set_preferences(
        channels=["file"], addresses={}, quiet_from=midnight, quiet_to=midnight,
        working_days_only=False, by=town.actors[LEAD],
    )  # fmt: skip
    for number in range(count // 2):
        matter = town.published(f"N{number}")
        town.tell("fix_responsibility", matter, **town.responsibility())
    return {LEAD: str(desks.person(LEAD)), SUPPORT: str(desks.person(SUPPORT))}


def work(few):
    from django.core.management import call_command
    from django.db import connections

    from luoshi.notices import leases

    connections.close_all()  # what was open belongs to the process that forked
    leases.AT_ONCE = few
    call_command("deliver", watch=True, pause=0.01, lease=LEASE)


def waiting():
    """How many notices and messages still wait."""
    from django.db import connections

    from luoshi.base.models import Outbox
    from luoshi.notices.models import Delivery

    undelivered = Outbox.objects.filter(delivered_at=None).count()
    unsent = Delivery.objects.filter(state="waiting").count()
    connections.close_all()
    return undelivered + unsent


def found():
    from django.conf import settings

    from luoshi.base.models import Outbox
    from luoshi.notices.models import Delivery, InboxItem

    lines = [
        json.loads(line)["id"]
        for path in Path(settings.NOTICE_CHANNELS["file"]["folder"]).iterdir()
        for line in path.read_text().splitlines()
    ]
    items = InboxItem.objects.values_list("notice", "person")
    return {
        "notices": Outbox.objects.count(),
        "items": [[str(notice), str(person)] for notice, person in items],
        "sent": [
            str(pk) for pk in Delivery.objects.filter(state="sent").values_list("pk", flat=True)
        ],
        "lines": lines,
        "most_attempts": max(Outbox.objects.values_list("attempts", flat=True)),
    }


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
