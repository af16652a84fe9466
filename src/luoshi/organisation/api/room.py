"""The operations of the organisation."""

from luoshi.base.api.operations import Room

router = Room("organisation")
