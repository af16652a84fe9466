"""One matter's page in words."""

from luoshi.ledger.views.sheet.facts import Fact, Link, fact_of, files_of
from luoshi.ledger.views.sheet.page import offered, sheet
from luoshi.ledger.views.sheet.said import revision_facts

__all__ = ["Fact", "Link", "fact_of", "files_of", "offered", "revision_facts", "sheet"]
