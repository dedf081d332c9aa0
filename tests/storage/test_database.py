"""Opening a database: what works, what is refused in one sentence, and starting together."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from subprocess import Popen

import numpy as np
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import (
    BigInteger,
    Engine,
    bindparam,
    create_engine,
    inspect,
    literal_column,
    select,
    text,
    update,
)

from app import storage
from app.errors import Unavailable, WrongSetting
from app.nn.spec import NetworkSpec
from app.services.creation import Draft
from app.services.ports import Change
from app.services.records import About, Claim, Data
from app.services.trainings import Plan, queued
from app.settings import Limits
from app.storage import schema
from app.storage.asking import Asking
from app.storage.database import open_database, reading, writing
from app.storage.schema import SCHEMA, migrate, schema_of
from app.storage.store import DatabaseStore
from app.storage.tables import metadata, networks
from app.storage.trainings import DatabaseTrainings
from tests.making import create
from tests.postgres import Postgres

MIGRATE = """
import sys
from app.storage.database import open_database
from app.storage.schema import migrate
migrate(open_database(sys.argv[1]))
"""


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("nonsense", "is not a database address"),
        ("sqlite://", "names no file"),
        ("oracle://x/y", "of oracle, but only SQLite and PostgreSQL (through psycopg) work"),
        ("postgresql+asyncpg://x/y", "of postgresql+asyncpg, but only SQLite and PostgreSQL"),
        ("postgresql://u:secret@/none?host=/none", "u:***@/none?host=%2Fnone cannot be used"),
        ("sqlite:////proc/none/slowprop.db", "cannot be made"),
        ("sqlite:////proc/slowprop.db", "cannot be used"),
    ],
)
def test_an_address_that_cannot_be_used_is_one_sentence(url: str, sentence: str) -> None:
    with pytest.raises(WrongSetting) as caught:
        migrate(open_database(url))
    assert sentence in caught.value.detail
    assert "\n" not in caught.value.detail
    assert "secret" not in caught.value.detail


def test_a_driver_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    monkeypatch.delitem(sys.modules, "app.storage.postgres", raising=False)
    monkeypatch.delattr(storage, "postgres", raising=False)
    with pytest.raises(WrongSetting, match=r"pip install 'slowprop\[postgres\]'"):
        open_database("postgresql://host/database")


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a database" * 100)
    with pytest.raises(WrongSetting, match="file is not a database"):
        migrate(open_database(f"sqlite:///{tmp_path / 'notes.txt'}"))


def test_a_database_of_a_newer_version(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(WrongSetting, match="made by another version"):
        migrate(engine)


def test_sqlite_keeps_what_it_has_acknowledged(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'deep' / 'er' / 'slowprop.db'}")
    migrate(engine)
    with engine.connect() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(text("PRAGMA synchronous")) == 2
    engine.dispose()


def test_the_migration_makes_the_tables_that_the_program_uses(engine: Engine) -> None:
    migrate(engine)
    plain = create_engine(engine.url)  # SQLAlchemy inspects texts, ours gets bytes
    with plain.connect() as connection:
        assert schema_of(connection) == SCHEMA
        found = inspect(connection)
        for table in metadata.sorted_tables:
            columns = {column["name"]: column for column in found.get_columns(table.name)}
            assert list(columns) == table.c.keys()
            for column in table.c:
                assert columns[column.name]["nullable"] == column.nullable
                kind = columns[column.name]["type"].as_generic()._type_affinity
                assert kind is column.type._type_affinity, column
            indexes = {index["name"] for index in found.get_indexes(table.name)}
            assert indexes == {index.name for index in table.indexes}
    plain.dispose()


def test_what_the_first_schema_kept_is_read_by_the_newest(engine: Engine) -> None:
    """Networks that were made before data had names, classes and a test part; trainings that
    were begun before there were rules to stop them."""
    data = Data(np.array([[1.0, 2.0]]), np.array([[3.0]]))
    draft = Draft(NetworkSpec((2, 1), ("sigmoid",)), data=data)
    network = create(DatabaseStore(engine), draft, Limits())
    training = queued(network, Plan(steps=5))
    begun = replace(network, revision=2, training=training.id)
    assert DatabaseStore(engine).commit(network, Change(begun, begun=training))
    with writing(engine) as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
    migrate(engine)
    found = DatabaseStore(engine).network(network.id).head.setting.data
    assert found is not None
    assert found.inputs.tolist() == [[1.0, 2.0]]
    assert (found.test, found.about) == (None, About())
    assert DatabaseTrainings(engine).training(network.id, training.id) == training
    assert DatabaseTrainings(engine).claim() == Claim(network.id, training.id, fence=1)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_processes_that_start_together_migrate_once(
    kind: str, tmp_path: Path, postgres: Postgres
) -> None:
    url = f"sqlite:///{tmp_path / 'slowprop.db'}" if kind == "sqlite" else postgres.new()
    starting = [Popen([sys.executable, "-c", MIGRATE, url]) for _ in range(3)]
    assert [process.wait(60) for process in starting] == [0, 0, 0]


def test_a_question_that_failed_does_not_spoil_the_next(engine: Engine) -> None:
    asking = Asking(engine)
    with pytest.raises(Unavailable):
        asking.scalar(select(literal_column("nothing")))
    assert asking.scalar(select(networks.c.revision)) is None


@pytest.mark.usefixtures("network")
def test_a_question_sees_what_was_written_after_the_last_one(engine: Engine) -> None:
    """A connection that is kept must not keep an old view of the data."""
    asking = Asking(engine)
    for revision in (7, 8):
        with writing(engine) as connection:
            connection.execute(update(networks).values(revision=revision))
        assert asking.scalar(select(networks.c.revision)) == revision


@pytest.mark.usefixtures("network")
def test_who_reads_sees_one_moment(engine: Engine) -> None:
    """Whatever is written meanwhile."""
    with reading(engine) as connection:
        before = connection.scalar(select(networks.c.revision))
        with writing(engine) as other:
            other.execute(update(networks).values(revision=7))
        assert connection.scalar(select(networks.c.revision)) == before == 1


def test_questions_at_the_same_time_each_get_their_own_answer(engine: Engine) -> None:
    asking = Asking(engine)
    query = select(bindparam("given", type_=BigInteger))
    with ThreadPoolExecutor(8) as threads:
        answers = threads.map(lambda n: asking.scalar(query, given=n), range(500))
        assert list(answers) == list(range(500))
