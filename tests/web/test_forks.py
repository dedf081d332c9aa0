"""A fork is the same network from that moment on, and nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.web.deps import Services
from tests.web.test_cutting import XOR, made
from tests.web.test_trainings import compute

Refused = Callable[..., dict[str, Any]]
BINARY = {"Accept": "application/octet-stream"}

OPTIMIZERS: list[dict[str, Any]] = [
    {"name": "sgd"},
    {"name": "sgd", "momentum": 0.9, "nesterov": True},
    {"name": "adagrad"},
    {"name": "rmsprop"},
    {"name": "adam", "gradient_clip_norm": 0.2},
    {"name": "adamw"},
]

pytestmark = pytest.mark.anyio


async def forked(client: httpx.AsyncClient, network: str, asked: dict[str, Any]) -> str:
    answer = await client.post(f"{network}/forks", json=asked)
    assert answer.status_code == 201, answer.text
    location = answer.headers["location"].removeprefix("/api/v1")
    assert location == f"/networks/{answer.json()['id']}" != network
    found = (await client.get(location)).json()
    assert answer.json() == found | {"tokens": None, "tokens_shown": None}
    return location


async def record(client: httpx.AsyncClient, network: str) -> tuple[Any, ...]:
    """Where it stands, every value there, and every parameter's and the loss's way, in bits."""
    state = (await client.get(network)).json()
    values = (await client.get(f"{network}/values")).json()["values"]
    names = [p["name"] for p in (await client.get(f"{network}/parameters")).json()["parameters"]]
    ways = [
        (await client.get(f"{network}/history?series={name}", headers=BINARY)).content
        for name in ["loss", *names]
    ]
    kept = ("step", "seq", "spec", "parameters", "loss", "arithmetic")
    return {key: state[key] for key in kept}, values, ways


@pytest.mark.parametrize("batch", [{}, {"size": 2, "shuffle": True}, {"size": 3}])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
async def test_a_fork_and_more_steps_are_the_original_and_more_steps(
    client: httpx.AsyncClient, optimizer: dict[str, Any], batch: dict[str, Any]
) -> None:
    network = await made(client, {**XOR, "optimizer": optimizer, "batch": batch})
    await client.post(f"{network}/steps", json={"count": 17})
    now = await forked(client, network, {})
    past = await forked(client, network, {"step": 7})
    for address, count in ((network, 14), (now, 14), (past, 24)):
        await client.post(f"{address}/steps", json={"count": count})
    original, of_now, of_past = [await record(client, a) for a in (network, now, past)]
    assert original == of_now == of_past
    for step in (3, 7, 8, 20):
        one, other = [(await client.get(f"{a}/trace?step={step}")).json() for a in (network, past)]
        assert one == other


async def test_a_fork_of_a_line_with_edits_and_resets_and_new_settings(
    client: httpx.AsyncClient,
) -> None:
    network = await made(client, {**XOR, "optimizer": {"name": "adam"}})
    await client.post(f"{network}/steps", json={"count": 9})
    await client.post(f"{network}/reset", json={"step": 4})
    await client.patch(f"{network}/parameters", json={"values": {"w1": 2.0}})
    await client.post(f"{network}/steps", json={"count": 3})
    await client.patch(network, json={"optimizer": {"name": "rmsprop"}, "batch": {"size": 2}})
    await client.post(f"{network}/steps", json={"count": 4})
    fork = await forked(client, network, {})
    assert await record(client, fork) == await record(client, network)
    earlier = await forked(client, network, {"step": 6})
    await client.post(f"{network}/reset", json={"step": 6})
    for address in (network, earlier):
        await client.post(f"{address}/steps", json={"count": 5})
    one, other = await record(client, earlier), await record(client, network)
    assert one[0] | {"seq": 0} == other[0] | {"seq": 0}
    assert one[1:] == other[1:]


async def test_a_fork_from_an_entry_that_a_reset_left_aside(client: httpx.AsyncClient) -> None:
    network = await made(client, {**XOR, "optimizer": {"name": "adam"}})
    await client.post(f"{network}/steps", json={"count": 9})
    before = await record(client, network)
    await client.post(f"{network}/reset", json={"step": 2})
    await client.post(f"{network}/steps", json={"count": 1})
    fork = await forked(client, network, {"seq": 9, "name": "left"})
    assert await record(client, fork) == (
        before[0] | {"spec": before[0]["spec"] | {"name": "left"}}, *before[1:]
    )  # fmt: skip
    assert (await client.get(fork)).json()["name"] == "left"


async def test_it_knows_where_it_came_from_and_outlives_it(
    client: httpx.AsyncClient, network: str, refused: Refused
) -> None:
    await client.post(f"{network}/steps", json={"count": 5})
    original = (await client.get(network)).json()
    assert original["forked_from"] is None
    fork = await forked(client, network, {"step": 3})
    before = (await client.get(fork)).json()
    assert before["forked_from"] == {"id": original["id"], "step": 3}
    assert (before["revision"], before["step"], before["name"]) == (1, 3, original["name"])
    assert (await client.get(network)).json() == original
    recorded = await record(client, fork)
    await client.delete(network)
    assert (await client.get(fork)).json() == before
    assert await record(client, fork) == recorded
    await client.post(f"{fork}/reset", json={"step": 1})
    refused(await client.post(f"{network}/forks", json={}), 404)


async def test_forks_while_a_training_runs(
    app: FastAPI, client: httpx.AsyncClient, network: str
) -> None:
    training = (await client.post(f"{network}/trainings", json={"steps": 300})).json()
    fork = await forked(client, network, {})
    assert (await client.get(fork)).json()["training"] is None
    await client.post(f"{fork}/steps", json={"count": 300})
    compute(app, training)
    assert (await record(client, fork))[1:] == (await record(client, network))[1:]


async def test_what_a_fork_takes_up_is_known(app: FastAPI, client: httpx.AsyncClient) -> None:
    network = await made(client, {**XOR, "optimizer": {"name": "adam"}})
    for _ in range(3):
        await client.post(f"{network}/steps", json={"count": 4})
    services: Services = app.state.services
    for asked in ({}, {"step": 6}, {"step": 0}):
        address = await forked(client, network, asked)
        fork = services.store.network(address.rpartition("/")[2])
        runs = services.store.runs(fork.id, 0, fork.head.seq, 0, fork.head.step)
        assert fork.kept_bytes == sum(run.kept_bytes for run in runs)


async def test_what_cannot_be_forked(
    client: httpx.AsyncClient, network: str, refused: Refused
) -> None:
    refused(await client.post(f"{network}/forks", json={"step": 1}), 404)
    refused(await client.post(f"{network}/forks", json={"seq": 1}), 404)
    refused(await client.post(f"{network}/forks", json={"seq": 0, "step": 0}), 422, "")
    refused(await client.post(f"{network}/forks", json={"at": 0}), 422, "/at")
