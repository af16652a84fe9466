"""The long lists beside the table, goals with their colours and units to choose, drawn in one go.

As in ``cells``: sixty goals and a hundred units as template parts would take longer than the table.
"""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from luoshi.ledger import words
from luoshi.ledger.board import GoalOn
from luoshi.ledger.views.board.address import Asked

SET_IN = "　"
"""What sets a unit in under the one above it."""


def goal_counts(
    asked: Asked, goals: Sequence[GoalOn], tallies: Mapping[UUID, Mapping[str, int]]
) -> list[dict[str, object]]:
    """Return the goals that hold something, with their counts, bars and addresses."""
    chosen = asked.filters.goal
    return [
        {
            "name": goal.name,
            "depth": goal.depth,
            "total": sum(tallies.get(goal.id, {}).values()),
            "red": tallies.get(goal.id, {}).get("red", 0),
            "bar": bar(tallies.get(goal.id, {})),
            "url": asked.url(goal=None if goal.id == chosen else goal.id),
            "is_current": goal.id == chosen,
        }
        for goal in goals
        if tallies.get(goal.id) or goal.depth == 0 or goal.id == chosen
    ]


def bar(counts: Mapping[str, int]) -> str:
    """Return the colours as one thin line; its width is the number of matters."""
    parts, start = [], 0
    for colour in words.COLOURS:
        if count := counts.get(colour):
            parts.append(
                f'<rect data-colour="{colour}" x="{start}" width="{count}" height="1"></rect>'
            )
            start += count
    if not start:
        return ""
    return (
        f'<svg class="share" viewBox="0 0 {start} 1" preserveAspectRatio="none" aria-hidden="true"'
        f' focusable="false">{"".join(parts)}</svg>'
    )


def goals_drawn(goals: Iterable[Mapping[str, object]]) -> SafeString:
    """Return the goals as the items of a list."""
    red = (
        '<span class="goals__red" data-colour="red"><span class="sign" aria-hidden="true">■</span>'
        f'<span class="for-reader">{escape(_("Red"))}</span>%s</span>'
    )
    items = (
        f'<li><a class="goals__link" href="{escape(str(goal["url"]))}" data-depth="{goal["depth"]}"'
        f'{_current(goal["is_current"])}><span class="goals__line">'
        f'<span>{escape(str(goal["name"]))}</span><span class="figure quiet">{goal["total"]}'
        f"{red % goal['red'] if goal['red'] else ''}</span></span>{goal['bar']}</a></li>"
        for goal in goals
    )
    return mark_safe("".join(items))  # noqa: S308 - names and addresses are escaped above


def _current(is_current: object) -> str:
    return ' aria-current="true"' if is_current else ""


def options(choices: Iterable[tuple[UUID, str]], chosen: UUID | None) -> SafeString:
    """Return the options of a choice, what is chosen marked."""
    drawn = (
        f'<option value="{each}"{" selected" if each == chosen else ""}>{escape(name)}</option>'
        for each, name in choices
    )
    return mark_safe("".join(drawn))  # noqa: S308 - names are escaped above
