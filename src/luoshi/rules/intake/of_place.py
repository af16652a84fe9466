"""Of which place a report says that it is: read where it says who speaks, never guessed."""

import re
from collections import Counter

HEAD = 6_000  # characters in which a report says who gives it, and before whom
_BLANKS = re.compile(r"[ \t\u3000\u00a0]+")
_LARGER = "(?:[一-鿿]{2,12}?(?:自治[区州]|[省市州盟]))?"
_NAME = "(?P<name>[一-鿿]{2,12}?(?:自治[区县州旗]|[区县市旗州省]))"
_ORDINAL = r"第[一二三四五六七八九十百\d]{1,4}"
_SAYS = re.compile(
    rf"(?:^|[^一-鿿])(?:日?[在于]|年)?(?:中共|中国共产党)?{_LARGER}{_NAME}"
    rf"(?:{_ORDINAL}(?:届人民代表大会|届人大|次党代会|次党员?代表大会|次代表大会)"
    r"|人民政府(?:代理?)?[区县市旗州省]长|人民政府主席"
    r"|(?:\d{4}年)?(?:人民)?政府工作报告(?:[^一-鿿].*)?$)",
    re.MULTILINE,
)
"""A place beside the words by which a report says whose it is: congress, head, a title alone."""
_NO_NAME = re.compile(
    "各|每|该|全[省市区县]|我[省市区县]|今年|去年|开发|示范|提请|听取|审议|代表|围绕"
)
"""What is no name of a place, though a 区 or 市 follows: 我市, 今年区政府工作报告."""


def places_named(text: str) -> Counter[str]:
    """Return the places whose report a text says to be, each with how often, without larger ones.

    保定市徐水区第三届人民代表大会 is of 徐水区; 区委全会 and 全区 name no place.
    """
    head = _BLANKS.sub("", text[:HEAD])
    found = (one["name"] for one in _SAYS.finditer(head))
    return Counter(name for name in found if not _NO_NAME.match(name))


def other_place(text: str, own: str) -> str:
    """Return the place whose report a text says to be, where it is not ``own``, else "".

    Nothing is said of a text that names no place so, or that names its own anywhere in its head.
    """
    head = _BLANKS.sub("", text[:HEAD])
    named = places_named(text)
    if not named or any(own.endswith(name) for name in named) or own in head:
        return ""
    return named.most_common(1)[0][0]
