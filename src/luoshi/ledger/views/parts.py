"""Parts typed by code, a line each."""

from decimal import Decimal, InvalidOperation

from luoshi.ledger.queries import UnknownPart, matter_ids_of
from luoshi.organisation.queries import Visitor
from luoshi.rules.ledger import facts as f


def parts_of(visitor: Visitor, text: str) -> tuple[f.Part, ...]:
    """Return the parts that lines of «code share» name. Raises UnknownPart."""
    lines = [line.split() for line in text.splitlines() if line.strip()]
    ids = matter_ids_of(visitor, [line[0] for line in lines])
    unknown = [line[0] for line in lines if line[0] not in ids]
    if unknown:
        raise UnknownPart(count=len(unknown))
    return tuple(f.Part(matter=ids[line[0]], share=_share(line)) for line in lines)


def _share(line: list[str]) -> Decimal | None:
    try:
        return Decimal(line[1]) if len(line) > 1 else None
    except InvalidOperation:
        return None
