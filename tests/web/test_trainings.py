"""Trainings as resources; the worker itself is tested in tests/jobs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.services import chunks
from app.services.records import Claim
from app.web.deps import Services

Refused = Callable[..., dict[str, Any]]

pytestmark = pytest.mark.anyio


def compute(app: FastAPI, training: dict[str, Any]) -> None:
    """What a worker does."""
    services: Services = app.state.services
    claim = Claim(training["network_id"], training["id"], fence=0)
    chunks.compute(services.store, services.trainings, claim)


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
    answer = await client.delete(address)
    assert answer.status_code == 202
    ended = answer.json()
    assert (ended["state"], ended["done"]) == ("cancelled", 0)
    compute(app, training)
    assert (await client.get(address)).json() == ended
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


MOONS: dict[str, Any] = {
    "layers": [{"size": 2}, {"size": 4, "activation": "tanh"}, {"size": 1}],
    "loss": "binary_cross_entropy",
    "seed": 5,
    "data": {"dataset": "moons", "count": 40, "test_fraction": 0.25},
}


async def test_a_training_tells_which_rule_ended_it(
    app: FastAPI, client: httpx.AsyncClient
) -> None:
    network = f"/networks/{(await client.post('/networks', json=MOONS)).json()['id']}"
    stop = {"loss_below": 0.3, "no_improvement": {"steps": 50}, "seconds": 30.5}
    asked = {"steps": 5_000, "stop": stop, "evaluate": {"every": 10}}
    training = (await client.post(f"{network}/trainings", json=asked)).json()
    assert training["stop"] == {
        "loss_below": 0.3,
        "no_improvement": {"steps": 50, "delta": 0.0},
        "not_finite": False,
        "seconds": 30.5,
    }
    assert (training["stopped_by"], training["evaluations"]) == (None, [])
    compute(app, training)
    ended = (await client.get(f"{network}/trainings/{training['id']}")).json()
    assert (ended["state"], ended["stopped_by"]) == ("succeeded", "loss_below")
    after = (await client.get(network)).json()
    assert after["loss"] == ended["loss"] < 0.3
    assert after["step"] == ended["done"] < 5_000
    before = (await client.get(f"{network}/history?from={ended['done'] - 1}")).json()
    assert before["series"]["loss"]["last"][0] >= 0.3
    seen = ended["evaluations"]
    steps = [*range(10, ended["done"], 10), ended["done"]]
    assert [evaluation["step"] for evaluation in seen] == steps
    assert all(evaluation["loss"] > 0 for evaluation in seen)
    assert seen[-1]["accuracy"] >= 0.5


async def test_a_training_may_bring_its_batches(client: httpx.AsyncClient, network: str) -> None:
    data = {"inputs": [[0, 0], [0, 1], [1, 0]], "targets": [[0, 1], [1, 0], [0, 0]]}
    await client.patch(network, json={"data": data})
    asked = {"epochs": 2, "batch": {"size": 2, "shuffle": True}}
    training = (await client.post(f"{network}/trainings", json=asked)).json()
    assert training["total"] == 4
    after = (await client.get(network)).json()
    assert after["spec"]["batch"] == {"size": 2, "shuffle": True}
    assert (after["seq"], after["step"]) == (2, 0)


@pytest.mark.parametrize(
    ("extra", "pointer"),
    [
        ({"stop": {"loss_bellow": 1}}, "/stop/loss_bellow"),
        ({"stop": {"loss_below": "1"}}, "/stop/loss_below"),
        ({"stop": {"loss_below": True}}, "/stop/loss_below"),
        ({"stop": {"seconds": 0}}, "/stop/seconds"),
        ({"stop": {"not_finite": 1}}, "/stop/not_finite"),
        ({"stop": {"no_improvement": 5}}, "/stop/no_improvement"),
        ({"stop": {"no_improvement": {}}}, "/stop/no_improvement/steps"),
        ({"stop": {"no_improvement": {"steps": 0}}}, "/stop/no_improvement/steps"),
        ({"stop": {"no_improvement": {"steps": 5, "delta": -1}}}, "/stop/no_improvement/delta"),
        ({"stop": None}, "/stop"),
        ({"evaluate": {"every": 0}}, "/evaluate/every"),
        ({"evaluate": True}, "/evaluate"),
        ({"evaluate": {"every": 1}}, "/evaluate/every"),
        ({"batch": {"size": 0}}, "/batch/size"),
        ({"epochs": 5}, ""),
    ],
)
async def test_rules_that_cannot_be_used(
    client: httpx.AsyncClient, refused: Refused, extra: dict[str, Any], pointer: str
) -> None:
    network = f"/networks/{(await client.post('/networks', json=MOONS)).json()['id']}"
    before = (await client.get(network)).json()
    answer = await client.post(f"{network}/trainings", json={"steps": 5_000, **extra})
    refused(answer, 422, pointer)
    assert (await client.get(network)).json() == before


async def test_evaluating_needs_examples_kept_apart(
    client: httpx.AsyncClient, network: str, refused: Refused
) -> None:
    answer = await client.post(f"{network}/trainings", json={"steps": 5, "evaluate": {}})
    assert "test_fraction" in refused(answer, 409)["detail"]


async def test_a_queued_training_ends_when_it_is_cancelled(
    client: httpx.AsyncClient, network: str
) -> None:
    """Nobody computes here, as if every worker were busy."""
    training = (await client.post(f"{network}/trainings", json={"steps": 9})).json()
    address = f"{network}/trainings/{training['id']}"
    assert (await client.delete(address)).json()["state"] == "cancelled"
    assert (await client.post(f"{network}/steps", json={"count": 3})).json()["step"] == 3
