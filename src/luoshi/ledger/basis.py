"""By what a colour was judged, as a spell keeps it: text that gives the facts back."""

from dataclasses import fields
from operator import attrgetter

import msgspec

from luoshi.rules.colour import ColourFacts, Measurement
from luoshi.rules.colour.facts import in_order_of_measuring
from luoshi.rules.ledger.clock import Figure


class Basis:
    """The facts of a judgement as text: those given, and of the figures only those that speak."""

    __slots__ = ("_after", "_before", "_counted", "_figure", "_text")

    def __init__(self, facts: ColourFacts) -> None:
        """Write what goes before and after the figures: names stand in their order."""
        before = {
            n: v for n, v in zip(_BEFORE, _before_of(facts), strict=True) if v != _DEFAULTS[n]
        }
        after = {n: v for n, v in zip(_AFTER, _after_of(facts), strict=True) if v != _DEFAULTS[n]}
        self._before = _encoder.encode(before)[:-1] + (b"," if before else b"")
        self._after = b"," + _encoder.encode(after)[1:]  # a day of registration there always is
        self._counted: Measurement | None = None
        self._figure: Figure | None = None
        self._text = ""

    def text(self, counted: Measurement | None, figure: Figure | None) -> str:
        """Return the facts with the figure held against the plan and the newest one."""
        if self._text and counted is self._counted and figure is self._figure:
            return self._text
        speaking = [counted] if counted else []
        if figure:
            newest = Measurement(figure.measured_on, figure.amount, figure.counts_from)
            if newest != counted:
                speaking.append(newest)
        measured = _encoder.encode({"measured": sorted(speaking, key=in_order_of_measuring)})
        self._counted, self._figure = counted, figure
        self._text = (self._before + measured[1:-1] + self._after).decode()
        return self._text


_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder(ColourFacts)
_DEFAULTS = {field.name: field.default for field in fields(ColourFacts)}
_BEFORE = sorted(name for name in _DEFAULTS if name < "measured")
_AFTER = sorted(name for name in _DEFAULTS if name > "measured")
_before_of, _after_of = attrgetter(*_BEFORE), attrgetter(*_AFTER)


def facts_of(basis: str) -> ColourFacts | None:
    """Return the facts that a spell's colour was judged by."""
    return _decoder.decode(basis) if basis else None
