"""One sentence with numbers: which stand in a row, who shares which, what changed how."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise

from luoshi.rules.reports.anchors import EQUAL, Number, numbers_in
from luoshi.rules.reports.changes import POINTS, RATES, is_growth
from luoshi.rules.reports.grammar import Said, only_links
from luoshi.rules.reports.labels import QUOTED, is_name
from luoshi.rules.reports.subjects import in_full, items, listed_before, own_subject

LONGEST = 2000  # characters of a sentence; what goes on longer is none, and is read in parts
SENTENCE = re.compile(rf"[^。；;！？!?…\n]{{1,{LONGEST}}}[。；;！？!?]?[”’]?")
_COMMA = re.compile(r"[，：,:](?:(?<=[，：])|(?!\d)|(?<!\d.))")
_ONLY_AND = re.compile(r"(?:[、和与及\s/]|以及|至)*")
_JUST_AND = re.compile(r"[、和及与]")
_EACH = re.compile(r"均(?<![平年人户亩].)|各$|双双|双$|都(?=[是为在]|达|实现|位)|皆|分别")
_HAN_WORD = re.compile(r"[一-鿿]{2}")
SHORTEST_CLAUSE = 5  # letters of a clause that can be the subject of the next one's number
_DEED = re.compile(r"(?:已|均|全部)*(?:新?开工|竣工|完工|建成|完成|启动|投产|投用|签约|落地)了?")
_MONEY_OF = frozenset(
    {"投资", "总投资", "完成投资", "投资额", "年度投资", "计划投资", "年度计划投资"}
)
_SHARE = re.compile(r"占|比重|率|完成")


@dataclass(slots=True)
class Found:
    """A number with what is said of it.

    ``before`` is the piece of its clause in front of it, ``behind`` the rest of the clause.
    """

    number: Number
    said: Said
    clause: tuple[int, int]
    before: str
    behind: str
    growth: bool
    rule: str


@dataclass(slots=True)
class Reading:
    """The sentence being read: its clauses, its values and what was found so far."""

    text: str
    start: int
    end: int
    commas: list[int]
    values: list[Number]
    found: list[Found] = field(default_factory=list)
    shared: list[Said] = field(default_factory=list)  # the subjects of the last row

    def clause_at(self, place: int) -> tuple[int, int]:
        """Return the clause (between commas) that holds a place."""
        nth = bisect_right(self.commas, place)
        start = self.commas[nth - 1] + 1 if nth else self.start
        end = self.commas[nth] if nth < len(self.commas) else self.end
        return start, end


def values_in(text: str, start: int, end: int) -> list[Number]:
    """Return the numbers of a sentence that are values, in their order."""
    every = numbers_in(text, start, end)
    if not every:
        return every
    for one, following in pairwise(every):
        if not one.unit or one.unit == "个":
            _lend_unit(one, following, text)
    quoted = [found.span() for found in QUOTED.finditer(text, start, end)]
    values = [one for one in every if not is_name(one, text, quoted)]
    if "years running" in [one.rule for one in values]:
        values = [one for one in values if not _is_told_otherwise(one, values, text)]
    return values


def _lend_unit(one: Number, following: Number, text: str) -> None:
    """Give a number its neighbour's unit where both share it: 0.8个和1.2个百分点, 8、9%."""
    if one.unit and following.unit not in POINTS:
        return
    is_plain = not (one.is_rank or following.is_rank or following.is_han or one.is_han)
    if is_plain and following.unit and _JUST_AND.fullmatch(text, one.end, following.begin):
        one.unit, one.unit_end = following.unit, one.end


def _is_told_otherwise(number: Number, values: list[Number], text: str) -> bool:
    """Return whether years running belong to another number: a rank, a level (labelling §3)."""
    if number.rule != "years running":
        return False
    comma = _COMMA.search(text, number.end)
    end = comma.start() if comma else len(text)
    return any(number.end <= other.start < end for other in values)


def read_numbers(text: str, start: int, end: int, values: list[Number]) -> list[Found]:
    """Return what is said of each value of the sentence; a shared one comes once a subject."""
    commas = [found.start() for found in _COMMA.finditer(text, start, end)]
    reading = Reading(text, start, end, commas, values)
    for group in _groups(text, values):
        _read_group(reading, group)
    return reading.found


def _groups(text: str, values: list[Number]) -> list[list[Number]]:
    """Gather numbers that stand in a row with nothing but 、 or 和 between them."""
    groups: list[list[Number]] = []
    for number in values:
        last = groups[-1][-1] if groups else None
        if last is not None and _is_next(text, last, number):
            groups[-1].append(number)
        else:
            groups.append([number])
    return groups


def _is_next(text: str, last: Number, number: Number) -> bool:
    is_like = (last.unit in RATES) == (number.unit in RATES) and last.is_rank == number.is_rank
    return (
        is_like
        and last.end < number.begin
        and _ONLY_AND.fullmatch(text, last.end, number.begin) is not None
    )


def _read_group(reading: Reading, group: list[Number]) -> None:
    first, text = group[0], reading.text
    clause = reading.clause_at(first.start)
    floor = max(clause[0], reading.found[-1].said.end if reading.found else 0)
    before = text[floor : first.begin]
    _share_comparators(group)
    subjects = _subjects_of_row(reading, group, floor, before)
    if subjects:
        _read_row(reading, group, subjects, clause, before)
        return
    for number in group:
        clause = reading.clause_at(number.start)
        floor = max(floor, clause[0])
        said = own_subject(text, number, floor, _behind(reading, number, clause))
        said = _completed(reading, said) if said else _neighbours(reading, number, clause)
        _add(reading, number, said, clause, before)
        reading.shared = [said]
        floor = said.end


def _share_comparators(group: list[Number]) -> None:
    """Let 超过 before a row, and 以上 behind it, hold for all of the row (labelling §12)."""
    first, last = group[0], group[-1]
    for number in group[: len(group) if len(group) > 1 else 0]:
        if number.comparator == EQUAL and number.unit == last.unit:
            is_led = first.begin < first.start
            number.comparator = first.comparator if is_led else last.comparator


def _subjects_of_row(
    reading: Reading, group: list[Number], floor: int, before: str
) -> list[tuple[int, int]]:
    """Return the subjects that a row of numbers, or one number with 均, is said of."""
    count = len(group)
    is_rank_of_many = group[0].is_rank and "、" in before.strip("、")
    is_each = bool(_EACH.search(before[-12:])) or is_rank_of_many
    if count < 2 and not is_each:
        return []
    start, end = listed_before(reading.text, floor, group[0])
    if end <= start:
        return _known_subjects(reading, count) if is_each else []
    parts = items(reading.text, start, end)
    if count == 1:
        return parts if len(parts) > 1 else []
    return parts[-count:] if len(parts) >= count else []


def _known_subjects(reading: Reading, count: int) -> list[tuple[int, int]]:
    """Return what the last numbers were said of: A为…、B为…，分别增长…; A、B…，均为…."""
    if count == 1:
        return [said.at for said in reading.shared]
    if len(reading.shared) >= count:
        return [said.at for said in reading.shared[-count:]]
    last = [found.said.at for found in reading.found[-count:]]
    return last if len(last) == count else []


def _read_row(
    reading: Reading,
    group: list[Number],
    subjects: list[tuple[int, int]],
    clause: tuple[int, int],
    before: str,
) -> None:
    is_row = len(group) > 1
    numbers = group if is_row else group * len(subjects)
    row, last = [], reading.text[slice(*subjects[-1])]
    for number, at in zip(numbers, subjects, strict=True):
        subject = in_full(reading.text[slice(*at)], last)
        said = Said(subject, min(at[0], number.begin), number.end, at)
        row.append(said)
        _add(reading, number, said, clause, before, rule="row" if is_row else "shared")
    reading.shared = row


def _behind(reading: Reading, number: Number, clause: tuple[int, int]) -> int:
    """Return where the words behind a number end at the latest: its clause or the next number."""
    for one in reading.values:
        if one.begin >= number.end:
            return min(clause[1], one.begin)
    return clause[1]


def _completed(reading: Reading, said: Said) -> Said:
    """Complete …，占财政支出的86% and 150个重大项目完成投资… by what the number before counts."""
    last = reading.found[-1] if reading.found else None
    if last is None:
        return said
    if said.subject.startswith("占"):
        subject = last.said.subject + said.subject
        return Said(subject, last.said.start, said.end, said.at)
    if _DEED.fullmatch(said.subject):  # 32个项目已开工24个
        return Said(last.said.subject + said.subject, said.start, said.end, said.at)
    if said.subject in _MONEY_OF and (works := _counted_works(reading)):
        return Said(works + said.subject, said.start, said.end, said.at)
    return said


def _counted_works(reading: Reading) -> str:
    """Return the projects that the sentence counted before, nearest first, or nothing."""
    counted = (
        one.said.subject
        for one in reversed(reading.found)
        if one.number.unit in {"个", "项"} and one.said.subject.endswith(("项目", "工程"))
    )
    return next(counted, "")


def _neighbours(reading: Reading, number: Number, clause: tuple[int, int]) -> Said:
    """Take the subject of the clause before, of the number before, or the words behind."""
    last = reading.found[-1] if reading.found else None
    if (said := _of_next(reading, number, clause)) is not None:
        return said
    if number.rule == "years running":
        return _words_behind(reading.text, number, clause, is_own=True)
    before = reading.clause_at(max(reading.start, clause[0] - 2))
    if before[0] < clause[0] and (last is None or last.number.start < before[0]):
        start, end = listed_before(reading.text, before[0], None, before[1])
        is_said = end > start and not only_links(reading.text, start, end)
        if is_said and (last is None or end - start >= SHORTEST_CLAUSE):
            at = (start, end)
            return Said(reading.text[start:end], start, number.end, at, is_own=False)
    if last is not None:
        at = last.said.at
        return Said(last.said.subject, last.said.start, number.end, at, is_own=False)
    return _words_behind(reading.text, number, clause, is_own=False)


def _of_next(reading: Reading, number: Number, clause: tuple[int, int]) -> Said | None:
    """Return the subject of the number that stands right behind: 56条|76公里农村公路."""
    following = next((one for one in reading.values if one.begin == number.end), None)
    if following is None:
        return None
    behind = _behind(reading, following, clause)
    said = own_subject(reading.text, following, following.begin, behind)
    return said and Said(said.subject, number.begin, said.end, said.at)


def _words_behind(text: str, number: Number, clause: tuple[int, int], *, is_own: bool) -> Said:
    tail = text[number.end : clause[1]].strip("。；，、 ")
    words = tail if _HAN_WORD.search(tail) else ""  # 7%、2%: another number is no subject
    at = (number.end, number.end + len(words))
    return Said(words, number.begin, max(at), at, is_own)


def _add(
    reading: Reading,
    number: Number,
    said: Said,
    clause: tuple[int, int],
    before: str,
    rule: str = "",
) -> None:
    growth = is_growth(reading.text, number, clause[0], before)
    if not growth and not said.is_own and reading.found:
        last = reading.found[-1]
        is_like = number.unit == last.number.unit and number.unit in RATES
        growth = last.growth and is_like and not _SHARE.search(before)
    name = rule or (number.rule if said.is_own else "neighbour")
    behind = reading.text[number.end : clause[1]]
    reading.found.append(Found(number, said, clause, before, behind, growth, name))
