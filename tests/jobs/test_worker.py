"""Trainings in the worker process: exact, cancellable, going on after any death."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

AFTER_10000 = {  # E_total, outputs
    "simultaneous": (3.510187782978859e-05, [0.01591362044355068, 0.9840642735146238]),
    "sequential": (3.5084786296312774e-05, [0.0159121963260343, 0.9840657344856291]),
}
MANY = 2_500_000
STEPS = 1_000_000
SLACK = 0.5
"""For a machine on which everything else runs at the same time."""


def ended(training: dict[str, Any]) -> bool:
    return training["state"] not in {"queued", "running"}


@pytest.mark.parametrize("order", ["simultaneous", "sequential"])
def test_ten_thousand_steps_end_at_the_numbers_of_the_text(server: Any, order: str) -> None:
    asked = {"preset": "worked-example", "update_order": order}
    network, single = (f"/networks/{server.post('/networks', asked)['id']}" for _ in range(2))
    training = server.post(f"{network}/trainings", {"steps": 10_000})
    done = server.wait_for(f"{network}/trainings/{training['id']}", ended)
    assert (done["state"], done["done"]) == ("succeeded", 10_000)
    loss, outputs = AFTER_10000[order]
    assert done["loss"] == pytest.approx(loss, rel=1e-12)
    assert server.post(f"{network}/forward", {})["outputs"] == [pytest.approx(outputs, rel=1e-12)]
    server.post(f"{single}/steps", {"count": 9_999})
    server.post(f"{single}/steps", {"count": 1})
    assert server.get(network)["parameters"] == server.get(single)["parameters"]


def test_cancelling_takes_effect_within_half_a_second(server: Any) -> None:
    network = server.worked_example()
    training = server.post(f"{network}/trainings", {"steps": MANY})
    address = f"{network}/trainings/{training['id']}"
    running = server.wait_for(address, lambda found: found["done"] > 0)
    assert running["state"] == "running"
    assert running["rate"] > 0
    assert running["seconds_left"] > 0
    began = time.monotonic()
    assert server.client.delete(address).status_code == 202
    done = server.wait_for(address, ended)
    assert time.monotonic() - began < 0.5 + SLACK
    assert done["state"] == "cancelled"
    network_now = server.get(network)
    assert network_now["step"] == done["done"] < MANY
    assert server.post(f"{network}/steps", {"count": 1})["step"] == done["done"] + 1


def test_a_training_goes_on_when_its_worker_dies(server: Any) -> None:
    network, training = long_training(server)
    worker = server.worker()
    os.kill(worker, signal.SIGKILL)
    check_exact(server, network, training)
    assert server.worker() != worker


def test_a_training_goes_on_after_the_server_was_killed(start: Callable[[], Any]) -> None:
    first = start()
    network, training = long_training(first)
    worker = first.worker()
    first.kill()
    check_exact(start(), network, training)
    assert not Path(f"/proc/{worker}").exists()


def long_training(server: Any) -> tuple[str, str]:
    network = server.worked_example()
    training = server.post(f"{network}/trainings", {"steps": STEPS})["id"]
    server.wait_for(f"{network}/trainings/{training}", lambda found: found["done"] > 0)
    return network, training


def check_exact(server: Any, network: str, training: str) -> None:
    """It ends with as many steps as were asked for, all of them recorded, and none made twice."""
    done = server.wait_for(f"{network}/trainings/{training}", ended)
    assert (done["state"], done["done"]) == ("succeeded", STEPS)
    after = server.get(network)
    assert (after["step"], after["seq"], after["training"]) == (STEPS, STEPS, None)
    before_last = server.get(f"{network}/trace?step={STEPS - 1}")
    assert [update["after"] for update in before_last["updates"][:4]] == [
        weight for row in after["parameters"]["weights"][0] for weight in row
    ]
    assert server.get(f"{network}/history?max_points=2")["to"] == STEPS
