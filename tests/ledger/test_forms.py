"""What the forms of a matter tell beside their fields: nobody looks up what the ledger holds."""

from datetime import date

import pytest
from django.http import QueryDict
from django.utils import translation

from luoshi.base.journal import Actor
from luoshi.ledger import verbs
from luoshi.ledger.forms import FORMS, Options
from luoshi.rules.ledger import facts as f
from tests.rules.ledger.cases import CLERK, LEAD, POST, STEPS, SUPPORT, Story, named

JUNE, JULY = date(2020, 6, 30), date(2020, 7, 31)

pytestmark = pytest.mark.any_database


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def form_of(verb, story, **typed):
    """The form of a verb on a story; with what is typed, as a browser sends it."""
    data = QueryDict(mutable=True)
    data.update(typed)
    state = story.state()
    return FORMS[verb](data if typed else None, state=state, options=Options(), on=JULY, expected=1)


def done(key, on):
    return (f.MilestoneDone(key=key, done_on=on),)


def test_a_report_begins_from_the_target_and_the_last_figure():
    story = Story().assigned()
    field = form_of("report_progress", story).fields["achieved"]
    assert field.help_text == "Target 100 个; nothing was reported yet."
    story.reported(20, JULY, "r1").reported(35, JULY, "r2", measured_on=JUNE)
    story.reported(90, JULY, "r3").returned(JULY, "r3")
    field = form_of("report_progress", story).fields["achieved"]
    assert "last reported 20 个" in field.help_text
    assert "2020-07-31" in field.help_text


def test_steps_once_reached_are_not_asked_again():
    story = Story().assigned()
    offered = form_of("report_progress", story).fields["milestones_done"].choices
    assert [key for key, _said in offered] == [step.key for step in STEPS]
    story.reported(20, JUNE, "r1", milestones_done=done("a", JUNE))
    offered = form_of("report_progress", story).fields["milestones_done"].choices
    assert [key for key, _said in offered] == ["b"]
    story.reported(40, JULY, "r2", milestones_done=done("b", JULY))
    assert "milestones_done" not in form_of("report_progress", story).fields


def test_steps_of_a_returned_report_are_asked_again():
    story = Story().assigned().reported(20, JUNE, "r1", milestones_done=done("a", JUNE))
    story.returned(JUNE, "r1")
    offered = form_of("report_progress", story).fields["milestones_done"].choices
    assert [key for key, _said in offered] == ["a", "b"]


def test_a_request_for_change_tells_what_stands_and_keeps_untouched_steps():
    story = Story().assigned()
    form = form_of("request_change", story)
    assert form.fields["due"].help_text == "Now 2020-12-31"
    assert form.fields["quantity"].help_text == "Now 100 个"
    assert form.fields["quantity"].unit == "个"
    shown = form["milestones"].value()
    assert shown.splitlines() == ["2020-04-30 开工", "2020-10-31 完工"]
    typed = {
        "on": "2020-7-31",
        "expected": "1",
        "command_id": str(named("c")),
        "reason": "改期",
        "due": "2021-1-31",
        "milestones": shown.replace("\n", "\r\n"),  # as browsers send lines
    }
    asked = form_of("request_change", story, **typed)
    assert asked.is_valid(), asked.errors
    revision = asked.given()["revision"]
    assert revision.due == date(2021, 1, 31)
    assert revision.milestones is None


def test_a_matter_is_offered_for_taking_over_once_to_each_unit():
    story = Story().assigned()

    def is_offered(unit):
        who = Actor(
            district=named("d"), person=CLERK, post=POST, unit=unit, roles=frozenset({"officer"})
        )
        return verbs.accept.is_offered(who, story.state())

    assert is_offered(LEAD)
    assert is_offered(SUPPORT)
    story.told("accept", unit=LEAD)
    assert not is_offered(LEAD)
    assert is_offered(SUPPORT)
