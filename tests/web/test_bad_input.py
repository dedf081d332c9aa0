"""Bad input: the right status, a pointer to each fault, what would have worked, nothing changed."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest

Refused = Callable[..., dict[str, Any]]
JSON = {"Content-Type": "application/json"}
LAYERS = [{"size": 2}, {"size": 2}]

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
async def unchanged(client: httpx.AsyncClient, network: str) -> AsyncIterator[None]:
    """Whatever a test asks for, the network is the same afterwards, and no other has been made."""
    before = (await client.get(network)).json()
    newest = (await client.get("/networks?page_size=1")).json()
    yield
    assert (await client.get(network)).json() == before
    assert (await client.get("/networks?page_size=1")).json() == newest


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        '{"layers": [}',
        '{"layers": undefined}',
        "{'layers': []}",
        '{"name": "\\ud800"}',
        '{"name": "half \\ud83d"}',
        "[" * 500 + "]" * 500,
        b'{"name": "\xff"}',
    ],
)
async def test_malformed_json(
    client: httpx.AsyncClient, refused: Refused, text: str | bytes
) -> None:
    answer = await client.post("/networks", content=text, headers=JSON)
    refused(answer, 400 if text else 422)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400", "-1e999"])
async def test_numbers_that_are_not_finite(
    client: httpx.AsyncClient, network: str, refused: Refused, number: str
) -> None:
    async def send(method: str, path: str, text: str) -> httpx.Response:
        return await client.request(method, f"{network}{path}", content=text, headers=JSON)

    values = '{"values": {"w5": %s}}' % number
    refused(await send("PATCH", "/parameters", values), 422, "/values/w5")
    inputs = '{"inputs": [[0.1, %s]]}' % number
    refused(await send("POST", "/forward", inputs), 422, "/inputs/0/1")
    rate = '{"optimizer": {"learning_rate": %s}}' % number
    refused(await send("PATCH", "", rate), 422, "/optimizer/learning_rate")
    refused(await send("POST", "/steps", '{"count": %s}' % number), 422, "/count")


@pytest.mark.parametrize(
    ("change", "pointers"),
    [
        ({"layers": []}, ["/layers"]),
        ({"layers": [{"size": 2}]}, ["/layers"]),
        ({"layers": [{"size": 2}, {"size": 0}]}, ["/layers/1/size"]),
        ({"layers": [{"size": -1}, {"size": 2}]}, ["/layers/0/size"]),
        ({"layers": [{"size": 2}, {"size": 100_000}]}, ["/layers/1/size"]),
        ({"layers": [{"size": 2}] * 500}, ["/layers"]),
        ({"layers": [{"size": 1000}] * 5}, ["/layers"]),
        ({"layers": [{"size": 2}, {"size": "2"}]}, ["/layers/1/size"]),
        ({"layers": [{"size": True}, {"size": 2.0}]}, ["/layers/0/size", "/layers/1/size"]),
        ({"layers": [{"size": 2, "activation": "relu"}, {"size": 2}]}, ["/layers/0/activation"]),
        ({"layers": [{"size": 2}, {"size": 2, "activation": "relo"}]}, ["/layers/1/activation"]),
        ({"layers": "2-2-2"}, ["/layers"]),
        ({"loss": "half"}, ["/loss"]),
        ({"loss": None}, ["/loss"]),
        ({"reduction": "median"}, ["/reduction"]),
        ({"bias": {"mode": "many", "trainable": 1}}, ["/bias/mode", "/bias/trainable"]),
        ({"optimizer": {"name": "sdg"}}, ["/optimizer/name"]),
        ({"optimizer": {"learning_rate": "0.5"}}, ["/optimizer/learning_rate"]),
        ({"optimizer": {"learning_rate": -1}}, ["/optimizer/learning_rate"]),
        ({"optimizer": {"momentun": 0.9}}, ["/optimizer/momentun"]),
        ({"initializer": {"name": "xavier"}}, ["/initializer/name"]),
        ({"update_order": "both"}, ["/update_order"]),
        ({"seed": -1}, ["/seed"]),
        ({"seed": 2**53}, ["/seed"]),
        ({"seed": 1.5}, ["/seed"]),
        ({"batch": {"size": 0}}, ["/batch/size"]),
        ({"name": "bell\x07"}, ["/name"]),
        ({"name": "x" * 201}, ["/name"]),
        ({"nmae": "x", "sede": 1}, ["/nmae", "/sede"]),
        ({"preset": "worked"}, ["/preset"]),
        ({"a/b~c": 1}, ["/a~1b~0c"]),
        ({"data": {"inputs": [], "targets": [[1, 1]]}}, ["/data/inputs"]),
        ({"data": {"inputs": [[1]], "targets": [[1, 1]]}}, ["/data/inputs"]),
        (
            {"data": {"inputs": [[1, 2], [1]], "targets": [[1, 1], [1, 2, 3]]}},
            ["/data/inputs/1", "/data/targets/1"],
        ),
        ({"data": {"inputs": [[1, 2]], "targets": [[1, 1], [0, 0]]}}, ["/data/targets"]),
        ({"data": {"inputs": [[True, "2"]], "targets": [[None, 1]]}}, ["/data/inputs/0/0"]),
        (
            {"parameters": {"weights": [[[1, 2], [3]]], "biases": [[0, 0]]}},
            ["/parameters/weights/0"],
        ),
        (
            {"parameters": {"weights": [[[1, 2], [3, 4]]], "biases": [[0]]}},
            ["/parameters/biases/0"],
        ),
        ({"parameters": {"weights": [[[1, 2], [3, 4]]]}}, ["/parameters/biases"]),
        (
            {
                "bias": {"mode": "shared"},
                "parameters": {"weights": [[[1, 2], [3, 4]]], "biases": [[0, 1]]},
            },
            ["/parameters/biases/0"],
        ),
    ],
)
async def test_a_specification_that_cannot_be_used(
    client: httpx.AsyncClient, refused: Refused, change: dict[str, Any], pointers: list[str]
) -> None:
    answer = await client.post("/networks", json={"layers": LAYERS} | change)
    problem = refused(answer, 422, *pointers)
    assert {fault["pointer"] for fault in problem["errors"]} >= {*pointers}


async def test_the_remedy_names_what_would_have_worked(
    client: httpx.AsyncClient, network: str, refused: Refused
) -> None:
    layers = [{"size": 2}, {"size": 2, "activation": "relo"}]
    wrong = refused(await client.post("/networks", json={"layers": layers}), 422)
    assert "Did you mean 'relu'? Known: linear, sigmoid" in wrong["detail"]
    wrong = refused(await client.post(f"{network}/steps", json={"cuont": 1}), 422)
    assert wrong["detail"] == "Unknown key 'cuont'. Did you mean 'count'? Known: count."
    wrong = refused(await client.get(f"{network}/history?seires=loss"), 422, "/seires")
    assert "Did you mean 'series'?" in wrong["detail"]


async def test_what_was_sent_is_not_repeated(client: httpx.AsyncClient, refused: Refused) -> None:
    secret = "correct horse battery staple"  # noqa: S105 — stands for anything private
    for body in ({"layers": secret}, {"layers": [{"size": secret}]}, secret):
        answer = await client.post("/networks", json=body)
        refused(answer, 422)
        assert secret not in answer.text
    answer = await client.post("/networks", content=f'{{"a": "{secret}', headers=JSON)
    refused(answer, 400)
    assert secret not in answer.text


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"inputs": []}, "/inputs"),
        ({"inputs": [[]]}, "/inputs/0"),
        ({"inputs": [[1]]}, "/inputs"),
        ({"inputs": [[1, 2], [3]]}, "/inputs/1"),
        ({"inputs": [[1, "2"]]}, "/inputs/0/1"),
        ({"inputs": [1, 2]}, "/inputs/0"),
        ({"step": -1}, "/step"),
        ({"step": 0.5}, "/step"),
        ({"overrides": {"w99": 1}}, "/overrides/w99"),
        ({"overrides": {"w5": True}}, "/overrides/w5"),
        ({"input": [[1, 2]]}, "/input"),
    ],
)
async def test_passes_that_cannot_be_made(
    client: httpx.AsyncClient, network: str, refused: Refused, body: dict[str, Any], pointer: str
) -> None:
    for kind in ("forward", "backward"):
        refused(await client.post(f"{network}/{kind}", json=body), 422, pointer)


async def test_backward_needs_as_many_targets_as_inputs(
    client: httpx.AsyncClient, network: str, refused: Refused
) -> None:
    inputs = {"inputs": [[1, 2], [3, 4]]}
    refused(await client.post(f"{network}/backward", json=inputs), 422, "/targets")
    for targets in ([[1, 2]], [[1], [2]], [[1, 2], [3]]):
        answer = await client.post(f"{network}/backward", json=inputs | {"targets": targets})
        refused(answer, 422)


@pytest.mark.parametrize(
    ("method", "path", "body", "pointer"),
    [
        ("POST", "/steps", {"count": 0}, "/count"),
        ("POST", "/steps", {"count": -1}, "/count"),
        ("POST", "/steps", {"count": "1"}, "/count"),
        ("POST", "/steps", {"count": True}, "/count"),
        ("POST", "/steps", {"count": 10_001}, "/count"),
        ("POST", "/steps", {"count": 10**400}, "/count"),
        ("POST", "/steps", [], ""),
        ("POST", "/reset", {}, ""),
        ("POST", "/reset", {"step": 0, "seq": 0}, ""),
        ("POST", "/reset", {"step": -1}, "/step"),
        ("POST", "/trainings", {}, ""),
        ("POST", "/trainings", {"steps": 0}, "/steps"),
        ("POST", "/trainings", {"steps": 10**7 + 1}, "/steps"),
        ("POST", "/trainings", {"epochs": 10**7 + 1}, "/epochs"),
        ("POST", "/trainings", {"steps": 1, "epochs": 1}, ""),
        ("PATCH", "/parameters", {}, "/values"),
        ("PATCH", "/parameters", {"values": {}}, "/values"),
        ("PATCH", "/parameters", {"values": {"w5": 1, "w9": 1, "x/y": 1}}, "/values/x~1y"),
        ("PATCH", "", {"loss": "half_squared_error"}, "/loss"),
        ("PATCH", "", {"name": "a\u0000b"}, "/name"),
        ("PATCH", "", {"batch": {"size": -2}}, "/batch/size"),
        ("PATCH", "", {"optimizer": {"learning_rate": -2}}, "/optimizer/learning_rate"),
        ("PATCH", "", {"data": {"inputs": [[1, 2]]}}, "/data/targets"),
        ("PATCH", "", {"data": {"inputs": [[1]], "targets": [[1, 2]]}}, "/data/inputs"),
    ],
)
async def test_changes_that_cannot_be_made(
    client: httpx.AsyncClient,
    network: str,
    refused: Refused,
    method: str,
    path: str,
    body: Any,
    pointer: str,
) -> None:
    refused(await client.request(method, f"{network}{path}", json=body), 422, pointer)


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("trace?step=-1", "/step"),
        ("trace?step=x", "/step"),
        ("trace?step=0&seq=0", ""),
        ("trace?stpe=0", "/stpe"),
        ("values?example=-1", "/example"),
        ("values?page_size=0", "/page_size"),
        ("values?page_token=%21", "/page_token"),
        ("history?max_points=0", "/max_points"),
        ("history?series=loss,w99", "/series"),
        ("history?series=", "/series"),
        ("history?from=1&to=0", "/from"),
        ("traces?from=-1", "/from"),
        ("explanations?lang=fr", "/lang"),
        ("explanations?names=" + ",".join(["net_h1"] * 101), "/names"),
        ("parameters?page_token=zzzz", "/page_token"),
        ("?full=perhaps", "/full"),
    ],
)
async def test_queries_that_cannot_be_answered(
    client: httpx.AsyncClient, network: str, refused: Refused, query: str, pointer: str
) -> None:
    address = network + (query if query.startswith("?") else f"/{query}")
    refused(await client.get(address), 422, pointer)


@pytest.mark.parametrize(
    "path",
    [
        "trace?step=1",
        "trace?seq=7",
        "trace?example=1",
        "values?names=net_h9",
        "values/nonsense",
        "values?names=net_h1&example=5",
        "values?names=",
        "derivations/w99",
        "derivations/w1?example=3",
        "explanations?names=net_h9",
        "history?to=5",
        "traces?to=5",
        "traces?example=1",
        "trainings/none",
        "nothing",
    ],
)
async def test_what_does_not_exist(
    client: httpx.AsyncClient, network: str, refused: Refused, path: str
) -> None:
    refused(await client.get(f"{network}/{path}"), 404)


async def test_steps_that_do_not_exist_in_a_body(
    client: httpx.AsyncClient, network: str, refused: Refused
) -> None:
    for path in ("forward", "backward", "reset"):
        problem = refused(await client.post(f"{network}/{path}", json={"step": 3}), 404)
        assert "the network is at step 0" in problem["detail"]


@pytest.mark.parametrize("network_id", ["unknown", "%00", "x" * 64, "%ED%A0%80", "..%2F.."])
async def test_networks_that_do_not_exist(
    client: httpx.AsyncClient, refused: Refused, network_id: str
) -> None:
    refused(await client.get(f"/networks/{network_id}"), 404)
    refused(await client.post(f"/networks/{network_id}/forward", json={}), 404)
    refused(await client.delete(f"/networks/{network_id}"), 404)


async def test_a_training_that_no_database_can_be_asked_for(
    client: httpx.AsyncClient, network: str, refused: Refused
) -> None:
    refused(await client.get(f"{network}/trainings/%00"), 404)


async def test_tokens_of_pages_that_no_database_can_be_asked_for(
    client: httpx.AsyncClient, refused: Refused
) -> None:
    token = urlsafe_b64encode(b"2026\0 x").decode()
    refused(await client.get(f"/networks?page_token={token}"), 422, "/page_token")


async def test_methods_that_are_not_answered(
    client: httpx.AsyncClient, network: str, refused: Refused
) -> None:
    answer = await client.put(network, json={})
    refused(answer, 405)
    assert answer.headers["allow"] == "DELETE, GET, PATCH"


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
async def test_bodies_of_another_type(
    client: httpx.AsyncClient, refused: Refused, kind: str
) -> None:
    headers = {"Content-Type": kind} if kind else {}
    answer = await client.post("/networks", content=b'{"preset": "x"}', headers=headers)
    refused(answer, 415)


async def test_bodies_over_the_limit(small_client: httpx.AsyncClient, refused: Refused) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b" " * 100

    for content in (b" " * 5_001, chunks()):
        answer = await small_client.post("/networks", content=content, headers=JSON)
        refused(answer, 413)


async def test_hosts_that_lead_here_by_trickery(
    client: httpx.AsyncClient, refused: Refused
) -> None:
    for host in ("evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80", ""):
        refused(await client.get("/catalog", headers={"Host": host}), 403)
    for host in ("localhost:8000", "127.0.0.1", "[::1]:8000", "LOCALHOST"):
        assert (await client.get("/catalog", headers={"Host": host})).status_code == 200


async def test_work_is_bounded_before_it_starts(
    small_client: httpx.AsyncClient, refused: Refused
) -> None:
    asked = {"preset": "worked-example"}
    address = f"/networks/{(await small_client.post('/networks', json=asked)).json()['id']}"
    too_many = await small_client.post(f"{address}/trainings", json={"steps": 7_000})
    problem = refused(too_many, 422, "/steps")
    assert problem["type"].endswith("too-much-work")
    assert "there is room for 6250 more steps" in problem["detail"]
    beyond = await small_client.post(f"{address}/steps", json={"count": 100_000_000})
    detail = refused(beyond, 422, "/count")["detail"]
    assert detail == (
        "At most 1136 steps of this network fit into one request, "
        'and at most 6250 into a training: POST {"steps": 6250} to its trainings.'
    )
    for _ in range(6):
        assert (await small_client.post(f"{address}/steps", json={"count": 1_000})).is_success
    refused(await small_client.post(f"{address}/steps", json={"count": 300}), 422, "/count")
    refused(await small_client.get(f"{address}/traces"), 422, "/to")
    assert (await small_client.get(f"{address}/traces?to=200")).is_success
    large = [{"size": 50}, {"size": 50}]
    refused(await small_client.post("/networks", json={"layers": large}), 422, "/layers")


@pytest.mark.parametrize(
    ("body", "pointer", "detail"),
    [
        ('{"layers": []}', "/layers", "Must hold at least 2, but holds 0."),
        ('{"layers": [{"size": 2}]}', "/layers", "Must hold at least 2, but holds 1."),
        ('{"reduction": "some"}', "/reduction", "Must be 'mean' or 'sum'."),
        ('{"seed": -1}', "/seed", "Must be 0 or more."),
        ('{"seed": 1e300}', "/seed", "Must be a whole number, written without a point or quotes."),
        ('{"seed": 9007199254740992}', "/seed", "Must be 9007199254740991 or less."),
        ('{"batch": {"size": 0}}', "/batch/size", "Must be 1 or more."),
        (f'{{"name": "{"n" * 201}"}}', "/name", "Must have at most 200 characters."),
        (
            '{"optimizer": {"learning_rate": NaN}}',
            "/optimizer/learning_rate",
            "Must be a finite number; NaN, Infinity and numbers above 1.8e308 are not.",
        ),
        (
            '{"optimizer": {"learning_rate": "0.5"}}',
            "/optimizer/learning_rate",
            "Must be a number, true, false or null.",
        ),
    ],
)
async def test_each_fault_is_said_in_our_words(
    client: httpx.AsyncClient, refused: Refused, body: str, pointer: str, detail: str
) -> None:
    """Beside a preset, whose keys the body overrides."""
    whole = f'{{"preset": "worked-example", {body[1:]}'
    problem = refused(await client.post("/networks", content=whole, headers=JSON), 422, pointer)
    assert [fault["detail"] for fault in problem["errors"]] == [detail]


@pytest.mark.parametrize(
    ("path", "pointer", "detail"),
    [
        ("history?max_points=0", "/max_points", "Must be 1 or more."),
        ("values?step=-1", "/step", "Must be 0 or more."),
        ("values?step=1.5", "/step", "Must be a whole number."),
        ("explanations?lang=fr", "/lang", "Must be 'en' or 'ko'."),
    ],
)
async def test_each_fault_of_a_query_is_said_in_our_words(
    client: httpx.AsyncClient, network: str, refused: Refused, path: str, pointer: str, detail: str
) -> None:
    problem = refused(await client.get(f"{network}/{path}"), 422, pointer)
    assert [fault["detail"] for fault in problem["errors"]] == [detail]


async def test_an_empty_change_is_said_in_our_words(
    client: httpx.AsyncClient, network: str, refused: Refused
) -> None:
    problem = refused(
        await client.patch(f"{network}/parameters", json={"values": {}}), 422, "/values"
    )
    assert problem["detail"] == "Must hold at least 1, but holds 0."


async def test_an_unknown_preset_is_one_fault(client: httpx.AsyncClient, refused: Refused) -> None:
    problem = refused(await client.post("/networks", json={"preset": "nope"}), 422, "/preset")
    assert [fault["pointer"] for fault in problem["errors"]] == ["/preset"]


async def test_several_details_are_told_as_sentences(
    client: httpx.AsyncClient, refused: Refused
) -> None:
    wide = {"layers": [{"size": 3_000_000_000}, {"size": 2_000}]}
    problem = refused(await client.post("/networks", json=wide), 422, "/layers/0/size")
    assert ".;" not in problem["detail"]
    assert problem["detail"].startswith(" ".join(f["detail"] for f in problem["errors"][:3]))
