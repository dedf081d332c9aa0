"""What has been answered is kept: over restarts, power cuts and several servers at once."""

from __future__ import annotations

import os
import random
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx

from tests.jobs.conftest import SLOWPROP

Start = Callable[[], Any]


def test_every_acknowledged_step_survives_a_power_cut(start: Start) -> None:
    server = start()
    network = server.worked_example()
    for _ in range(20):
        made = server.post(f"{network}/steps", {"count": 1})
    before = server.get(network)
    server.kill()
    again = start()
    assert again.get(network) == before
    assert before["step"] == made["step"] == 20
    assert again.get(f"{network}/history")["series"]["loss"]["last"][-1] == made["loss_after"]
    assert again.post(f"{network}/steps", {"count": 1})["step"] == 21


def test_a_power_cut_in_the_middle_of_steps_loses_none_and_halves_none(start: Start) -> None:
    server = start()
    network = server.worked_example()
    acknowledged: list[int] = []

    def keep_stepping() -> None:
        try:
            while True:
                acknowledged.append(server.post(f"{network}/steps", {"count": 7})["step"])
        except Exception:  # noqa: BLE001 — the server has been killed
            return

    stepping = threading.Thread(target=keep_stepping)
    stepping.start()
    while len(acknowledged) < 10:
        time.sleep(0.005)
    server.kill()
    stepping.join()
    step = start().get(network)["step"]
    assert step % 7 == 0
    assert acknowledged[-1] <= step <= acknowledged[-1] + 7


def test_servers_stepping_one_network_lose_nothing(start: Start) -> None:
    servers = [start(), start(), start()]
    network = servers[0].worked_example()
    alone = servers[0].worked_example()
    steps: list[int] = []

    def ten_steps(server: Any) -> None:
        for _ in range(10):
            steps.append(server.post(f"{network}/steps", {"count": 1})["step"])

    threads = [threading.Thread(target=ten_steps, args=(server,)) for server in servers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(steps) == list(range(1, 31))
    servers[1].post(f"{alone}/steps", {"count": 30})
    one, other = (servers[2].get(path) for path in (network, alone))
    assert (one["step"], one["revision"]) == (30, 31)
    assert one["parameters"] == other["parameters"]


def test_a_server_stops_quickly_and_takes_its_worker_along(start: Start) -> None:
    server = start()
    network = server.worked_example()
    server.post(f"{network}/trainings", {"steps": 2_000_000})
    server.wait_for(network, lambda found: found["step"] > 0)
    worker = server.worker()
    began = time.monotonic()
    server.stop()
    assert time.monotonic() - began < 5
    assert not Path(f"/proc/{worker}").exists()


def test_a_killed_server_leaves_no_warning(tmp_path: Path) -> None:
    """The log of the next morning should tell of the kill, not of Python's housekeeping."""
    log = tmp_path / "log"
    with log.open("w") as written:
        process = subprocess.Popen(
            [SLOWPROP, "serve", "--port", "0"],
            env=os.environ | {"SLOWPROP_DATABASE_URL": f"sqlite:///{tmp_path}/slowprop.db"},
            stdout=subprocess.PIPE,
            stderr=written,
            text=True,
        )
        assert process.stdout is not None
        address = process.stdout.readline().split()[-1]
        api = httpx.Client(base_url=f"{address}/api/v1", timeout=30)
        with api, process.stdout as standing:
            made = api.post("/networks", json={"preset": "worked-example"}).json()
            path = f"/networks/{made['id']}/trainings"
            training = api.post(path, json={"steps": 5}).json()
            while api.get(f"{path}/{training['id']}").json()["state"] != "succeeded":
                time.sleep(0.05)
            process.kill()
            process.wait()
            # Worker and tracker hold the pipe too: it ends when the last of them has.
            assert standing.read() == ""
    assert log.read_text() == ""


def test_a_request_that_a_power_cut_left_unanswered_is_done_once(start: Start) -> None:
    """Wherever the cut fell: before the commit, or between commit and answer."""
    server = start()
    network = server.worked_example()
    for number in range(1, 7):
        asked = {"json": {"count": 3}, "headers": {"Idempotency-Key": f"cut-{number}"}}
        asking = threading.Thread(target=unanswered, args=(server, f"{network}/steps", asked))
        asking.start()
        time.sleep(random.uniform(0, 0.02))
        server.kill()
        asking.join()
        server = start()
        first = server.client.post(f"{network}/steps", **asked)
        again = server.client.post(f"{network}/steps", **asked)
        assert first.json()["step"] == 3 * number
        assert again.content == first.content
        assert server.get(network)["step"] == 3 * number


def unanswered(server: Any, path: str, asked: Any) -> None:
    with suppress(httpx.HTTPError):
        server.client.post(path, **asked)
