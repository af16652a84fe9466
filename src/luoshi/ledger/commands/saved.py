"""Keeping and forgetting a view of the board.

A view is a setting of a person, not a fact of the ledger: nothing is recorded in the journal.
"""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from luoshi.base.journal import Actor
from luoshi.ledger import saved
from luoshi.ledger.models import SavedView
from luoshi.rules.refusals import NotAllowed


def save_view(*, name: str, query: str, is_shared: bool, by: Actor, at: datetime) -> UUID:
    """Keep a board's address under a name; the same name again takes the place of the old one.

    Raises ViewNameMissing, TooManyViews.
    """
    called = name.strip()[:60]
    if not called:
        raise saved.ViewNameMissing
    with transaction.atomic():
        mine = SavedView.objects.select_for_update().filter(district=by.district, owner=by.person)
        known = {view.name: view for view in mine}
        if called not in known and len(known) >= saved.MOST_VIEWS:
            raise saved.TooManyViews(most=saved.MOST_VIEWS)
        view = known.get(called) or SavedView(
            id=uuid4(), district=by.district, owner=by.person, name=called
        )
        view.query, view.is_shared, view.saved_at = query[:2000], is_shared, at
        view.save()
    return view.id


def forget_view(*, view_id: UUID, by: Actor) -> None:
    """Remove a view. Raises NotFound, and NotAllowed for what somebody else shares."""
    view = saved.view_visible_to(by, view_id)
    if view.owner != by.person:
        raise NotAllowed(verb="forget_view")
    view.delete()
