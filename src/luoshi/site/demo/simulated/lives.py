"""How a simulated promise lives: from its registration over reports and answers to its end."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

from luoshi.rules.ledger import facts as f
from luoshi.site.demo.simulated.moments import END, YEAR, moment, month_end, next_month, workday
from luoshi.site.demo.simulated.plans import (
    STEPS,
    amount_of,
    days_of,
    eased,
    target_of,
    time_share,
)
from luoshi.site.demo.simulated.promises import WHOLE, Promise, draws
from luoshi.site.demo.simulated.town import CHECKER, OFFICE, SPONSORS, Town

STAGES = (
    (Decimal("0.05"), f.Stage.NEW_START),
    (Decimal("0.3"), f.Stage.CONTINUING),
    (WHOLE, f.Stage.COMPLETED),
)
PROBLEMS = (
    "场地移交滞后，影响工序衔接",
    "手续办理时间较长，正在协调",
    "材料到货推迟，已调整采购",
    "雨季影响室外作业",
    "管线迁改尚未完成",
)
RETURNS = ("数据与现场核对不一致，请核实后重报", "佐证材料不全，请补充后重报")
ASKS = ("管线迁改晚于预期，申请调整时限", "年度任务经研究作相应核减", "前置手续批复较晚，申请顺延")
RESTS = "因上级规划调整，暂停实施"
GOES_ON = "规划调整完成，恢复实施"
CRITERION = "制度印发并运行满一个月"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing done: a verb on a matter by a unit's post at a moment, with its words apart."""

    at: datetime
    thread: UUID
    verb: str
    by: str
    given: dict[str, Any] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)


class Life:
    """Tells the events of one promise; what is drawn hangs on seed and code alone."""

    def __init__(self, town: Town, promise: Promise) -> None:
        self.town, self.promise = town, promise
        self.thread = town.id("matter", promise.code)
        self.draw: Random = draws(town.seed, f"{promise.code}/life")
        self.reports = 0
        self.achieved = Decimal(0)
        self.done: set[str] = set()
        self.stage: f.Stage | None = None
        self.is_waiting = False  # for an answer that will not come
        rests = self.draw.random() < 0.05
        self.rests = self._months_of_rest() if rests else range(0)  # months without work

    def _months_of_rest(self) -> range:
        first = self.draw.randint(4, 8)
        return range(first, first + self.draw.randint(2, 3))

    def events(self) -> Iterator[Event]:
        """Yield all that happens to the matter, in order, to the end of the simulated time."""
        for event in self._life():
            if event.at > END:
                return
            yield event

    def _life(self) -> Iterator[Event]:
        yield from self._begin()
        asks_in = self.draw.randint(7, 10) if self.draw.random() < 0.12 else 0
        for month in range(self.promise.start.month, 13):
            yield from self._rest(month)
            if month in self.rests:
                continue
            yield from self._month(month)
            if month == asks_in and not self.promise.lacks:
                yield from self._ask(month)
            if self._is_finished() and self.draw.random() < 0.75:
                yield from self._finish(month)
                return

    # ---- the beginning

    def _begin(self) -> Iterator[Event]:
        promise, town = self.promise, self.town
        at = moment(promise.registered_on, 9, self.draw)
        source = f.Source(
            kind=f.SourceKind.DOCUMENT, title="模拟区年度重点工作安排", day=promise.registered_on
        )
        is_open = bool(promise.lacks)
        yield self._event(
            at, "register", OFFICE, code=promise.code, title=promise.title,
            kind=promise.sort.kind, sources=(source,), area=promise.area,
            origin=f.Origin.PUBLISHED if is_open else f.Origin.ASSIGNED,
            goals=(town.goal(promise.sort.goal),),
        )  # fmt: skip
        yield from self._fixes(at)
        if not is_open:
            yield self._event(at + timedelta(minutes=40), "assign", OFFICE)
            for unit in (promise.lead, *promise.support):
                taken = moment(workday(at.date(), self.draw.randint(1, 4)), 10, self.draw)
                yield self._event(taken, "accept", unit, unit=town.unit(unit))

    def _fixes(self, at: datetime) -> Iterator[Event]:
        promise, town = self.promise, self.town
        if promise.sort.kind is f.MatterKind.PROJECT:
            stage = self.draw.choice((f.Stage.PREPARATORY, f.Stage.PREPARATORY, f.Stage.CONTINUING))
            yield self._event(at, "set_stage", OFFICE, stage=stage)
        yield self._event(
            at + timedelta(minutes=10), "fix_responsibility", OFFICE,
            lead_unit=town.unit(promise.lead), responsible_post=town.post(promise.lead),
            supporting_units=tuple(map(town.unit, promise.support)),
            sponsoring_post=town.post(SPONSORS[promise.sort.sponsor]),
        )  # fmt: skip
        if promise.lacks != "target":
            yield self._target(at + timedelta(minutes=20))
        if promise.lacks != "milestones":
            yield self._days(at + timedelta(minutes=30))

    def _target(self, at: datetime) -> Event:
        target = target_of(self.promise)
        if target is None:
            return self._event(at, "fix_target", OFFICE, acceptance=CRITERION)
        return self._event(at, "fix_target", OFFICE, targets=(target,))

    def _days(self, at: datetime) -> Event:
        return self._event(at, "fix_milestones", OFFICE, **days_of(self.promise))

    # ---- the work

    def _month(self, month: int) -> Iterator[Event]:
        """A month's report in the days after its end, on time, late or not at all."""
        pace = self.promise.pace
        if self.draw.random() < pace.silence:
            return
        share = self._progress(month)
        self.achieved = max(self.achieved, amount_of(self.promise, share))
        is_late = self.draw.random() < pace.lateness
        day = next_month(month) + timedelta(
            days=self.draw.randint(7, 16) if is_late else self.draw.randint(0, 3)
        )
        yield from self._report(moment(workday(day, 0), 15, self.draw), month, share)

    def _progress(self, month: int) -> Decimal:
        """Return the share of the target that is reached by a month's end."""
        pace, end = self.promise.pace, month_end(month)
        on_plan = (
            float(eased(self.promise, end))
            if self.promise.has_own_plan
            else time_share(self.promise, end)
        )
        reached = on_plan * pace.share
        if month >= pace.from_month:
            turned = time_share(self.promise, month_end(pace.from_month - 1)) * pace.share
            reached = turned + (on_plan - turned) * pace.then
        noise = 1 + self.draw.uniform(-0.03, 0.04)
        return Decimal(str(round(min(1.0, max(0.0, reached * noise)), 4)))

    def _report(self, at: datetime, month: int, share: Decimal) -> Iterator[Event]:
        first = self.draw.random() < 0.06
        yield from self._one_report(at, month, share)
        answered = moment(workday(at.date(), self.draw.randint(1, 3)), 16, self.draw)
        if first:
            yield self._event(
                answered, "return_report", OFFICE, report=self._last_report(),
                reason=self.draw.choice(RETURNS),
            )  # fmt: skip
            again = moment(workday(answered.date(), self.draw.randint(1, 2)), 11, self.draw)
            yield from self._one_report(again, month, share)
            answered = moment(workday(again.date(), 1), 16, self.draw)
        if self.draw.random() > 0.01:  # else the office stays silent, which costs the unit nothing
            yield self._event(answered, "confirm_report", OFFICE, report=self._last_report())
        else:
            self.is_waiting = True
        yield from self._stage(answered, share)

    def _last_report(self) -> UUID:
        return self.town.id("report", self.promise.code, str(self.reports))

    def _one_report(self, at: datetime, month: int, share: Decimal) -> Iterator[Event]:
        self.reports += 1
        promise = self.promise
        measured_on = min(month_end(month), at.date())
        given: dict[str, Any] = {
            "report": self._last_report(),
            "measured_on": measured_on,
            "visible_progress": f"已完成约{share * 100:.1f}%",
        }
        if promise.sort.unit and promise.lacks != "target":
            given["achieved"] = self.achieved
            given["visible_progress"] = f"累计完成{self.achieved:f}{promise.sort.unit}"
        if promise.lacks != "milestones":
            given["milestones_done"] = self._reached(share, measured_on)
        if promise.sort.kind is f.MatterKind.PROJECT and share > Decimal("0.05"):
            given["started_on"] = min(promise.start + timedelta(days=60), measured_on)
        if self.draw.random() < 0.25:
            given["problems"] = self.draw.choice(PROBLEMS)
        yield self._event(at, "report_progress", promise.lead, **given)

    def _reached(self, share: Decimal, day: date) -> tuple[f.MilestoneDone, ...]:
        """Return the milestones reached since the last report."""
        found = []
        for key, _title, needed in STEPS:
            if share >= needed and key not in self.done:
                self.done.add(key)
                found.append(f.MilestoneDone(key=key, done_on=day))
        return tuple(found)

    def _stage(self, at: datetime, share: Decimal) -> Iterator[Event]:
        """The office moves a project on to the stage that its progress shows."""
        if self.promise.sort.kind is not f.MatterKind.PROJECT:
            return
        reached = [stage for needed, stage in STAGES if share >= needed]
        if reached and reached[-1] != self.stage:
            self.stage = reached[-1]
            yield self._event(at + timedelta(minutes=5), "set_stage", OFFICE, stage=self.stage)

    # ---- changes, rests, the end

    def _ask(self, month: int) -> Iterator[Event]:
        """The unit asks for more time or for less work; the office decides within two weeks."""
        promise, day = self.promise, next_month(month) + timedelta(days=17)
        request = self.town.id("request", promise.code)
        later = f.Revision(due=self.promise.due + timedelta(days=self.draw.choice((31, 61, 92))))
        less = f.Revision(quantity=amount_of(self.promise, Decimal("0.9")) or promise.quantity)
        revision = less if promise.sort.unit and self.draw.random() < 0.3 else later
        asked = moment(workday(day, 0), 10, self.draw)
        yield self._event(
            asked, "request_change", promise.lead, request=request, revision=revision,
            reason=self.draw.choice(ASKS),
        )  # fmt: skip
        decided = moment(workday(asked.date(), self.draw.randint(2, 6)), 16, self.draw)
        is_granted = self.draw.random() < 0.7
        yield self._event(
            decided, "decide_change", OFFICE, request=request, granted=is_granted,
            reason="同意调整" if is_granted else "理由不充分，按原计划推进",
        )  # fmt: skip

    def _rest(self, month: int) -> Iterator[Event]:
        if not self.rests:
            return
        if month == self.rests.start:
            at = moment(workday(date(YEAR, month, 20), 0), 17, self.draw)
            yield self._event(at, "suspend", OFFICE, reason=RESTS)
        if month == self.rests.stop:
            at = moment(workday(date(YEAR, month, 20), 0), 17, self.draw)
            yield self._event(at, "resume", OFFICE, reason=GOES_ON)

    def _is_finished(self) -> bool:
        if self.promise.lacks or self.is_waiting:
            return False
        if not self.promise.sort.unit:
            return "done" in self.done
        return self.achieved >= self.promise.quantity

    def _finish(self, month: int) -> Iterator[Event]:
        """Another unit looks at the work and closes it out."""
        promise, town = self.promise, self.town
        day = workday(next_month(month) + timedelta(days=24), self.draw.randint(0, 12))
        checker = town.actors[CHECKER]
        check = {
            "done_by_units": tuple(map(town.unit, (promise.lead, *promise.support))),
            "verified_by_unit": checker.unit,
            "verified_by_person": checker.person,
        }
        at = moment(day, 10, self.draw)
        yield self._event(at, "verify", CHECKER, **check)
        yield self._event(at + timedelta(hours=4), "close_out", CHECKER, **check)

    def _event(self, at: datetime, verb: str, by: str, **given: Any) -> Event:
        names = ("acceptance", "visible_progress", "problems", "reason")
        words = {name: given.pop(name) for name in names if name in given}
        return Event(at=at, thread=self.thread, verb=verb, by=by, given=given, words=words)
