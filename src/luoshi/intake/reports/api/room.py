"""The operations on reports."""

from luoshi.base.api.operations import Room

router = Room("intake")
REPORT = "/reports/{uuid:document_id}"
"""The address of one report."""
