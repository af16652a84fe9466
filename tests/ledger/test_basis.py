"""By what a colour was judged: text of one spelling, from which the facts come back."""

from dataclasses import fields, replace
from decimal import Decimal

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from luoshi.ledger.basis import Basis, facts_of
from luoshi.rules.colour import ColourFacts, Measurement
from luoshi.rules.colour.facts import in_order_of_measuring
from luoshi.rules.ledger.clock import Figure
from tests.rules.colour import cases

IN_ORDER = msgspec.json.Encoder(order="sorted")


def spelled(facts, speaking):
    """All that is given, by name, with the figures that speak."""
    told = {field.name: getattr(facts, field.name) for field in fields(ColourFacts)}
    given = {
        field.name: told[field.name]
        for field in fields(ColourFacts)
        if told[field.name] != field.default
    }
    return IN_ORDER.encode({**given, "measured": sorted(speaking, key=in_order_of_measuring)})


@given(facts=cases.facts, data=st.data())
def test_a_basis_holds_what_is_given_and_the_figures_that_speak(facts, data):
    basis = Basis(facts)
    for _ in range(3):
        counted = data.draw(st.sampled_from([None, *facts.measured]))
        newest = data.draw(st.sampled_from([None, *facts.measured]))
        figure = newest and Figure(newest.amount, newest.measured_on, newest.counts_from, True)
        speaking = {each for each in (counted, newest) if each}
        text = basis.text(counted, figure)
        assert text == basis.text(counted, figure) == spelled(facts, speaking).decode()
        assert facts_of(text) == replace(facts, measured=tuple(speaking))


def test_a_figure_that_is_both_stands_once():
    day = cases.FIRST
    facts = ColourFacts(registered_on=day, measured=(Measurement(day, Decimal(1), day),))
    text = Basis(facts).text(facts.measured[0], Figure(Decimal(1), day, day, True))
    assert text.count("amount") == 1
    assert facts_of("") is None
