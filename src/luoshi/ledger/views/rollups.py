"""What the district gave out to its city, and what a city's districts gave out."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luoshi.base.doors import door
from luoshi.base.wording import day_in_text, sentence_for
from luoshi.ledger import commands, rollups, verbs, words
from luoshi.ledger.commands import Sent
from luoshi.ledger.views.shown import Shown, for_posts, for_readers
from luoshi.rules.days import parse_day
from luoshi.rules.refusals import Refusal


@door(verbs.read_rollups)
@for_readers
def listing(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Show the latest counts of every district below, and one's own of past days."""
    below = rollups.latest_below(shown.visitor, day=shown.day)
    own = [rollups.given(row) for row in rollups.own_rollups(shown.visitor)]
    context = {
        "below": [(name, found and _line(found)) for name, found in below],
        "own": [_line(one) for one in own],
        "colours": [str(words.COLOURS[colour]) for colour in words.COLOURS],
        "may_publish": shown.actor is not None and verbs.publish_rollup.who(shown.actor, None),
        "day": shown.day,
        "command_id": uuid4(),
        "shown": shown,
    }
    return render(request, "ledger/rollups.html", context)


def _line(found: rollups.Given) -> dict[str, Any]:
    return {
        "day": found.day,
        "matters": found.matters,
        "counts": [found.colours.get(colour, 0) for colour in words.COLOURS],
        "closed": found.closed,
        "abolished": found.abolished,
        "late": found.late,
    }


@door(verbs.publish_rollup)
@require_POST
@for_posts
def publish(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Give out the counts of a day."""
    assert shown.actor is not None  # noqa: S101 - the door let only a post in
    now = timezone.now()
    try:
        day = parse_day(request.POST.get("on", ""), year=shown.today.year)
        commands.publish_rollup(
            sent=Sent(on=day, expected=0, command_id=uuid4(), by=shown.actor, at=now)
        )
    except Refusal as refusal:
        messages.error(request, sentence_for(refusal))
    else:
        messages.success(
            request, _("The counts of %(day)s are given out.") % {"day": day_in_text(day)}
        )
    return redirect("rollups")
