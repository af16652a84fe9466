"""Lines of the audit list are written once; only those of a dropped day may be deleted."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

KEPT = """
    NOT EXISTS (
        SELECT 1 FROM audit_dropped_day
        WHERE audit_dropped_day.district = OLD.district AND audit_dropped_day.day = OLD.day
    )
"""
SQLITE = [
    """
    CREATE TRIGGER audit_line_refuses_update BEFORE UPDATE ON audit_line
    BEGIN SELECT RAISE(ABORT, 'lines of the audit list are never changed'); END;
    """,
    f"""
    CREATE TRIGGER audit_line_refuses_delete BEFORE DELETE ON audit_line WHEN {KEPT}
    BEGIN SELECT RAISE(ABORT, 'lines of the audit list are kept'); END;
    """,
    # INSERT OR REPLACE takes the old row away without asking the trigger of DELETE.
    """
    CREATE TRIGGER audit_line_refuses_replace BEFORE INSERT ON audit_line
    WHEN EXISTS (
        SELECT 1 FROM audit_line WHERE district = NEW.district AND number = NEW.number
    )
    BEGIN SELECT RAISE(ABORT, 'lines of the audit list are never changed'); END;
    """,
]
POSTGRESQL = [
    """
    CREATE FUNCTION audit_line_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'lines of the audit list are kept as they are'; END $$;
    """,
    """
    CREATE TRIGGER audit_line_refuses_update BEFORE UPDATE ON audit_line
    FOR EACH ROW EXECUTE FUNCTION audit_line_refuses();
    """,
    f"""
    CREATE FUNCTION audit_line_is_let_go() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF {KEPT} THEN RAISE EXCEPTION 'lines of the audit list are kept'; END IF;
        RETURN OLD;
    END $$;
    """,
    """
    CREATE TRIGGER audit_line_refuses_delete BEFORE DELETE ON audit_line
    FOR EACH ROW EXECUTE FUNCTION audit_line_is_let_go();
    """,
    """
    CREATE TRIGGER audit_line_refuses_truncate BEFORE TRUNCATE ON audit_line
    FOR EACH STATEMENT EXECUTE FUNCTION audit_line_refuses();
    """,
]
NAMES = ("update", "delete", "replace"), ("update", "delete", "truncate")


def refuse(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def allow(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for name in NAMES[0]:
            schema_editor.execute(f"DROP TRIGGER audit_line_refuses_{name}")
        return
    for name in NAMES[1]:
        schema_editor.execute(f"DROP TRIGGER audit_line_refuses_{name} ON audit_line")
    schema_editor.execute("DROP FUNCTION audit_line_refuses")
    schema_editor.execute("DROP FUNCTION audit_line_is_let_go")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(refuse, allow)]
