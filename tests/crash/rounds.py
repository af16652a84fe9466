"""Rounds in which writers, worker, server and disk fail at random points; what must hold after.

``python -m tests.crash.rounds --database sqlite --rounds 500 [--seed N] [--keep]`` makes a ledger
of its own, plays the rounds, prints figures as JSON and ends with 1 where anything did not hold.
``--keep`` writes them to ``bench/results/`` too. Started by ``./dev crash`` and by test_crash.
"""

import argparse
import json
import multiprocessing
import os
import platform
import random
import select
import signal
import sys
import tempfile
import time
from collections import Counter
from datetime import time as time_of_day
from datetime import timedelta
from pathlib import Path

from tests.crash import places

ROOT = Path(__file__).parents[2]
SHORTEST, LONGEST = 0.01, 0.25  # seconds of a failure, and after it
DEEPEST = 40  # lines that the writers told, at most, before something fails: about twenty orders
MOMENT = 0.03  # seconds: within the next order
WRITERS = 2
FURTHEST_BACK = 48  # hours
VERIFIED_EVERY = 50  # rounds
PATIENCE = 120  # seconds for a process to come to its end
FAULTS = {
    "sqlite": ("writer", "worker", "all", "disk", "clock"),
    "postgresql": ("writer", "worker", "server", "disk", "clock"),
}


def main():
    asked = _asked()
    if places.may_mount() and not asked.mounted:
        # A file system of our own vanishes with this process, however it ends.
        own = [
            "unshare",
            "--mount",
            "--propagation",
            "private",
            sys.executable,
            "-m",
            __spec__.name,
        ]
        os.execvp(own[0], [*own, *sys.argv[1:], "--mounted"])
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="luoshi-crash-") as folder:
        Path(folder).chmod(0o755)
        size = places.SIZE[asked.database]
        disk = places.Disk(Path(folder) / "disk", size, mounted=asked.mounted)
        ground = (places.Files if asked.database == "sqlite" else places.Cluster)(disk)
        ground.start()
        try:
            figures = _played(ground, asked)
        finally:
            ground.stop()
            disk.unmount()
    _tell(figures, keep=asked.keep)
    sys.exit(1 if figures["wrong"] else 0)


def _asked():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", choices=sorted(FAULTS), default="sqlite")
    parser.add_argument("--rounds", type=int, default=500)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--mounted", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _played(ground, asked):
    """Make the ledger and play every round on it; returns the figures."""
    home = ground.disk.folder / "home"
    home.mkdir()
    os.environ |= {
        "LUOSHI_HOME": str(home),
        "DATABASE_URL": ground.url,
        "DJANGO_SETTINGS_MODULE": "luoshi.site.settings",
    }
    import django

    django.setup()
    begun = time.monotonic()
    rounds = Rounds(ground, asked.seed)
    for number in range(1, asked.rounds + 1):
        known = len(rounds.wrong)
        rounds.play(number)
        for text in rounds.wrong[known:]:
            sys.stderr.write(f"{ground.title}, round {number}: {text}\n")
        if number % VERIFIED_EVERY == 0:
            rounds.verify()
            wrong = len(rounds.wrong)
            sys.stderr.write(f"{ground.title}: {number} of {asked.rounds} rounds, {wrong} wrong\n")
    figures = rounds.end()
    return figures | {
        "date": time.strftime("%Y-%m-%d"),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "python": platform.python_version(),
        "database": ground.title,
        "disk": ground.disk.how,
        "rounds": asked.rounds,
        "seed": asked.seed,
        "seconds": round(time.monotonic() - begun, 1),
    }


class Rounds:
    """The ledger, what should stand in it, and what was found."""

    def __init__(self, ground, seed):
        self.ground, self.drawn = ground, random.Random(seed)
        self.context = multiprocessing.get_context("fork")
        self.begun = time.monotonic()
        self.wrong, self.counts = [], Counter()
        self.town = self._founded()
        self.stock = self._ask("stock")

    # ---- one round

    def play(self, number):
        """Let writers and a worker run, let something fail, and judge."""
        fault = FAULTS[self.ground.title][number % len(FAULTS[self.ground.title])]
        self.counts[f"fault: {fault}"] += 1
        reading, writing = os.pipe()
        hands = self._started(number, writing)
        os.close(writing)
        begin = _until_told(reading, self.drawn.randint(1, DEEPEST))
        time.sleep(self.drawn.uniform(0, MOMENT))
        getattr(self, f"_fail_{fault}")(hands)
        self._ended(hands)
        with os.fdopen(reading, "rb") as rest:
            self._judge(number, (begin + rest.read()).decode())

    def _started(self, number, pipe):
        from tests.crash import hands

        clock = self._clock()
        given = [{"round_": number, "writer": writer} for writer in range(WRITERS)]
        writers = [
            self.context.Process(
                target=hands.write, args=(self.town, pipe, clock), kwargs=each, daemon=True
            )
            for each in given
        ]
        worker = self.context.Process(target=hands.deliver, args=(self._clock(),), daemon=True)
        heard = {hands.SET_BACK, hands.END}
        signal.pthread_sigmask(signal.SIG_BLOCK, heard)  # until they listen
        for process in (*writers, worker):
            process.start()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, heard)
        return [*writers, worker]

    def _clock(self):
        """A clock of the day on which all is written; how far it may go back is drawn."""
        from tests.crash.hands import MORNING, Clock

        return Clock(MORNING, self.begun, timedelta(hours=self.drawn.uniform(0.1, FURTHEST_BACK)))

    def _fail_writer(self, hands):
        self._kill(self.drawn.choice(hands[:WRITERS]))

    def _fail_worker(self, hands):
        self._kill(hands[WRITERS])

    def _fail_all(self, hands):
        """Everything that has the database open dies: the next one finds what they left."""
        for hand in hands:
            self._kill(hand)

    def _fail_server(self, hands):
        self.counts[self.ground.break_(self.drawn)] += 1
        time.sleep(SHORTEST)

    def _fail_disk(self, hands):
        pids = [hand.pid for hand in hands] + self.ground.processes()
        self.ground.disk.fill(pids)
        time.sleep(self.drawn.uniform(SHORTEST, LONGEST))
        self.ground.disk.clear(pids)
        self.ground.back()
        time.sleep(LONGEST)  # whoever was refused goes on by itself

    def _fail_clock(self, hands):
        from tests.crash.hands import SET_BACK

        for hand in self.drawn.sample(hands, 2):
            os.kill(hand.pid, SET_BACK)
        time.sleep(self.drawn.uniform(SHORTEST, LONGEST))

    def _kill(self, process):
        os.kill(process.pid, signal.SIGKILL)
        self.counts["killed"] += 1

    def _ended(self, hands):
        """Ask those who live to end; who does not is stuck."""
        for hand in hands:
            if hand.is_alive():
                hand.terminate()
        for hand in hands:
            hand.join(PATIENCE)
            if hand.exitcode is None:
                self._look_at(hand)
                hand.kill()
                self.wrong.append(f"{hand.name} was stuck")
            elif hand.exitcode not in {0, -signal.SIGKILL}:
                self.wrong.append(f"{hand.name} ended with {hand.exitcode}")

    def _look_at(self, hand):
        """Let a stuck process tell where it stands, on standard error."""
        from tests.crash.hands import WHERE

        os.kill(hand.pid, WHERE)
        time.sleep(1)

    # ---- judging

    def _judge(self, number, told):
        from tests.crash.judging import read_told

        acknowledged, open_orders = read_told(told, number)
        now = self._clock().now()
        wrong, self.stock, recorded = self._ask(
            "after_round", acknowledged, open_orders, self.stock, now
        )
        self.wrong += [f"round {number}: {text}" for text in wrong]
        self.counts["acknowledged"] += len(acknowledged)
        self.counts["unanswered"] += len(open_orders)
        self.counts["unanswered, yet recorded"] += recorded

    def verify(self):
        self.wrong += self._ask("verified")

    def end(self):
        """Deliver and judge everything; returns the figures."""
        from django.conf import settings

        folder = settings.NOTICE_CHANNELS["file"]["folder"]
        wrong, counts = self._ask("delivered", self._clock().now(), str(folder))
        self.verify()
        differing = self._ask("rebuilt")
        if differing:
            wrong.append(f"{differing} threads differ from their entries")
        return {
            "wrong": [*self.wrong, *wrong],
            "entries": self.stock["entries"],
            **dict(sorted(self.counts.items())),
            **counts,
        }

    def _ask(self, name, *given):
        """Let a process of its own judge: this one never opens the database, so it can fork."""
        from tests.crash import judging

        return self._apart(getattr(judging, name), self.town, *given)

    def _founded(self):
        return self._apart(_founded)

    def _apart(self, ask, *given):
        ours, theirs = self.context.Pipe(duplex=False)
        process = self.context.Process(target=_answer, args=(theirs, ask, given), daemon=True)
        process.start()
        theirs.close()
        try:
            return ours.recv()
        finally:
            process.join()


def _until_told(pipe, lines):
    """Wait until the writers told so many lines, however slow the machine; returns what came.

    By what was done, not by time: else a machine with other work would never come to the later
    orders of a writer, to notices and bulk loads.
    """
    told, begun = b"", time.monotonic()
    while told.count(b"\n") < lines and time.monotonic() - begun < PATIENCE:
        select.select([pipe], [], [], PATIENCE)
        came = os.read(pipe, 1 << 16)
        if not came:  # the writers ended
            break
        told += came
    return told


def _answer(pipe, ask, given):
    pipe.send(ask(*given))


def _founded():
    """Make the tables, found the town, and let the lead's messages go to a file as well."""
    from django.core.management import call_command

    from luoshi.notices import commands
    from tests.ledger.town import LEAD, Town
    from tests.notices.desks import Desks

    call_command("migrate", verbosity=0)
    town = Town()
    Desks(town)
    midnight = time_of_day(0)
    commands.set_preferences(
        channels=["file"], addresses={}, quiet_from=midnight, quiet_to=midnight,
        working_days_only=False, by=town.actors[LEAD],
    )  # fmt: skip
    return town


def _tell(figures, *, keep):
    text = json.dumps(figures, indent=1, ensure_ascii=False)
    sys.stdout.write(f"{text}\n")
    if keep:
        name = f"crash-{figures['date']}-{figures['database']}.json"
        (ROOT / "bench" / "results" / name).write_text(f"{text}\n")


if __name__ == "__main__":
    main()
