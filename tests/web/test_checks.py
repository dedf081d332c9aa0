"""Gradient checks, alarms and boundaries over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import numpy as np
import pytest

from app.errors import TooMuchWork
from app.nn.spec import NetworkSpec
from app.services.gradient_checks import most_parameters
from app.settings import Limits

Refused = Callable[..., dict[str, Any]]
XOR = {"inputs": [[0, 0], [0, 1], [1, 0], [1, 1]], "targets": [[0], [1], [1], [0]]}

pytestmark = pytest.mark.anyio


async def made(client: httpx.AsyncClient, sizes: list[int], **more: Any) -> str:
    layers = [{"size": size} for size in sizes]
    answer = await client.post("/networks", json={"layers": layers, "seed": 4} | more)
    assert answer.status_code == 201, answer.text
    return f"/networks/{answer.json()['id']}"


async def test_the_worked_example_agrees(client: httpx.AsyncClient, network: str) -> None:
    answer = (await client.post(f"{network}/gradient-checks", json={})).json()
    assert answer["verdict"] == "agrees"
    assert (answer["checked"], answer["of"], answer["rows"]) == (10, 10, [0])
    assert answer["h"] == [1 / 10**power for power in range(1, 13)]
    assert 1e-7 <= answer["best_h"] <= 1e-3
    fifth = next(each for each in answer["parameters"] if each["name"] == "w5")
    assert fifth["analytic"] == pytest.approx(0.08216704056423077, rel=1e-12)
    assert fifth["numeric"] == pytest.approx(fifth["analytic"], rel=1e-8)
    assert fifth["address"] == "w2.1.1"
    worst = [max(row) for row in zip(*(p["errors"] for p in answer["parameters"]), strict=True)]
    assert answer["max_errors"] == worst
    assert "agree" in answer["sentence"]["en"]
    assert "일치" in answer["sentence"]["ko"]


async def test_it_changes_nothing_and_takes_any_step(
    client: httpx.AsyncClient, network: str
) -> None:
    await client.post(f"{network}/steps", json={"count": 3})
    before = (await client.get(network)).json()
    asked = {"step": 1, "parameters": ["w5", "w2.1.1", "b1"], "points": 3}
    answer = (await client.post(f"{network}/gradient-checks", json=asked)).json()
    assert answer["step"] == 1
    assert [each["name"] for each in answer["parameters"]] == ["w5", "b1"]
    values = (await client.get(f"{network}/values?names=dE/dw5,dE/db1&step=1")).json()["values"]
    assert [each["analytic"] for each in answer["parameters"]] == list(values.values())
    assert (await client.get(network)).json() == before


async def test_one_example_of_a_batch(client: httpx.AsyncClient) -> None:
    address = await made(client, [2, 3, 1], data=XOR)
    asked = {"example": 2, "parameters": ["w1"]}
    answer = (await client.post(f"{address}/gradient-checks", json=asked)).json()
    assert (answer["example"], answer["rows"], answer["verdict"]) == (2, [2], "agrees")
    value = (await client.get(f"{address}/values?names=dE/dw1[2]")).json()["values"]["dE/dw1[2]"]
    assert answer["parameters"][0]["analytic"] == pytest.approx(value, rel=1e-12)


async def test_sequential_order_is_by_design(client: httpx.AsyncClient) -> None:
    momentum = {"name": "sgd", "learning_rate": 0.5, "momentum": 0.9}
    address = await made(client, [2, 3, 1], data=XOR, update_order="sequential", optimizer=momentum)
    await client.post(f"{address}/steps", json={"count": 2})
    answer = (await client.post(f"{address}/gradient-checks", json={})).json()
    assert answer["verdict"] == "by_design"
    values = (await client.get(f"{address}/values?names=dE/dw1")).json()["values"]
    assert answer["parameters"][0]["analytic"] == values["dE/dw1"]
    assert {each["layer"] for each in answer["parameters"] if each["by_design"]} == {1}


async def test_a_large_network_is_checked_in_part(client: httpx.AsyncClient) -> None:
    address = await made(client, [20, 15, 1], data={"inputs": [[0.1] * 20], "targets": [[1]]})
    answer = (await client.post(f"{address}/gradient-checks", json={})).json()
    assert (answer["checked"], answer["of"]) == (40, 331)
    layers = [each["layer"] for each in answer["parameters"]]
    assert (layers.count(1), layers.count(2)) == (24, 16)
    assert answer["parameters"][0]["name"] == "w1"


@pytest.mark.parametrize(
    ("asked", "pointer"),
    [
        ({"parameters": []}, "/parameters"),
        ({"parameters": ["w5", "w99"]}, "/parameters/1"),
        ({"parameters": [5]}, "/parameters/0"),
        ({"parameters": ["net_h1"]}, "/parameters/0"),
        ({"largest_h": 0}, "/largest_h"),
        ({"largest_h": 1e-9, "smallest_h": 1e-3}, ""),
        ({"smallest_h": "1e-5"}, "/smallest_h"),
        ({"points": 0}, "/points"),
        ({"points": 41}, "/points"),
        ({"step": -1}, "/step"),
        ({"example": -1}, "/example"),
        ({"h": 1e-5}, "/h"),
    ],
)
async def test_a_check_that_cannot_be_made(
    client: httpx.AsyncClient, network: str, refused: Refused, asked: Any, pointer: str
) -> None:
    refused(await client.post(f"{network}/gradient-checks", json=asked), 422, pointer)


@pytest.mark.parametrize("asked", [{"step": 9}, {"example": 1}])
async def test_what_is_not_there(
    client: httpx.AsyncClient, network: str, refused: Refused, asked: Any
) -> None:
    refused(await client.post(f"{network}/gradient-checks", json=asked), 404)


async def test_too_much_work_is_refused_with_a_remedy(
    client: httpx.AsyncClient, refused: Refused
) -> None:
    one = {"inputs": [[0.1] * 30], "targets": [[0.5] * 30]}
    address = await made(client, [30, 30, 30], data=one)
    names = [f"w{k}" for k in range(1, 1801)]
    answer = await client.post(f"{address}/gradient-checks", json={"parameters": names})
    problem = refused(answer, 422, "/parameters")
    assert problem["type"].endswith("too-much-work")
    assert "Name fewer." in problem["detail"]


@pytest.mark.parametrize(("rows", "pointer"), [(500, "/example"), (1, "/points")])
def test_where_not_even_one_parameter_fits(rows: int, pointer: str) -> None:
    spec = NetworkSpec((20, 20), ("tanh",))
    with pytest.raises(TooMuchWork) as refusal:
        most_parameters(spec, rows, 12, Limits(request_work=20_000))
    assert [fault.pointer for fault in refusal.value.faults] == [pointer]


async def test_checks_and_alarms_without_data(client: httpx.AsyncClient, refused: Refused) -> None:
    address = await made(client, [2, 2])
    refused(await client.post(f"{address}/gradient-checks", json={}), 409)
    refused(await client.get(f"{address}/alarms"), 409)


@pytest.mark.parametrize(("lang", "word"), [("en", "Twins"), ("ko", "쌍둥이")])
async def test_alarms(client: httpx.AsyncClient, lang: str, word: str) -> None:
    same = {"weights": [[[0.1, 0.2]] * 2, [[0.3, 0.3]]], "biases": [[0, 0], [0]]}
    address = await made(client, [2, 2, 1], data=XOR, parameters=same)
    answer = (await client.get(f"{address}/alarms?lang={lang}&step=0")).json()
    assert answer["step"] == 0
    (alarm,) = answer["alarms"]
    assert (alarm["kind"], alarm["layer"], alarm["names"]) == ("twins", 1, ["h1", "h2"])
    assert alarm["factor"] == {"name": "dnet_o1/dout_h1", "example": 0, "value": 0.3}
    assert word in alarm["sentence"]


async def test_no_alarm_where_nothing_is_wrong(
    client: httpx.AsyncClient, network: str, refused: Refused
) -> None:
    assert (await client.get(f"{network}/alarms")).json() == {"step": 0, "alarms": []}
    refused(await client.get(f"{network}/alarms?step=1"), 404)
    refused(await client.get(f"{network}/alarms?lang=de"), 422, "/lang")


async def test_alarms_of_numbers_that_are_not_finite(client: httpx.AsyncClient) -> None:
    address = await made(
        client, [1, 1], optimizer={"name": "sgd", "learning_rate": 1e300},
        data={"inputs": [[2.0]], "targets": [[0.0]]},
        layers=[{"size": 1}, {"size": 1, "activation": "linear"}],
    )  # fmt: skip
    await client.post(f"{address}/steps", json={"count": 3})
    alarms = (await client.get(f"{address}/alarms")).json()["alarms"]
    assert alarms[0]["kind"] == "not_finite"
    check = (await client.post(f"{address}/gradient-checks", json={})).json()
    assert check["verdict"] == "not_finite"


async def test_a_boundary_is_the_forward_pass_over_a_grid(client: httpx.AsyncClient) -> None:
    address = await made(client, [2, 3, 1], data=XOR)
    grid = (await client.get(f"{address}/boundary?resolution=5&neurons=true")).json()
    x, y = (axis["values"] for axis in grid["axes"])
    assert x == pytest.approx([-0.1, 0.2, 0.5, 0.8, 1.1])
    points = [[x[i], y[j]] for j in range(5) for i in range(5)]
    forward = (await client.post(f"{address}/forward", json={"inputs": points})).json()
    assert grid["outputs"] == forward["outputs"]
    assert list(grid["neurons"]) == ["h1", "h2", "h3", "o1"]
    assert grid["neurons"]["h2"] == [row[1] for row in forward["layers"][0]["out"]]
    (prototype,) = grid["prototypes"]
    best = int(np.argmax([row[0] for row in grid["outputs"]]))
    assert prototype == {"output": "o1", "at": points[best], "value": grid["outputs"][best][0]}


async def test_a_raw_boundary(client: httpx.AsyncClient) -> None:
    address = await made(client, [2, 3, 1], data=XOR)
    accept = {"Accept": "application/octet-stream"}
    for query, width in (("", 1), ("&neurons=true", 4)):
        raw = await client.get(f"{address}/boundary?resolution=4{query}", headers=accept)
        assert raw.headers["slowprop-shape"] == f"16,{width}"
        values = np.frombuffer(raw.content, "<f8").reshape(16, width)
        told = (await client.get(f"{address}/boundary?resolution=4")).json()
        assert values[:, -1:].tolist() == told["outputs"]


async def test_one_input_and_no_data(client: httpx.AsyncClient, refused: Refused) -> None:
    address = await made(client, [1, 2, 2])
    grid = (await client.get(f"{address}/boundary?resolution=3")).json()
    assert [axis["values"] for axis in grid["axes"]] == [[-1.0, 0.0, 1.0]]
    assert grid["neurons"] is None
    assert len(grid["outputs"]) == 3
    given = (await client.get(f"{address}/boundary?resolution=3&x_from=2&x_to=4")).json()
    assert given["axes"][0]["values"] == [2.0, 3.0, 4.0]
    refused(await client.get(f"{address}/boundary?y_from=1"), 422, "/y_from")


async def test_a_boundary_at_an_earlier_step(client: httpx.AsyncClient) -> None:
    address = await made(client, [2, 3, 1], data=XOR)
    before = (await client.get(f"{address}/boundary?resolution=3")).json()
    await client.post(f"{address}/steps", json={"count": 5})
    assert (await client.get(f"{address}/boundary?resolution=3&step=0")).json() == before
    assert (await client.get(f"{address}/boundary?resolution=3")).json()["step"] == 5


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("resolution=1", "/resolution"),
        ("resolution=2001", "/resolution"),
        ("resolution=2000", "/resolution"),
        ("x_from=1&x_to=1", "/x_from"),
        ("x_to=-5", "/x_to"),
        ("y_from=nan", "/y_from"),
        ("x_to=1e301", "/x_to"),
        ("z_from=1", "/z_from"),
        ("neurons=maybe", "/neurons"),
    ],
)
async def test_a_grid_that_cannot_be_used(
    client: httpx.AsyncClient, network: str, refused: Refused, query: str, pointer: str
) -> None:
    refused(await client.get(f"{network}/boundary?{query}"), 422, pointer)


async def test_more_than_two_inputs_have_no_boundary(
    client: httpx.AsyncClient, refused: Refused
) -> None:
    address = await made(client, [3, 1])
    problem = refused(await client.get(f"{address}/boundary"), 422, "")
    assert problem["detail"].endswith("this network has 3.")
