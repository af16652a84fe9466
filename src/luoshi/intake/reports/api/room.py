"""The operations on reports."""

from luoshi.base.api.operations import Room

router = Room("intake")
