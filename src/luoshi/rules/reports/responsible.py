"""Who answers for a statement, where the sentence names a unit as the one that acts."""

import re

_UNIT = (
    r"[一-鿿]{1,12}?(?:局|委员会|委|厅|办公室|办|管委会|公司|街道|集团|指挥部|专班|部门|中心|政府)"
)
_ACTOR = re.compile(
    rf"(?:由|责任单位[:：]|牵头单位[:：])(?P<named>{_UNIT})(?:牵头|负责|会同|具体"
    rf"|组织|主办|$|[，。；、）)])"
    rf"|(?<![一-鿿])(?P<acting>{_UNIT})(?:牵头|负责|预计|计划|要(?:加快|会同"
    rf"|抓|牵)|将(?:会同|牵头|负责))"
)


_ACTS = re.compile(r"牵头|负责|会同|责任单位|由[一-鿿]|预计|计划|主办|要[加会抓牵]|将[会牵负]")


def actor_in(text: str, start: int, end: int) -> tuple[int, str] | None:
    """Return where the sentence names a unit as acting, and the unit; else None."""
    if not _ACTS.search(text, start, end):
        return None
    found = _ACTOR.search(text, start, end)
    return (found.start(), found["named"] or found["acting"]) if found else None
