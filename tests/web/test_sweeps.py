"""Sweeps as resources; what they do is tested in tests/services and tests/jobs."""

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

MOONS: dict[str, Any] = {
    "name": "Moons",
    "layers": [{"size": 2}, {"size": 3, "activation": "tanh"}, {"size": 1}],
    "loss": "binary_cross_entropy",
    "seed": 5,
    "data": {"dataset": "moons", "count": 40, "test_fraction": 0.25},
}
GRID: dict[str, Any] = {
    "hidden": [[3], [4, 4]],
    "optimizer": ["sgd", {"name": "adam", "beta1": 0.8}],
    "learning_rate": [0.01, 0.5],
}


def compute(app: FastAPI, sweep: dict[str, Any]) -> None:
    """What the workers do with its trials."""
    services: Services = app.state.services
    for trial in services.sweeps.trials(sweep["id"]):
        assert trial.training is not None
        claim = Claim(trial.network_id, trial.training.id, trial.training.fence)
        chunks.compute(services.store, services.trainings, claim)


async def begun(client: httpx.AsyncClient, **asked: Any) -> dict[str, Any]:
    body = {"network": MOONS, "grid": GRID, "steps": 30, **asked}
    answer = await client.post("/sweeps", json=body)
    assert answer.status_code == 202, answer.text
    made: dict[str, Any] = answer.json()
    assert answer.headers["location"] == f"/api/v1/sweeps/{made['id']}"
    return made


async def test_a_sweep_from_queued_to_its_best_trial(
    app: FastAPI, client: httpx.AsyncClient
) -> None:
    made = await begun(client, name="First", stop={"loss_below": 0.1})
    assert (made["state"], made["trials"], made["total"], made["done"]) == ("queued", 8, 240, 0)
    assert (made["states"], made["best"]) == ({"queued": 8}, None)
    assert made["grid"]["hidden"] == [[3], [4, 4]]
    assert made["grid"]["optimizer"] == [{"name": "sgd"}, {"name": "adam", "beta1": 0.8}]
    compute(app, made)
    address = f"/sweeps/{made['id']}"
    ended = (await client.get(address)).json()
    trials = (await client.get(f"{address}/trials")).json()["trials"]
    assert (ended["state"], ended["states"]) == ("succeeded", {"succeeded": 8})
    assert ended["done"] == ended["total"] == sum(trial["done"] for trial in trials)
    assert ended["judged_by"] == "test_loss"
    assert ended["best"] == min(trials, key=lambda trial: trial["test_loss"])
    assert ended["rate"] > 0
    assert trials[7]["settings"] == {
        "hidden": [4, 4],
        "optimizer": {"name": "adam", "beta1": 0.8},
        "learning_rate": 0.5,
    }
    listed = (await client.get("/sweeps")).json()["sweeps"]
    assert ended in listed


async def test_a_trial_opens_as_a_network(app: FastAPI, client: httpx.AsyncClient) -> None:
    made = await begun(client, grid={"activation": ["relu", "tanh"]})
    compute(app, made)
    trials = (await client.get(f"/sweeps/{made['id']}/trials")).json()["trials"]
    network = (await client.get(f"/networks/{trials[0]['network_id']}")).json()
    assert network["name"] == "Moons · 1: activation relu"
    assert [layer.get("activation") for layer in network["spec"]["layers"]][1] == "relu"
    assert (network["step"], network["loss"]) == (30, trials[0]["loss"])
    path = f"/networks/{network['id']}/trainings/{trials[0]['training_id']}"
    training = (await client.get(path)).json()
    assert training["sweep_id"] == made["id"]
    assert training["evaluations"][-1]["loss"] == trials[0]["test_loss"]
    assert (await client.post(f"/networks/{network['id']}/steps", json={})).status_code == 200


async def test_the_base_may_be_a_network(client: httpx.AsyncClient, network: str) -> None:
    base = network.removeprefix("/networks/")
    made = await begun(client, network=base, grid={"learning_rate": [0.1, 0.2]}, steps=3)
    trials = (await client.get(f"/sweeps/{made['id']}/trials")).json()["trials"]
    first = (await client.get(f"/networks/{trials[0]['network_id']}")).json()
    original = (await client.get(network)).json()
    assert first["parameters"] == original["parameters"]
    assert first["spec"]["data"] == original["spec"]["data"]
    assert first["spec"]["optimizer"]["learning_rate"] == 0.1
    assert made["judged_by"] == "loss"


async def test_pages_of_trials_and_sweeps(client: httpx.AsyncClient) -> None:
    made = [await begun(client, steps=1) for _ in range(3)]
    numbers, token = [], ""
    while token is not None:
        query = f"page_size=3&page_token={token}" if token else "page_size=3"
        page = (await client.get(f"/sweeps/{made[0]['id']}/trials?{query}")).json()
        numbers += [trial["number"] for trial in page["trials"]]
        token = page["next_page_token"]
    assert numbers == list(range(1, 9))
    first = (await client.get("/sweeps?page_size=2")).json()
    assert [sweep["id"] for sweep in first["sweeps"]] == [made[2]["id"], made[1]["id"]]
    second = (await client.get(f"/sweeps?page_token={first['next_page_token']}")).json()
    assert second["sweeps"][0]["id"] == made[0]["id"]


async def test_a_cancelled_sweep_stays(
    app: FastAPI, client: httpx.AsyncClient, refused: Refused
) -> None:
    made = await begun(client)
    answer = await client.delete(f"/sweeps/{made['id']}")
    assert (answer.status_code, answer.json()["state"]) == (202, "cancelled")
    compute(app, made)
    again = await client.delete(f"/sweeps/{made['id']}")
    assert again.json() == answer.json()
    trial = (await client.get(f"/sweeps/{made['id']}/trials")).json()["trials"][0]
    assert (trial["state"], trial["done"]) == ("cancelled", 0)
    assert (await client.get(f"/networks/{trial['network_id']}")).json()["training"] is None
    refused(await client.delete("/sweeps/unknown"), 404)
    refused(await client.get("/sweeps/unknown"), 404)
    refused(await client.get("/sweeps/unknown/trials"), 404)


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"network": "unknown"}, "/network"),
        ({"network": 5}, "/network"),
        ({"network": {"preset": "unknown"}}, "/network/preset"),
        ({"network": {**MOONS, "loss": "cross_entropy"}}, "/network/loss"),
        ({"network": {**MOONS, "data": {"dataset": "moon"}}}, "/network/data/dataset"),
        ({"network": {**MOONS, "layers": [{"size": 2, "activation": "tanh"}, {"size": 1}]}},
         "/network/layers/0/activation"),
        ({"grid": {}}, "/grid"),
        ({"grid": {"rate": [1]}}, "/grid/rate"),
        ({"grid": {"learning_rate": [0.1, "0.2"]}}, "/grid/learning_rate/1"),
        ({"grid": {"learning_rate": [0.1, -0.2]}}, "/grid/learning_rate/1"),
        ({"grid": {"hidden": [[3], [0]]}}, "/grid/hidden/1/0"),
        ({"grid": {"hidden": [3]}}, "/grid/hidden/0"),
        ({"grid": {"optimizer": ["adan"]}}, "/grid/optimizer/0"),
        ({"grid": {"optimizer": [7]}}, "/grid/optimizer/0"),
        ({"grid": {"activation": ["softmax"]}}, "/grid/activation/0"),
        ({"grid": {"seed": [True]}}, "/grid/seed/0"),
        ({"grid": {"seed": list(range(257))}}, "/grid"),
        ({"steps": 10_000_001}, "/steps"),
        ({"epochs": 5}, ""),
        ({"stop": {"seconds": -1}}, "/stop/seconds"),
        ({"name": "a\u0000b"}, "/name"),
    ],
)  # fmt: skip
async def test_what_cannot_be_swept(
    client: httpx.AsyncClient, refused: Refused, change: dict[str, Any], pointer: str
) -> None:
    before = (await client.get("/networks?page_size=1")).json()
    body = {"network": MOONS, "grid": GRID, "steps": 5, **change}
    refused(await client.post("/sweeps", json=body), 422, pointer)
    assert (await client.get("/networks?page_size=1")).json() == before


async def test_a_sweep_needs_data(client: httpx.AsyncClient, refused: Refused) -> None:
    body = {"network": {"layers": MOONS["layers"]}, "grid": GRID, "steps": 5}
    assert refused(await client.post("/sweeps", json=body), 409)["type"].endswith("no-data")
