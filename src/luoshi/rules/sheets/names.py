"""Names of units as written, beside those the tree knows: 区发改委 ~ 二七区发展和改革委员会."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from luoshi.rules.sheets.likeness import bigrams, likeness
from luoshi.rules.sheets.wording import tight

LEAST = Fraction(1, 2)  # how many bigrams a spelling must share to be proposed
MOST = 5
SHORTEST = 2  # letters that can be an abbreviation


class By(StrEnum):
    """Why a name is proposed, the surest first."""

    SAME = "same"
    PLACE = "place"  # the same but for the district's name before it
    SHORT = "short"  # one is an abbreviation of the other
    SPELLING = "spelling"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A known name for one as written; ``share`` from 0 to 1 ranks those of one reason."""

    name: str
    by: By
    share: Fraction


_PLACE = re.compile(
    r"^(?:[^\W省市区县]{2,4}?[省市])?(?:[^\W省市区县]{0,4}?(?<![城社园片])[市区县])?"
)
_MARKS = re.compile(r"[^\w]|_")
_SURENESS = {By.SAME: 3, By.PLACE: 2, By.SHORT: 1, By.SPELLING: 0}


def nearest_unit(name: str, known: Iterable[str]) -> tuple[Proposal, ...]:
    """Return the known names that ``name`` may mean, the likeliest first; at most five.

    Abbreviations are found by rule: the short name's letters stand in the long one in order, the
    last letters agree, and both speak of the same level (区, 市) where both name one.
    """
    written = _plain(name)
    if not written:
        return ()
    found = [proposal for other in known if (proposal := _proposed(written, other))]
    ranked = sorted(found, key=lambda each: (-_SURENESS[each.by], -each.share, each.name))
    return tuple(ranked[:MOST])


def _plain(name: str) -> str:
    return _MARKS.sub("", tight(name))


def _proposed(written: str, name: str) -> Proposal | None:
    other = _plain(name)
    if written == other:
        return Proposal(name, By.SAME, Fraction(1))
    bare, other_bare = _without_place(written), _without_place(other)
    if bare == other_bare and _same_level(written, other):
        return Proposal(name, By.PLACE, Fraction(1))
    if share := _shortened(written, other, bare, other_bare):
        return Proposal(name, By.SHORT, share)
    share = likeness(bigrams(bare), bigrams(other_bare))
    alike = share >= LEAST and _same_level(written, other)
    return Proposal(name, By.SPELLING, share) if alike else None


def _without_place(name: str) -> str:
    """Return the name without province, city or district before it, if two letters stay."""
    rest = _PLACE.sub("", name, count=1)
    return rest if len(rest) >= SHORTEST else name


def _level(name: str) -> str:
    """Return the level before a name: 区 of 区财政局 and of 二七区财政局; empty where none."""
    place = name[: len(name) - len(_without_place(name))]
    return place[-1:]


def _same_level(one: str, other: str) -> bool:
    levels = {_level(one), _level(other)} - {""}
    return len({"区" if level == "县" else level for level in levels}) < 2


def _shortened(written: str, other: str, bare: str, other_bare: str) -> Fraction | None:
    """Return how much of the long name the short one keeps, or None where it shortens nothing."""
    short, long = sorted((bare, other_bare), key=lambda each: (len(each), each))
    if len(short) < SHORTEST or not _same_level(written, other):
        return None
    if _MORE.fullmatch(long.removeprefix(short)):
        return Fraction(len(short), len(long))
    if short[0] != long[0] or not _in_order(short, long) or not _ends_alike(short, long):
        return None
    return Fraction(len(short), len(long))


_MORE = re.compile(r"(?:街道)?(?:办事处|人民政府|政府|党工委|管理委员会|党委)")  # 马寨镇 + 人民政府


def _in_order(short: str, long: str) -> bool:
    letters = iter(long)
    return all(letter in letters for letter in short)


_ENDINGS = {"委": ("委", "委员会"), "办": ("办", "办公室", "办事处"), "院": ("院",), "会": ("会",)}


def _ends_alike(short: str, long: str) -> bool:
    """Tell whether both end as the same sort of unit: 委 and 委员会, 办 and 办公室 or 办事处."""
    return any(long.endswith(end) for end in _ENDINGS.get(short[-1], (short[-1],)))
