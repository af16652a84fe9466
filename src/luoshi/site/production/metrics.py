"""What Prometheus reads, over all processes of the server.

Each process writes into files of its own in the folder that ``PROMETHEUS_MULTIPROC_DIR`` names; a
reading adds them up. No label holds anything that was typed: pages go by the name of their view.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

_own = CollectorRegistry()
REQUESTS = Histogram(
    "luoshi_request_seconds", "Answered requests, from the gate to the answer",
    ("view", "method", "status"), buckets=SECONDS, registry=_own,
)  # fmt: skip
WAITED = Histogram(
    "luoshi_wait_seconds", "What requests waited for their turn", ("kind",),
    buckets=SECONDS, registry=_own,
)  # fmt: skip
SHED = Counter(
    "luoshi_shed", "Requests sent away because of overload", ("kind",), registry=_own
)  # fmt: skip
IN_DATABASE = Histogram(
    "luoshi_database_seconds", "What requests spent in the database", ("kind",),
    buckets=SECONDS, registry=_own,
)  # fmt: skip
LOCK_WAITED = Histogram(
    "luoshi_write_lock_seconds", "What transactions waited to begin", buckets=SECONDS, registry=_own
)  # fmt: skip
SLOW = Counter(
    "luoshi_slow_statements", "Statements that took longer than the threshold", registry=_own
)  # fmt: skip
WAITING = Gauge(
    "luoshi_requests_waiting", "Requests that wait for their turn now", ("kind",),
    multiprocess_mode="livesum", registry=_own,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure that is read when somebody asks, its unit in its name as Prometheus has it."""

    name: str
    meaning: str
    value: float


class _House(Collector):
    """What is read of the house itself when somebody asks."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        self._readings = readings

    def collect(self) -> Iterable[Metric]:
        """Yield each reading."""
        for one in self._readings:
            yield GaugeMetricFamily(one.name, one.meaning, value=one.value)


def text(readings: Iterable[Reading]) -> bytes:
    """Return everything in Prometheus' text format."""
    registry = CollectorRegistry()
    registry.register(_House(readings))
    folder = os.environ.get(FOLDER)
    if not folder:  # one process only
        return generate_latest(registry) + generate_latest(_own)
    _forget_the_dead(Path(folder))
    MultiProcessCollector(registry, path=folder)  # type: ignore[no-untyped-call]
    return generate_latest(registry)


def _forget_the_dead(folder: Path) -> None:
    """Remove what a killed process said of its present."""
    for path in folder.glob("gauge_live*.db"):
        process = path.stem.rpartition("_")[2]
        if not Path(f"/proc/{process}").exists():
            path.unlink(missing_ok=True)
