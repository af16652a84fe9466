"""The record of a unit or post in words: each line with the names of its own day."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from luoshi.base.wording import day_in_text
from luoshi.organisation.words import duty_in_text, kind_in_text, roles_in_text
from luoshi.rules import nodes, posts
from luoshi.rules.journal import Entry
from luoshi.rules.release import ReleaseSet

Names = Callable[[UUID | None, Any], str]
"""How a unit, post or person was called on a day."""


def told(entry: Entry[Any], names: Names) -> str:
    """Return what an entry says."""
    tell = TOLD.get(type(entry.fact))
    return tell(entry.fact, lambda one: names(one, entry.on)) if tell else ""


def _founded(fact: nodes.Founded, name: Callable[[UUID | None], str]) -> str:
    said = {"name": fact.name, "kind": kind_in_text(fact.kind), "parent": name(fact.parent)}
    if fact.kind == "post":
        return _("%(name)s was set up in %(parent)s.") % said
    if fact.parent is None:
        return _("%(name)s (%(kind)s) was set up.") % said
    return _("%(name)s (%(kind)s) was set up under %(parent)s.") % said


def _moved(fact: nodes.Moved, name: Callable[[UUID | None], str]) -> str:
    if fact.parent is None:
        return _("It stands at the top from here on.")
    return _("It goes over to %(parent)s.") % {"parent": name(fact.parent)}


def _ended(fact: nodes.Ended, name: Callable[[UUID | None], str]) -> str:
    if not fact.successors:
        return _("It ended.")
    heirs = _(", ").join(name(one) for one in fact.successors)
    return _("It ended; %(heirs)s took over.") % {"heirs": heirs}


def _charged(fact: posts.Charged, _name: Callable[[UUID | None], str]) -> str:
    roles = _(", ").join(roles_in_text(frozenset(fact.roles))) or "—"
    said = {"duty": duty_in_text(fact.duty) or "—", "roles": roles}
    return _("Duty: %(duty)s. Roles: %(roles)s.") % said


def _person(name: str) -> str:
    """Return a person's name; the ledger knows random numbers alone, not every name is entered."""
    return name if name and name != "—" else _("somebody (name not entered)")


def _held(fact: posts.Held, name: Callable[[UUID | None], str]) -> str:
    if fact.person is None:
        return _("Nobody holds it from here on.")
    said = {"person": _person(name(fact.person)), "until": day_in_text(fact.until)}
    if fact.until is not None:
        acting = _("%(person)s is acting until %(until)s.")
        return (acting if fact.acting else _("%(person)s holds it until %(until)s.")) % said
    return (_("%(person)s is acting.") if fact.acting else _("%(person)s holds it.")) % said


def _delegated(fact: posts.Delegated, name: Callable[[UUID | None], str]) -> str:
    return _("%(person)s acts for it from %(first)s to %(last)s.") % {
        "person": _person(name(fact.person)),
        "first": day_in_text(fact.first),
        "last": day_in_text(fact.last),
    }


def _lent(fact: posts.Lent, name: Callable[[UUID | None], str]) -> str:
    return _("It is lent to %(unit)s from %(first)s to %(last)s.") % {
        "unit": name(fact.unit),
        "first": day_in_text(fact.first),
        "last": day_in_text(fact.last),
    }


def _release_set(fact: ReleaseSet, name: Callable[[UUID | None], str]) -> str:
    said = {
        "reviewers": _(", ").join(name(post) for post in fact.reviewers),
        "head": name(fact.head),
    }
    if not fact.posts:
        return _("What the unit submits is out at once.")
    if fact.head is None:
        return _("%(reviewers)s reviews what the unit submits and lets it out.") % said
    if fact.on_paper:
        signed = _("%(head)s signs on paper what the unit submits.") % said
        reviewed = _("%(reviewers)s reviews what the unit submits, %(head)s signs it on paper.")
        return reviewed % said if fact.reviewers else signed
    let_out = _("%(head)s lets out what the unit submits.") % said
    reviewed = _("%(reviewers)s reviews what the unit submits, %(head)s lets it out.")
    return reviewed % said if fact.reviewers else let_out


TOLD: Mapping[type, Callable[[Any, Callable[[UUID | None], str]], str]] = {
    nodes.Founded: _founded,
    nodes.Renamed: lambda fact, _n: _("It is called %(name)s from here on.") % {"name": fact.name},
    nodes.Classed: lambda fact, _n: _("It is a %(kind)s.") % {"kind": kind_in_text(fact.kind)},
    nodes.Bounded: lambda fact, _n: (
        _("Territory: %(territory)s.") % {"territory": fact.territory or "—"}
    ),
    nodes.Moved: _moved,
    nodes.Ordered: lambda fact, _n: _("Place %(order)s in the order.") % {"order": fact.order},
    nodes.Ended: _ended,
    posts.Charged: _charged,
    posts.Held: _held,
    posts.Delegated: _delegated,
    posts.Lent: _lent,
    ReleaseSet: _release_set,
    posts.Recalled: lambda _fact, _n: _("A delegation or loan is over."),
}
