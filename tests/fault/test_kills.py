"""Servers, workers and databases killed at random moments: nothing acknowledged is lost."""

from __future__ import annotations

import os
import random
import signal
import time

from tests.fault.conftest import Start
from tests.fault.walker import Walker, check
from tests.jobs.conftest import Server
from tests.jobs.test_worker import ended
from tests.postgres import Postgres

ROUNDS = 20
STEPS = 3_000_000


def soon() -> None:
    time.sleep(random.uniform(0.02, 0.4))


def test_the_server_is_killed(start: Start) -> None:
    server = start()
    walkers = [Walker(server), Walker(server)]
    for _ in range(ROUNDS):
        for walker in walkers:
            walker.start()
        soon()
        server.kill()
        for walker in walkers:
            walker.leave()
        server = start()
        for walker in walkers:
            walker.server = server
            check(walker)
    assert all(walker.acknowledged for walker in walkers)


def test_the_worker_is_killed(start: Start) -> None:
    """The training goes on each time, and ends at exactly the asked number of steps."""
    server = start()
    network = server.worked_example()
    training = server.post(f"{network}/trainings", {"steps": STEPS})["id"]
    for _ in range(ROUNDS):
        before = server.get(f"{network}/trainings/{training}")["done"]
        server.until(lambda: kill(server.workers()))
        server.wait_for(
            f"{network}/trainings/{training}", lambda now, was=before: now["done"] > was
        )
    check_exact(server, network, training)


def kill(workers: list[int]) -> bool:
    """One of them; False when there is none, because the one before has just been killed."""
    if workers:
        os.kill(random.choice(workers), signal.SIGKILL)
    return bool(workers)


def check_exact(server: Server, network: str, training: str) -> None:
    done = server.wait_for(f"{network}/trainings/{training}", ended)
    assert (done["state"], done["done"]) == ("succeeded", STEPS)
    found = server.get(network)
    assert (found["step"], found["seq"], found["training"]) == (STEPS, STEPS, None)
    alone = server.worked_example()
    again = server.post(f"{alone}/trainings", {"steps": STEPS})["id"]
    server.wait_for(f"{alone}/trainings/{again}", ended)
    assert server.get(alone)["parameters"] == found["parameters"]


def test_the_database_is_killed(earnest: Postgres, servers: list[Server]) -> None:
    """The server goes on by itself when the database is back."""
    servers.append(Server(earnest.new(), SLOWPROP_DATABASE_SECONDS="2"))
    walker = Walker(servers[0])
    walker.start()
    for _ in range(ROUNDS):
        soon()
        earnest.kill()
        soon()
        earnest.start()
        wait_until_ready(servers[0])
    walker.leave()
    check(walker)
    assert len(walker.acknowledged) > ROUNDS


def wait_until_ready(server: Server) -> None:
    ready = server.client.base_url.join("/readyz")
    server.until(lambda: server.client.get(ready).status_code == 200)
