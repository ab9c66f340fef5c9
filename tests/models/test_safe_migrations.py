"""New migrations do nothing that locks a large table for long, or that earlier code cannot bear."""

import pytest
from django.apps import apps
from django.contrib.postgres import operations as postgres_operations
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

# Tables whose rows are few at any time, or are not used by readers: these may be locked.
SMALL = {
    "council", "councilalias", "councilsuccession", "category", "outcome", "changesequence",
    "upload", "uploadedfile", "erasurerequest", "redaction", "erasure",
}  # fmt: skip

# Migrations of before this rule, which tests/models/test_migrations_in_use.py runs under load.
LAST_UNCHECKED = 18

# What is refused, and what to do instead.
INSTEAD = {
    migrations.AddIndex: "AddIndexConcurrently, in a migration with atomic = False",
    migrations.RemoveIndex: "RemoveIndexConcurrently, in a migration with atomic = False",
    migrations.AddConstraint: "AddConstraintNotValid, and ValidateConstraint in a later migration",
    migrations.AlterField: "a new column, which the next release fills and uses",
    migrations.RenameField: "a new column: earlier code uses the old one until it is reloaded",
    migrations.RenameModel: "a new table: earlier code uses the old one until it is reloaded",
    migrations.RemoveField: "the state alone now, and the column in the next release",
    migrations.DeleteModel: "the state alone now, and the table in the next release",
}


def danger_of(operation: Operation, created: set[str]) -> str | None:
    """Why an operation must not run while the archive is in use; None if it may."""
    table = getattr(operation, "model_name", getattr(operation, "name", "")).lower()
    if table in SMALL | created:
        return None
    is_concurrent = isinstance(
        operation,
        postgres_operations.AddIndexConcurrently
        | postgres_operations.RemoveIndexConcurrently
        | postgres_operations.AddConstraintNotValid,
    )
    for kind, instead in INSTEAD.items():
        if isinstance(operation, kind) and not is_concurrent:
            return f"{kind.__name__} of {table}: use {instead}"
    if isinstance(operation, migrations.AddField):
        field = operation.field
        if not (field.null or field.has_db_default()):
            return f"AddField of {table}.{operation.name}: earlier code writes no value: db_default"
        if field.unique or field.db_index:
            return f"AddField of {table}.{operation.name}: its index locks: make it concurrently"
    return None


def dangers_of(migration: migrations.Migration) -> list[str]:
    created = {one.name_lower for one in migration.operations if hasattr(one, "fields")}
    return [danger for one in migration.operations if (danger := danger_of(one, created))]


def test_new_migrations_are_safe_while_the_archive_is_in_use():
    loader = MigrationLoader(connection=None)
    new = [
        migration
        for (app, name), migration in loader.disk_migrations.items()
        if app == "decisions" and int(name[:4]) > LAST_UNCHECKED
    ]
    assert {
        migration.name: dangers for migration in new if (dangers := dangers_of(migration))
    } == {}
    assert {
        model._meta.model_name for model in apps.get_app_config("decisions").get_models()
    } >= SMALL


INDEX = models.Index(fields=["change"], name="i")
CHECK = models.CheckConstraint(condition=models.Q(id__gt=0), name="c")


@pytest.mark.parametrize(
    ("operation", "danger"),
    [
        (migrations.AddIndex("decision", INDEX), "AddIndexConcurrently"),
        (migrations.AddConstraint("capture", CHECK), "NotValid"),
        (migrations.AlterField("decision", "payment", models.TextField()), "a new column"),
        (migrations.RenameField("decision", "payment", "sum"), "earlier code"),
        (migrations.RemoveField("capture", "url"), "next release"),
        (migrations.DeleteModel("Capture"), "next release"),
        (migrations.AddField("decision", "x", models.IntegerField(default=0)), "db_default"),
        (migrations.AddField("decision", "x", models.TextField(null=True, unique=True)), "index"),
        (migrations.AddField("decision", "x", models.IntegerField(db_default=0)), None),
        (migrations.AddField("council", "x", models.IntegerField(default=0)), None),
        (migrations.AddIndex("outcome", INDEX), None),
        (postgres_operations.AddIndexConcurrently("decision", INDEX), None),
        (postgres_operations.AddConstraintNotValid("capture", CHECK), None),
    ],
)
def test_what_is_refused(operation: Operation, danger: str | None):
    said = danger_of(operation, created=set())
    assert said is None if danger is None else danger in (said or "")
