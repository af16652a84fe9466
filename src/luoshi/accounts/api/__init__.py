"""Accounts, invitations, administrators and tokens, for systems that keep persons."""

from luoshi.accounts.api import accounts, administrators, invitations, tokens
from luoshi.accounts.api.room import router

__all__ = ["accounts", "administrators", "invitations", "router", "tokens"]
