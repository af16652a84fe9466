"""Saved views: kept under a name, shared or not, opened and removed by whom they belong to."""

from dataclasses import replace
from uuid import uuid4

import pytest

from luoshi.base.models import JournalEntry
from luoshi.ledger import saved
from luoshi.ledger.commands.saved import forget_view, save_view
from luoshi.ledger.models import SavedView
from luoshi.organisation.queries import DistrictVisitor
from luoshi.rules.refusals import NotAllowed, NotFound
from tests.ledger.town import AT, LEAD


@pytest.fixture
def keep(town):
    """Keep a view as the office, or as somebody else."""

    def kept(name="红色", query="colour=red", *, is_shared=False, by=None):
        return save_view(name=name, query=query, is_shared=is_shared, by=by or town.office, at=AT)

    return kept


def names(visitor):
    return [view.name for view in saved.views_listed(visitor)]


def test_a_view_is_its_owners_until_it_is_shared(town, keep):
    stranger = town.actors[LEAD]
    keep("自己的")
    shared = keep("大家的", is_shared=True)
    assert names(town.office) == ["大家的", "自己的"]
    assert names(stranger) == names(DistrictVisitor(town.district)) == ["大家的"]
    assert names(DistrictVisitor(uuid4())) == []
    assert saved.view_visible_to(stranger, shared).query == "colour=red"


def test_the_same_name_again_takes_the_place_of_the_old_view(town, keep):
    first = keep(" 红色 ", "colour=red")
    assert keep("红色", "colour=red&sort=due", is_shared=True) == first
    view = saved.view_visible_to(town.office, first)
    assert (view.query, view.is_shared, str(view)) == ("colour=red&sort=due", True, "红色")
    assert keep("红色", by=town.actors[LEAD]) != first


def test_a_view_needs_a_name_and_a_menu_stays_a_menu(town, keep, monkeypatch):
    with pytest.raises(saved.ViewNameMissing):
        keep("   ")
    monkeypatch.setattr(saved, "MOST_VIEWS", 1)
    keep("一")
    with pytest.raises(saved.TooManyViews) as refused:
        keep("二")
    assert refused.value.facts == {"most": 1}
    keep("一", "kind=task")
    keep("二", by=town.actors[LEAD])


def test_only_its_owner_removes_a_view(town, keep):
    own, shared = keep("自己的"), keep("大家的", is_shared=True)
    stranger = town.actors[LEAD]
    with pytest.raises(NotFound):
        forget_view(view_id=own, by=stranger)
    with pytest.raises(NotAllowed):
        forget_view(view_id=shared, by=stranger)
    with pytest.raises(NotFound):
        forget_view(view_id=own, by=replace(town.office, district=uuid4()))
    forget_view(view_id=own, by=town.office)
    assert names(town.office) == ["大家的"]


def test_a_view_is_a_setting_and_leaves_no_trace_in_the_journal(town, keep):
    before = JournalEntry.objects.count()
    forget_view(view_id=keep(), by=town.office)
    assert JournalEntry.objects.count() == before
    assert not SavedView.objects.exists()
