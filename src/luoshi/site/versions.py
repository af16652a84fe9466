"""Does the ledger fit this version of the software?"""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from luoshi.rules.refusals import Refusal


class LedgerNewer(Refusal):
    """The ledger was made by a newer version; facts: ``migrations``."""

    code = "ledger_newer"


class LedgerOlder(Refusal):
    """The ledger must be brought to this version first; facts: ``migrations``."""

    code = "ledger_older"


def check_not_newer() -> None:
    """Raise LedgerNewer where the ledger has migrations that this version does not know."""
    executor = MigrationExecutor(connection)
    known = set(executor.loader.disk_migrations)
    ours = {app for app, _ in known}
    newer = [
        key for key in executor.loader.applied_migrations if key[0] in ours and key not in known
    ]
    if newer:
        raise LedgerNewer(migrations=", ".join(".".join(key) for key in sorted(newer)))


def check_not_older() -> None:
    """Raise LedgerOlder where migrations are to be carried out first."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        raise LedgerOlder(migrations=len(plan))
