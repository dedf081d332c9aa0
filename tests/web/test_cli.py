"""The command line: one clear line for whatever stands in the way of a start."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

SLOWPROP = Path(sys.executable).with_name("slowprop")


def run(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [SLOWPROP, *arguments],
        env=os.environ | environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def check_one_line(result: subprocess.CompletedProcess[str], *parts: str) -> None:
    assert result.returncode == 2, result.stderr
    assert result.stderr.startswith("slowprop: ")
    assert result.stderr.count("\n") == 1, result.stderr
    for part in parts:
        assert part in result.stderr


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'slowprop.db'}"


@contextmanager
def listening(body: bytes) -> Iterator[int]:
    """A server that answers every GET with `body`."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def test_a_port_that_another_program_has(database: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = run("serve", PORT=port, SLOWPROP_DATABASE_URL=database)
    check_one_line(result, f"Port {port} is taken by another program", "PORT=")


def test_a_port_that_slowprop_has_already(database: str) -> None:
    with listening(b'{"service": "slowprop"}') as port:
        result = run("serve", "--port", str(port), SLOWPROP_DATABASE_URL=database)
        check_one_line(result, f"Slowprop is already running at http://127.0.0.1:{port}")
        assert run("health", "--port", str(port)).returncode == 0
    with listening(b"hello") as port:
        assert run("health", "--port", str(port)).returncode == 1


@pytest.mark.parametrize(
    ("environ", "part"),
    [
        ({"SLOWPROP_PROT": "1"}, "Did you mean 'SLOWPROP_PORT'?"),
        ({"PORT": "eight"}, "PORT must be a whole number"),
        ({"HOST": "no.such.host.invalid", "SLOWPROP_OPEN_TO_NETWORK": "1"}, "HOST"),
        ({"HOST": "no.such.host.invalid"}, "is no name or address that can be found"),
        ({"SLOWPROP_DATABASE_URL": "oracle://db/slowprop"}, "only SQLite and PostgreSQL"),
        ({"SLOWPROP_DATABASE_URL": "postgresql://no.such.host.invalid/x"}, "cannot be used"),
        ({"SLOWPROP_DATABASE_URL": "sqlite:////proc/slowprop.db"}, "cannot be used"),
    ],
)
def test_settings_that_cannot_be_used(environ: dict[str, str], part: str) -> None:
    check_one_line(run("serve", **{"PORT": "0"} | environ), part)


def test_the_version() -> None:
    assert run("--version").stdout.startswith("slowprop, version ")
