"""A ledger of its own, written and posted by real processes; started by test_live and test_killed.

``python -m tests.exchange.workers`` reads lines of JSON, each a task with what it is given, and
prints one line of JSON for each: what it found.
"""

import json
import multiprocessing
import os
import random
import signal
import sys
import time
from dataclasses import replace
from uuid import UUID

import django

NEWEST = 2**62  # ``expected`` of a writer who saw everything
PATIENCE = 300  # seconds after which it gives up
LEASE = 0.5  # seconds
PACE = 5  # times as fast as ours runs the clock of workers: ten seconds of waiting are two
LONGEST_LIFE = 0.4  # seconds of a worker; longer on a machine where nothing is done in that


def main():
    django.setup()
    for line in sys.stdin:
        name, given = json.loads(line)
        sys.stdout.write(json.dumps(TASKS[name](**given)) + "\n")
        sys.stdout.flush()


def prepare(*, matters, url=""):
    """Found a town with an office that has a token, and so many matters; perhaps a subscriber."""
    from django.core.management import call_command
    from django.utils import timezone

    from luoshi.accounts import commands as accounts
    from luoshi.exchange import commands
    from luoshi.exchange.feed import Narrowed
    from luoshi.rules.tokens import TokenReach
    from tests.exchange.conftest import People
    from tests.ledger.town import OFFICE, Town

    call_command("migrate", verbosity=0)
    town = Town()
    people = People(town)
    office, now = people.actor(OFFICE), timezone.now()
    ids = [str(town.assigned(f"L{number}")) for number in range(matters)]
    made = accounts.make_token(
        people.accounts[OFFICE], post=office.post, label="副本", reach=TokenReach.READ, days=1,
        day=timezone.localdate(), at=now,
    )  # fmt: skip
    if url:
        commands.subscribe(
            label="收件系统", url=url, narrowed=Narrowed(kinds=frozenset({"matter"})), after=None,
            command_id=town.id("subscription"), by=office, at=now,
        )  # fmt: skip
    return {"seed": str(town.seed), "district": str(town.district), "matters": ids,
            "token": made.secret, "last": last(district=str(town.district))}  # fmt: skip


def together(*, tasks):
    """Run each task in a process of its own, all at the same time."""
    from django.db import connections

    connections.close_all()
    context = multiprocessing.get_context("fork")
    with context.Pool(len(tasks)) as pool:
        waiting = [pool.apply_async(_told, (name, given)) for name, given in tasks]
        return [one.get(PATIENCE) for one in waiting]


def _told(name, given):
    """Run a task; a refusal goes over the pipe as text, for it cannot go as it is."""
    from luoshi.rules.refusals import Refusal

    try:
        return TASKS[name](**given)
    except Refusal as refusal:
        raise RuntimeError(repr(refusal)) from None


def write(*, district, seed, matters, rounds, drawn):
    """Record something of one of the matters again and again; gives the numbers."""
    from luoshi.ledger import commands
    from tests.exchange.town import town_again

    town, choice = town_again(UUID(district), UUID(seed)), random.Random(drawn)
    numbers = []
    for at in range(rounds):
        matter = UUID(choice.choice(matters))
        sent = replace(town.sent(), expected=NEWEST)
        if choice.random() < 0.3:
            entry = commands.write_note(matter_id=matter, note=f"批示{drawn}-{at}", sent=sent)
        else:
            entry = commands.place(matter_id=matter, goals=(), area=f"片区{drawn}-{at}", sent=sent)
        numbers.append(entry.number)
    return numbers


def last(*, district):
    """The number of the last entry."""
    from luoshi.exchange.feed import last_number

    return last_number(UUID(district))


def post(*, seed):
    """Let workers post what waits and kill each at a random moment until nothing waits."""
    from django.db import connections
    from django.utils import timezone

    drawn, begun = random.Random(seed), timezone.now()
    context = multiprocessing.get_context("fork")
    until, killed, longest, waited = time.monotonic() + PATIENCE, 0, LONGEST_LIFE, waiting()
    connections.close_all()
    while waited and time.monotonic() < until:
        workers = [context.Process(target=work, args=(begun,), daemon=True) for _ in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            time.sleep(drawn.uniform(0.02, longest))
            os.kill(worker.pid, signal.SIGKILL)
            worker.join()
            killed += 1
        still = waiting()
        longest = LONGEST_LIFE if still < waited else longest * 1.5
        waited = still
    return {"killed": killed, "waiting": waited}


def work(begun):
    """Post what waits, by a clock that runs fast since a moment."""
    from datetime import timedelta

    from django.db import connections
    from django.utils import timezone

    from luoshi.exchange import commands

    connections.close_all()  # what was open belongs to the process that forked
    lease = timedelta(seconds=LEASE) * PACE
    while True:
        at = begun + (timezone.now() - begun) * PACE
        if not commands.post_entries(at=at, lease=lease):
            time.sleep(0.01)


def waiting():
    """How many entries of the line are not taken yet."""
    from django.db import connections

    from luoshi.base.models import Line
    from luoshi.exchange.models import Dispatch, Subscription

    line = Line.objects.get()
    behind = sum(line.last_number - one.cursor for one in Subscription.objects.all())
    open_ones = Dispatch.objects.filter(state__in=("waiting", "given_up")).count()
    connections.close_all()
    return behind + open_ones


TASKS = {
    "prepare": prepare, "together": together, "write": write, "last": last, "post": post,
}  # fmt: skip

if __name__ == "__main__":
    main()
