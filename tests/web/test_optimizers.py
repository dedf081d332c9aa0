"""Optimizers over HTTP: offered, chosen, remembered, rewound; the same bits every time."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from app.nn.optimizers import OPTIMIZERS

pytestmark = pytest.mark.anyio
MOMENTUM = {"name": "sgd", "learning_rate": 0.5, "momentum": 0.9}
CHOICES: list[dict[str, Any]] = [*({"name": name} for name in OPTIMIZERS), MOMENTUM]


async def made(client: httpx.AsyncClient, optimizer: dict[str, Any], **more: Any) -> str:
    asked = {"preset": "worked-example", "optimizer": optimizer, **more}
    answer = await client.post("/networks", json=asked)
    assert answer.status_code == 201, answer.text
    return f"/networks/{answer.json()['id']}"


async def at_step(client: httpx.AsyncClient, network: str, step: int) -> dict[str, Any]:
    """Every value of a step, memory included."""
    values: dict[str, Any] = (await client.get(f"{network}/values?step={step}")).json()["values"]
    return values


@pytest.mark.parametrize("choice", CHOICES, ids=str)
@pytest.mark.parametrize("norm", [None, 0.1])
async def test_memory_is_rewound(
    client: httpx.AsyncClient, choice: dict[str, Any], norm: float | None
) -> None:
    """Ten steps, back to the fourth, six again: every named value of every step, bit for bit."""
    network = await made(client, choice | {"gradient_clip_norm": norm})
    await client.post(f"{network}/steps", json={"count": 10})
    before = [await at_step(client, network, step) for step in range(11)]
    await client.post(f"{network}/reset", json={"step": 4})
    assert await at_step(client, network, 4) == before[4]
    for _ in range(2):
        await client.post(f"{network}/steps", json={"count": 3})
    assert [await at_step(client, network, step) for step in range(11)] == before


@pytest.mark.parametrize("name", OPTIMIZERS)
async def test_what_comes_back_can_be_posted(client: httpx.AsyncClient, name: str) -> None:
    for norm in (None, 2.5):
        network = await made(client, {"name": name, "gradient_clip_norm": norm})
        spec = (await client.get(network)).json()["spec"]
        options = [option.name for option in OPTIMIZERS[name].options]
        assert list(spec["optimizer"]) == ["name", *options]
        assert spec["optimizer"]["gradient_clip_norm"] == norm
        again = await client.post("/networks", json=spec)
        assert again.status_code == 201, again.text
        assert again.json()["spec"] == spec


async def test_the_catalogue_lists_every_option(client: httpx.AsyncClient) -> None:
    catalog = (await client.get("/catalog")).json()
    listed = {entry["name"]: entry["options"] for entry in catalog["optimizers"]}
    assert listed.keys() == OPTIMIZERS.keys()
    adam = {option["name"]: option for option in listed["adam"]}
    assert adam["learning_rate"] == {
        "name": "learning_rate", "default": 0.001, "low": 0.0, "below": None, "high": None,
        "whole": False,
    }  # fmt: skip
    assert adam["beta1"]["below"] == 1.0
    assert adam["gradient_clip_norm"]["default"] is None


async def test_clipping_is_switched_on_and_off(client: httpx.AsyncClient) -> None:
    network = await made(client, {"learning_rate": 0.5, "gradient_clip_norm": 0.01})
    await client.post(f"{network}/steps", json={"count": 1})
    clipped = await at_step(client, network, 0)
    await client.post(f"{network}/reset", json={"step": 0})
    await client.patch(network, json={"optimizer": {"gradient_clip_norm": None}})
    await client.post(f"{network}/steps", json={"count": 1})
    whole = await at_step(client, network, 0)
    assert clipped["dE/dw5"] == whole["dE/dw5"] == pytest.approx(0.0821670406)
    assert whole["w5"] - whole["w5+"] == pytest.approx(0.5 * 0.0821670406)
    assert 0 < clipped["w5"] - clipped["w5+"] < 0.5 * 0.01


async def test_clipping_is_refused_in_sequential_order(
    client: httpx.AsyncClient, refused: Any
) -> None:
    asked = {"preset": "worked-example", "update_order": "sequential"}
    pointer = "/optimizer/gradient_clip_norm"
    clipped = {"gradient_clip_norm": 1.0}
    answer = await client.post("/networks", json={**asked, "optimizer": clipped})
    fault = refused(answer, 422, pointer)["errors"][0]
    assert fault["code"] == "conflict"
    assert "simultaneous" in fault["detail"]
    network = f"/networks/{(await client.post('/networks', json=asked)).json()['id']}"
    refused(await client.patch(network, json={"optimizer": clipped}), 422, pointer)


@pytest.mark.parametrize(
    ("optimizer", "pointer"),
    [
        ({"name": "adam", "beta1": 1}, "/optimizer/beta1"),
        ({"name": "adam", "momentum": 0.9}, "/optimizer/momentum"),
        ({"name": "adagrad", "learning_rate": None}, "/optimizer/learning_rate"),
        ({"gradient_clip_norm": 0}, "/optimizer/gradient_clip_norm"),
        ({"gradient_clip_norm": "1"}, "/optimizer/gradient_clip_norm"),
    ],
)
async def test_options_that_do_not_fit(
    client: httpx.AsyncClient, refused: Any, optimizer: dict[str, Any], pointer: str
) -> None:
    asked = {"preset": "worked-example", "optimizer": optimizer}
    refused(await client.post("/networks", json=asked), 422, pointer)


async def test_an_optimizer_that_takes_over_begins_anew(client: httpx.AsyncClient) -> None:
    """After ten steps of sgd Adam's first step is its t = 1: w moves by the learning rate."""
    network = await made(client, {"learning_rate": 0.5})
    await client.post(f"{network}/steps", json={"count": 10})
    await client.patch(network, json={"optimizer": {"name": "adam"}})
    await client.patch(network, json={"optimizer": {"learning_rate": 0.01}})
    await client.post(f"{network}/steps", json={"count": 2})
    values = await at_step(client, network, 10)
    assert values["m_w5"] == values["v_w5"] == 0.0
    assert values["w5"] - values["w5+"] == pytest.approx(0.01, rel=1e-5)
    assert (await at_step(client, network, 11))["m_w5"] == values["m_w5+"]
