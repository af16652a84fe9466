"""How alike two names are: exact, deterministic and fast over tens of thousands."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import ceil
from typing import Generic, TypeVar

from luoshi.rules.sheets.wording import numeral, tight

K = TypeVar("K")

_MARKS = re.compile(r"[^\w]|_")
_NUMERAL = re.compile(
    r"[一二三四五六七八九十]{1,3}(?=期|号|标段|路|区|座|批|环|线|组|阶段|地块)|\d+"
)
_SUFFIX = re.compile(r"(?:(?:新建|改建|扩建|改扩建|建设|改造)?(?:项目|工程))$")
SHORTEST_KEPT = 4  # letters a title keeps when 建设项目 at its end is put aside


def normal_title(title: str) -> str:
    """Return a title as it is compared: no blanks, marks or brackets, numerals as digits.

    ``建设项目`` and ``工程`` at the end are put aside where enough of a name is left.
    """
    words = _MARKS.sub("", tight(title)).lower()
    words = _NUMERAL.sub(lambda found: str(numeral(found[0][:9]) or found[0]), words)
    shorter = _SUFFIX.sub("", words)
    return shorter if len(shorter) >= SHORTEST_KEPT else words


def numbers_in(title: str) -> tuple[str, ...]:
    """Return the numbers in a normal title, in order: phases, road and building numbers."""
    return tuple(re.findall(r"\d+", title))


def bigrams(words: str) -> tuple[str, ...]:
    """Return the pairs of neighbouring letters, the second ``x`` of a pair written ``x2``.

    Numbered so that a repeated pair counts; a single letter is its own pair.
    """
    pairs = [words[at : at + 2] for at in range(len(words) - 1)] or [words] * bool(words)
    seen: Counter[str] = Counter()
    found = []
    for pair in pairs:
        seen[pair] += 1
        found.append(pair if seen[pair] == 1 else f"{pair}{seen[pair]}")
    return tuple(found)


def likeness(one: Sequence[str], other: Sequence[str]) -> Fraction:
    """Return the share of bigrams in common (Dice), from 0 to 1."""
    if not one or not other:
        return Fraction(0)
    return Fraction(2 * len(set(one) & set(other)), len(one) + len(other))


class NearIndex(Generic[K]):
    """Finds the names at least ``least`` alike among many.

    Names whose numbers differ are never alike: 一期 and 二期 are two. Each name is held under its
    rarest bigrams only: two names so much alike cannot differ in all of those.
    """

    def __init__(self, names: Iterable[tuple[K, str]], *, least: Fraction) -> None:
        """Index normal titles by key; ``least`` is the lowest likeness to be found."""
        self._least = least
        listed = [(key, numbers_in(words), frozenset(bigrams(words))) for key, words in names]
        self._count = Counter(gram for _, _, grams in listed for gram in grams)
        self._holders: dict[tuple[tuple[str, ...], str], list[int]] = {}
        self._names = [(key, grams) for key, _, grams in listed]
        for place, (_, numbers, grams) in enumerate(listed):
            for gram in self._rarest(grams):
                self._holders.setdefault((numbers, gram), []).append(place)

    def _rarest(self, grams: frozenset[str]) -> list[str]:
        """Return the rarest bigrams, one more than two names this alike can differ in."""
        shared = ceil(self._least * len(grams) / (2 - self._least))
        ranked = sorted(grams, key=lambda gram: (self._count[gram], gram))
        return ranked[: len(ranked) - shared + 1]

    def near(self, words: str, *, most: int) -> list[tuple[K, Fraction]]:
        """Return the nearest keys, the most alike first, in the order indexed where equal."""
        grams, numbers = frozenset(bigrams(words)), numbers_in(words)
        places = {
            place
            for gram in self._rarest(grams)
            for place in self._holders.get((numbers, gram), ())
        }
        top, bottom = self._least.numerator, self._least.denominator
        found: list[tuple[Fraction, int]] = []
        for place in places:
            other = self._names[place][1]
            both = len(grams) + len(other)
            shared = 2 * len(grams & other)
            if shared * bottom >= top * both:
                found.append((Fraction(-shared, both), place))
        return [(self._names[place][0], -share) for share, place in sorted(found)[:most]]
