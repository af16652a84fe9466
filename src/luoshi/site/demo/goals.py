"""The district's goal trees by date, as the tables of methods and boards have them."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from luoshi.ledger import commands
from luoshi.site.demo.builder import Builder, Step
from luoshi.site.demo.tables import Row


def steps(builder: Builder) -> Iterator[Step]:
    """Yield the founding of every goal, and the end of those that a year bounds."""
    methods = {row["mechanism_id"]: row for row in builder.tables.rows("mechanisms")}
    for order, row in enumerate(builder.tables.rows("goals"), start=1):
        method = methods[row["mechanism_id"]]
        yield partial(_found_tree, builder, row, method, order)
    boards = [row for row in builder.tables.rows("organisations") if row["type"] == "board"]
    for order, board in enumerate(boards, start=1):
        yield partial(_found_board, builder, board, order)


def _found_tree(builder: Builder, row: Row, method: Row, order: int) -> None:
    on = builder.tables.first_document(method["source_doc"]).day
    top = builder.id("goal", row["mechanism_id"])
    _found(
        builder, top, _plain(method["name"]), row["kind"], None, order, method["description"], on
    )
    ends = [top]
    for place, part in enumerate(filter(None, method["parts"].split(";")), start=1):
        below = builder.id("goal", row["mechanism_id"], part)
        _found(builder, below, _plain(part), row["parts_kind"] or row["kind"], top, place, "", on)
        ends.append(below)
    if row["valid_to"]:
        after = date.fromisoformat(row["valid_to"]) + timedelta(days=1)
        for goal in ends:
            _end(builder, goal, after)


def _found_board(builder: Builder, board: Row, order: int) -> None:
    on = builder.tables.first_document(board["source_doc"]).day
    goal = builder.id("goal", board["org_id"])
    _found(builder, goal, board["name"], "board", None, 100 + order, board["role"], on)


def _found(
    builder: Builder,
    goal: UUID,
    name: str,
    kind: str,
    parent: UUID | None,
    order: int,
    note: str,
    on: date,
) -> None:
    sent = builder.sent(f"goal/{goal}", on, goal)
    entry = commands.found_goal(
        goal_id=goal, name=name, kind=kind, parent=parent, order=order, note=note, sent=sent
    )
    builder.keep(goal, entry)


def _end(builder: Builder, goal: UUID, on: date) -> None:
    builder.keep(
        goal, commands.end_goal(goal_id=goal, sent=builder.sent(f"goal-end/{goal}", on, goal))
    )


def _plain(name: str) -> str:
    inner = name[1:-1]
    is_quoted = name[:1] == "“" and name[-1:] == "”" and "“" not in inner and "”" not in inner
    return inner if is_quoted else name


def goals_of(builder: Builder, *, pillar: str, area: str, on: date) -> tuple[UUID, ...]:
    """Return the goals that a record names by its pillar or its board, if they stand on the day."""
    found = []
    for row in builder.tables.rows("mechanisms"):
        for part in filter(None, row["parts"].split(";")):
            stands = builder.tables.first_document(row["source_doc"]).day <= on
            if pillar and part.startswith(pillar) and row["category"] == "strategy" and stands:
                found.append(builder.id("goal", row["mechanism_id"], part))
    for board in builder.tables.rows("organisations"):
        stands = builder.tables.first_document(board["source_doc"]).day <= on
        if board["type"] == "board" and board["name"] == area and stands:
            found.append(builder.id("goal", board["org_id"]))
    return tuple(dict.fromkeys(found))
