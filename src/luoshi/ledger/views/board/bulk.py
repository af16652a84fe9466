"""One verb on many matters: choose, confirm, and read for each what became of it.

Each matter is a command of its own. What was recorded stays recorded when another is refused, and
the same form sent twice records nothing twice: every row brings its command id.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luoshi.base.doors import door
from luoshi.base.journal import Actor
from luoshi.base.verbs import Verb
from luoshi.ledger import commands, queries, several, verbs
from luoshi.ledger.board import goals_visible_to
from luoshi.ledger.commands import Sent
from luoshi.ledger.forms import Options
from luoshi.ledger.forms.bulk import BULK, Bulk
from luoshi.ledger.views.board.rows import MOST, Ticket, chosen_rows, outcome
from luoshi.ledger.views.shown import Shown, for_posts
from luoshi.rules.ledger.state import MatterState
from luoshi.rules.refusals import Refusal

PAGE = "ledger/bulk.html"


def offered_to(actor: Actor | None) -> list[Verb]:
    """Return the verbs that a post may use on many; whose matter it is, each row judges."""
    if actor is None:
        return []
    of_units = {"accept"} if actor.unit is not None else set()
    return [
        verbs.ALL[name]
        for name in BULK
        if name in of_units or (name != "accept" and verbs.ALL[name].who(actor, MatterState()))
    ]


@door(verbs.do_to_many)
@require_POST
@for_posts
def bulk(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Show whom a verb concerns and what it needs; when confirmed, carry it out row by row."""
    verb, back = request.POST.get("verb", ""), board_address(request.POST.get("back", ""))
    if verb not in {one.name for one in offered_to(shown.actor)}:
        messages.error(request, _("Choose what is to be done with the matters."))
        return redirect(back)
    is_confirmed = request.POST.get("confirmed") == "yes"
    options = Options(
        goals=[
            (str(g.id), "　" * g.depth + g.name)
            for g in goals_visible_to(shown.visitor, day=shown.today)
        ]
    )
    form = BULK[verb](request.POST if is_confirmed else None, options=options, on=shown.today)
    if is_confirmed and form.is_valid():
        return _carried_out(request, shown, verb, form, back)
    tickets = [ticket for text in request.POST.getlist("row") if (ticket := Ticket.read(text))]
    ids = request.POST.getlist("matter") or [str(ticket.matter) for ticket in tickets]
    rows = list(chosen_rows(shown, verb, ids))
    if not rows:
        messages.error(request, _("No matter is chosen. Tick some, then choose the verb."))
        return redirect(back)
    context = {
        "form": form,
        "verb": verbs.ALL[verb],
        "ready": [row for row in rows if row.ticket],
        "left": [row for row in rows if not row.ticket],
        "is_cut": len(ids) > MOST,
        "most": MOST,
        "back": back,
        "back_query": request.POST.get("back", ""),
        "shown": shown,
        "crumbs": [(_("Board"), back)],
    }
    return render(request, PAGE, context, status=422 if form.errors else 200)


def board_address(query: str) -> str:
    """Return the board's address that a reader came from: a query only, never another place."""
    return reverse("board") + (query if query.startswith("?") else "")


def _carried_out(
    request: HttpRequest, shown: Shown, verb: str, form: Bulk, back: str
) -> HttpResponse:
    """Call one command for each row, and tell for each what became of it."""
    tickets = [ticket for text in request.POST.getlist("row") if (ticket := Ticket.read(text))]
    results = [_result(shown, verb, form, ticket) for ticket in tickets[:MOST]]
    done = sum(one["is_done"] for one in results)
    context = {
        "verb": verbs.ALL[verb],
        "results": results,
        "done": done,
        "refused": len(results) - done,
        "back": back,
        "shown": shown,
        "crumbs": [(_("Board"), back)],
    }
    return render(request, "ledger/bulk_done.html", context)


def _result(shown: Shown, verb: str, form: Bulk, ticket: Ticket) -> dict[str, Any]:
    """Carry out one row; a refusal is its answer and touches no other row."""
    refusal, code, title = None, "", ""
    try:
        matter = queries.matter_visible_to(shown.visitor, ticket.matter)
        code, title = matter.code, matter.title
        _command(shown, verb, form, ticket)
    except Refusal as caught:
        refusal = caught
    is_done, sentence = outcome(refusal)
    return {
        "id": ticket.matter,
        "code": code,
        "title": title,
        "is_done": is_done,
        "sentence": sentence,
    }


def _command(shown: Shown, verb: str, form: Bulk, ticket: Ticket) -> None:
    """Call the verb's command for one matter."""
    assert shown.actor is not None  # noqa: S101 - for_posts let only a post in
    given = form.given()
    if verb == "confirm_report":
        given["report"] = ticket.report
    if verb == "place":  # the goals change for all, the area is each one's own
        given["area"] = several.state_now(shown.visitor, ticket.matter, day=shown.today).area
    sent = Sent(
        on=form.cleaned_data["on"],
        expected=ticket.expected,
        command_id=ticket.command,
        by=shown.actor,
        at=timezone.now(),
    )
    getattr(commands, verb)(matter_id=ticket.matter, **given, sent=sent)
