"""Sweeps on real workers, which die in the middle of them."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from typing import Any

from tests.jobs.test_worker import ended

Start = Callable[..., Any]
SWEEP = {
    "network": {"preset": "worked-example"},
    "grid": {"learning_rate": [0.1, 0.3, 0.5, 0.7], "activation": ["sigmoid", "tanh"]},
    "steps": 150_000,
}


def test_a_sweep_ends_whole_though_worker_and_server_were_killed(start: Start) -> None:
    server = start(SLOWPROP_WORKERS="2")
    sweep = f"/sweeps/{server.post('/sweeps', SWEEP)['id']}"
    server.wait_for(sweep, lambda found: found["done"] > 100_000)
    os.kill(server.worker(), signal.SIGKILL)
    server.wait_for(sweep, lambda found: found["done"] > 300_000)
    server.kill()
    again = start(SLOWPROP_WORKERS="2")
    done = again.wait_for(sweep, ended)
    assert (done["state"], done["states"]) == ("succeeded", {"succeeded": 8})
    assert done["total"] == done["done"] == 8 * 150_000
    trials = again.get(f"{sweep}/trials")["trials"]
    assert done["best"] == min(trials, key=lambda trial: trial["loss"])
    for trial in trials:
        network = again.get(f"/networks/{trial['network_id']}")
        assert (network["step"], network["seq"], network["training"]) == (150_000, 150_000, None)
        assert network["loss"] == trial["loss"]


def test_a_cancelled_sweep_soon_stops(start: Start) -> None:
    server = start(SLOWPROP_WORKERS="2")
    sweep = f"/sweeps/{server.post('/sweeps', SWEEP | {'steps': 2_000_000})['id']}"
    server.wait_for(sweep, lambda found: found["done"] > 0)
    began = time.monotonic()
    server.client.delete(sweep)
    done = server.wait_for(sweep, ended)
    assert time.monotonic() - began < 2  # a tenth of it on a machine with nothing else to do
    assert done["state"] == "cancelled"
    assert done["done"] == done["total"] < 8 * 2_000_000
