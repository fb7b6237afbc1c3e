"""The databases themselves refuse to change or remove what the log holds."""

from django.db import migrations

SQLITE = [
    """CREATE TRIGGER audit_entry_keep_update BEFORE UPDATE ON audit_entry
    BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END""",
    """CREATE TRIGGER audit_entry_keep_delete BEFORE DELETE ON audit_entry
    BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END""",
    """CREATE TRIGGER audit_head_keep_update BEFORE UPDATE ON audit_head
    WHEN NEW.chain <> OLD.chain OR NEW.number < OLD.number
    BEGIN SELECT RAISE(ABORT, 'audit_head only moves forward'); END""",
    """CREATE TRIGGER audit_head_keep_delete BEFORE DELETE ON audit_head
    BEGIN SELECT RAISE(ABORT, 'audit_head only moves forward'); END""",
]
SQLITE_UNDO = [
    "DROP TRIGGER IF EXISTS audit_entry_keep_update",
    "DROP TRIGGER IF EXISTS audit_entry_keep_delete",
    "DROP TRIGGER IF EXISTS audit_head_keep_update",
    "DROP TRIGGER IF EXISTS audit_head_keep_delete",
]
POSTGRESQL = [
    """CREATE OR REPLACE FUNCTION audit_keep() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    """CREATE TRIGGER audit_entry_keep BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_keep()""",
    """CREATE TRIGGER audit_entry_keep_all BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_keep()""",
    """CREATE TRIGGER audit_head_keep BEFORE UPDATE ON audit_head
    FOR EACH ROW WHEN (NEW.chain <> OLD.chain OR NEW.number < OLD.number) EXECUTE FUNCTION audit_keep()""",
    """CREATE TRIGGER audit_head_keep_delete BEFORE DELETE ON audit_head
    FOR EACH ROW EXECUTE FUNCTION audit_keep()""",
    """CREATE TRIGGER audit_head_keep_all BEFORE TRUNCATE ON audit_head
    FOR EACH STATEMENT EXECUTE FUNCTION audit_keep()""",
]
POSTGRESQL_UNDO = [
    "DROP TRIGGER IF EXISTS audit_entry_keep ON audit_entry",
    "DROP TRIGGER IF EXISTS audit_entry_keep_all ON audit_entry",
    "DROP TRIGGER IF EXISTS audit_head_keep ON audit_head",
    "DROP TRIGGER IF EXISTS audit_head_keep_delete ON audit_head",
    "DROP TRIGGER IF EXISTS audit_head_keep_all ON audit_head",
]


def guard(apps, schema_editor):
    # No parameters: otherwise PostgreSQL's driver takes the % of RAISE for a placeholder.
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement, None)


def unguard(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in {"sqlite": SQLITE_UNDO, "postgresql": POSTGRESQL_UNDO}[vendor]:
        schema_editor.execute(statement, None)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_first")]

    operations = [migrations.RunPython(guard, unguard)]
