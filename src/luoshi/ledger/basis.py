"""By what a colour was judged, as a spell keeps it: text that gives the facts back."""

from dataclasses import MISSING, fields
from operator import attrgetter
from typing import Any

import msgspec

from luoshi.rules.colour import ColourFacts, Measurement
from luoshi.rules.colour.facts import in_order_of_measuring
from luoshi.rules.ledger.clock import Figure


class Basis:
    """The facts of a judgement as text: those given, and of the figures only those that speak."""

    __slots__ = ("_after", "_before", "_counted", "_figure", "_text", "facts")

    def __init__(self, facts: ColourFacts) -> None:
        """Write what goes before and after the figures: names stand in their order."""
        self.facts = facts
        before = _encode(_Before(*_before_of(facts)))
        # a day of registration there always is
        after = _encode(_After(*_after_of(facts)))
        self._before = before[:-1] + (_MEASURED_NEXT if before != b"{}" else _MEASURED_FIRST)
        self._after = b"," + after[1:]
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
                speaking.sort(key=in_order_of_measuring)
        self._counted, self._figure = counted, figure
        self._text = (self._before + _encode(speaking) + self._after).decode()
        return self._text


_encode = msgspec.json.Encoder(order="sorted").encode
_decoder = msgspec.json.Decoder(ColourFacts)
_MEASURED_FIRST, _MEASURED_NEXT = b'"measured":', b',"measured":'
_BEFORE = sorted(field.name for field in fields(ColourFacts) if field.name < "measured")
_AFTER = sorted(field.name for field in fields(ColourFacts) if field.name > "measured")
_before_of, _after_of = attrgetter(*_BEFORE), attrgetter(*_AFTER)


def _given(names: list[str]) -> type[msgspec.Struct]:
    """Make a record of some facts; those that are not given are left out of its text.

    What is not given is the very default: none, false, nothing in a row, or a member of an enum.
    """
    defaults = {field.name: field.default for field in fields(ColourFacts)}
    optional = [(n, Any, None if defaults[n] is MISSING else defaults[n]) for n in names]
    return msgspec.defstruct("Given", optional, omit_defaults=True, gc=False)


_Before, _After = _given(_BEFORE), _given(_AFTER)


def facts_of(basis: str) -> ColourFacts | None:
    """Return the facts that a spell's colour was judged by."""
    return _decoder.decode(basis) if basis else None
