"""Units, posts and persons for other systems."""

from luoshi.organisation.api import lists, people, verbs
from luoshi.organisation.api.room import router

__all__ = ["lists", "people", "router", "verbs"]
