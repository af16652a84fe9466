"""What a board's page, print and files are made of: one set of questions to the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from luoshi.ledger import board as boards
from luoshi.ledger.board import Board, Names
from luoshi.ledger.views.board.address import Asked
from luoshi.ledger.views.shown import Shown
from luoshi.organisation.queries import names_of


@dataclass(frozen=True, slots=True)
class Found:
    """A board with the names of its day, and what its rows can be narrowed to."""

    board: Board
    names: Names
    unit_names: Mapping[UUID, str]


def find(shown: Shown, asked: Asked, *, start: int, size: int, with_verdicts: bool = True) -> Found:
    """Return so many rows of the board that an address asks for, with the names they need."""
    names = boards.names_visible_to(shown.visitor, day=shown.day, known_at=shown.known_at)
    board = boards.board(
        shown.visitor,
        day=shown.day,
        known_at=shown.known_at,
        filters=asked.filters,
        goals=names.goals,
        units=names.units,
        around=shown.around,
        sort=asked.sort,
        start=start,
        size=size,
        with_verdicts=with_verdicts,
    )
    return Found(board, names, names_of(names.units))
