"""Where the operations of accounts are joined."""

from luoshi.base.api.operations import Room

router = Room("accounts")
