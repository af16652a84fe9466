"""What must be so after every round, and at the end; asked by processes that nothing killed."""

import json
from datetime import timedelta
from pathlib import Path

from tests.crash.orders import Order, numbers_of

LATER = timedelta(hours=3)  # between two looks: past every lease and every pause after a refusal
MOST_LOOKS = 30


def stock(town):
    """How much stands in the ledger: entries, the line's number, texts, notices."""
    from luoshi.base.models import JournalEntry, Line, Outbox, StoredText

    district = town.district
    return {
        "entries": JournalEntry.objects.filter(district=district).count(),
        "line": Line.objects.get(pk=district).last_number,
        "texts": StoredText.objects.filter(district=district).count(),
        "notices": Outbox.objects.filter(district=district).count(),
    }


def after_round(town, acknowledged, open_orders, before, now):
    """Judge one round, send again what nobody answered, and judge that too.

    Returns what is wrong, how much stands now, and how many of the unanswered were recorded.
    """
    wrong, done, found_recorded = [], [], 0
    for order, numbers in acknowledged:
        done.append(order)
        if numbers_of(town.district, order.ids) != numbers:
            wrong.append(f"acknowledged, yet not there once: {order}")
    for order in open_orders:
        found = numbers_of(town.district, order.ids)
        if len(found) not in {0, order.entries}:
            wrong.append(f"half there: {order}")
        found_recorded += bool(found)
        again = order.sent(town, now)
        done.append(order)
        if len(again) != order.entries or (found and again != found):
            wrong.append(f"sent again it is another: {order}")
    after = stock(town)
    return [*wrong, *_miscounted(done, before, after)], after, found_recorded


def _miscounted(done, before, after):
    """Say where more or less stands than the orders of the round make."""
    made = {
        "entries": sum(order.entries for order in done),
        "texts": sum(order.texts for order in done),
        "notices": sum(order.notices for order in done),
    }
    made["line"] = made["entries"]
    return [
        f"{name}: {after[name]} where {before[name] + count} should be"
        for name, count in made.items()
        if after[name] != before[name] + count
    ]


def verified(town):
    """Walk the journal; returns what does not hold."""
    from luoshi.base.verify import JournalBroken, verified_entries

    try:
        count = sum(1 for _ in verified_entries(district=town.district))
    except JournalBroken as broken:
        return [f"journal broken: {broken.facts}"]
    return [] if count == stock(town)["entries"] else ["the walk left entries out"]


def rebuilt(town):
    """Fold everything again; returns how many threads differ from what pages query."""
    from luoshi.base.rebuild import rebuilt as folded_again

    return sum(bool(found) for found in folded_again(district=town.district))


def delivered(town, at, folder):
    """Deliver what still waits, then judge every notice; returns what is wrong and the counts."""
    from luoshi.base.models import Outbox
    from luoshi.notices.models import Delivery, InboxItem

    _deliver_all(at)
    waiting = Outbox.objects.filter(delivered_at=None).count()
    unsent = Delivery.objects.filter(state="waiting").count()
    notices = Outbox.objects.count()
    items = list(InboxItem.objects.values_list("notice", flat=True))
    sent = {str(pk) for pk in Delivery.objects.filter(state="sent").values_list("pk", flat=True)}
    lines, torn = _lines(folder)
    judged = {
        f"{waiting} notices wait for ever": not waiting,
        f"{unsent} messages wait for ever": not unsent,
        "a notice lies in no inbox or in one twice": sorted(items) == sorted(set(items))
        and len(items) == notices,
        f"{len(sent - set(lines))} messages were marked as sent and are not out": sent
        <= set(lines),
        "a message is out that nobody sent": set(lines) <= sent,
        f"{torn} torn lines went out": not torn,
    }
    counts = {"notices": notices, "sent": len(sent), "sent_twice": len(lines) - len(set(lines))}
    return [text for text, holds in judged.items() if not holds], counts


def _deliver_all(at):
    from luoshi.notices import commands

    for _ in range(MOST_LOOKS):
        done = commands.free_expired(at=at)
        while some := commands.deliver(at=at):
            done += some
        while some := commands.send(at=at):
            done += some
        at += LATER
        if not done:
            return


def _lines(folder):
    """The ids of the messages in the file outbox, and how many lines are torn."""
    ids, torn = [], 0
    for path in Path(folder).glob("*.jsonl"):
        for line in path.read_text(errors="replace").splitlines():
            try:
                ids.append(json.loads(line)["id"])
            except ValueError:
                torn += 1
    return ids, torn


def read_told(text, round_):
    """What the writers of a round told: acknowledged orders with their numbers, and open ones."""
    begun, acknowledged = {}, []
    for line in text.splitlines():
        what, writer, place, *numbers = line.split()
        if what == "began":
            begun[int(writer)] = Order(round_, int(writer), int(place))
        else:
            acknowledged.append((begun.pop(int(writer)), [int(number) for number in numbers]))
    return acknowledged, list(begun.values())
