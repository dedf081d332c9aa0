"""What was recorded, and going back to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import numpy as np
import pytest

Refused = Callable[..., dict[str, Any]]
BINARY = {"Accept": "application/octet-stream"}

pytestmark = pytest.mark.anyio


async def curve(client: httpx.AsyncClient, network: str, series: str) -> list[float]:
    answer = await client.get(f"{network}/history?series={series}", headers=BINARY)
    assert answer.headers["slowprop-shape"] == str(len(answer.content) // 8)
    return np.frombuffer(answer.content, "<f8").tolist()


async def test_history_has_every_step(client: httpx.AsyncClient, network: str) -> None:
    made = (await client.post(f"{network}/steps", json={"count": 3})).json()
    answer = (await client.get(f"{network}/history?series=loss,w5,w2.1.1")).json()
    assert (answer["from"], answer["to"], answer["stride"]) == (0, 3, 1)
    assert answer["steps"] == [0, 1, 2, 3]
    loss = answer["series"]["loss"]
    assert loss["min"] == loss["max"] == loss["last"]
    assert (loss["last"][0], loss["last"][-1]) == (made["loss_before"], made["loss_after"])
    assert answer["series"]["w5"] == answer["series"]["w2.1.1"]
    assert await curve(client, network, "loss") == loss["last"]


async def test_thinning_keeps_every_peak(client: httpx.AsyncClient, network: str) -> None:
    await client.post(f"{network}/steps", json={"count": 20})
    await client.patch(f"{network}/parameters", json={"values": {"w5": -9.0}})
    await client.post(f"{network}/steps", json={"count": 81})
    full = await curve(client, network, "loss")
    answer = (await client.get(f"{network}/history?max_points=10&from=1&to=101")).json()
    assert (answer["from"], answer["to"], answer["stride"]) == (1, 101, 11)
    assert answer["steps"] == [11, 22, 33, 44, 55, 66, 77, 88, 99, 101]
    thin = answer["series"]["loss"]
    assert max(thin["max"]) == max(full[1:])
    assert min(thin["min"]) == min(full[1:])
    assert thin["last"] == [full[step] for step in answer["steps"]]


async def test_an_edit_takes_the_place_of_its_step(client: httpx.AsyncClient, network: str) -> None:
    await client.post(f"{network}/steps", json={"count": 2})
    await client.patch(f"{network}/parameters", json={"values": {"w5": 0.7}})
    await client.post(f"{network}/steps", json={"count": 1})
    values = await curve(client, network, "w5")
    assert values[2] == 0.7
    trace = (await client.get(f"{network}/trace?step=2")).json()
    assert (trace["updates"][4]["before"], trace["seq"]) == (0.7, 3)
    left = (await client.get(f"{network}/trace?seq=2")).json()
    assert left["step"] == 2
    assert left["updates"][4]["before"] != 0.7


async def test_reset_leaves_later_steps_but_not_their_seq(
    client: httpx.AsyncClient, network: str, refused: Refused
) -> None:
    await client.post(f"{network}/steps", json={"count": 5})
    at_two = (await client.get(f"{network}/trace?step=2")).json()
    back = (await client.post(f"{network}/reset", json={"step": 2})).json()
    assert (back["step"], back["seq"], back["revision"]) == (2, 6, 3)
    refused(await client.get(f"{network}/trace?step=3"), 404)
    assert (await client.get(f"{network}/trace?seq=5")).json()["step"] == 5
    now = (await client.get(f"{network}/trace")).json()
    assert now == at_two | {"seq": 6}
    again = (await client.post(f"{network}/steps", json={"count": 3})).json()
    assert (again["step"], again["seq"]) == (5, 9)
    one, other = [(await client.get(f"{network}/trace?seq={s}")).json() for s in (5, 9)]
    assert one == other | {"seq": 5}


async def test_reset_by_seq_undoes_an_edit(client: httpx.AsyncClient, network: str) -> None:
    await client.post(f"{network}/steps", json={"count": 2})
    before = (await client.get(network)).json()
    await client.patch(f"{network}/parameters", json={"values": {"w5": 3.0}})
    after = (await client.post(f"{network}/reset", json={"seq": before["seq"]})).json()
    assert after["parameters"] == before["parameters"]
    assert (after["step"], after["seq"]) == (2, 4)


async def test_reset_restores_momentum_in_the_middle_of_a_run(client: httpx.AsyncClient) -> None:
    asked = {
        "preset": "worked-example",
        "optimizer": {"learning_rate": 0.5, "momentum": 0.9},
    }
    address = f"/networks/{(await client.post('/networks', json=asked)).json()['id']}"
    await client.post(f"{address}/steps", json={"count": 50})
    straight = (await client.get(address)).json()["parameters"]
    await client.post(f"{address}/reset", json={"step": 23})
    assert (await client.get(f"{address}/values?names=velocity_w5")).json()["values"][
        "velocity_w5"
    ] != 0
    await client.post(f"{address}/steps", json={"count": 27})
    assert (await client.get(address)).json()["parameters"] == straight


async def test_reset_restores_the_settings_of_that_time(
    client: httpx.AsyncClient, network: str
) -> None:
    await client.post(f"{network}/steps", json={"count": 2})
    await client.patch(network, json={"optimizer": {"learning_rate": 0.1}})
    await client.post(f"{network}/steps", json={"count": 2})
    rates = [
        (await client.get(f"{network}/values?names=learning_rate&step={k}")).json()["values"]
        for k in (1, 2, 3)
    ]
    assert [rate["learning_rate"] for rate in rates] == [0.5, 0.1, 0.1]
    back = (await client.post(f"{network}/reset", json={"step": 1})).json()
    assert back["spec"]["optimizer"]["learning_rate"] == 0.5


async def test_traces_are_the_values_of_each_step(client: httpx.AsyncClient, network: str) -> None:
    await client.post(f"{network}/steps", json={"count": 6})
    await client.patch(f"{network}/parameters", json={"values": {"w1": 0.2}})
    await client.post(f"{network}/steps", json={"count": 2})
    await check_traces(client, network, 2, 7)


async def test_traces_with_momentum_shuffled_batches_and_a_new_optimizer(
    client: httpx.AsyncClient,
) -> None:
    asked = {
        "layers": [{"size": 2}, {"size": 3, "activation": "tanh"}, {"size": 1}],
        "seed": 5,
        "optimizer": {"learning_rate": 0.1, "momentum": 0.9},
        "batch": {"size": 2, "shuffle": True},
        "data": {
            "inputs": [[0, 0], [0, 1], [1, 0], [1, 1]],
            "targets": [[0], [1], [1], [0]],
        },
    }
    address = f"/networks/{(await client.post('/networks', json=asked)).json()['id']}"
    await client.post(f"{address}/steps", json={"count": 9})
    await client.patch(address, json={"optimizer": {"learning_rate": 0.2}})
    await client.post(f"{address}/steps", json={"count": 4})
    await check_traces(client, address, 0, 13)


async def check_traces(client: httpx.AsyncClient, network: str, first: int, last: int) -> None:
    columns = (await client.get(f"{network}/trace-columns")).json()["columns"]
    answer = await client.get(f"{network}/traces?from={first}&to={last}", headers=BINARY)
    assert answer.headers["slowprop-shape"] == f"{last - first + 1},{len(columns)}"
    rows = np.frombuffer(answer.content, "<f8").reshape(-1, len(columns))
    for step, row in enumerate(rows, start=first):
        values = (await client.get(f"{network}/values?step={step}")).json()["values"]
        assert dict(zip(columns, row.tolist(), strict=True)) == values


async def test_traces_of_some_names_are_those_columns(
    client: httpx.AsyncClient, network: str, refused: Refused
) -> None:
    await client.post(f"{network}/steps", json={"count": 2})
    await client.patch(network, json={"optimizer": {"momentum": 0.9}})
    await client.post(f"{network}/steps", json={"count": 2})
    columns = (await client.get(f"{network}/trace-columns")).json()["columns"]
    whole = await client.get(f"{network}/traces", headers=BINARY)
    asked = [columns[-2], "dE/dw5", "E_total", "w5+"]
    part = await client.get(f"{network}/traces", params={"names": ",".join(asked)}, headers=BINARY)
    assert part.headers["slowprop-shape"] == "5,4"
    wanted = np.frombuffer(whole.content, "<f8").reshape(5, -1)
    places = [columns.index(name) for name in asked]
    found = np.frombuffer(part.content, "<f8").reshape(5, 4)
    np.testing.assert_array_equal(found, wanted[:, places])
    assert np.isnan(found[:2, 0]).all()
    refused(await client.get(f"{network}/traces?names=w99"), 404)


async def test_trace_columns_come_in_pages(client: httpx.AsyncClient, network: str) -> None:
    whole = (await client.get(f"{network}/trace-columns")).json()
    first = (await client.get(f"{network}/trace-columns?page_size=50")).json()
    token = first["next_page_token"]
    rest = (await client.get(f"{network}/trace-columns?page_token={token}")).json()
    assert first["columns"] + rest["columns"] == whole["columns"]
    assert rest["next_page_token"] is whole["next_page_token"] is None


async def test_an_unknown_series_of_a_large_network_gets_a_short_answer(
    client: httpx.AsyncClient, refused: Refused
) -> None:
    asked = {"layers": [{"size": 60}, {"size": 60}]}
    address = f"/networks/{(await client.post('/networks', json=asked)).json()['id']}"
    problem = refused(await client.get(f"{address}/history?series=nope"), 422, "/series")
    assert len(problem["detail"]) < 300


async def test_several_series_come_as_one_array(
    small_client: httpx.AsyncClient, refused: Refused
) -> None:
    made = (await small_client.post("/networks", json={"preset": "worked-example"})).json()
    network = f"/networks/{made['id']}"
    await small_client.post(f"{network}/steps", json={"count": 3})
    answer = await small_client.get(f"{network}/history?series=w5,loss,w1", headers=BINARY)
    assert answer.headers["slowprop-shape"] == "3,4"
    rows = np.frombuffer(answer.content, "<f8").reshape(3, 4).tolist()
    assert rows == [await curve(small_client, network, name) for name in ("w5", "loss", "w1")]
    await small_client.post(f"{network}/steps", json={"count": 97})
    many = ",".join(["w1"] * 199)
    refused(await small_client.get(f"{network}/history?series={many}", headers=BINARY), 422)


async def test_two_runs_on_one_axis(
    client: httpx.AsyncClient, network: str, refused: Refused
) -> None:
    await client.post(f"{network}/steps", json={"count": 20})
    fork = (await client.post(f"{network}/forks", json={"step": 5, "name": "slow"})).json()["id"]
    await client.patch(f"/networks/{fork}", json={"optimizer": {"learning_rate": 0.1}})
    await client.post(f"/networks/{fork}/steps", json={"count": 30})
    asked = f"history?series=loss,w5&max_points=12&compare={fork}"
    answer = (await client.get(f"{network}/{asked}")).json()
    assert (answer["from"], answer["to"], answer["stride"]) == (0, 35, 3)
    compared = answer["compared"]
    assert (compared["id"], compared["name"], compared["step"]) == (fork, "slow", 35)
    for series, address, head in ((answer["series"], network, 20),
                                  (compared["series"], f"/networks/{fork}", 35)):  # fmt: skip
        for name in ("loss", "w5"):
            whole = await curve(client, address, name)
            parts = [whole[at : at + 3] or [None] for at in range(0, 36, 3)]
            assert len(whole) == head + 1
            assert series[name]["min"] == [min(part) for part in parts]
            assert series[name]["last"] == [part[-1] for part in parts]
    assert (await client.get(f"{network}/{asked}&to=35&from=30")).status_code == 200
    refused(await client.get(f"{network}/{asked}&to=36"), 404)
    refused(await client.get(f"{network}/history?compare=nobody"), 404)
    refused(await client.get(f"{network}/{asked}", headers=BINARY), 422, "/max_points")
    other = (await client.post("/networks", json={"layers": [{"size": 1}, {"size": 1}]})).json()
    problem = refused(
        await client.get(f"{network}/history?series=w5&compare={other['id']}"), 422, "/series"
    )
    assert other["id"] in problem["detail"]


async def test_wide_buckets_begin_at_multiples_of_their_size(
    client: httpx.AsyncClient, network: str
) -> None:
    await client.post(f"{network}/steps", json={"count": 3_000})
    whole = await curve(client, network, "w5")
    answer = (await client.get(f"{network}/history?series=w5&from=700&max_points=8")).json()
    assert (answer["stride"], answer["steps"]) == (512, [1023, 1535, 2047, 2559, 3000])
    parts = [whole[low:high] for low, high in
             ((700, 1024), (1024, 1536), (1536, 2048), (2048, 2560), (2560, 3001))]  # fmt: skip
    assert answer["series"]["w5"] == {
        "min": [min(part) for part in parts],
        "max": [max(part) for part in parts],
        "last": [part[-1] for part in parts],
    }
    one = (await client.get(f"{network}/history?from=700&max_points=1")).json()
    assert (one["stride"], one["steps"]) == (3072, [3000])


async def test_a_network_without_data_has_no_loss(client: httpx.AsyncClient) -> None:
    asked = {"layers": [{"size": 1}, {"size": 1}], "seed": 1}
    address = f"/networks/{(await client.post('/networks', json=asked)).json()['id']}"
    found = (await client.get(f"{address}/history?series=loss,w1")).json()["series"]
    assert found["loss"] == {"min": [None], "max": [None], "last": [None]}
    assert found["w1"]["last"] != [None]
