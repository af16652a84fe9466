"""A printed page: its glyphs and ruled lines, in points, from the top down."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and the box it stands in."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def x(self) -> float:
        """Return the middle from left to right."""
        return (self.x0 + self.x1) / 2

    @property
    def y(self) -> float:
        """Return the middle from top to bottom."""
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        """Return the height of the box."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Ruling:
    """A straight line, upright or level."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page; ``unmapped`` counts glyphs whose letter the file does not say.

    ``has_pictures`` tells a scan from an empty page.
    """

    number: int
    glyphs: tuple[Glyph, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    unmapped: int = 0
    has_pictures: bool = False
