"""Every write of accounts."""

from luoshi.accounts.commands.accounts import (
    disable_account,
    drop_second_factor,
    enable_account,
    release_account,
    reset_account,
)
from luoshi.accounts.commands.administrators import (
    Administrator,
    agree_to_administrator,
    appoint_administrator,
    found_administrator,
)
from luoshi.accounts.commands.identities import unlink_identity
from luoshi.accounts.commands.invitations import (
    Invited,
    invite_officer,
    renew_invitation,
    withdraw_invitation,
)
from luoshi.accounts.commands.links import use_link
from luoshi.accounts.commands.passwords import note_password, set_password
from luoshi.accounts.commands.roles import withdraw_roles
from luoshi.accounts.commands.sessions import end_own_session, end_sessions, keep_newest
from luoshi.accounts.commands.standards import set_standard
from luoshi.accounts.commands.tokens import (
    TokenMade,
    make_token,
    note_use,
    revoke_all,
    revoke_token,
)
from luoshi.accounts.commands.tries import Guarded, forgive, take_code, take_try

__all__ = [
    "Administrator",
    "Guarded",
    "Invited",
    "TokenMade",
    "agree_to_administrator",
    "appoint_administrator",
    "disable_account",
    "drop_second_factor",
    "enable_account",
    "end_own_session",
    "end_sessions",
    "forgive",
    "found_administrator",
    "invite_officer",
    "keep_newest",
    "make_token",
    "note_password",
    "note_use",
    "release_account",
    "renew_invitation",
    "reset_account",
    "revoke_all",
    "revoke_token",
    "set_password",
    "set_standard",
    "take_code",
    "take_try",
    "unlink_identity",
    "use_link",
    "withdraw_invitation",
    "withdraw_roles",
]
