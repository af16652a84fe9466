"""The daybook (当日册): a day of the board at hand, so that it answers any question at once."""

from luoshi.ledger.daybook.book import Daybook, Tally
from luoshi.ledger.daybook.orders import SORTS
from luoshi.ledger.daybook.reading import forget_daybooks, open_daybook
from luoshi.ledger.daybook.rows import Rows

__all__ = ["SORTS", "Daybook", "Rows", "Tally", "forget_daybooks", "open_daybook"]
