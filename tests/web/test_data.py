"""Data in its four forms: made, kept, answered, posted again; and every refusal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import numpy as np
import pytest

from app.nn.datasets import DATASETS, generate

Refused = Callable[..., dict[str, Any]]
Json = dict[str, Any]

pytestmark = pytest.mark.anyio

FLOWERS = "length,width,species\n5.0,3.5,setosa\n6.0,3.0,virginica\n4.0,3.2,setosa\n7.0,2.5,other\n"
ROWS = [["length", "species"], [5, "a"], [6, "b"], [7.5, "a"], [8, "b"]]


def layers(*sizes: int) -> list[Json]:
    return [{"size": size} for size in sizes]


async def created(client: httpx.AsyncClient, asked: Json) -> Json:
    answer = await client.post("/networks", json=asked)
    assert answer.status_code == 201, answer.text
    network: Json = answer.json()
    return network


async def posted_again(client: httpx.AsyncClient, network: Json) -> None:
    """The specification, in full, makes an equal network; so does what the database kept."""
    spec = (await client.get(f"/networks/{network['id']}?full=true")).json()["spec"]
    copy = await created(client, spec)
    again = (await client.get(f"/networks/{copy['id']}?full=true")).json()
    assert again["spec"] == spec
    assert copy["loss"] == network["loss"]


@pytest.mark.parametrize("name", DATASETS)
async def test_every_data_set_with_its_suggested_network(
    client: httpx.AsyncClient, name: str
) -> None:
    catalog = (await client.get("/catalog")).json()
    (entry,) = [entry for entry in catalog["datasets"] if entry["name"] == name]
    network = await created(client, entry["spec"] | {"seed": 1})
    full = (await client.get(f"/networks/{network['id']}?full=true")).json()["spec"]["data"]
    inputs, targets = generate(name, {})
    assert full["inputs"] == inputs.tolist()
    assert full["targets"] == targets.tolist()
    assert len(inputs) == entry["examples"]
    assert full["input_names"] == entry["inputs"]
    assert full["source"]["dataset"] == name
    made = (await client.post(f"/networks/{network['id']}/steps", json={"count": 20})).json()
    assert made["loss_after"] < made["loss_before"]
    await posted_again(client, network)


async def test_options_are_answered_complete_and_make_the_same_again(
    client: httpx.AsyncClient,
) -> None:
    data = {"dataset": "spiral", "count": 30, "seed": 9}
    network = await created(client, {"layers": layers(2, 1), "data": data})
    source = network["spec"]["data"]["source"]
    assert source == {"dataset": "spiral", "count": 30, "noise": 0.02, "seed": 9}
    again = await created(client, {"layers": layers(2, 1), "data": source})
    assert again["spec"]["data"] == network["spec"]["data"]


async def test_csv_with_labels(client: httpx.AsyncClient) -> None:
    data = {"csv": FLOWERS, "targets": ["species"]}
    network = await created(client, {"layers": layers(2, 3), "data": data})
    assert network["spec"]["data"] == {
        "inputs": [[5.0, 3.5], [6.0, 3.0], [4.0, 3.2], [7.0, 2.5]],
        "targets": [[0, 1, 0], [0, 0, 1], [0, 1, 0], [1, 0, 0]],
        "input_names": ["length", "width"],
        "target_names": ["species=other", "species=setosa", "species=virginica"],
        "classes": {"species": ["other", "setosa", "virginica"]},
    }
    await posted_again(client, network)


async def test_standardised_by_the_rows_that_are_learnt_from(client: httpx.AsyncClient) -> None:
    text = "x,y\n" + "".join(f"{row * row},{row}\n" for row in range(10))
    data = {"csv": text, "standardise": True, "test_fraction": 0.3, "split_seed": 4}
    network = await created(client, {"layers": layers(1, 1), "data": data, "seed": 1})
    kept = network["spec"]["data"]
    learnt, tested = kept["targets"], kept["test_targets"]
    assert sorted(row[0] for row in learnt + tested) == list(range(10))
    assert len(tested) == 3
    squares = np.array(learnt) ** 2
    by = kept["standardised"]
    assert by["mean"] == pytest.approx([squares.mean()])
    assert by["std"] == pytest.approx([squares.std()])
    assert np.array(kept["inputs"]) == pytest.approx((squares - squares.mean()) / squares.std())
    tests = (np.array(tested) ** 2 - by["mean"]) / by["std"]
    assert np.array(kept["test_inputs"]) == pytest.approx(tests)
    await posted_again(client, network)
    # Later inputs, in the units of the data: by hand, in a pass, and as other data.
    address = f"/networks/{network['id']}"
    treated = ((np.array([[16.0]]) - by["mean"]) / by["std"]).tolist()
    by_hand = await client.post(f"{address}/forward", json={"inputs": treated})
    asked = {"inputs": [[16]], "standardise": True}
    assert (await client.post(f"{address}/forward", json=asked)).json() == by_hand.json()
    more = {"inputs": [[16]], "targets": [[4]], "standardise_by": by}
    patched = (await client.patch(address, json={"data": more})).json()["spec"]["data"]
    assert patched == {"inputs": treated, "targets": [[4]], "standardised": by}


async def test_no_update_sees_the_test_rows(client: httpx.AsyncClient) -> None:
    data = {"dataset": "moons", "count": 40, "test_fraction": 0.25}
    network = await created(client, {"layers": layers(2, 3, 1), "data": data, "seed": 1})
    spec = network["spec"]
    only = {name: spec["data"][name] for name in ("inputs", "targets")}
    other = await created(client, spec | {"data": only})
    for each in (network, other):
        await client.post(f"/networks/{each['id']}/steps", json={"count": 5})
    one, two = [(await client.get(f"/networks/{n['id']}")).json() for n in (network, other)]
    assert one["parameters"] == two["parameters"]
    assert len(spec["data"]["test_inputs"]) == 10


async def test_rows_as_json(client: httpx.AsyncClient) -> None:
    network = await created(client, {"layers": layers(1, 2), "data": {"rows": ROWS}})
    kept = network["spec"]["data"]
    assert kept["inputs"] == [[5], [6], [7.5], [8]]
    assert kept["targets"] == [[1, 0], [0, 1], [1, 0], [0, 1]]
    assert kept["classes"] == {"species": ["a", "b"]}
    bare = {"rows": [[0.1, 1], [0.2, 0]], "targets": [0]}
    network = await created(client, {"layers": layers(1, 1), "data": bare})
    assert network["spec"]["data"]["targets"] == [[0.1], [0.2]]


async def test_data_is_changed_in_a_patch(client: httpx.AsyncClient, network: str) -> None:
    text = "a,b,c,d\n1,2,3,4\n5,6,7,8\n"
    data = {"csv": text, "targets": [-2, -1]}
    changed = (await client.patch(network, json={"data": data})).json()["spec"]["data"]
    assert (changed["inputs"], changed["targets"]) == ([[1, 2], [5, 6]], [[3, 4], [7, 8]])
    await client.post(f"{network}/reset", json={"seq": 0})
    assert (await client.get(network)).json()["spec"]["data"] == {
        "inputs": [[0.05, 0.1]],
        "targets": [[0.01, 0.99]],
    }


async def test_a_preview_keeps_nothing(client: httpx.AsyncClient) -> None:
    before = (await client.get("/networks?page_size=1")).json()
    data = {"csv": FLOWERS, "test_fraction": 0.25}
    preview = (await client.post("/data-previews", json={"data": data})).json()
    assert (preview["input_size"], preview["target_size"]) == (2, 3)
    assert (preview["examples"], preview["test_examples"]) == (3, 1)
    assert preview["input_names"] == ["length", "width"]
    assert len(preview["first_inputs"]) == 3
    inline = {"inputs": [[1, 2, 3]], "targets": [[4]]}
    preview = (await client.post("/data-previews", json={"data": inline})).json()
    assert (preview["input_size"], preview["target_size"]) == (3, 1)
    assert (await client.get("/networks?page_size=1")).json() == before


async def test_many_numbers_are_a_link_but_what_is_known_stays(client: httpx.AsyncClient) -> None:
    network = await created(client, {"layers": layers(64, 10), "data": {"dataset": "digits"}})
    kept = network["spec"]["data"]
    assert kept["href"] == f"/api/v1/networks/{network['id']}?full=true"
    assert "inputs" not in kept
    assert kept["source"] == {"dataset": "digits", "count": 1797}


INLINE = {"inputs": [[1, 2], [3, 4]], "targets": [[0], [1]]}


@pytest.mark.parametrize(
    ("data", "pointers"),
    [
        ({}, ["/data/inputs", "/data/targets"]),
        ([], ["/data"]),
        ("xor", ["/data"]),
        ({"dataset": "xor", "csv": "a,b"}, ["/data"]),
        ({"dataset": "xro"}, ["/data/dataset"]),
        ({"dataset": 7}, ["/data/dataset"]),
        ({"dataset": "xor", "count": 4}, ["/data/count"]),
        ({"dataset": "spiral", "count": 1}, ["/data/count"]),
        ({"dataset": "spiral", "count": "9"}, ["/data/count"]),
        ({"dataset": "spiral", "noise": -1}, ["/data/noise"]),
        ({"dataset": "iris"}, ["/data/dataset"]),
        ({"csv": 7}, ["/data/csv"]),
        ({"csv": ""}, ["/data/csv"]),
        ({"csv": FLOWERS}, ["/data/csv"]),
        ({"csv": "x,y\n1,2\nabc,4"}, ["/data/csv"]),
        ({"csv": "x,y,z\n1,2,0", "targets": ["w"]}, ["/data/targets/0"]),
        ({"csv": "x,y,z\n1,2,0", "targets": ["z", True]}, ["/data/targets/1"]),
        ({"csv": "x,y,z\n1,2,0", "targets": []}, ["/data/targets"]),
        ({"csv": "x,y,z\n1,2,0", "targets": [2.0]}, ["/data/targets/0"]),
        ({"csv": "x,y,z\n1,2,0", "one_hto": True}, ["/data/one_hto"]),
        ({"csv": "x,y,z\n1,2,0", "one_hot": "yes"}, ["/data/one_hot"]),
        ({"csv": "x,y,z\n1,2,0", "test_fraction": 0}, ["/data/test_fraction"]),
        ({"csv": "x,y,z\n1,2,0", "test_fraction": 1}, ["/data/test_fraction"]),
        ({"csv": "x,y,z\n1,2,0", "test_fraction": 0.5}, ["/data/test_fraction"]),
        ({"csv": "x,y,z\n1,2,0", "split_seed": -1}, ["/data/split_seed"]),
        ({"csv": "x,y,z\n1e308,2,0\n-1e308,2,0", "standardise": True}, ["/data/standardise"]),
        ({"rows": []}, ["/data/rows"]),
        ({"rows": [[]]}, ["/data/rows/0"]),
        ({"rows": [[1, 2, 0], [1, 2]]}, ["/data/rows/1"]),
        ({"rows": [[1, 2, 0], [1, "b", 0]]}, ["/data/rows/1/1"]),
        ({"rows": [["x", "y", "z"], [1, True, 0]]}, ["/data/rows/1/1"]),
        ({"rows": [["x", "y", "z"], [1, None, 0]]}, ["/data/rows/1/1"]),
        ({"rows": [["x", "y", "z"], [1, "", 0], [1, 2, 0]]}, ["/data/rows/1/1"]),
        (INLINE | {"test_inputs": [[1, 2]]}, ["/data/test_targets"]),
        (INLINE | {"test_inputs": [[1]], "test_targets": [[1]]}, ["/data/test_inputs"]),
        (INLINE | {"test_inputs": [[1, 2]] * 2, "test_targets": [[1]]}, ["/data/test_targets"]),
        (INLINE | {"test_inputs": [[1, 2], [1]], "test_targets": [[1]]}, ["/data/test_inputs/1"]),
        (INLINE | {"input_names": ["x"]}, ["/data/input_names"]),
        (INLINE | {"target_names": ["x", "y"]}, ["/data/target_names"]),
        (INLINE | {"target_names": ["bell\x07"]}, ["/data/target_names/0"]),
        (INLINE | {"standardised": {"mean": [1], "std": [1]}}, ["/data/standardised"]),
        (INLINE | {"standardised": {"mean": [1, 2], "std": [1, 0]}}, ["/data/standardised/std/1"]),
        (INLINE | {"standardise_by": {"mean": [1], "std": [1]}}, ["/data/standardise_by"]),
        (INLINE | {"standardise_by": {"mean": [1], "std": [1, 1]}}, ["/data/standardise_by/std"]),
        (
            INLINE | {"standardise": True, "standardise_by": {"mean": [1, 1], "std": [1, 1]}},
            ["/data/standardise_by"],
        ),
        (
            INLINE | {"standardise": True, "standardised": {"mean": [1, 1], "std": [1, 1]}},
            ["/data/standardise"],
        ),
        (INLINE | {"source": {"dataset": "xro"}}, ["/data/source/dataset"]),
        (INLINE | {"source": {"dataset": "xor", "count": 2}}, ["/data/source/count"]),
        (INLINE | {"targets": [[0]], "test_fraction": 0.5}, ["/data/targets"]),
    ],
)
async def test_data_that_cannot_be_used(
    client: httpx.AsyncClient, refused: Refused, data: Any, pointers: list[str]
) -> None:
    asked = {"layers": layers(2, 1), "data": data}
    problem = refused(await client.post("/networks", json=asked), 422, *pointers)
    assert {fault["pointer"] for fault in problem["errors"]} == set(pointers)
    if pointers not in (["/data/dataset"], ["/data/csv"]):
        refused(await client.post("/data-previews", json={"data": data}), 422, *pointers)


async def test_the_sizes_that_fit_are_named(
    client: httpx.AsyncClient, network: str, refused: Refused
) -> None:
    answer = await client.patch(network, json={"data": {"dataset": "iris"}})
    (fault,) = refused(answer, 422)["errors"]
    assert fault == {
        "pointer": "/data/dataset",
        "code": "wrong-shape",
        "detail": "This data has 4 inputs and 3 targets, the network 2 and 2. "
        'A first layer {"size": 4} and a last layer {"size": 3} fit.',
    }


async def test_passes_with_inputs_that_cannot_be_treated(
    client: httpx.AsyncClient, network: str, refused: Refused
) -> None:
    for kind in ("forward", "backward"):
        for body in ({}, {"inputs": [[1, 2]], "targets": [[1, 2]]}):
            asked = {name: body[name] for name in body if kind == "backward" or name == "inputs"}
            answer = await client.post(f"{network}/{kind}", json=asked | {"standardise": True})
            refused(answer, 422, "/standardise")


async def test_a_batch_that_is_too_much_for_one_update(
    client: httpx.AsyncClient, refused: Refused
) -> None:
    rows = {"rows": [[0, 1, 0], [1, 1, 1]] * 3_000}
    wide = {"layers": layers(2, 1000, 990, 1), "data": rows}
    problem = refused(await client.post("/networks", json=wide), 422, "/data")
    assert "or a batch of that size" in problem["detail"]
