"""Somebody who steps one network through every fault, and remembers what was acknowledged."""

from __future__ import annotations

import random
import threading
import time
from typing import Any

import httpx

from tests.jobs.conftest import Server

LONGEST = 5
EXAMPLE = {"preset": "worked-example"}


class Walker:
    """Steps at random, in a thread of its own, while `server` is one; a fault is no reason to stop.

    `acknowledged` is the loss that was answered for each step that an answer named.
    """

    def __init__(self, server: Server) -> None:
        self.server = server
        self.network = server.worked_example()
        self.acknowledged: dict[int, float] = {}
        self._leaving = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        self._leaving.clear()
        self._thread = threading.Thread(target=self._walk)
        self._thread.start()

    def leave(self) -> None:
        assert self._thread is not None
        self._leaving.set()
        self._thread.join()

    @property
    def last(self) -> int:
        return max(self.acknowledged, default=0)

    def _walk(self) -> None:
        while not self._leaving.is_set():
            try:
                self._step()
            except (httpx.TransportError, AssertionError):
                time.sleep(0.02)

    def _step(self) -> None:
        path = f"{self.network}/steps"
        answer = self.server.client.post(path, json={"count": random.randint(1, LONGEST)})
        assert answer.status_code in {200, 503}, answer.text
        if answer.status_code == 200:
            made = answer.json()
            assert made["step"] not in self.acknowledged
            self.acknowledged[made["step"]] = made["loss_after"]


def check(walker: Walker) -> None:
    """Every acknowledged step is there once, nothing is missing between, and one may go on."""
    server, network = walker.server, walker.network
    found = server.get(network)
    assert found["step"] >= walker.last
    assert found["seq"] == found["step"]
    losses = recorded(server, network)
    assert len(losses) == found["step"] + 1
    for step, loss in walker.acknowledged.items():
        assert losses[step] == loss
    assert found["parameters"] == stepped_at_once(server, found["step"])
    assert server.post(f"{network}/steps", {"count": 1})["step"] == found["step"] + 1


def recorded(server: Server, network: str) -> list[float]:
    points = server.get(network)["step"] + 1
    history: Any = server.get(f"{network}/history?series=loss&max_points={points}")
    losses: list[float] = history["series"]["loss"]["last"]
    return losses


def stepped_at_once(server: Server, steps: int) -> Any:
    """The parameters of another worked example after as many steps."""
    network = server.worked_example()
    while steps > 0:
        steps -= server.post(f"{network}/steps", {"count": min(steps, 10_000)})["count"]
    return server.get(network)["parameters"]
