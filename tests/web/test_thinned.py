"""A network of which more was recorded than is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import numpy as np
import pytest
from fastapi import FastAPI

from app.services.library import Library
from app.web.deps import Services
from tests.web.test_trainings import compute

Refused = Callable[..., dict[str, Any]]
BINARY = {"Accept": "application/octet-stream"}
ROW = [[0.1] * 20]
LARGE: dict[str, Any] = {
    "layers": [{"size": 20}, {"size": 20}],
    "seed": 1,
    "data": {"inputs": ROW, "targets": ROW},
}

pytestmark = pytest.mark.anyio


@pytest.fixture
async def thinned(small_client: httpx.AsyncClient) -> str:
    """420 parameters, of which little more than 20 steps are kept; made step by step."""
    made = (await small_client.post("/networks", json=LARGE)).json()
    address = f"/networks/{made['id']}"
    assert made["thinned"] is None
    for _ in range(70):
        await small_client.post(f"{address}/steps", json={})
    return address


async def series(client: httpx.AsyncClient, address: str, name: str) -> list[float | None]:
    found = (await client.get(f"{address}/history?series={name}")).json()
    last: list[float | None] = found["series"][name]["last"]
    return last


def forget(app: FastAPI) -> None:
    """What was read before it was dropped is still remembered, and may be used."""
    services: Services = app.state.services
    services.library.__dict__.update(Library(services.store).__dict__)


async def test_losses_stay_and_parameters_have_gaps(
    small_client: httpx.AsyncClient, thinned: str
) -> None:
    state = (await small_client.get(thinned)).json()
    losses, values = [await series(small_client, thinned, name) for name in ("loss", "w1")]
    assert len(losses) == 71
    assert None not in losses
    gaps = values.count(None)
    assert gaps > 35
    assert state["thinned"]["dropped"] == gaps
    assert (values[0], values[-1]) != (None, None)
    longest = max(map(len, "".join("-" if v is None else " " for v in values).split()))
    assert state["thinned"]["longest_gap"] == longest <= 7
    answer = await small_client.get(f"{thinned}/history?series=w1", headers=BINARY)
    raw = np.frombuffer(answer.content, "<f8")
    assert [None if np.isnan(value) else value for value in raw] == values
    buckets = (await small_client.get(f"{thinned}/history?series=w1&max_points=9")).json()
    assert None not in buckets["series"]["w1"]["min"]


async def test_a_dropped_step_is_refused_with_the_nearest_that_is_there(
    small_app: FastAPI, small_client: httpx.AsyncClient, thinned: str, refused: Refused
) -> None:
    step = (await series(small_client, thinned, "w1")).index(None)
    forget(small_app)

    def asked(at: int) -> list[Any]:
        get, post = small_client.get, small_client.post
        return [
            get(f"{thinned}/trace?step={at}"),
            get(f"{thinned}/values?names=w1&step={at}"),
            get(f"{thinned}/derivations/w1?step={at}"),
            get(f"{thinned}/explanations?names=w1&step={at}"),
            get(f"{thinned}/alarms?step={at}"),
            get(f"{thinned}/traces?from={at}&to={at}&names=w1", headers=BINARY),
            post(f"{thinned}/forward", json={"step": at}),
            post(f"{thinned}/backward", json={"step": at}),
            post(f"{thinned}/gradient-checks", json={"step": at, "parameters": ["w1"]}),
            post(f"{thinned}/forks", json={"step": at}),
            post(f"{thinned}/reset", json={"step": at}),
        ]

    nearest = set()
    for call in asked(step):
        problem = refused(await call, 409)
        assert problem["type"].endswith("step-not-kept")
        nearest.add(problem["nearest"])
    assert len(nearest) == 1
    for call in asked(*nearest):
        assert (await call).is_success


async def test_long_runs_are_made_again_when_asked_for(
    small_app: FastAPI, small_client: httpx.AsyncClient
) -> None:
    asked = {"preset": "worked-example", "optimizer": {"learning_rate": 0.5, "momentum": 0.9}}
    address = f"/networks/{(await small_client.post('/networks', json=asked)).json()['id']}"
    for _ in range(4):
        training = (await small_client.post(f"{address}/trainings", json={"steps": 900})).json()
        compute(small_app, training)
    state = (await small_client.get(address)).json()
    assert state["thinned"]["dropped"] == state["thinned"]["longest_gap"] == 0
    assert state["thinned"]["recomputed"] > 1000
    forget(small_app)
    before = (await small_client.get(f"{address}/values?step=1234")).json()
    whole = (await small_client.get(f"{address}/history?series=w5&max_points=7")).json()
    assert whole["stride"] == 768
    assert None not in whole["series"]["w5"]["max"]
    await small_client.post(f"{address}/reset", json={"step": 200})
    await small_client.post(f"{address}/steps", json={"count": 1034})
    assert (await small_client.get(f"{address}/values")).json() == before
