"""Real server processes, which can be killed and started again on the same database."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

SLOWPROP = Path(sys.executable).with_name("slowprop")
SECONDS = 60


def slowprop(database_url: str, *arguments: str, **settings: str) -> subprocess.Popen[str]:
    """A `slowprop` program on this database."""
    return subprocess.Popen(
        [SLOWPROP, *arguments],
        env=os.environ | {"SLOWPROP_DATABASE_URL": database_url} | settings,
        stdout=subprocess.PIPE,
        text=True,
    )


class Server:
    """`slowprop serve` on a free port."""

    def __init__(self, database_url: str, **settings: str) -> None:
        self.process = slowprop(database_url, "serve", "--port", "0", **settings)
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line.startswith("Slowprop is at http://127.0.0.1:"), line
        address = line.split()[-1]
        self.client = httpx.Client(base_url=f"{address}/api/v1", timeout=SECONDS)

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = self.client.post(path, json=body)
        assert answer.is_success, answer.text
        made: dict[str, Any] = answer.json()
        return made

    def get(self, path: str) -> dict[str, Any]:
        answer = self.client.get(path)
        assert answer.is_success, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def worked_example(self) -> str:
        return f"/networks/{self.post('/networks', {'preset': 'worked-example'})['id']}"

    def wait_for(self, path: str, condition: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            found = self.get(path)
            if condition(found):
                return found
            time.sleep(0.01)
        pytest.fail(f"{path} still is {found}")

    def until(self, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + SECONDS
        while not condition():
            assert time.monotonic() < deadline
            time.sleep(0.01)

    def worker(self) -> int:
        """The process id of a worker."""
        found = self.workers()
        assert found, "the server has no worker"
        return found[0]

    def workers(self) -> list[int]:
        """The children that compute; one that has just been killed is no more."""
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        children = [child for task in tasks for child in task.read_text().split()]
        lines = {child: Path(f"/proc/{child}/cmdline").read_bytes() for child in children}
        return [int(child) for child, line in lines.items() if b"spawn_main" in line]

    def kill(self) -> None:
        """As a power cut would."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(SECONDS)

    def end(self) -> None:
        self.client.close()
        self.kill()
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture
def start(database_url: str) -> Iterator[Callable[..., Server]]:
    """Starts servers on one database of this test."""
    servers: list[Server] = []

    def started(**settings: str) -> Server:
        servers.append(Server(database_url, **settings))
        return servers[-1]

    yield started
    for server in servers:
        server.end()


@pytest.fixture
def start_worker(database_url: str) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts `slowprop worker` on the same database."""
    workers: list[subprocess.Popen[str]] = []

    def started(**settings: str) -> subprocess.Popen[str]:
        worker = slowprop(database_url, "worker", **settings)
        workers.append(worker)
        assert worker.stdout is not None
        assert worker.stdout.readline().startswith("Slowprop computes trainings with")
        return worker

    yield started
    for worker in workers:
        worker.kill()
        worker.wait()
        assert worker.stdout is not None
        worker.stdout.close()


@pytest.fixture
def server(start: Callable[[], Server]) -> Server:
    return start()
