"""Note every act of weight: each write, each reading of what is protected, each shut door."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from luoshi.audit import commands, queries
from luoshi.audit.commands import Act
from luoshi.audit.words import Outcome
from luoshi.base.api.problems import TooQuick, is_api, problem
from luoshi.base.doors import Noted, address_of
from luoshi.base.journal import Actor
from luoshi.base.verbs import Verb
from luoshi.organisation.middleware import district_of

Answer = Callable[[HttpRequest], HttpResponse]
WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
LONGEST_PATH = 200
MINUTE = timedelta(minutes=1)


def audited(get_response: Answer) -> Answer:
    """Add a line to the audit list after every act that it keeps.

    Where the line cannot be written the answer is withheld: what is done unseen is not done here.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if request.method in WRITING and _is_too_quick(request):
            return too_many_requests(request)
        response = get_response(request)
        verb: Verb | None = getattr(request, "verb", None)
        if verb is not None and _is_kept(request, verb, response.status_code):
            _note(request, verb, response.status_code)
        return response

    return answer


def _is_too_quick(request: HttpRequest) -> bool:
    """Tell whether one person, or one address without a person, wrote more than a hand can.

    The list itself is what is counted, so the bound holds over all processes.
    """
    district = district_of(request)
    actor: Actor | None = getattr(request, "actor", None)
    if district is None:
        return False
    return queries.wrote_too_much(
        district.pk,
        person=actor.person if actor else None,
        address="" if actor else address_of(request),
        most=settings.MOST_WRITES_A_MINUTE if actor else settings.MOST_TRIES_A_MINUTE,
        since=timezone.now() - MINUTE,
    )


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Say that it went too fast; nothing of it was done."""
    if is_api(request):
        response = problem(TooQuick(seconds=int(MINUTE.total_seconds())), status=429)
    else:
        response = render(request, "429.html", status=429)
    response.headers["Retry-After"] = str(int(MINUTE.total_seconds()))
    return response


def _is_kept(request: HttpRequest, verb: Verb, status: int) -> bool:
    if status == 403:
        return True
    return verb.is_listed and (request.method in WRITING or verb.reads)


def _note(request: HttpRequest, verb: Verb, status: int) -> None:
    district = district_of(request)
    if district is None:  # no ledger yet: nothing that could be done to it
        return
    actor: Actor | None = getattr(request, "actor", None)
    noted: Noted = getattr(request, "noted", Noted())
    # Whoever signed in just now acts from the next page on; the line names them already.
    person = actor.person if actor else getattr(request.user, "person", None)
    act = Act(
        person=person,
        post=actor.post if actor else None,
        unit=actor.unit if actor else None,
        address=address_of(request),
        verb=verb.name,
        thing=noted.thing or _thing(request),
        method=request.method or "",
        path=request.path[:LONGEST_PATH],
        outcome=Outcome(noted.outcome) if noted.outcome else _outcome(status),
        status=status,
        token=getattr(request, "token_id", None),
    )
    commands.note(act, district=district.pk, at=timezone.now())


def _thing(request: HttpRequest) -> UUID | None:
    """Return the object that the address names."""
    named = request.resolver_match.kwargs if request.resolver_match else {}
    return next((value for value in named.values() if isinstance(value, UUID)), None)


def _outcome(status: int) -> Outcome:
    if status == 403:
        return Outcome.TURNED_AWAY
    if status >= 500:
        return Outcome.FAILED
    return Outcome.REFUSED if status >= 400 else Outcome.DONE
