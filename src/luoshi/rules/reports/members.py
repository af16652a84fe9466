"""What passes as a name in a list of works, or beside an event, though it does not look like one.

In A、B等项目 the members need no end of a work, and in A、B机场 the end stands once.
"""

import re

from luoshi.rules.reports.naming import (
    CAMPAIGN,
    LIGHT,
    LONGEST,
    SHORTEST,
    SHORTEST_DEFINITE,
    VAGUE,
    bared,
    ending_of,
    is_proper,
    own_letters,
    trimmed,
)
from luoshi.rules.reports.words.works import BARE, COMMON, NEVER, SINGLE

LONGEST_BARE = 9


def like_name(words: str) -> str | None:
    """Return a neighbour of names as one where it ends like one: 科技馆, “甲线”."""
    words = trimmed(bared(words))
    ending = ending_of(words.strip("“”"))
    if "“" in words:
        return words if ending and not VAGUE.search(words) else None
    if len(ending) < 2 or CAMPAIGN.search(words) or VAGUE.search(words):
        return None
    if words == ending:
        return words if len(words) > 2 and words not in BARE else None
    return words if ending in SINGLE or len(words) - len(ending) >= SHORTEST else None


def definite_name(words: str) -> str | None:
    """Return what opens or goes into use as a name, however plain: 冷链物流园|主体封顶."""
    words = trimmed(bared(words))
    if len(ending_of(words)) < 2 or words.endswith((*COMMON, *NEVER)) or VAGUE.search(words):
        return None
    shortest = SHORTEST_DEFINITE + (2 if CAMPAIGN.search(words) else 0)
    return words if len(words) >= shortest else None


def listed_name(words: str) -> str | None:
    """Return a member of a list of works as a name although it does not end like one."""
    if VAGUE.search(words) or not SHORTEST <= len(words) <= LONGEST:
        return None
    is_like = is_proper(words) or (len(words) >= SHORTEST_DEFINITE and ending_of(words) != "")
    return words if is_like else None


def whole_name(words: str) -> str | None:
    """Return all of a member of a list of projects as a name: 甲乙船舶制造, not its 甲乙船."""
    return listed_name(bared(words))


def elliptic_name(words: str) -> str | None:
    """Return a bare proper name whose end stands with its neighbour: 甲乙、丙丁机场."""
    own = own_letters(words)
    is_bare = SHORTEST <= own <= LONGEST_BARE and own + sum(one in LIGHT for one in words) == len(
        words
    )
    return words if is_bare and not VAGUE.search(words) else None


def any_name(words: str) -> str | None:
    """Return a member of a list that holds names of works as one, however plain it is."""
    if len(words) >= SHORTEST_DEFINITE and not VAGUE.search(words):
        return words
    return like_name(words)


def tidy(words: str) -> str:
    """Return a name without blanks and footnote marks."""
    return re.sub(r"\s|\^?\[\d+\]", "", words)
