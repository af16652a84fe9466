"""The page of a report in review, whole or one card of it."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.forms.models import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.base.days import local_day
from luoshi.base.journal import Actor
from luoshi.base.pages import pager_of
from luoshi.intake import verbs
from luoshi.intake.reports import commands, following, queries, words
from luoshi.intake.reports.forms import NEW_MATTER, MendStatement, ReportAbout
from luoshi.intake.reports.marking import pieces
from luoshi.intake.reports.places import doubted_place
from luoshi.intake.reports.views.showing import Scene, card_of
from luoshi.intake.reports.views.window import changed_rows, desk_of, meanwhile, number_of
from luoshi.organisation.queries import names_of, posts_visible_to, units_visible_to

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from luoshi.intake.models import ReportDocument, StagedStatement

STATEMENTS_A_PAGE = 50
ABOUT = ("title", "place", "day", "year")
"""What of a report its reviewers may put right."""
DROPPED_AT_ONCE = frozenset({"gaps", "target", "result", "baseline", "mechanism"})
"""The filters of which all can be left out at once: a sort of statement, never the whole report."""
SURE = (("0.9", "90"), ("0.7", "70"), ("0", "0"))
"""How sure the reader must be for a bulk accept: as sent, in per cent."""


def number_in(sent: QueryDict, name: str) -> int:
    """Return a number that was sent, 0 for what is none."""
    return number_of(sent.get(name, "")) or 0


def query_of(request: HttpRequest) -> str:
    """Return what narrows the page, without the one statement that was asked for."""
    asked = request.GET.copy()
    for name in ("edit", "card", "since", "look"):
        asked.pop(name, None)
    return asked.urlencode()


def named(actor: Actor, document: "ReportDocument") -> dict[str, dict[str, str]]:
    """Return the ids of the units and posts in force on the document's day, by name."""
    units = units_visible_to(actor, day=document.day)
    posts = posts_visible_to(actor, day=document.day)
    return {
        "units": {unit.name: str(unit.id) for unit in units},
        "posts": {post.name: str(post.id) for post in posts},
    }


def is_closed(actor: Actor, document: "ReportDocument") -> bool:
    """Tell whether the review is only to be read: withdrawn, or the office's to decide."""
    return document.state == "withdrawn" or not verbs.review_report.opens_to(actor)


def _scene(actor: Actor, document: "ReportDocument", text: str) -> Scene:
    known = named(actor, document)
    return Scene(
        text=text,
        units={name: UUID(one) for name, one in known["units"].items()},
        posts={name: UUID(one) for name, one in known["posts"].items()},
        promises=queries.promises_now(actor),
        answers=following.answers_in(actor, document),
        deciders=names_of(posts_visible_to(actor, day=local_day(timezone.now()))),
        is_closed=is_closed(actor, document),
    )


def card_answer(
    request: HttpRequest,
    actor: Actor,
    document: "ReportDocument",
    number: int,
    *,
    told: str = "",
    typed: str = "",
) -> HttpResponse:
    """Send one statement's card, the counts of the page, and what others decided meanwhile.

    ``number`` 0 sends no card but theirs; ``told`` says why an act was not done, ``typed`` what was
    written for it.
    """
    row = queries.statements_of(document).filter(number=number).first()
    if row is None and number:
        raise Http404
    fresh = queries.document_visible_to(actor, document.pk)
    scene = _scene(actor, fresh, queries.text_of(document.district, document.digest) or "")
    names = scene.names
    changed = changed_rows(request, actor, fresh)
    others = [one for one in changed if one.number != number][:STATEMENTS_A_PAGE]
    context = {
        "card": card_of(row, scene, names) if row else None,
        "others": [card_of(one, scene, names) for one in others],
        "lines": meanwhile(actor, others),
        "told": told,
        "typed": typed,
        "document": fresh,
        "desk": desk_of(request),
        "query": query_of(request),
        "is_part": True,
        "filters": _filters(fresh, request.GET.get("show", "")),
        **_progress(fresh),
    }
    return render(request, "intake/reports/parts/answer.html", context)


def _progress(document: "ReportDocument") -> dict[str, Any]:
    counts = document.counts
    return {"left": counts["open"], "total": counts["all"], "accepted": counts["accepted"]}


def _page(
    request: HttpRequest, document: "ReportDocument", number: int | None
) -> "Page[StagedStatement]":
    """Return the page that is asked for, or that holds a statement.

    Who comes back to a report finds the first statement that is left.
    """
    show = request.GET.get("show", "")
    rows = queries.statements_of(document, show)
    pages = Paginator(rows, STATEMENTS_A_PAGE)
    if not number and not show:
        number = queries.statements_of(document, "open").values_list("number", flat=True).first()
    if number and "page" not in request.GET:
        order = list(rows.values_list("number", flat=True))
        place = order.index(number) if number in order else 0
        return pages.get_page(place // STATEMENTS_A_PAGE + 1)
    return pages.get_page(request.GET.get("page"))


def page_answer(
    request: HttpRequest,
    actor: Actor,
    document: "ReportDocument",
    *,
    editing: int,
    form: MendStatement | None = None,
    about: ReportAbout | None = None,
    status: int = 200,
) -> HttpResponse:
    """Send the page, or for htmx the card that is mended.

    ``about`` is what was typed wrongly of the report itself.
    """
    at = editing or number_in(request.GET, "at")
    page = _page(request, document, at)
    scene = _scene(actor, document, queries.text_of(document.district, document.digest) or "")
    names = scene.names
    cards = [card_of(row, scene, names) for row in page.object_list]
    _edited(cards, editing, form, scene)
    if request.headers.get("HX-Request"):
        card = next((one for one in cards if one["row"].number == editing), None)
        return _part(request, document, card, scene, status)
    context = {
        "cards": cards,
        "query": query_of(request),
        "desk": desk_of(request),
        "about": about or ReportAbout(initial=model_to_dict(document, ABOUT)),
        **_turned(request, document, page, scene),
        **_about(actor, document, request.GET.get("show", ""), scene),
    }
    return render(request, "intake/reports/review.html", context, status=status)


def _turned(
    request: HttpRequest, document: "ReportDocument", page: "Page[StagedStatement]", scene: Scene
) -> dict[str, Any]:
    """Return what the page shows beside its cards: the text with its marks, where one stands."""
    rows = list(page.object_list)
    return {
        "pieces": pieces(scene.text, rows) if scene.text else [],
        "pager": pager_of(page, request.GET),
        "next_url": _next_url(page, request.GET.get("show", "")),
        "sections": _sections(document, rows),
    }


def _about(actor: Actor, document: "ReportDocument", asked: str, scene: Scene) -> dict[str, Any]:
    """Return what the head of the page says of the report, and what can be done to all shown."""
    return {
        "document": document,
        "units": scene.units,
        "posts": scene.posts,
        "doubted": doubted_place(actor, document, scene.text),
        "undecided": queries.undecided_in(actor, document) if asked == "accepted" else [],
        "is_closed": scene.is_closed,
        "filters": _filters(document, asked),
        "show": asked,
        "sure": SURE,
        "can_drop_all": asked in DROPPED_AT_ONCE,
        "can_withdraw": document.state == "review",
        "is_withdrawn": document.state == "withdrawn",
        "decided": sum(document.counts[name] for name in ("accepted", "dropped")),
        "crumbs": [(_("Reports"), reverse("reports"))],
        **_progress(document),
    }


def _next_url(page: "Page[StagedStatement]", asked: str) -> str:
    """Return where the keys go on behind the last card, empty where nothing follows.

    Named by the statement that follows: what was decided here has left its filter, so that the
    next page by number would begin behind statements that nobody saw.
    """
    if not page.has_next():
        return ""
    rows: QuerySet[StagedStatement] = page.paginator.object_list  # type: ignore[assignment]
    number = rows.values_list("number", flat=True)[page.end_index()]
    return f"?{urlencode({'show': asked, 'at': number})}#s{number}"


def _named_texts(scene: Scene) -> dict[str, dict[str, str]]:
    return {
        "units": {name: str(one) for name, one in scene.units.items()},
        "posts": {name: str(one) for name, one in scene.posts.items()},
        "matters": queries.matters_by_code(scene.promises),
    }


def _edited(
    cards: list[dict[str, Any]], editing: int, form: MendStatement | None, scene: Scene
) -> None:
    """Give the card that is being mended its form."""
    for card in cards:
        if card["row"].number == editing and card["is_open"]:
            initial = {name: card["said"].get(name) for name in commands.MENDED}
            initial |= {name: card[name] for name in ("lead", "supporting", "sponsor")}
            initial["matter"] = NEW_MATTER if card["is_new"] else card["chosen_code"]
            card["form"] = form or MendStatement(initial=initial, **_named_texts(scene))


def _part(
    request: HttpRequest,
    document: "ReportDocument",
    card: dict[str, Any] | None,
    scene: Scene,
    status: int,
) -> HttpResponse:
    if card is None:
        raise Http404
    context = {
        "card": card,
        "document": document,
        "desk": desk_of(request),
        "query": query_of(request),
    }
    part = "intake/reports/parts/statement.html"
    answer = render(request, part, {**context, "units": scene.units, "posts": scene.posts})
    answer.status_code = 200 if status == 422 else status  # htmx swaps only what went well
    return answer


def _filters(document: "ReportDocument", asked: str) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "label": label,
            "count": document.counts.get(name or "all", 0),
            "is_on": name == asked,
        }
        for name, label in words.FILTERS.items()
        if name != "withdrawn" or document.counts.get(name)
    ]


def _sections(document: "ReportDocument", rows: "list[StagedStatement]") -> list[dict[str, Any]]:
    """Return the headings, each with the first statement under it."""
    starts = queries.statements_of(document).values_list("start", "number")
    found: list[dict[str, Any]] = []
    ordered = list(starts)
    here = rows[0].start if rows else 0
    place = 0
    for offset, heading, *_level in document.sections:
        while place < len(ordered) and ordered[place][0] < offset:
            place += 1
        if place < len(ordered):
            found.append({"words": heading, "number": ordered[place][1], "is_past": offset <= here})
    return found
