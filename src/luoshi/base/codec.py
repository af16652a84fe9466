"""Facts to canonical JSON and back.

Keys are sorted, text is UTF-8 NFC, there are no floats, decimals and money are strings, days ISO.
"""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Generic, TypeVar

import msgspec

from luoshi.rules.journal import PersonalDataInBody, Redacted, TextDigest, Withdrawn
from luoshi.rules.personal_data import found_in

F = TypeVar("F")
Upcaster = Callable[[dict[str, Any]], dict[str, Any]]


class Envelope(msgspec.Struct, Generic[F], omit_defaults=True, frozen=True):
    """The body of an entry: the fact, and for a correction which entry it replaces and why."""

    fact: F
    corrects: int | None = None
    reason: TextDigest | None = None


@dataclass(frozen=True, slots=True)
class FactKind:
    """One kind of fact: its stored name, its class, and how bodies are read.

    ``version`` is that of the present body; older ones go through the upcasters.
    """

    name: str
    type: type
    version: int = 1
    upcasters: Mapping[int, Upcaster] = field(default_factory=dict)  # from version n to n + 1


COMMON = (FactKind("withdrawn", Withdrawn), FactKind("redacted", Redacted))

NOT_ITSELF = "{} does not come back from its body as it was: {}"

_encoder = msgspec.json.Encoder(order="sorted", decimal_format="string", uuid_format="canonical")


class Codec:
    """Encodes and decodes the facts of one kind of thread."""

    def __init__(self, kinds: tuple[FactKind, ...]) -> None:
        self.by_name = {kind.name: kind for kind in (*kinds, *COMMON)}
        self._by_type = {kind.type: kind for kind in (*kinds, *COMMON)}
        self._decoders = {
            name: msgspec.json.Decoder(Envelope[kind.type])  # type: ignore[name-defined]
            for name, kind in self.by_name.items()
        }

        self._facts: dict[str, msgspec.json.Decoder[Any]] = {
            name: msgspec.json.Decoder(kind.type) for name, kind in self.by_name.items()
        }

    def kind_of(self, fact: object) -> FactKind:
        """Return how a fact is stored."""
        return self._by_type[type(fact)]

    def settled(self, fact: F) -> F:
        """Return the fact as its body will give it back: rows and their rebuild are the same.

        Texts come back in NFC. Raises TypeError for what would come back as something else: a float
        has no place in a body.
        """
        return self._there_and_back(fact)[0]

    def sealed(
        self, fact: F, *, corrects: int | None = None, reason: TextDigest | None = None
    ) -> tuple[F, str]:
        """Return the settled fact and its body; raises what ``settled`` and ``encode`` raise."""
        back, text = self._there_and_back(fact)
        if corrects is None and reason is None:
            return back, _without_personal_data(f'{{"fact":{text}}}', back)
        return back, _checked(Envelope(msgspec.Raw(text.encode()), corrects, reason), back)

    def _there_and_back(self, fact: F) -> tuple[F, str]:
        """Return the settled fact and its text."""
        body = _encoder.encode(fact)
        kind = self.kind_of(fact)
        text = body.decode()
        if is_composed := not unicodedata.is_normalized("NFC", text):
            text = unicodedata.normalize("NFC", text)
            body = text.encode()
        try:
            back: F = self._facts[kind.name].decode(body)
        except msgspec.ValidationError as cause:
            raise TypeError(NOT_ITSELF.format(kind.name, text)) from cause
        if _encoder.encode(back) != body or not (is_composed or back == fact):
            raise TypeError(NOT_ITSELF.format(kind.name, text))
        return back, text

    def encode(
        self, fact: object, *, corrects: int | None = None, reason: TextDigest | None = None
    ) -> str:
        """Return the body of an entry.

        Raises PersonalDataInBody where it would keep a person's numbers for ever.
        """
        return _checked(Envelope(fact, corrects, reason), fact)

    def decode(self, name: str, version: int, body: str) -> Envelope[Any]:
        """Return an entry's body as today's class reads it; older versions go through upcasters."""
        kind = self.by_name[name]
        if version == kind.version:
            return self._decoders[name].decode(body)
        raw = msgspec.json.decode(body)
        for old in range(version, kind.version):
            raw["fact"] = kind.upcasters[old](raw["fact"])
        return msgspec.convert(raw, Envelope[kind.type])  # type: ignore[name-defined]


def _checked(envelope: Envelope[Any], fact: object) -> str:
    """Return a body without a person's numbers in it."""
    body = _encoder.encode(envelope).decode()
    if not unicodedata.is_normalized("NFC", body):
        body = unicodedata.normalize("NFC", body)
    return _without_personal_data(body, fact)


def _without_personal_data(body: str, fact: object) -> str:
    if found_in(body):
        _refuse_personal_data(fact)
    return body


def _refuse_personal_data(fact: object) -> None:
    """Look again at the words alone: an amount of eleven digits is not a telephone."""
    for word in _words(msgspec.to_builtins(fact, builtin_types=(Decimal,))):
        if what := found_in(word):
            raise PersonalDataInBody(what=what)


def _words(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [word for part in value.values() for word in _words(part)]
    if isinstance(value, list | tuple):
        return [word for part in value for word in _words(part)]
    return []
