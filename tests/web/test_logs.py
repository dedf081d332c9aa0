"""The log: requests by route, and nothing that opens a network."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.logs import JsonLines
from tests.jobs.conftest import SLOWPROP

EXAMPLE = {"preset": "worked-example"}


@pytest.mark.parametrize("kind", ["warnings", "plain", "json"])
def test_a_server_writes_no_token_and_no_id(kind: str, tmp_path: Path) -> None:
    environment = {
        "SLOWPROP_DATABASE_URL": f"sqlite:///{tmp_path / 'slowprop.db'}",
        "SLOWPROP_ACCESS": "links",
        "SLOWPROP_LOG": kind,
    }
    log = tmp_path / "log"
    with log.open("w") as stderr:
        server = subprocess.Popen(
            [SLOWPROP, "serve", "--port", "0"],
            env=os.environ | environment,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        )
        assert server.stdout is not None
        address = server.stdout.readline().split()[-1]
        secrets = ask(f"{address}/api/v1")
        server.terminate()
        server.wait(30)
        server.stdout.close()
    written = log.read_text()
    assert [secret for secret in secrets if secret in written] == []
    check(kind, written)


def ask(api: str) -> list[str]:
    """Requests that work and that do not; what must not be written down of them."""
    network = httpx.post(f"{api}/networks", json=EXAMPLE, timeout=30).json()
    token = network["tokens"]["edit"]
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "a-key-of-mine"}
    path = f"{api}/networks/{network['id']}"
    assert httpx.get(path, headers=headers).status_code == 200
    steps = httpx.post(f"{path}/steps?token={token}", json={"count": 1}, headers=headers)
    assert steps.status_code == 200
    assert httpx.get(f"{path}?token={token}").status_code == 404
    assert httpx.get(f"{api}/nowhere/{token}").status_code == 404
    return [token, token.partition(".")[2], network["id"], "a-key-of-mine"]


def check(kind: str, written: str) -> None:
    if kind == "warnings":
        assert written == ""
    elif kind == "plain":
        assert "GET /api/v1/networks/{id} 200 " in written
    else:
        lines = [json.loads(line) for line in written.splitlines()]
        told = [(line["method"], line["route"], line["status"]) for line in lines]
        assert told == [
            ("POST", "/api/v1/networks", 201),
            ("GET", "/api/v1/networks/{id}", 200),
            ("POST", "/api/v1/networks/{id}/steps", 200),
            ("GET", "/api/v1/networks/{id}", 404),
            ("GET", "unknown", 404),
        ]
        assert all(line["milliseconds"] > 0 and line["level"] == "info" for line in lines)


def test_a_failure_is_one_line_too() -> None:
    """With its traceback, and whatever it says cannot break out of the line."""
    record = failure('two\nlines, "quoted"')
    line = JsonLines().format(record)
    assert "\n" not in line
    told = json.loads(line)
    assert told["message"] == "Training abc failed"
    assert 'ValueError: two\nlines, "quoted"' in told["exception"]


def failure(said: str) -> logging.LogRecord:
    try:
        fail(said)
    except ValueError:
        caught: Any = sys.exc_info()
    return logging.LogRecord("app", logging.ERROR, "", 1, "Training %s failed", ("abc",), caught)


def fail(said: str) -> None:
    raise ValueError(said)
