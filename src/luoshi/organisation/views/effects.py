"""What an act would touch, counted and told before it is done."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luoshi.organisation import queries
from luoshi.organisation.queries import Visitor


def effects_on_unit(visitor: Visitor, unit: UUID, act: str, said: Mapping[str, Any]) -> list[str]:
    """Return what an end, merge or split of a unit touches, line by line."""
    ending = [unit, *said.get("others", ())]
    ending = [one for one in dict.fromkeys(ending) if one != said.get("into")]
    day = said["on"]
    posts = [one for one in queries.posts_visible_to(visitor, day=day) if one.home in ending]
    units = queries.units_visible_to(visitor, day=day)
    below = [one for one in units if one.parent in ending and one.id not in ending]
    answering = [*ending, *(post.id for post in posts)]
    matters = queries.running_work(visitor, answering, day=day, or_later=True).total
    held = sum(post.holder is not None for post in posts)
    return [
        _names(units, ending),
        _counted_posts(len(posts), held),
        ngettext("%(n)s unit below", "%(n)s units below", len(below)) % {"n": len(below)},
        ngettext("%(n)s open matter", "%(n)s open matters", matters) % {"n": matters},
        _after(act, said),
    ]


def _names(units: list[queries.UnitOn], ending: list[UUID]) -> str:
    names = queries.names_of(units)
    return _("Ends: %(names)s") % {"names": _(", ").join(names.get(one, "—") for one in ending)}


def _counted_posts(posts: int, held: int) -> str:
    counted = ngettext("%(n)s post, %(held)s held", "%(n)s posts, %(held)s held", posts)
    return counted % {"n": posts, "held": held}


def _after(act: str, said: Mapping[str, Any]) -> str:
    takes_over = act != "end" or said.get("successors")
    if takes_over:
        return _(
            "Posts and units below go over to whoever takes over. Matters stay with the unit that "
            "ended until the office fixes their responsibility anew; the silence report lists them."
        )
    return _("Its posts end with it.")


def effects_on_post(visitor: Visitor, post: UUID, act: str, said: Mapping[str, Any]) -> list[str]:
    """Return what it touches that a post ends or stands vacant."""
    matters = queries.running_work(visitor, [post], day=said["on"], or_later=True).total
    counted = ngettext("%(n)s open matter", "%(n)s open matters", matters) % {"n": matters}
    if act == "vacate":
        return [counted, _("Nobody answers for them until somebody is appointed.")]
    told = [counted, _("Whoever holds it acts for it no more.")]
    here = queries.post_named(visitor, post, day=said["on"])
    if here is not None and post in queries.way_of(visitor, here.unit, day=said["on"]).posts:
        told.append(_("It stands in its unit's way out, which is to be set anew."))
    return told
