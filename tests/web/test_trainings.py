"""Trainings as resources; the worker itself is tested in tests/jobs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.services import trainings
from app.web.deps import Services

Refused = Callable[..., dict[str, Any]]

pytestmark = pytest.mark.anyio


def compute(app: FastAPI, training: dict[str, Any]) -> None:
    """What the worker does."""
    services: Services = app.state.services
    trainings.compute(services.store, services.trainings, training["network_id"], training["id"])


async def test_a_training_from_queued_to_succeeded(
    app: FastAPI, client: httpx.AsyncClient, network: str
) -> None:
    answer = await client.post(f"{network}/trainings", json={"steps": 300})
    assert answer.status_code == 202
    training = answer.json()
    assert (training["state"], training["total"], training["done"]) == ("queued", 300, 0)
    address = answer.headers["location"].removeprefix("/api/v1")
    assert (await client.get(address)).json() == training
    compute(app, training)
    ended = (await client.get(address)).json()
    assert (ended["state"], ended["done"], ended["seconds_left"]) == ("succeeded", 300, 0)
    assert ended["rate"] > 0
    after = (await client.get(network)).json()
    assert (after["step"], after["training"], after["loss"]) == (300, None, ended["loss"])
    listed = (await client.get(f"{network}/trainings")).json()["trainings"]
    assert listed == [ended]


async def test_a_training_equals_single_steps(
    app: FastAPI, client: httpx.AsyncClient, network: str
) -> None:
    other = (await client.post("/networks", json={"preset": "worked-example"})).json()["id"]
    for _ in range(40):
        await client.post(f"/networks/{other}/steps", json={})
    compute(app, (await client.post(f"{network}/trainings", json={"epochs": 40})).json())
    one, single = [(await client.get(a)).json() for a in (network, f"/networks/{other}")]
    assert one["parameters"] == single["parameters"]
    assert one["loss"] == single["loss"]


async def test_epochs_count_the_short_last_batch(client: httpx.AsyncClient, network: str) -> None:
    data = {"inputs": [[0, 0], [0, 1], [1, 0]], "targets": [[0, 1], [1, 0], [0, 0]]}
    await client.patch(network, json={"data": data, "batch": {"size": 2}})
    training = (await client.post(f"{network}/trainings", json={"epochs": 10})).json()
    assert training["total"] == 20


async def test_while_it_runs_nothing_else_may_change_the_network(
    app: FastAPI, client: httpx.AsyncClient, network: str, refused: Refused
) -> None:
    training = (await client.post(f"{network}/trainings", json={"steps": 5})).json()
    before = (await client.get(network)).json()
    assert before["training"] == training["id"]
    for call in (
        client.post(f"{network}/steps", json={}),
        client.post(f"{network}/reset", json={"step": 0}),
        client.post(f"{network}/trainings", json={"steps": 1}),
        client.patch(network, json={"optimizer": {"learning_rate": 1}}),
        client.patch(f"{network}/parameters", json={"values": {"w1": 1}}),
    ):
        assert refused(await call, 409)["type"].endswith("training-runs")
    assert (await client.get(network)).json() == before
    renamed = await client.patch(network, json={"name": "while it runs"})
    assert renamed.status_code == 200
    compute(app, training)
    assert (await client.post(f"{network}/steps", json={})).status_code == 200


async def test_cancelling_keeps_the_resource_and_frees_the_network(
    app: FastAPI, client: httpx.AsyncClient, network: str, refused: Refused
) -> None:
    training = (await client.post(f"{network}/trainings", json={"steps": 9_000})).json()
    address = f"{network}/trainings/{training['id']}"
    assert (await client.delete(address)).status_code == 202
    compute(app, training)
    ended = (await client.get(address)).json()
    assert (ended["state"], ended["done"]) == ("cancelled", 0)
    assert (await client.get(network)).json()["training"] is None
    assert (await client.delete(address)).json() == ended
    refused(await client.get(f"{network}/trainings/unknown"), 404)


async def test_a_network_that_is_deleted_ends_its_training(
    app: FastAPI, client: httpx.AsyncClient, network: str
) -> None:
    training = (await client.post(f"{network}/trainings", json={"steps": 5})).json()
    assert (await client.delete(network)).status_code == 204
    compute(app, training)


async def test_what_a_refusal_recommends_is_not_refused(
    client: httpx.AsyncClient, network: str, refused: Refused
) -> None:
    """Ten million steps of the worked example are promised, and there is room for them."""
    asked = {"count": 100_000_000}
    problem = refused(await client.post(f"{network}/steps", json=asked), 422, "/count")
    assert 'POST {"steps": 10000000} to its trainings' in problem["detail"]
    training = await client.post(f"{network}/trainings", json={"steps": 10_000_000})
    assert training.status_code == 202
