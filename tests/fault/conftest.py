"""Both databases as they are in earnest, waiting for the disk, and servers that can be killed."""

from __future__ import annotations

import resource
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import pytest

from tests.jobs.conftest import Server
from tests.postgres import Postgres

LOG_FILE = 16 * 1024 * 1024
Start = Callable[[], Server]


class Disk(Protocol):
    """Where the database keeps its files."""

    url: str

    def fill(self, server: Server) -> None:
        """From now on no file grows."""

    def clear(self, server: Server) -> None: ...


class SqliteDisk:
    def __init__(self, folder: Path) -> None:
        self._file = folder / "slowprop.db"
        self.url = f"sqlite:///{self._file}"

    def fill(self, server: Server) -> None:
        files = self._file.parent.glob("slowprop.db*")
        limit(server.process.pid, max(file.stat().st_size for file in files))

    def clear(self, server: Server) -> None:
        limit(server.process.pid, resource.RLIM_INFINITY)


class PostgresDisk:
    def __init__(self, postgres: Postgres) -> None:
        self._postgres = postgres
        self.url = postgres.new()

    def fill(self, _: Server) -> None:
        """There is still room for its log, whose files have their size from the beginning."""
        self._postgres.limit_files(LOG_FILE)

    def clear(self, _: Server) -> None:
        self._postgres.limit_files("unlimited")


def limit(process: int, size: int) -> None:
    """No file that the process writes may grow beyond `size` bytes, as when the disk is full."""
    resource.prlimit(process, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


@pytest.fixture(scope="session")
def postgres_in_earnest() -> Iterator[Postgres]:
    server = Postgres(durable=True)
    yield server
    server.remove()


@pytest.fixture
def earnest(postgres_in_earnest: Postgres) -> Postgres:
    """Running, whatever the test before has done to it."""
    postgres_in_earnest.start()
    return postgres_in_earnest


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'slowprop.db'}"
    earnest: Postgres = request.getfixturevalue("earnest")
    return earnest.new()


@pytest.fixture
def servers() -> Iterator[list[Server]]:
    """Those that a test has started; they end with it."""
    started: list[Server] = []
    yield started
    for server in started:
        server.end()


@pytest.fixture
def start(url: str, servers: list[Server]) -> Start:
    def started() -> Server:
        servers.append(Server(url))
        return servers[-1]

    return started
