"""The board as a list, with every filter and sort that its page has."""

from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from ninja import Query, Schema
from pydantic import ConfigDict, Field, StringConstraints

from luoshi.base.api.gets import lists
from luoshi.base.api.operations import Asked
from luoshi.base.api.turning import Page, Turn
from luoshi.ledger import board as boards
from luoshi.ledger import verbs
from luoshi.ledger.api.lines import MatterLine, line_of
from luoshi.ledger.api.room import around, router
from luoshi.ledger.filters import LATE, MOST_DAYS, Filters
from luoshi.organisation.queries import names_of
from luoshi.rules.colour import Colour
from luoshi.rules.ledger.facts import MatterKind, SourceKind, Stage
from luoshi.rules.ledger.state import Fix, Standing

Words = Annotated[str, StringConstraints(max_length=100, strip_whitespace=True)]
SortName = StrEnum(  # type: ignore[misc]  # the sorts of the board, both ways
    "SortName", {f"{way}{name}": f"{way}{name}" for name in boards.SORTS for way in ("", "-")}
)


class BoardFilters(Schema):
    """What the board is narrowed to; without any, everything that is open."""

    model_config = ConfigDict(frozen=True)

    colour: list[Colour] = Field([], max_length=10, description="Any of these colours.")
    goal: UUID | None = Field(None, description="On this goal or below it.")
    unit: UUID | None = Field(None, description="Led by this unit or one below it.")
    sponsor: UUID | None = Field(None, description="Sponsored by this post.")
    kind: MatterKind | None = None
    area: Words = ""
    source: SourceKind | None = None
    stage: Stage | None = None
    standing: Standing | None = None
    missing: Fix | None = Field(None, description="This fix is not known yet.")
    due: Annotated[str, StringConstraints(pattern=r"^(late|[0-9]{1,4})?$")] = Field(
        "", description="«late», or due within so many days."
    )
    q: Words = Field("", description="Words in title, code or the lead unit's name.")
    closed: bool = Field(default=False, description="With what ended.")

    @property
    def filters(self) -> Filters:
        """Return them as the board asks for them."""
        is_number = bool(self.due) and self.due != LATE
        return Filters(
            colours=tuple(colour.value for colour in self.colour),
            goal=self.goal,
            unit=self.unit,
            sponsor=self.sponsor,
            kind=self.kind or "",
            area=self.area,
            source=self.source or "",
            stage=self.stage or "",
            standing=self.standing or "",
            missing=self.missing or "",
            due=str(min(int(self.due), MOST_DAYS)) if is_number else self.due,
            text=self.q,
            with_closed=self.closed,
        )


@lists(
    router, "/matters", verbs.read_ledger, of=MatterLine, turns=True, exports=verbs.export_ledger
)
def matters(
    asked: Asked,
    turn: Turn,
    filters: Query[BoardFilters],
    sort: SortName = SortName("urgency"),  # noqa: B008 - a constant
    *,
    reasons: Literal["yes", "no"] = "no",
) -> Page:
    """List the matters of a day: the board, with its filters and sorts.

    ``reasons=yes`` tells of every matter why it has its colour, and what would change it.
    """
    surroundings = around(asked)
    names = boards.names_visible_to(asked.actor, day=asked.day, known_at=asked.known_at)
    found, onward = boards.board_after(
        asked.actor,
        day=asked.day,
        known_at=asked.known_at,
        filters=filters.filters,
        names=names,
        sort=sort.value,
        after=turn.after,
        size=turn.limit,
        around=surroundings if reasons == "yes" else None,
    )
    units = names_of(names.units)
    return Page([line_of(row, units) for row in found.rows], onward, found.total)
