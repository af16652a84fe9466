"""Real processes that write and read one ledger at the same time; started by test_concurrency.

``python -m tests.base.workers`` reads lines of JSON: tasks, each run by a process of its own, those
of a line at the same time. For each line it prints one: what they found, in the tasks' order.
"""

import importlib
import json
import multiprocessing
import sys
import time
from dataclasses import asdict, is_dataclass, replace
from decimal import Decimal
from uuid import UUID, uuid4

import django

PATIENCE = 600  # seconds after which a reader or a barrier gives up: ten thousand entries take two
PAUSE = 0.001  # seconds after which a reader that found nothing looks again


def main():
    django.setup()
    # The children begin where this one stands: they need not load Django and Luoshi again.
    importlib.import_module("tests.base.builders")
    context = multiprocessing.get_context("fork")
    for line in sys.stdin:
        found = _run_together(context, json.loads(line))
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()


def _run_together(context, tasks):
    barrier = context.Barrier(len(tasks))
    running = [_start(context, barrier, name, given) for name, given in tasks]
    found = [pipe.recv() for _, pipe in running]
    for process, _ in running:
        process.join(PATIENCE)
    return found


def _start(context, barrier, name, given):
    ours, theirs = context.Pipe()
    arguments = (theirs, barrier, name, given)
    process = context.Process(target=_run, args=arguments, daemon=True)
    process.start()
    return process, ours


def _run(pipe, barrier, name, given):
    try:
        pipe.send(TASKS[name](barrier, **given))
    except BaseException as failure:
        barrier.abort()
        pipe.send({"failed": repr(failure)})
        raise


def _told(command, **given):
    """Give the number of the entry that a command made, or why it was refused."""
    from luoshi.rules.refusals import Refusal

    try:
        return {"number": command(**given).number}
    except Refusal as refusal:
        facts = {}
        for name, fact in refusal.facts.items():
            facts[name] = str(asdict(fact)) if is_dataclass(fact) else str(fact)
        return {"refused": refusal.code, "facts": facts}


def _rounds(barrier, commands):
    """Run one command a round; every round begins at the same moment in all processes."""
    told = []
    for command, given in commands:
        barrier.wait(PATIENCE)
        told.append(_told(command, **given))
    return told


# ---- tasks -------------------------------------------------------------------------------------


def prepare(barrier, *, code, matters):
    """Make the tables, found the district, and enter so many matters; give their ids."""
    from django.core.management import call_command

    from tests.base import builders

    call_command("migrate", verbosity=0)
    district = builders.founded(code)
    return [str(district.matter(f"LJ-{n}")) for n in range(matters)]


def targets(barrier, *, code, matters, quantity, expected):
    """Fix the target of each matter in turn."""
    from luoshi.ledger import commands as ledger
    from tests.base import builders

    district = builders.planned(code)
    target = replace(builders.TARGET, quantity=Decimal(quantity))
    return _rounds(barrier, [
        (ledger.fix_target, {
            "matter_id": UUID(matter), "targets": (target,),
            "sent": district.sent(
                expected=expected, command_id=district.named(f"{quantity} for {matter}")
            ),
        }) for matter in matters
    ])  # fmt: skip


def places(barrier, *, code, matters, expected):
    """Put each matter in turn in another area."""
    from luoshi.ledger import commands as ledger
    from tests.base import builders

    district = builders.planned(code)
    return _rounds(barrier, [
        (ledger.place, {
            "matter_id": UUID(matter), "goals": (), "area": "侯寨",
            "sent": district.sent(
                expected=expected, command_id=district.named(f"place of {matter}")
            ),
        }) for matter in matters
    ])  # fmt: skip


def reports(barrier, *, code, matters, amounts):
    """Send the same command ids as the other process, with words whose salts differ."""
    from tests.base import builders

    district = builders.planned(code)
    commands = []
    for matter, amount in zip(matters, amounts, strict=True):
        sent = district.sent(command_id=district.named(f"report of {matter}"), by=district.lead)
        given = {
            "matter": UUID(matter), "amount": amount, "on": builders.DAY, "sent": sent,
            "visible_progress": "已进场",
        }  # fmt: skip
        commands.append((district.report, given))
    return _rounds(barrier, commands)


def goals(barrier, *, code, names, writer):
    """Found goals whose ids the other takes too; without ``writer`` its command ids as well."""
    from luoshi.ledger import commands as ledger
    from tests.base import builders

    district = builders.planned(code)
    return _rounds(barrier, [
        (ledger.found_goal, {
            "goal_id": district.named(name), "name": name, "kind": "goal", "parent": None,
            "order": 1,
            "sent": district.sent(
                expected=0, command_id=district.named(f"found {name} {writer}")
            ),
        }) for name in names
    ])  # fmt: skip


def settings_of(barrier, *, code, keys, way):
    """Do a command beside the journal under the keys that the others use too; give the answers."""
    from luoshi.base import command_answers
    from luoshi.base.command_answers import Given, Key
    from luoshi.ledger.models import SavedView
    from luoshi.rules.journal import CommandUnderWay
    from tests.base import builders

    district = builders.planned(code)
    once = getattr(command_answers, way)
    told = []
    for name in keys:
        view = uuid4()

        def work(view=view, name=name):
            SavedView.objects.create(
                id=view, district=district.id, owner=district.named("owner"), name=str(view),
                query=name, is_shared=False, saved_at=builders.AT,
            )  # fmt: skip
            return Given(str(view), str(view))

        key = Key(
            district=district.id, person=district.named("owner"),
            command_id=district.named(name), content="",
        )  # fmt: skip
        barrier.wait(PATIENCE)
        try:
            told.append(once(key, work, at=builders.AT))
        except CommandUnderWay as refusal:
            told.append(refusal.code)
    barrier.wait(PATIENCE)
    return told, SavedView.objects.filter(query__in=keys).count()


def write(barrier, *, code, writer, count):
    """Write so many entries into a thread of one's own, as fast as it goes; give their numbers."""
    from luoshi.base.journal import record
    from luoshi.ledger.projection import GOALS
    from luoshi.rules.nodes import Founded, Ordered
    from tests.base import builders

    district = builders.planned(code)
    thread = district.named(f"thread of writer {writer}")
    barrier.wait(PATIENCE)
    numbers = []
    for n in range(count):
        fact = Ordered(order=n) if n else Founded(name=f"目标{writer}", kind="goal")
        change = builders.change_of(GOALS, thread, fact)
        command = builders.command_of(district, district.named(f"{writer}/{n}"))
        numbers.append(record(change, command=command)[0].number)
    return numbers


def load(barrier, *, code, writer, count, batch):
    """Load so many entries into a few own threads; give how many stood after each batch."""
    from luoshi.base.bulk import append_many
    from luoshi.ledger.projection import GOALS
    from luoshi.rules.nodes import Founded, Ordered
    from tests.base import builders

    district = builders.planned(code)
    threads = [district.named(f"load {writer}/{n}") for n in range(7)]
    barrier.wait(PATIENCE)
    changes = (
        builders.change_of(
            GOALS,
            threads[n % 7],
            Ordered(order=n) if n >= 7 else Founded(name=f"目标{n}", kind="goal"),
        )
        for n in range(count)
    )
    named = ((change, district.named(f"load {writer}/{n}")) for n, change in enumerate(changes))
    return list(append_many(named, by=district.office, at=builders.AT, batch=batch))


def tail(barrier, *, code, after, count):
    """Read all entries after a number until there are so many; give their numbers as read."""
    from luoshi.base.models import JournalEntry
    from tests.base import builders

    district = builders.planned(code)
    numbers, last = [], after
    barrier.wait(PATIENCE)
    until = time.monotonic() + PATIENCE
    while len(numbers) < count and time.monotonic() < until:
        newer = JournalEntry.objects.filter(district=district.id, number__gt=last)
        found = list(newer.order_by("number").values_list("number", flat=True))
        numbers += found
        last = found[-1] if found else last
        if not found:
            time.sleep(PAUSE)
    return numbers


def judge(barrier, *, code):
    """Verify and rebuild; give the number of entries and of differences."""
    from luoshi.base.rebuild import rebuilt
    from luoshi.base.verify import verified_entries
    from tests.base import builders

    district = builders.planned(code)
    entries = sum(1 for _ in verified_entries(district=district.id))
    return [entries, sum(len(some) for some in rebuilt(district=district.id))]


def ruined(barrier):
    """Try to change an entry, as nobody may."""
    from django.db import DatabaseError, connection

    try:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE journal_entry SET body = '{}'")
    except DatabaseError as refused:
        return str(refused)
    return ""


TASKS = {
    task.__name__: task
    for task in (
        prepare,
        targets,
        places,
        reports,
        goals,
        settings_of,
        write,
        load,
        tail,
        judge,
        ruined,
    )
}

if __name__ == "__main__":
    main()
