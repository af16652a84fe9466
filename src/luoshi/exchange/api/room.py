"""Where the operations of the exchange are joined."""

from luoshi.base.api.operations import Room

router = Room("exchange")
