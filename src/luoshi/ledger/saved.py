"""Saved views: whose they are and who may open them."""

from collections.abc import Hashable, Iterable, Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from luoshi.base.journal import Actor
from luoshi.ledger.models import SavedView
from luoshi.organisation.queries import Visitor
from luoshi.rules.refusals import NotFound, Refusal

MOST_VIEWS = 50
"""What one person may keep: a menu stays a menu."""


class ViewNameMissing(Refusal):
    """A view needs a name."""

    code = "view_name_missing"


class TooManyViews(Refusal):
    """The person keeps as many views as can be; facts: ``most``."""

    code = "too_many_views"


def views_visible_to(visitor: Visitor) -> QuerySet[SavedView]:
    """Return the views that a reader may open: the shared ones of the district, and their own."""
    own = Q(owner=visitor.person) if isinstance(visitor, Actor) else Q(pk__in=[])
    return SavedView.objects.filter(own | Q(is_shared=True), district=visitor.district)


def views_listed(visitor: Visitor) -> Sequence[SavedView]:
    """Return the views in the order of the menu: by name."""
    return list(views_visible_to(visitor).order_by("name", "saved_at"))


def stamp_of(views: Iterable[SavedView]) -> Hashable:
    """Return what differs when the menu of views does."""
    return tuple((one.pk, one.owner, one.name, one.query, one.is_shared) for one in views)


def view_visible_to(visitor: Visitor, view_id: UUID) -> SavedView:
    """Return one view. Raises NotFound."""
    found = views_visible_to(visitor).filter(pk=view_id).first()
    if found is None:
        raise NotFound(what="view")
    return found
