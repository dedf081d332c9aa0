"""Thousands of requests made from the API's own description, to a real server, held against it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.jobs.conftest import Server

SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")
CONFIG = Path(__file__).parents[1] / "data" / "schemathesis.toml"
AN_OPERATION = 20
LEAST_CASES = 2_000


@pytest.fixture
def address(database_url: str) -> Iterator[str]:
    """Of a server on each of the databases."""
    server = Server(database_url)
    yield str(server.client.base_url.join("/")).rstrip("/")
    server.end()


def test_every_answer_is_as_described(address: str, tmp_path: Path) -> None:
    """Examples, corners and fuzzing of each operation, and sequences that hang together."""
    ran = subprocess.run(
        [
            *(SCHEMATHESIS, f"--config-file={CONFIG}", "run", f"{address}/openapi.json"),
            *("--exclude-path-regex", "/events$"),  # a stream has no end
            *("--max-examples", str(AN_OPERATION), "--seed", "1", "--no-color"),
        ],
        cwd=tmp_path,  # it leaves a record of what it found
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-20_000:]
    cases = re.search(r"(\d+) generated", ran.stdout)
    assert cases is not None, ran.stdout[-2_000:]
    assert int(cases[1]) >= LEAST_CASES


def test_the_longest_query_is_read(server: str) -> None:
    """Letters of four bytes, each of which becomes twelve in an address."""
    connection = HTTPConnection(server.removeprefix("http://"))
    connection.request("GET", f"/api/v1/networks/0/values?names={quote('𝛿' * 20_000)}")
    assert connection.getresponse().status == 404
    connection.close()
