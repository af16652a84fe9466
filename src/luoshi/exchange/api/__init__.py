"""The operations of the exchange."""

from luoshi.exchange.api import calendars, feed, subscriptions
from luoshi.exchange.api.room import router

__all__ = ["calendars", "feed", "router", "subscriptions"]
