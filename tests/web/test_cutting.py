"""Ten updates over HTTP, one by one, in two requests, by a training: always the same numbers."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from tests.web.test_trainings import compute

pytestmark = pytest.mark.anyio

LAYERS = [
    {"size": 2},
    {"size": 3, "activation": "tanh"},
    {"size": 1, "activation": "sigmoid"},
]
DATA = {
    "inputs": [[0, 0], [0, 1], [1, 0], [1, 1], [1, 0.5]],
    "targets": [[0], [1], [1], [0], [1]],
}
XOR: dict[str, Any] = {"layers": LAYERS, "data": DATA, "seed": 4}
NETWORKS: list[dict[str, Any]] = [
    {"preset": "worked-example"},
    {"preset": "worked-example", "update_order": "sequential"},
    {**XOR, "loss": "binary_cross_entropy", "batch": {"size": 2, "shuffle": True},
     "optimizer": {"name": "adam", "learning_rate": 0.1, "gradient_clip_norm": 0.2}},
    {**XOR, "loss": "huber", "reduction": "sum", "batch": {"size": 3},
     "update_order": "sequential", "optimizer": {"name": "sgd", "momentum": 0.9, "nesterov": True}},
    {**XOR, "batch": {"size": 1}, "optimizer": {"name": "rmsprop"}},
]  # fmt: skip


async def made(client: httpx.AsyncClient, asked: dict[str, Any]) -> str:
    answer = await client.post("/networks", json=asked)
    assert answer.status_code == 201, answer.text
    return f"/networks/{answer.json()['id']}"


async def all_values(client: httpx.AsyncClient, network: str) -> list[dict[str, Any]]:
    """Every named value of every step from 0 on."""
    return [
        (await client.get(f"{network}/values?step={step}")).json()["values"] for step in range(11)
    ]


@pytest.mark.parametrize("asked", NETWORKS)
async def test_ten_updates_are_ten_updates(
    app: FastAPI, client: httpx.AsyncClient, asked: dict[str, Any]
) -> None:
    found = []
    for counts in ([1] * 10, [3, 7], []):
        network = await made(client, asked)
        for count in counts:
            await client.post(f"{network}/steps", json={"count": count})
        if not counts:
            compute(app, (await client.post(f"{network}/trainings", json={"steps": 10})).json())
        state = (await client.get(network)).json()
        assert state["step"] == 10
        found.append((state["parameters"], state["loss"], await all_values(client, network)))
    assert found[0] == found[1] == found[2]
