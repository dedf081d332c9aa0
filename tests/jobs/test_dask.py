"""Trainings on a Dask cluster: a real scheduler, and workers that are killed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from distributed import Client

from tests.conftest import free_port
from tests.jobs.test_worker import STEPS, check_exact
from tests.jobs.test_workers import LONG, begun, running
from tests.postgres import Postgres

DASK = Path(sys.executable).with_name("dask")
Start = Callable[..., Any]


class Cluster:
    """A scheduler and workers of one thread each, as programs."""

    def __init__(self, running: ExitStack) -> None:
        self._running = running
        self._port = free_port()
        self.address = f"tcp://127.0.0.1:{self._port}"
        self.workers: dict[str, subprocess.Popen[bytes]] = {}
        self.scheduler = self.start_scheduler()

    def start_scheduler(self) -> subprocess.Popen[bytes]:
        return self._program("scheduler", "--host", "127.0.0.1", "--port", str(self._port))

    def start_worker(self) -> None:
        name = f"worker-{len(self.workers)}"
        self.workers[name] = self._program(
            "worker", self.address, "--no-nanny", "--nthreads", "1", "--name", name
        )

    def _program(self, *arguments: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [DASK, *arguments, "--no-dashboard"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._running.callback(process.wait)
        self._running.callback(process.kill)
        return process

    def busy(self) -> str:
        """The name of a worker that computes."""
        with Client(self.address, set_as_default=False) as client:
            busy = next(address for address, tasks in client.processing().items() if tasks)
            name: str = client.scheduler_info()["workers"][busy]["name"]
            return name


@pytest.fixture
def database_url(postgres: Postgres) -> str:
    """Many machines share a PostgreSQL."""
    return postgres.new()


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    with ExitStack() as running:
        yield Cluster(running)


def test_a_training_ends_at_its_last_step_though_a_worker_was_killed(
    start: Start, cluster: Cluster
) -> None:
    cluster.start_worker()
    cluster.start_worker()
    server = start(SLOWPROP_DASK_SCHEDULER=cluster.address)
    training = begun(server, STEPS)
    server.wait_for(training, lambda found: found["done"] > 0)
    cluster.workers[cluster.busy()].kill()
    network, _, training_id = training.partition("/trainings/")
    check_exact(server, network, training_id)


def test_trainings_wait_for_a_scheduler_and_go_on_with_a_new_one(
    start: Start, cluster: Cluster
) -> None:
    server = start(SLOWPROP_DASK_SCHEDULER=cluster.address)
    training = begun(server, STEPS)
    cluster.start_worker()
    server.wait_for(training, lambda found: found["done"] > 0)
    for process in (cluster.scheduler, *cluster.workers.values()):
        process.kill()
        process.wait()
    cluster.start_scheduler()
    cluster.start_worker()
    network, _, training_id = training.partition("/trainings/")
    check_exact(server, network, training_id)


def test_dask_computes_several_at_once_and_cancels_them(start: Start, cluster: Cluster) -> None:
    cluster.start_worker()
    cluster.start_worker()
    server = start(SLOWPROP_DASK_SCHEDULER=cluster.address)
    trainings = [begun(server, LONG) for _ in range(2)]
    for training in trainings:
        server.wait_for(training, lambda found: found["done"] > 0)
    assert [server.get(training)["state"] for training in trainings] == ["running"] * 2
    for training in trainings:
        server.client.delete(training)
        server.wait_for(training, lambda found: not running(found))
        assert server.get(training)["state"] == "cancelled"
