"""The migrations make exactly the tables the program works with."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateTable

from bot.storage.revisions import VERSIONS, known_revisions
from bot.storage.schema import prepare_database
from bot.storage.tables import metadata
from tests.storage.builders import NOW, query, schema_of, url_of


def test_migrations_and_tables_agree_to_alembic(prepared: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{prepared}")
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"compare_server_default": different_default, "include_name": is_a_table_of_ours},
        )
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def is_a_table_of_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Not the full-text index, which Alembic does not know: the next test compares its text."""
    return kind != "table" or not str(name).startswith("note_text")


def different_default(*compared: Any) -> bool | None:
    """SQLite has no identity columns: its own counting stands in, which is no default."""
    column: sa.Column[Any] = compared[2]
    return False if column.identity is not None else None


def test_migrations_and_tables_agree_to_the_letter(prepared: Path, tmp_path: Path) -> None:
    """What Alembic does not compare: CHECKs, STRICT, cascades, the conditions of indexes."""
    by_tables = tmp_path / "tables.sqlite3"
    engine = sa.create_engine(f"sqlite:///{by_tables}")
    metadata.create_all(engine)
    engine.dispose()
    assert schema_of(prepared) == schema_of(by_tables)


def test_every_table_is_strict(prepared: Path) -> None:
    listed = query(prepared, "SELECT name, strict FROM pragma_table_list WHERE type = 'table'")
    loose = {name for name, strict in listed if not strict} - {"alembic_version"}
    assert {name for name in loose if not name.startswith("sqlite_")} == set()


def test_names_of_files_tell_the_chain_of_revisions() -> None:
    """The start reads the names alone; they must say what the files say."""
    before = None
    for revision in known_revisions():
        (file,) = VERSIONS.glob(f"{revision}_*.py")
        values = {
            target.id: ast.literal_eval(node.value)
            for node in ast.parse(file.read_text()).body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name) and target.id in ("revision", "down_revision")
        }
        assert values == {"revision": revision, "down_revision": before}
        before = revision


def test_every_file_of_the_versions_folder_is_a_revision() -> None:
    files = {file.name for file in VERSIONS.iterdir() if file.suffix == ".py"}
    assert len(files) == len(known_revisions())


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_tables_have_the_right_types_on_both_databases(table: sa.Table) -> None:
    on_sqlite = str(CreateTable(table).compile(dialect=sqlite.dialect()))
    assert "STRICT" in on_sqlite
    assert {"VARCHAR", "BIGINT", "DATETIME"}.isdisjoint(on_sqlite.split())
    dialect: sa.Dialect = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy's
    on_postgresql = str(CreateTable(table).compile(dialect=dialect))
    for column in table.columns:
        if column.name.endswith("_id") and column.name not in ("paper_id", "section_id"):
            assert f"{column.name} BIGINT" in on_postgresql
        if column.name.endswith("_at"):
            assert f"{column.name} TIMESTAMP WITH TIME ZONE" in on_postgresql
    assert "SERIAL" not in on_postgresql


def test_a_rebuilt_table_goes_on_counting_where_it_was(tmp_path: Path) -> None:
    """An id in an old button never comes to mean something newer, even once all rows are gone."""
    path, old = tmp_path / "club.sqlite3", tmp_path / "versions"
    old.mkdir()
    for file in VERSIONS.glob("000[123]_*.py"):
        shutil.copy(file, old)
    prepare_database(url_of(path), NOW, versions=old)
    query(path, "INSERT INTO guild (guild_id, joined_at) VALUES (1, '2026-01-01T00:00:00.000000Z')")
    for _ in range(3):
        query(
            path,
            "INSERT INTO deadline (guild_id, kind, subject_id, due_at)"
            " VALUES (1, 'board', 1, '2026-01-01T00:00:00.000000Z')",
        )
        query(path, "DELETE FROM deadline")
    prepare_database(url_of(path), NOW)
    query(
        path,
        "INSERT INTO deadline (guild_id, kind, subject_id, due_at)"
        " VALUES (1, 'split-panel', 1, '2026-01-01T00:00:00.000000Z')",
    )
    assert query(path, "SELECT id FROM deadline") == [(4,)]
