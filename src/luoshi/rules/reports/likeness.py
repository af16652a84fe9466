"""How much two subjects are alike: shared letters and pairs of letters, the rare ones first."""

import math
import re
from collections import Counter
from collections.abc import Iterable

_NOISE = re.compile(
    r"[\s“”\"（）()《》\[\]^\d、，的了等]|任务|工作|全[省市区县]|我[省市区县]|实现|完成|达到|新增|累计|推进|建设"
)
_ETC = re.compile(r"^.*等(?=[一-鿿]{2})")


def bare(subject: str) -> str:
    """Return a subject without marks, list of names and words that change nothing."""
    return _NOISE.sub("", _ETC.sub("", subject))


def grams(subject: str) -> frozenset[str]:
    """Return the letters and the pairs of neighbouring letters of a subject."""
    words = bare(subject)
    return frozenset(words) | {words[at : at + 2] for at in range(len(words) - 1)}


class Likeness:
    """Compares subjects; what few subjects hold weighs more than what many do."""

    def __init__(self, subjects: Iterable[str]) -> None:
        """Learn from all subjects of the documents how common each letter and pair is."""
        known = [grams(subject) for subject in subjects]
        counts = Counter(gram for each in known for gram in each)
        size = len(known) + 1
        self._weights = {gram: math.log(1 + size / count) for gram, count in counts.items()}
        self._rarest = math.log(1 + size)

    def weight(self, each: Iterable[str]) -> float:
        """Return how much letters and pairs weigh together."""
        return sum(self._weights.get(gram, self._rarest) for gram in each)

    def between(self, one: frozenset[str], other: frozenset[str]) -> float:
        """Return from 0 (nothing shared) to 1 (the same)."""
        return self.shared(one & other, self.weight(one) + self.weight(other))

    def shared(self, both: frozenset[str], whole: float) -> float:
        """Return the same of what two subjects share and what they weigh together."""
        return 2 * self.weight(both) / whole if whole else 0.0
