"""One client's share: of requests, of networks, of time; and whose request it is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import update

from app.errors import TooMany
from app.jobs.housekeeping import Housekeeping
from app.services.changes import now
from app.storage.database import writing
from app.storage.tables import links, quotas
from app.web.built import Built
from app.web.clients import client_of
from app.web.throttle import BURST_SECONDS, MOST_CLIENTS, Throttle
from tests.databases import Databases
from tests.web.conftest import STRICT, connected, made

pytestmark = pytest.mark.anyio

Refused = Callable[..., dict[str, Any]]
EXAMPLE = {"preset": "worked-example"}


@pytest.fixture
def strict_app(built: Built, databases: Databases, tmp_path: Path) -> Iterator[FastAPI]:
    with made(built, databases, tmp_path, STRICT, access="links") as app:
        yield app


@pytest.fixture
async def strict(strict_app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with connected(strict_app) as client:
        yield client


class Clock:
    """A test says how late it is."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def asks(throttle: Throttle, client: object = "me") -> int:
    """0, or how long to wait."""
    try:
        with throttle.admitted(client):
            return 0
    except TooMany as refusal:
        return refusal.retry_after


async def test_a_bucket_empties_and_fills_up_again() -> None:
    clock = Clock()
    throttle = Throttle(4, at_once=9, clock=clock)
    assert [asks(throttle) for _ in range(4 * BURST_SECONDS)] == [0] * 4 * BURST_SECONDS
    assert asks(throttle) == 1
    assert asks(throttle, "somebody else") == 0
    clock.now += 0.25
    assert [asks(throttle), asks(throttle)] == [0, 1]
    clock.now += 1_000
    assert sum(asks(throttle) == 0 for _ in range(100)) == 4 * BURST_SECONDS


async def test_only_so_many_at_once_but_streams_do_not_count() -> None:
    throttle = Throttle(100, at_once=2)
    with throttle.admitted("me", lasting=True), throttle.admitted("me"), throttle.admitted("me"):
        assert asks(throttle) == 1
        assert asks(throttle, "somebody else") == 0
    assert asks(throttle) == 0


async def test_a_failure_gives_the_place_back() -> None:
    throttle = Throttle(100, at_once=1)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), throttle.admitted("me"):
            raise ZeroDivisionError


async def test_memory_is_bounded_however_many_ask() -> None:
    throttle = Throttle(1, at_once=1)
    for client in range(MOST_CLIENTS + 100):
        asks(throttle, client)
    assert len(throttle._buckets) == MOST_CLIENTS


async def test_too_many_requests_are_told_when_to_come_back(
    strict: httpx.AsyncClient, refused: Refused
) -> None:
    answers = [await strict.get("/catalog") for _ in range(4 * BURST_SECONDS + 5)]
    late = next(answer for answer in answers if answer.status_code == 429)
    assert "4 requests a second" in refused(late, 429)["detail"]
    assert late.headers["retry-after"] == "1"
    assert (await strict.get("http://localhost/healthz")).status_code == 200
    assert (await strict.get("http://localhost/")).status_code == 200


async def test_who_guesses_is_held_up_and_who_has_a_link_is_not(
    strict: httpx.AsyncClient, refused: Refused
) -> None:
    network = (await strict.post("/networks", json=EXAMPLE)).json()
    path = f"/networks/{network['id']}"
    guesses = [
        await strict.get(path, headers={"Authorization": f"Bearer {number}.x"})
        for number in range(4 * BURST_SECONDS + 5)
    ]
    refused(guesses[0], 404)
    refused(guesses[-1], 429)
    view = {"Authorization": f"Bearer {network['tokens']['view']}"}
    assert (await strict.get(path, headers=view)).status_code == 200


async def test_there_are_no_shares_with_open_access(client: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(client.get("/catalog") for _ in range(150)))
    assert {answer.status_code for answer in answers} == {200}


async def test_so_many_networks_a_day(
    strict: httpx.AsyncClient, strict_app: FastAPI, refused: Refused
) -> None:
    key = {"Idempotency-Key": "the-first"}
    first = await strict.post("/networks", json=EXAMPLE, headers=key)
    made = [await strict.post("/networks", json=EXAMPLE) for _ in range(5)]
    assert [answer.status_code for answer in made] == [201] * 4 + [429]
    assert "5 networks a day" in refused(made[-1], 429)["detail"]
    assert 0 < int(made[-1].headers["retry-after"]) <= 24 * 60 * 60
    again = await strict.post("/networks", json=EXAMPLE, headers=key)
    assert again.json()["id"] == first.json()["id"]
    with writing(strict_app.state.services.store._engine) as connection:
        connection.execute(update(quotas).values(day="2026-01-01"))
    assert (await strict.post("/networks", json=EXAMPLE)).status_code == 201


async def test_an_unused_network_is_deleted_and_says_when(
    linked: httpx.AsyncClient, linked_app: FastAPI
) -> None:
    unused, used = [(await linked.post("/networks", json=EXAMPLE)).json() for _ in range(2)]
    days = linked_app.state.services.limits.unused_days
    deadline = datetime.fromisoformat(used["expires_at"])
    assert timedelta(days) < deadline - datetime.now(UTC) <= timedelta(days + 1)
    back = (now() - timedelta(days + 1)).date().isoformat()
    store, kept = linked_app.state.services.store, linked_app.state.services.links
    with writing(store._engine) as connection:
        both = links.c.subject.in_([unused["id"], used["id"]])
        connection.execute(update(links).where(both).values(used_on=back))
    view = {"Authorization": f"Bearer {used['tokens']['view']}"}
    assert (await linked.get(f"/networks/{used['id']}", headers=view)).status_code == 200
    assert kept.unused(days) == [unused["id"]]
    Housekeeping(store, lambda: kept.unused(days), []).tidy()
    assert kept.of(unused["id"]) == []
    edit = {"Authorization": f"Bearer {used['tokens']['edit']}"}
    assert (await linked.get(f"/networks/{used['id']}", headers=edit)).status_code == 200


async def test_a_network_that_learns_is_in_use(
    linked: httpx.AsyncClient, linked_app: FastAPI
) -> None:
    network = (await linked.post("/networks", json=EXAMPLE)).json()
    edit = {"Authorization": f"Bearer {network['tokens']['edit']}"}
    path = f"/networks/{network['id']}/trainings"
    assert (await linked.post(path, json={"steps": 5}, headers=edit)).status_code == 202
    assert network["id"] not in linked_app.state.services.links.unused(-2)


async def test_no_network_expires_with_open_access(client: httpx.AsyncClient, network: str) -> None:
    assert (await client.get(network)).json()["expires_at"] is None


async def test_a_body_that_comes_too_slowly(strict: httpx.AsyncClient, refused: Refused) -> None:
    async def drip() -> AsyncIterator[bytes]:
        yield b'{"preset": '
        await asyncio.sleep(30)
        yield b'"worked-example"}'

    headers = {"content-type": "application/json"}
    answer = await asyncio.wait_for(
        strict.post("/networks", content=drip(), headers=headers), timeout=10
    )
    assert "after 1 seconds" in refused(answer, 408)["detail"]


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("192.0.2.1", [], "192.0.2.1"),
        ("192.0.2.1", ["198.51.100.7"], "192.0.2.1"),
        ("10.0.0.2", ["198.51.100.7"], "198.51.100.7"),
        ("10.0.0.2", ["203.0.113.9, 198.51.100.7"], "198.51.100.7"),
        ("10.0.0.2", ["203.0.113.9", "198.51.100.7, 10.0.0.3"], "198.51.100.7"),
        ("10.0.0.2", ["10.0.0.4, 10.0.0.3"], "10.0.0.4"),
        ("10.0.0.2", ["198.51.100.7, nonsense"], "10.0.0.2"),
        ("10.0.0.2", [], "10.0.0.2"),
        ("::ffff:192.0.2.1", [], "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", [], "2001:db8:1:2::/64"),
        ("fd00::1", ["2001:db8:1:2:9::9"], "2001:db8:1:2::/64"),
        (None, ["198.51.100.7"], ""),
    ],
)
async def test_forwarded_addresses_are_believed_of_named_proxies_only(
    peer: str | None, forwarded: list[str], client: str
) -> None:
    app = FastAPI()
    app.state.services = Proxied()
    scope = {
        "type": "http",
        "app": app,
        "client": None if peer is None else (peer, 1234),
        "headers": [(b"x-forwarded-for", each.encode()) for each in forwarded],
    }
    assert client_of(scope) == client


class Proxied:
    proxies = (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))
