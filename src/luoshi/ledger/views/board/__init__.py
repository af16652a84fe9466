"""The board: its page, bulk verbs, saved views, print and files."""

from luoshi.ledger.views.board.address import filters_in
from luoshi.ledger.views.board.bulk import bulk
from luoshi.ledger.views.board.files import export, printed
from luoshi.ledger.views.board.lines import Line, line_of
from luoshi.ledger.views.board.page import board
from luoshi.ledger.views.board.views import forget, save, view

__all__ = [
    "Line",
    "board",
    "bulk",
    "export",
    "filters_in",
    "forget",
    "line_of",
    "printed",
    "save",
    "view",
]
