"""Delegations and loans of a post in words, running and to come."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.base.wording import day_in_text
from luoshi.organisation import queries
from luoshi.organisation.forms import Options
from luoshi.organisation.queries import Visitor
from luoshi.rules.nodes import NodeState


def span_choices(offered: Options, visitor: Visitor, state: NodeState) -> Options:
    """Return the options of a form with what of a post can be ended."""
    lines = span_lines(visitor, state, day=timezone.localdate())
    return replace(offered, spans=[(str(one["key"]), str(one["text"])) for one in lines])


def span_lines(visitor: Visitor, state: NodeState, *, day: date) -> list[dict[str, Any]]:
    """Return what was given and is not over on a day: key, sentence, whether it runs."""
    people = queries.people_named(visitor, [span.to for span in state.delegations])
    calls = queries.names_by_day(visitor, [span.to for span in state.loans])

    def who(person: UUID) -> str:
        return people[person].name if person in people else "—"

    delegated = [(span, _("%(who)s acts for it"), who(span.to)) for span in state.delegations]
    lent = [(span, _("Lent to %(who)s"), calls(span.to, day)) for span in state.loans]
    return [
        {
            "key": span.key,
            "text": _("%(what)s, %(first)s to %(last)s")
            % {
                "what": what % {"who": name},
                "first": day_in_text(span.first),
                "last": day_in_text(span.last),
            },
            "runs": span.first <= day,
        }
        for span, what, name in (*delegated, *lent)
        if span.last >= day
    ]
