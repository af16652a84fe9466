"""What a writer of the crash rounds sends: command after command, each told by its place alone.

The same place gives the same command id and the same content, so whoever takes over from a killed
writer can send its last command again.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from uuid import UUID, uuid5

from luoshi.base.bulk import append_many
from luoshi.base.journal import Change, record
from luoshi.ledger import commands
from luoshi.ledger.commands import Sent
from luoshi.ledger.projection import MATTERS
from luoshi.rules.ledger import decide
from luoshi.rules.ledger import facts as f
from tests.ledger.town import LEAD, TARGET

ON = date(2021, 1, 12)
"""The day all commands speak of: it has come for every clock of the rounds."""
UNSEEN = 2**62  # ``expected`` of a writer who saw everything
BATCH = 6  # entries of a bulk load
FIRST = ("register", "register_another", "fix_responsibility", "fix_target")
AGAIN = ("report", "pair", "report", "load")


@dataclass(frozen=True, slots=True)
class Order:
    """The command at one place: which round, which writer, how many went before."""

    round: int
    writer: int
    place: int

    @property
    def kind(self) -> str:
        if self.place < len(FIRST):
            return FIRST[self.place]
        return AGAIN[(self.place - len(FIRST)) % len(AGAIN)]

    @property
    def ids(self) -> list[UUID]:
        """The command ids: one, but a load has one for each entry."""
        return [self._id(n) for n in range(BATCH if self.kind == "load" else 1)]

    @property
    def entries(self) -> int:
        """How many entries it makes."""
        return {"load": BATCH, "pair": 2}.get(self.kind, 1)

    @property
    def notices(self) -> int:
        """How many notices its entries cause: to lead and supporting unit; to the office."""
        return {"fix_responsibility": 2, "report": 1}.get(self.kind, 0)

    @property
    def texts(self) -> int:
        """How many free texts stand beside its entries."""
        return 1 if self.kind == "report" else 0

    def _id(self, n: int = 0) -> UUID:
        return uuid5(UUID(int=self.round), f"{self.writer}/{self.place}/{n}")

    def _matter(self, place: int) -> UUID:
        return commands.matter_of(Order(self.round, self.writer, place).ids[0])

    def sent(self, town, at) -> list[int]:
        """Send it; returns the numbers of its entries."""
        by = town.actors[LEAD] if self.kind == "report" else town.office
        sent = Sent(on=ON, expected=UNSEEN, command_id=self._id(), by=by, at=at)
        match self.kind:
            case "register" | "register_another":
                code = f"R{self.round}-{self.writer}-{self.place}"
                given = town.registration(code, origin=f.Origin.PUBLISHED)
                return [commands.register(**given, sent=sent).number]
            case "fix_responsibility":
                given = town.responsibility()
                return [self._on_first(commands.fix_responsibility, sent, **given)]
            case "fix_target":
                return [self._on_first(commands.fix_target, sent, targets=(TARGET,))]
            case "report":
                given = {"achieved": Decimal(self.place), "visible_progress": f"第{self.place}次"}
                return [self._on_first(commands.report_progress, sent, measured_on=ON, **given)]
            case "pair":
                both = [self._placed(0, "东"), self._placed(1, "西")]
                return [entry.number for entry in record(*both, command=sent.command)]
        changes = [self._placed(1, f"片{n}") for n in range(BATCH)]
        before = numbers_of(town.district, self.ids)
        if not before:  # the bulk road leaves it to its callers to know what they loaded
            list(append_many(zip(changes, self.ids, strict=True), by=town.office, at=at))
        return before or numbers_of(town.district, self.ids)

    def _on_first(self, command, sent, **given) -> int:
        number: int = command(matter_id=self._matter(0), sent=sent, **given).number
        return number

    def _placed(self, place: int, area: str) -> Change:
        """Put one of the writer's matters into another area."""
        decided = partial(decide.place, on=ON, goals=(), area=f"{area}{self.place}")
        return Change(
            kind=MATTERS, thread=self._matter(place), decide=decided, on=ON, expected=UNSEEN
        )


def numbers_of(district, ids) -> list[int]:
    """The numbers of what is recorded under some command ids."""
    from luoshi.base.models import JournalEntry

    rows = JournalEntry.objects.filter(district=district, command_id__in=ids)
    return list(rows.order_by("number").values_list("number", flat=True))
