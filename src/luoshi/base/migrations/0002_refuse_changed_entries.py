"""Entries are written once: the database itself refuses UPDATE and DELETE.

On PostgreSQL TRUNCATE too.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SQLITE = [
    f"""
    CREATE TRIGGER journal_entry_refuses_{verb.lower()} BEFORE {verb} ON journal_entry
    BEGIN SELECT RAISE(ABORT, 'journal entries are never changed'); END;
    """
    for verb in ("UPDATE", "DELETE")
]
# INSERT OR REPLACE takes the old row away without asking the trigger of DELETE.
SQLITE.append("""
    CREATE TRIGGER journal_entry_refuses_replace BEFORE INSERT ON journal_entry
    WHEN EXISTS (
        SELECT 1 FROM journal_entry WHERE district = NEW.district AND number = NEW.number
        UNION ALL SELECT 1 FROM journal_entry WHERE thread = NEW.thread AND no = NEW.no
    )
    BEGIN SELECT RAISE(ABORT, 'journal entries are never changed'); END;
""")
POSTGRESQL = [
    """
    CREATE FUNCTION journal_entry_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'journal entries are never changed'; END $$;
    """,
    """
    CREATE TRIGGER journal_entry_refuses_change BEFORE UPDATE OR DELETE ON journal_entry
    FOR EACH ROW EXECUTE FUNCTION journal_entry_refuses();
    """,
    """
    CREATE TRIGGER journal_entry_refuses_truncate BEFORE TRUNCATE ON journal_entry
    FOR EACH STATEMENT EXECUTE FUNCTION journal_entry_refuses();
    """,
]


def refuse(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def allow(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for verb in ("update", "delete", "replace"):
            schema_editor.execute(f"DROP TRIGGER journal_entry_refuses_{verb}")
    else:
        schema_editor.execute("DROP TRIGGER journal_entry_refuses_change ON journal_entry")
        schema_editor.execute("DROP TRIGGER journal_entry_refuses_truncate ON journal_entry")
        schema_editor.execute("DROP FUNCTION journal_entry_refuses")


class Migration(migrations.Migration):
    dependencies = [("base", "0001_initial")]
    operations = [migrations.RunPython(refuse, allow)]
