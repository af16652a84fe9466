"""Three administrators kept apart (三员分立, GB/T 22239-2019 §8.1.5): who may hold which posts."""

from collections.abc import Iterable

from luoshi.rules.refusals import Refusal
from luoshi.rules.rights import ADMINISTRATORS, Role, roles_told


class AdministratorsMixed(Refusal):
    """One person or post would be two of the three administrators; facts: ``roles``."""

    code = "administrators_mixed"


class AdministratorInTheLedger(Refusal):
    """One person or post would be an administrator and act in the ledger; facts: ``role``."""

    code = "administrator_in_the_ledger"


def check_apart(posts: Iterable[Iterable[str]]) -> None:
    """Judge the roles, by their names, of all the posts of one person.

    Raises AdministratorsMixed, AdministratorInTheLedger. A post to which no role was given is an
    officer's, and so is a post of the ledger.
    """
    roles = frozenset[Role]().union(*(roles_told(names) for names in posts))
    administrators = sorted(roles & ADMINISTRATORS)
    if len(administrators) > 1:
        raise AdministratorsMixed(roles=tuple(administrators))
    if administrators and roles - ADMINISTRATORS:
        raise AdministratorInTheLedger(role=administrators[0])
