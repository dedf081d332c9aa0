"""Opening a database: what works, what is refused in one sentence, and starting together."""

from __future__ import annotations

import sys
from pathlib import Path
from subprocess import Popen

import numpy as np
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import inspect, select, text

from app.errors import Unavailable, WrongSetting
from app.nn.spec import NetworkSpec
from app.services.arrivals import Terms
from app.services.creation import Draft, create
from app.services.records import About, Data
from app.settings import Limits
from app.storage import schema
from app.storage.database import Asking, open_database
from app.storage.schema import SCHEMA, migrate, schema_of
from app.storage.store import DatabaseStore
from app.storage.tables import metadata, networks

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
        ("oracle://x/y", "names a database of oracle, but only SQLite works now"),
        ("sqlite:////proc/none/slowprop.db", "cannot be made"),
        ("sqlite:////proc/slowprop.db", "cannot be used"),
    ],
)
def test_an_address_that_cannot_be_used_is_one_sentence(url: str, sentence: str) -> None:
    with pytest.raises(WrongSetting) as caught:
        migrate(open_database(url))
    assert sentence in caught.value.detail
    assert "\n" not in caught.value.detail


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a database" * 100)
    with pytest.raises(WrongSetting, match="file is not a database"):
        migrate(open_database(f"sqlite:///{tmp_path / 'notes.txt'}"))


def test_a_database_of_a_newer_version(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'new.db'}")
    migrate(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(WrongSetting, match="made by another version"):
        migrate(engine)
    engine.dispose()


def test_the_migration_makes_the_tables_that_the_program_uses(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'deep' / 'er' / 'slowprop.db'}")
    migrate(engine)
    migrate(engine)
    with engine.connect() as connection:
        assert schema_of(connection) == SCHEMA
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(text("PRAGMA synchronous")) == 2
        found = inspect(connection)
        for table in metadata.sorted_tables:
            columns = {column["name"]: column for column in found.get_columns(table.name)}
            assert list(columns) == table.c.keys()
            for column in table.c:
                assert columns[column.name]["nullable"] == column.nullable
            indexes = {index["name"] for index in found.get_indexes(table.name)}
            assert indexes == {index.name for index in table.indexes}
    engine.dispose()


def test_data_of_the_first_schema_is_read_by_the_newest(tmp_path: Path) -> None:
    """Networks that were made before data had names, classes and a test part."""
    engine = open_database(f"sqlite:///{tmp_path / 'slowprop.db'}")
    migrate(engine)
    data = Data(np.array([[1.0, 2.0]]), np.array([[3.0]]))
    draft = Draft(NetworkSpec((2, 1), ("sigmoid",)), data=data)
    network = create(DatabaseStore(engine), draft, Limits(), Terms()).network
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
    migrate(engine)
    found = DatabaseStore(engine).network(network.id).head.setting.data
    assert found is not None
    assert found.inputs.tolist() == [[1.0, 2.0]]
    assert (found.test, found.about) == (None, About())
    engine.dispose()


def test_processes_that_start_together_migrate_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'slowprop.db'}"
    starting = [Popen([sys.executable, "-c", MIGRATE, url]) for _ in range(3)]
    assert [process.wait(60) for process in starting] == [0, 0, 0]


def test_a_question_that_failed_does_not_spoil_the_next(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'slowprop.db'}")
    asking = Asking(engine)
    with pytest.raises(Unavailable):
        asking.scalar(select(networks.c.revision))  # there is no such table yet
    migrate(engine)
    assert asking.scalar(select(networks.c.revision)) is None
    engine.dispose()


def test_a_question_sees_what_was_written_after_the_last_one(tmp_path: Path) -> None:
    """A connection that is kept must not keep an old view of the data."""
    engine = open_database(f"sqlite:///{tmp_path / 'slowprop.db'}")
    asking = Asking(engine)
    for version in (1, 2):
        with engine.begin() as connection:
            connection.execute(text(f"PRAGMA user_version = {version}"))
        assert asking.scalar(select(text("user_version FROM pragma_user_version"))) == version
    engine.dispose()
