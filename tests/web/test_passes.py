"""Questions that change nothing: passes, traces, values, derivations, cards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

Refused = Callable[..., dict[str, Any]]

pytestmark = pytest.mark.anyio


def close(value: float) -> Any:
    return pytest.approx(value, rel=1e-12)


async def test_forward_of_given_inputs_has_no_error(
    client: httpx.AsyncClient, network: str
) -> None:
    answer = await client.post(f"{network}/forward", json={"inputs": [[0.05, 0.10]]})
    assert answer.json() == {
        "step": 0,
        "layers": [
            {
                "layer": 1,
                "net": [[0.3775, close(0.39249999999999996)]],
                "out": [[close(0.5932699921071872), close(0.596884378259767)]],
            },
            {
                "layer": 2,
                "net": [[close(1.10590596705977), close(1.2249214040964653)]],
                "out": [[close(0.7513650695523157), close(0.7729284653214625)]],
            },
        ],
        "outputs": [[close(0.7513650695523157), close(0.7729284653214625)]],
        "error": None,
    }


async def test_backward_of_the_own_batch(client: httpx.AsyncClient, network: str) -> None:
    answer = (await client.post(f"{network}/backward", json={})).json()
    assert answer["error"] == {
        "per_output": [[close(0.274811083176155), close(0.023560025583847746)]],
        "per_example": [close(0.2983711087600027)],
        "total": close(0.2983711087600027),
    }
    output = answer["layers"][1]
    assert output["dE_dout"][0][0] == close(0.7413650695523157)
    assert output["slope"][0][0] == close(0.18681560180895948)
    assert output["dE_dW"][0][0] == close(0.08216704056423077)
    assert len(output["dE_db"]) == 1


async def test_overrides_are_for_one_pass_only(client: httpx.AsyncClient, network: str) -> None:
    nudged = await client.post(f"{network}/forward", json={"overrides": {"w5": 0.41}})
    assert nudged.json()["error"]["total"] > 0.2983711087600027
    plain = await client.post(f"{network}/forward", json={})
    assert plain.json()["error"]["total"] == close(0.2983711087600027)
    assert (await client.get(network)).json()["revision"] == 1


async def test_a_pass_at_an_earlier_step(client: httpx.AsyncClient, network: str) -> None:
    before = (await client.post(f"{network}/backward", json={})).json()
    await client.post(f"{network}/steps", json={"count": 5})
    assert (await client.post(f"{network}/backward", json={"step": 0})).json() == before


async def test_the_trace_has_the_whole_step(client: httpx.AsyncClient, network: str) -> None:
    trace = (await client.get(f"{network}/trace", params={"step": 0, "example": 0})).json()
    assert (trace["step"], trace["seq"], trace["example"], trace["rows"]) == (0, 0, 0, [0])
    assert (trace["inputs"], trace["targets"]) == ([[0.05, 0.1]], [[0.01, 0.99]])
    assert trace["loss"] == close(0.2983711087600027)
    fifth = trace["updates"][4]
    assert fifth["name"] == "w5"
    assert fifth["after"] == close(0.35891647971788465)
    assert fifth["change"] == close(fifth["after"] - fifth["before"])
    whole = (await client.get(f"{network}/trace")).json()
    assert whole == trace | {"example": None}


async def test_after_one_update_is_before_the_next(client: httpx.AsyncClient, network: str) -> None:
    await client.post(f"{network}/steps", json={"count": 2})
    first, second = [
        (await client.get(f"{network}/trace", params={"step": step})).json()["updates"]
        for step in (0, 1)
    ]
    assert [u["after"] for u in first] == [u["before"] for u in second]


@pytest.mark.parametrize(
    "address",
    [
        "values?names=net_h1,dE/dw5,w5%2B&step=0",
        "values?names=net_h1,dE/dw5,w5+&step=0",
    ],
)
async def test_values_by_name(client: httpx.AsyncClient, network: str, address: str) -> None:
    assert (await client.get(f"{network}/{address}")).json() == {
        "step": 0,
        "example": 0,
        "values": {
            "net_h1": 0.3775,
            "dE/dw5": close(0.08216704056423077),
            "w5+": close(0.35891647971788465),
        },
        "next_page_token": None,
    }


@pytest.mark.parametrize(
    ("written", "name", "value"),
    [
        ("dE%2Fdw5", "dE/dw5", 0.08216704056423077),
        ("dE/dw2.1.1", "dE/dw2.1.1", 0.08216704056423077),
        ("w5%2B", "w5+", 0.35891647971788465),
        ("w5%20", "w5+", 0.35891647971788465),
        ("loss", "loss", 0.2983711087600027),
    ],
)
async def test_a_value_by_its_path(
    client: httpx.AsyncClient, network: str, written: str, name: str, value: float
) -> None:
    answer = await client.get(f"{network}/values/{written}")
    assert answer.json()["values"] == {name: close(value)}


async def test_all_values_come_in_order_and_in_pages(
    client: httpx.AsyncClient, network: str
) -> None:
    whole = list((await client.get(f"{network}/values")).json()["values"])
    assert whole == (await client.get(f"{network}/trace-columns")).json()["columns"]
    paged: list[str] = []
    query = {"page_size": "30"}
    while True:
        page = (await client.get(f"{network}/values", params=query)).json()
        paged += page["values"]
        if page["next_page_token"] is None:
            break
        query["page_token"] = page["next_page_token"]
    assert paged == whole


async def test_a_derivation_multiplies_to_the_gradient(
    client: httpx.AsyncClient, network: str
) -> None:
    answer = (await client.get(f"{network}/derivations/w1?step=0&example=0")).json()
    assert (answer["parameter"], answer["address"]) == ("w1", "w1.1.1")
    assert answer["gradient"] == close(0.0004385677344743465)
    product = 1.0
    for factor in answer["factors"]:
        product *= factor["value"]
    assert product * answer["reduction_factor"] == close(answer["contribution"])
    assert sum(path["product"] for path in answer["paths"]) == close(product)
    assert answer["update"]["after"] == close(0.1497807161327628)


async def test_explanations_list_the_calculations(client: httpx.AsyncClient, network: str) -> None:
    answer = (await client.get(f"{network}/explanations?step=0")).json()
    assert answer["calculations"][0] == {"name": "net_h1", "phase": "forward", "group": "h1"}
    assert answer["next_page_token"] is None
    assert "cards" not in answer
    page = (await client.get(f"{network}/explanations?page_size=4")).json()
    rest = await client.get(f"{network}/explanations?page_token={page['next_page_token']}")
    assert page["calculations"] + rest.json()["calculations"] == answer["calculations"]


async def test_explanations_list_one_phase_from_a_place_on(
    client: httpx.AsyncClient, network: str
) -> None:
    whole = (await client.get(f"{network}/explanations")).json()
    for phase, count in whole["counts"].items():
        of_phase = [stop for stop in whole["calculations"] if stop["phase"] == phase]
        assert len(of_phase) == count
        page = await client.get(f"{network}/explanations?phase={phase}&first=1&page_size=2")
        assert page.json()["calculations"] == of_phase[1:3]
        token = page.json()["next_page_token"]
        if token:
            rest = f"{network}/explanations?phase={phase}&page_token={token}"
            assert (await client.get(rest)).json()["calculations"] == of_phase[3:]
    beyond = (await client.get(f"{network}/explanations?phase=error&first=99")).json()
    assert (beyond["calculations"], beyond["next_page_token"]) == ([], None)


@pytest.mark.parametrize("lang", ["en", "ko"])
async def test_explanations_by_name_are_cards(
    client: httpx.AsyncClient, network: str, lang: str
) -> None:
    names = "net_h1,dE/dw5,w5%2B,phase:forward,phase:error,phase:backward,phase:update,result"
    answer = await client.get(f"{network}/explanations?lang={lang}&names={names}")
    assert answer.status_code == 200
    cards = answer.json()["cards"]
    assert [card["name"] for card in cards] == names.replace("%2B", "+").split(",")
    gradient = cards[1]
    assert gradient["value"] == close(0.08216704056423077)
    assert {"from", "to", "factor", "label", "role"} == gradient["strip"][0].keys()
    assert gradient["sentence"]


async def test_a_network_without_data(client: httpx.AsyncClient, refused: Refused) -> None:
    asked = {"layers": [{"size": 2}, {"size": 1}], "seed": 3}
    address = f"/networks/{(await client.post('/networks', json=asked)).json()['id']}"
    given = {"inputs": [[1, 2]], "targets": [[1]]}
    assert (await client.post(f"{address}/backward", json=given)).status_code == 200
    for call in (
        client.post(f"{address}/backward", json={}),
        client.post(f"{address}/steps", json={}),
        client.post(f"{address}/trainings", json={"steps": 1}),
        client.get(f"{address}/trace"),
        client.get(f"{address}/values"),
        client.get(f"{address}/traces"),
    ):
        assert refused(await call, 409)["type"].endswith("no-data")


async def test_divergence_is_shown_with_what_went_wrong_first(client: httpx.AsyncClient) -> None:
    asked = {
        "layers": [{"size": 1}, {"size": 1, "activation": "linear"}],
        "parameters": {"weights": [[[1.0]]], "biases": [[0.0]]},
        "optimizer": {"name": "sgd", "learning_rate": 1e300},
        "data": {"inputs": [[2.0]], "targets": [[0.0]]},
    }
    address = f"/networks/{(await client.post('/networks', json=asked)).json()['id']}"
    made = (await client.post(f"{address}/steps", json={"count": 4})).json()
    assert made["loss_after"] == "NaN"
    assert made["first_not_finite"] == {"step": 1, "name": "E_o1", "value": "Infinity"}
    network = (await client.get(address)).json()
    assert network["first_not_finite"] == made["first_not_finite"]
    assert network["parameters"]["weights"] == [[["NaN"]]]
    history = (await client.get(f"{address}/history?series=loss,w1")).json()["series"]
    assert history["loss"]["last"][1:4] == ["Infinity", "Infinity", "NaN"]
    for address_of in ("trace", "values", "explanations?names=E_o1,result", "traces"):
        assert (await client.get(f"{address}/{address_of}")).status_code == 200
    back = await client.post(f"{address}/reset", json={"step": 0})
    assert back.json()["first_not_finite"] is None
