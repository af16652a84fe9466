"""Whether Chinese text can be what somebody wrote: its commonest signs must be the usual ones."""

import re

from luoshi.base.papers.refusals import PaperTextGarbled

COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行"
    "学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前"
    "外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军"
    "很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别"
)
"""The commonest signs of written Chinese: half of any report, a hundredth of chance signs."""
LEAST_COMMON = 0.15  # of the Chinese signs; reports have 0.5, text read in a wrong encoding 0.03
_ENOUGH = 100  # Chinese signs from which the share means something
_LATIN_SHARE = 0.25  # of all characters; no language has so many accents
_SAMPLE = 100_000  # characters
_CHINESE = re.compile("[\u4e00-\u9fff]+")
_LATIN = re.compile("[\u00a1-\u00ff]")  # signs that Chinese bytes become where read as Latin-1


def is_written(text: str) -> bool:
    """Tell whether Chinese text is made of the signs that people write; short text always is.

    Latin letters with accents in the place of nearly all Chinese signs are Chinese read wrongly.
    """
    signs = "".join(_CHINESE.findall(text[:_SAMPLE]))
    latin = sum(1 for _ in _LATIN.finditer(text, 0, _SAMPLE))
    if latin >= _ENOUGH and latin > _LATIN_SHARE * len(text[:_SAMPLE]) and latin > len(signs):
        return False
    common = sum(map(COMMON.__contains__, signs))
    return len(signs) < _ENOUGH or common >= LEAST_COMMON * len(signs)


def check_words(text: str, name: str) -> None:
    """Raise PaperTextGarbled where text was read in a wrong encoding before it came here."""
    if not is_written(text):
        first = _CHINESE.search(text) or _LATIN.search(text)
        line = text.count("\n", 0, first.start() if first else 0) + 1
        raise PaperTextGarbled(name=name, line=line)
