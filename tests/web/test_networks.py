"""The life of a network, with the numbers of the worked example."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

Refused = Callable[..., dict[str, Any]]

pytestmark = pytest.mark.anyio

LOSS = 0.2983711087600027
LOSS_AFTER = 0.29102777369359933


async def test_the_preset_creates_exactly_the_worked_example(client: httpx.AsyncClient) -> None:
    answer = await client.post("/networks", json={"preset": "worked-example"})
    assert answer.status_code == 201
    network = answer.json()
    assert answer.headers["location"] == f"/api/v1/networks/{network['id']}"
    assert answer.headers["etag"] == '"r1"'
    assert (network["revision"], network["step"], network["seq"]) == (1, 0, 0)
    assert network["arithmetic"] == "scalar"
    assert network["loss"] == pytest.approx(LOSS, rel=1e-12)
    assert network["spec"]["parameters"] == network["parameters"]
    assert network["parameters"] == {
        "weights": [[[0.15, 0.20], [0.25, 0.30]], [[0.40, 0.45], [0.50, 0.55]]],
        "biases": [[0.35, 0.35], [0.60, 0.60]],
    }
    assert network["spec"]["optimizer"]["learning_rate"] == 0.5


async def test_keys_beside_a_preset_win(client: httpx.AsyncClient) -> None:
    asked = {"preset": "worked-example", "update_order": "sequential", "name": None}
    spec = (await client.post("/networks", json=asked)).json()["spec"]
    assert (spec["update_order"], spec["name"]) == ("sequential", None)
    assert spec["bias"] == {"mode": "shared", "trainable": False}


async def test_posting_its_specification_makes_an_equal_network(
    client: httpx.AsyncClient, network: str
) -> None:
    await client.post(f"{network}/steps", json={"count": 3})
    spec = (await client.get(network)).json()["spec"]
    copy = await client.post("/networks", json=spec)
    assert copy.status_code == 201
    assert copy.json()["spec"] == spec
    assert copy.json()["loss"] == pytest.approx(LOSS, rel=1e-12)


async def test_only_layers_are_required_and_a_seed_is_drawn(client: httpx.AsyncClient) -> None:
    layers = [{"size": 3}, {"size": 4, "activation": "tanh"}, {"size": 2}]
    network = (await client.post("/networks", json={"layers": layers})).json()
    spec = network["spec"]
    assert spec["layers"] == [layers[0], layers[1], {"size": 2, "activation": "sigmoid"}]
    assert 0 <= spec["seed"] < 2**53
    assert (spec["data"], network["loss"]) == (None, None)
    again = await client.post("/networks", json={"layers": layers, "seed": spec["seed"]})
    assert again.json()["parameters"] == network["parameters"]


async def test_without_biases_there_is_no_key_for_them(client: httpx.AsyncClient) -> None:
    asked = {"layers": [{"size": 2}, {"size": 1}], "bias": {"mode": "none"}}
    network = (await client.post("/networks", json=asked)).json()
    assert "biases" not in network["parameters"]
    assert (await client.post("/networks", json=network["spec"])).status_code == 201


async def test_one_step_gives_the_numbers_of_the_text(
    client: httpx.AsyncClient, network: str
) -> None:
    answer = await client.post(f"{network}/steps", json={"count": 1})
    made = answer.json()
    assert (made["revision"], made["step"], made["seq"], made["count"]) == (2, 1, 1, 1)
    assert made["loss_before"] == pytest.approx(LOSS, rel=1e-12)
    assert made["loss_after"] == pytest.approx(LOSS_AFTER, rel=1e-12)
    first, fifth = made["updates"][0], made["updates"][4]
    assert first == {
        "name": "w1",
        "address": "w1.1.1",
        "before": 0.15,
        "gradient": pytest.approx(0.0004385677344743465, rel=1e-12),
        "after": pytest.approx(0.1497807161327628, rel=1e-12),
    }
    assert fifth["after"] == pytest.approx(0.35891647971788465, rel=1e-12)
    assert answer.headers["etag"] == '"r2"'


async def test_steps_are_the_same_however_they_are_cut(client: httpx.AsyncClient) -> None:
    addresses = [
        f"/networks/{(await client.post('/networks', json=momentum())).json()['id']}"
        for _ in range(2)
    ]
    for _ in range(12):
        await client.post(f"{addresses[0]}/steps", json={"count": 1})
    await client.post(f"{addresses[1]}/steps", json={"count": 5})
    await client.post(f"{addresses[1]}/steps", json={"count": 7})
    one, other = [(await client.get(address)).json() for address in addresses]
    assert one["parameters"] == other["parameters"]
    assert one["loss"] == other["loss"]


async def test_etag_and_the_two_conditions(
    client: httpx.AsyncClient, network: str, refused: Refused
) -> None:
    assert (await client.get(network, headers={"If-None-Match": '"r1"'})).status_code == 304
    fresh = {"If-Match": '"r1"'}
    assert (await client.post(f"{network}/steps", json={}, headers=fresh)).status_code == 200
    before = (await client.get(network)).json()
    for stale in ('"r1"', '"other"', '"r1", "r7"'):
        answer = await client.post(f"{network}/steps", json={}, headers={"If-Match": stale})
        refused(answer, 412)
    refused(await client.patch(network, json={"name": "x"}, headers=fresh), 412)
    refused(await client.post(f"{network}/reset", json={"step": 0}, headers=fresh), 412)
    refused(await client.delete(network, headers=fresh), 412)
    assert (await client.get(network)).json() == before
    assert (await client.get(network, headers={"If-None-Match": '"r1"'})).status_code == 200


async def test_patch_changes_only_what_is_given(client: httpx.AsyncClient, network: str) -> None:
    await client.patch(network, json={"name": "Slower"})
    answer = await client.patch(network, json={"optimizer": {"momentum": 0.9}})
    changed = answer.json()
    assert (changed["name"], changed["revision"], changed["seq"]) == ("Slower", 3, 1)
    optimizer = changed["spec"]["optimizer"]
    assert (optimizer["learning_rate"], optimizer["momentum"]) == (0.5, 0.9)
    data = {"inputs": [[1, 2], [3, 4]], "targets": [[0, 1], [1, 0]]}
    patched = (await client.patch(network, json={"data": data, "batch": {"size": 1}})).json()
    assert patched["spec"]["data"] == data
    assert patched["spec"]["batch"] == {"size": 1, "shuffle": False}
    assert (patched["seq"], patched["step"]) == (2, 0)


async def test_parameters_are_read_and_set_by_name_or_address(
    client: httpx.AsyncClient, network: str
) -> None:
    listed = (await client.get(f"{network}/parameters")).json()["parameters"]
    assert [p["name"] for p in listed] == [f"w{k}" for k in range(1, 9)] + ["b1", "b2"]
    assert listed[4] == {"name": "w5", "address": "w2.1.1", "value": 0.4, "trainable": True}
    assert not listed[-1]["trainable"]
    answer = await client.patch(f"{network}/parameters", json={"values": {"w2.1.1": 0.41, "b1": 0}})
    now = {p["name"]: p["value"] for p in answer.json()["parameters"]}
    assert (now["w5"], now["b1"], answer.json()["seq"]) == (0.41, 0.0, 1)
    assert answer.headers["etag"] == '"r2"'


async def test_parameters_come_in_pages(client: httpx.AsyncClient, network: str) -> None:
    names: list[str] = []
    token = ""
    while token is not None:
        query = {"page_size": "3"} | ({"page_token": token} if token else {})
        page = (await client.get(f"{network}/parameters", params=query)).json()
        names += [parameter["name"] for parameter in page["parameters"]]
        token = page["next_page_token"]
    assert len(names) == len(set(names)) == 10


async def test_networks_are_listed_newest_first_in_pages(client: httpx.AsyncClient) -> None:
    made = [
        (await client.post("/networks", json={"preset": "worked-example"})).json()["id"]
        for _ in range(3)
    ]
    first = (await client.get("/networks", params={"page_size": 2})).json()
    token = first["next_page_token"]
    query = {"page_size": 1, "page_token": token}
    second = (await client.get("/networks", params=query)).json()
    found = [entry["id"] for entry in first["networks"] + second["networks"]]
    assert found == made[::-1]


async def test_a_deleted_network_is_gone(
    client: httpx.AsyncClient, network: str, refused: Refused
) -> None:
    assert (await client.delete(network)).status_code == 204
    refused(await client.get(network), 404)
    refused(await client.post(f"{network}/steps", json={}), 404)
    refused(await client.delete(network), 404)


async def test_many_numbers_are_links_unless_asked_for(client: httpx.AsyncClient) -> None:
    asked = {"layers": [{"size": 100}, {"size": 100}], "seed": 1}
    network = (await client.post("/networks", json=asked)).json()
    home = f"/api/v1/networks/{network['id']}"
    assert network["parameters"] == {"href": f"{home}/parameters"}
    assert network["spec"]["parameters"] == {"href": f"{home}?full=true"}
    full = (await client.get(f"/networks/{network['id']}?full=true")).json()
    assert len(full["parameters"]["weights"][0]) == 100


def momentum() -> dict[str, object]:
    """Everything that has to be remembered between steps: velocity and the shuffled order."""
    return {
        "layers": [{"size": 2}, {"size": 3, "activation": "tanh"}, {"size": 1}],
        "seed": 7,
        "optimizer": {"name": "sgd", "learning_rate": 0.1, "momentum": 0.9, "nesterov": True},
        "batch": {"size": 2, "shuffle": True},
        "data": {
            "inputs": [[0, 0], [0, 1], [1, 0], [1, 1], [2, 1]],
            "targets": [[0], [1], [1], [0], [1]],
        },
    }
