"""What can be done to accounts: by their owners, their unit, and the three administrators.

The three are kept apart (三员分立, GB/T 22239-2019 §8.1.5): the system administrator keeps the
accounts, the security administrator what they are let in by, the audit administrator neither.
"""

from django.utils.translation import gettext_lazy as _

from luoshi.accounts import permissions as may
from luoshi.base.verbs import Verb, listed
from luoshi.rules.rights import ADMINISTRATORS, Role, Scope, given

SYSTEM = given(Scope.DISTRICT, Role.SYSTEM)
SECURITY = given(Scope.DISTRICT, Role.SECURITY)
ALL_THREE = given(Scope.DISTRICT, *ADMINISTRATORS)
SIGNED_IN = given(Scope.OWN, *(role for role in Role if role != Role.PUBLIC))

keep_own_account = Verb(
    name="keep_own_account",
    grants=SIGNED_IN,
    stands=may.stands_to_account,
    label=_("Keep one's own account: password, second factor, sessions"),
)
keep_tokens = Verb(
    name="keep_tokens",
    grants=SIGNED_IN,
    stands=may.stands_to_account,
    label=_("Make tokens for other systems of one's own, and take them back"),
)
revoke_token = Verb(
    name="revoke_token",
    grants=SECURITY | given(Scope.SUBTREE, Role.UNIT_ADMIN),
    stands=may.stands_to_unit,
    label=_("See and take back the tokens of others"),
)
use_api = Verb(
    name="use_api",
    grants=SIGNED_IN,
    label=_("Read how other systems reach the ledger"),
    reads=True,
    is_listed=False,
)
invite_officer = Verb(
    name="invite_officer",
    grants=given(Scope.DISTRICT, Role.OFFICE) | given(Scope.SUBTREE, Role.UNIT_ADMIN),
    stands=may.stands_to_unit,
    besides=may.is_post_to_give,
    besides_said=_("only a vacant post; a unit's own administrator only those of its officers"),
    label=_("Invite the officer of a post"),
)
read_accounts = Verb(
    name="read_accounts",
    grants=SYSTEM | SECURITY,
    label=_("Read the list of accounts"),
)
disable_account = Verb(
    name="disable_account",
    grants=SYSTEM,
    besides=may.is_another,
    besides_said=_("not one's own"),
    label=_("Disable an account"),
)
enable_account = Verb(name="enable_account", grants=SYSTEM, label=_("Enable an account"))
reset_account = Verb(
    name="reset_account",
    grants=SYSTEM,
    besides=may.is_another,
    besides_said=_("not one's own"),
    label=_("Reset a password"),
)
end_sessions = Verb(name="end_sessions", grants=SECURITY, label=_("End an account's sessions"))
release_account = Verb(name="release_account", grants=SECURITY, label=_("Release a lockout"))
drop_second_factor = Verb(
    name="drop_second_factor",
    grants=SECURITY,
    besides=may.is_another,
    besides_said=_("not one's own"),
    label=_("Remove a lost second factor"),
)
set_standard = Verb(name="set_standard", grants=SECURITY, label=_("Set the rules of signing in"))
read_roles = Verb(
    name="read_roles",
    grants=SECURITY,
    label=_("Read which post carries which roles"),
    reads=True,
    is_listed=False,
    open_in_demo=False,
)
withdraw_roles = Verb(
    name="withdraw_roles",
    grants=SECURITY,
    label=_("Take roles from a post"),
    besides_said=_("not from a post of the three administrators"),
)
read_administrators = Verb(
    name="read_administrators", grants=ALL_THREE, label=_("Read who the three administrators are")
)
appoint_administrator = Verb(
    name="appoint_administrator",
    grants=SYSTEM,
    label=_("Name an administrator"),
    besides_said=_("the two others agree"),
)
agree_to_administrator = Verb(
    name="agree_to_administrator",
    grants=ALL_THREE,
    label=_("Agree to an administrator"),
    besides_said=_("each role once, never who named"),
)

ON_ACCOUNTS = listed(
    disable_account,
    enable_account,
    reset_account,
    end_sessions,
    release_account,
    drop_second_factor,
)
"""What an administrator does to one account, by the name that it has in addresses."""

ALL = {
    **listed(keep_own_account, keep_tokens, revoke_token, use_api, invite_officer, read_accounts),
    **ON_ACCOUNTS,
    **listed(set_standard, read_roles, withdraw_roles),
    **listed(read_administrators, appoint_administrator, agree_to_administrator),
}
