"""The ledger for other systems: lists, one matter, and every verb."""

from luoshi.ledger.api import board, counts, lists, matters, verbs
from luoshi.ledger.api.room import router

__all__ = ["board", "counts", "lists", "matters", "router", "verbs"]
