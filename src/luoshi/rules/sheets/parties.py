"""Several units in one cell: the first leads, or the one that the cell says leads."""

import re
from dataclasses import dataclass

from luoshi.rules.sheets.wording import folded, one_line, says_nothing

LONGEST = 40  # letters of one unit's name; what is longer is a sentence

_MARKS = "、,;/|\n"
_BLANK_AFTER = "局委办会院处厅部所站队心司团道镇乡区县市组府班园"
"""Last letters of units: a blank after one of them parts two units, others stand in a name."""

_LABEL = re.compile(
    r"^(?P<label>总?(?:牵头|责任|主责|主办|主体|实施|承办|配合|协办|协同|参与)(?:责任)?(?:单位|部门)?)"
    r"(?P<mark>:)"
)
_SUFFIX = re.compile(r"\(?(?P<label>总?牵头|主责|主办|负责|配合|协办|参与)(?:单位|部门)?\)?$")
_SUPPORTS = re.compile("配合|协办|协同|参与")
_RUN_ON = re.compile(r"(?<=[局委办院厅])(?=[区市县][^区市县]{1,12}[局委办院厅会])")
"""Where a printed list put two units under each other: 区住建局区财政局."""

_OPEN_END = re.compile(r"(?:等(?:有关|相关)?(?:单位|部门)?|(?:等)?各(?:有关|相关)(?:单位|部门))$")


@dataclass(frozen=True, slots=True)
class Parties:
    """Who leads (empty: nobody was named) and who supports, in the order of the cell.

    ``open_ended``: the cell ends in 等, so that more are meant than named.
    """

    lead: str = ""
    supporting: tuple[str, ...] = ()
    open_ended: bool = False

    @property
    def all(self) -> tuple[str, ...]:
        """Return every unit, the leading one first."""
        return (self.lead, *self.supporting) if self.lead else self.supporting


def read_parties(text: str) -> Parties:
    """Return the units that a cell names; a bracket in a name is never cut."""
    if says_nothing(text):
        return Parties()
    leads: list[str] = []
    supports: list[str] = []
    open_ended = False
    row = leads
    for piece in _pieces(_RUN_ON.sub("\n", folded(text))):
        row, name, is_open = _placed(piece, row, leads, supports)
        open_ended = open_ended or is_open
        if name and name not in (*leads, *supports):
            row.append(name)
    if not leads:
        return Parties("", tuple(supports), open_ended)
    return Parties(leads[0], (*leads[1:], *supports), open_ended)


def _placed(
    piece: str, row: list[str], leads: list[str], supports: list[str]
) -> tuple[list[str], str, bool]:
    """Return the row a piece belongs to, its name, and whether the list goes on unnamed.

    A label (牵头单位：) holds until the next one; a suffix (…牵头, …配合) for its own piece, and
    配合 also for the pieces before it that follow the lead.
    """
    if label := _LABEL.match(piece):
        row = supports if _SUPPORTS.search(label["label"]) else leads
        piece = piece[label.end() :]
    if suffix := _SUFFIX.search(piece):
        piece = piece[: suffix.start()]
        row = _row_of_suffix(suffix["label"], leads, supports)
    name = _OPEN_END.sub("", piece)
    return row, one_line(name.strip(" :。.")), name != piece


def _row_of_suffix(label: str, leads: list[str], supports: list[str]) -> list[str]:
    """Return the row of 牵头 or 配合 after a name; 牵头 goes before all others of its cell."""
    if _SUPPORTS.search(label):
        return supports
    if label != "负责":
        supports[:0] = leads
        leads.clear()
    return leads


def _pieces(text: str) -> list[str]:
    """Return the text cut at every mark outside brackets."""
    pieces = [""]
    depth = 0
    for place, letter in enumerate(text):
        depth = max(0, depth + (letter == "(") - (letter == ")"))
        if depth == 0 and (letter in _MARKS or _parts_units(text, place)):
            pieces.append("")
        else:
            pieces[-1] += letter
    return [piece.strip() for piece in pieces if piece.strip()]


def _parts_units(text: str, place: int) -> bool:
    return text[place] == " " and text[place - 1] in _BLANK_AFTER
