"""The field of work a statement belongs to: the first rule that applies (labelling §7)."""

import re
from collections.abc import Sequence
from functools import lru_cache

from luoshi.rules.reports.grammar import alternation
from luoshi.rules.reports.words import listed
from luoshi.rules.reports.words.domains import DOMAINS

_MACRO = listed(
    """
    生产总值 GDP 一般公共预算收入 财政收入 固定资产投资增长 固定资产投资完成 固定资产投资增速
    工业增加值 社会消费品零售总额 居民人均 人均可支配 可支配收入 进出口总值 进出口总额 税收收入
    居民消费价格 失业率 人均收入 居民收入
    """
)
_INDICATOR = "indicator"
_AT_END = "固定资产投资"  # an indicator where nothing follows
_FIELDS = ((_INDICATOR, _MACRO), *DOMAINS)
_TOGETHER = 4  # rules: where one look finds no word of any of them, none is tried

Rule = tuple[str, re.Pattern[str]]


def _group(fields: Sequence[tuple[str, tuple[str, ...]]]) -> tuple[re.Pattern[str], Sequence[Rule]]:
    """Return the words of several fields as one pattern, and the rule of each."""
    every = tuple(word for _, words in fields for word in words)
    rules = [(name, re.compile(alternation(words))) for name, words in fields]
    return re.compile(alternation(every)), rules


_GROUPS = [_group(_FIELDS[at : at + _TOGETHER]) for at in range(0, len(_FIELDS), _TOGETHER)]


@lru_cache(maxsize=4096)  # subjects and heads come again and again
def domain_of(words: str) -> str | None:
    """Return the field of the words, or None where no rule applies."""
    if words.endswith(_AT_END):
        return _INDICATOR
    for any_word, rules in _GROUPS:
        if any_word.search(words):
            for name, rule in rules[:-1]:  # a plain loop: asked of every statement
                if rule.search(words):
                    return name
            return rules[-1][0]
    return None
