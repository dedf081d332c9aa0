"""A full disk, clients that leave, a proxy that cuts, servers that race."""

from __future__ import annotations

import random
import threading
import time
from contextlib import suppress

import httpx
import pytest

from tests.fault.conftest import Disk, PostgresDisk, SqliteDisk, Start
from tests.fault.walker import Walker, check
from tests.jobs.conftest import Server
from tests.live.conftest import Event, listening
from tests.live.test_events import check_contiguous
from tests.proxy import Proxy

ROUNDS = 20
BIG = {"layers": [{"size": 900}, {"size": 900}], "seed": 1}
MOST = 10


@pytest.fixture(params=["sqlite", "postgresql"])
def disk(request: pytest.FixtureRequest) -> Disk:
    if request.param == "sqlite":
        return SqliteDisk(request.getfixturevalue("tmp_path"))
    return PostgresDisk(request.getfixturevalue("earnest"))


def test_a_full_disk_is_told_and_survived(disk: Disk, servers: list[Server]) -> None:
    servers.append(Server(disk.url))
    server = servers[0]
    walker = Walker(server)
    server.post(f"{walker.network}/steps", {"count": 3})
    disk.fill(server)
    answers = (server.client.post("/networks", json=BIG) for _ in range(MOST))
    refused = next(answer for answer in answers if answer.status_code != 201)
    assert refused.status_code == 503, refused.text
    assert "database" in refused.json()["detail"]
    assert server.get(walker.network)["step"] >= 3
    disk.clear(server)
    server.until(lambda: server.client.post("/networks", json=BIG).status_code == 201)
    check(walker)


def test_clients_that_leave_free_their_places(start: Start) -> None:
    server = start()
    network = server.worked_example()
    for _ in range(ROUNDS):
        with listening(server, network) as stream:
            stream.next()
    metrics = server.client.base_url.join("/metrics")
    server.until(lambda: "slowprop_event_streams 0.0" in server.client.get(metrics).text)


def test_a_client_that_leaves_in_the_middle_of_its_request_breaks_nothing(start: Start) -> None:
    server = start()
    walker = Walker(server)
    for _ in range(ROUNDS):
        hurry = random.uniform(0.0005, 0.01)
        with suppress(httpx.TransportError):
            url = f"{server.client.base_url}{walker.network.removeprefix('/')}/steps"
            httpx.post(url, json={"count": 1_000}, timeout=hurry)
    server.until(lambda: at_rest(server, walker.network))
    check(walker)
    assert server.get(walker.network)["step"] > 1_000


def at_rest(server: Server, network: str) -> bool:
    """What clients have asked for before they left has been done."""
    before = server.get(network)["revision"]
    time.sleep(0.3)
    return bool(server.get(network)["revision"] == before)


def test_a_proxy_that_cuts_streams_hides_nothing(start: Start) -> None:
    server = start()
    walker = Walker(server)
    walker.start()
    events: list[Event] = []
    last: str | None = None
    with Proxy.to(str(server.client.base_url)) as proxy:
        for _ in range(ROUNDS):
            timer = threading.Timer(random.uniform(0.05, 0.4), proxy.cut)
            timer.start()
            try:
                with listening(through(server, proxy), walker.network, last) as stream:
                    while True:
                        events.append(stream.next())
                        last = events[-1].id
            except (httpx.TransportError, EOFError):
                timer.join()
    walker.leave()
    with listening(server, walker.network, last) as stream:
        server.post(f"{walker.network}/steps", {"count": 1})
        events.append(stream.next())
    check_contiguous(events)
    check(walker)


def through(server: Server, proxy: Proxy) -> Server:
    """The server as it is reached through the proxy."""
    reached = Server.__new__(Server)
    reached.process = server.process
    reached.client = httpx.Client(base_url=f"{proxy.url}/api/v1", timeout=10)
    return reached


def test_servers_race_on_one_network_and_are_killed(start: Start) -> None:
    first, second = start(), start()
    one = Walker(first)
    other = Walker(second)
    other.network = one.network
    for _ in range(ROUNDS // 2):
        for walker in (one, other):
            walker.start()
        time.sleep(random.uniform(0.05, 0.3))
        victim = random.choice((one, other))
        victim.server.kill()
        for walker in (one, other):
            walker.leave()
        victim.server = start()
        assert not one.acknowledged.keys() & other.acknowledged.keys()
        check(one)
        check(other)
