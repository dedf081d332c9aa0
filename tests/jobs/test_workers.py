"""Several workers, in the server or in programs of their own: in parallel, fair, replaceable."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from typing import Any

from tests.jobs.conftest import SLOWPROP
from tests.jobs.test_worker import STEPS, check_exact, ended

Start = Callable[..., Any]
StartWorker = Callable[..., subprocess.Popen[str]]
LONG = 10_000_000


def begun(server: Any, steps: int) -> str:
    """The address of a training of a network of its own."""
    network = server.worked_example()
    return f"{network}/trainings/{server.post(f'{network}/trainings', {'steps': steps})['id']}"


def running(found: dict[str, Any]) -> bool:
    return found["state"] == "running"


def test_a_queued_training_is_cancelled_at_once_behind_a_running_one(start: Start) -> None:
    server = start(SLOWPROP_WORKERS="1")
    one, queued = begun(server, LONG), begun(server, LONG)
    server.wait_for(one, running)
    began = time.monotonic()
    answer = server.client.delete(queued)
    assert time.monotonic() - began < 0.5
    assert answer.json()["state"] == "cancelled"
    assert server.get(one)["state"] == "running"


def test_workers_compute_side_by_side(start: Start) -> None:
    server = start(SLOWPROP_WORKERS="2")
    trainings = [begun(server, LONG) for _ in range(2)]
    for training in trainings:
        server.wait_for(training, lambda found: found["done"] > 500_000)
    assert [server.get(training)["state"] for training in trainings] == ["running"] * 2


def test_a_short_training_does_not_wait_for_the_end_of_a_long_one(start: Start) -> None:
    server = start(SLOWPROP_WORKERS="1")
    long = begun(server, LONG)
    server.wait_for(long, running)
    server.wait_for(begun(server, 1_000), ended)
    assert server.get(long)["state"] in {"queued", "running"}
    server.wait_for(long, running)


def test_a_server_without_workers_leaves_trainings_to_others(
    start: Start, start_worker: StartWorker
) -> None:
    server = start(SLOWPROP_WORKERS="0")
    training = begun(server, 1_000)
    time.sleep(1)
    assert server.get(training)["state"] == "queued"
    worker = start_worker(SLOWPROP_WORKERS="1")
    assert server.wait_for(training, ended)["state"] == "succeeded"
    again = begun(server, LONG)
    server.wait_for(again, running)
    began = time.monotonic()
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(10) == 0
    assert time.monotonic() - began < 5
    given_back = server.client.delete(again).json()
    assert given_back["state"] == "cancelled"


def test_another_worker_goes_on_when_one_is_killed(start: Start, start_worker: StartWorker) -> None:
    server = start(SLOWPROP_WORKERS="0")
    first = start_worker(SLOWPROP_WORKERS="1")
    training = begun(server, STEPS)
    server.wait_for(training, lambda found: found["done"] > 0)
    start_worker(SLOWPROP_WORKERS="1")
    first.kill()
    network, _, training_id = training.partition("/trainings/")
    check_exact(server, network, training_id)


def test_a_worker_with_nothing_to_compute_with_says_so() -> None:
    result = subprocess.run(
        [SLOWPROP, "worker"],
        env=os.environ | {"SLOWPROP_WORKERS": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 2
    assert "would compute nothing" in result.stderr
