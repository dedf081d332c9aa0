"""A request with an Idempotency-Key is done once and answered as often as it is sent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import update

from app.main import create_app
from app.services.remembering import KEPT_SECONDS
from app.settings import Settings
from app.storage.database import writing
from app.storage.tables import answers
from app.web.built import Built
from tests.databases import Databases
from tests.web.conftest import connected

pytestmark = pytest.mark.anyio

Refused = Callable[..., dict[str, Any]]
EXAMPLE = {"preset": "worked-example"}
NUMBERS = count()


@pytest.fixture
def key() -> dict[str, str]:
    """One that no other test has."""
    return {"Idempotency-Key": f"key-{next(NUMBERS)}"}


async def twice(client: httpx.AsyncClient, path: str, body: Any, key: dict[str, str]) -> Any:
    first = await client.post(path, json=body, headers=key)
    again = await client.post(path, json=body, headers=key)
    assert first.is_success, first.text
    assert (again.status_code, again.content) == (first.status_code, first.content)
    for name in ("etag", "location", "content-type"):
        assert again.headers.get(name) == first.headers.get(name)
    return first.json()


async def test_steps_are_taken_once(
    client: httpx.AsyncClient, network: str, key: dict[str, str]
) -> None:
    await twice(client, f"{network}/steps", {"count": 3}, key)
    assert (await client.get(network)).json()["step"] == 3
    await client.post(f"{network}/steps", json={"count": 3})
    assert (await client.get(network)).json()["step"] == 6


async def test_a_network_is_made_once(client: httpx.AsyncClient, key: dict[str, str]) -> None:
    found = await twice(client, "/networks", EXAMPLE, key)
    newest = (await client.get("/networks?page_size=2")).json()["networks"]
    assert [each["id"] for each in newest].count(found["id"]) == 1
    other = await client.post("/networks", json=EXAMPLE)
    assert other.json()["id"] != found["id"]


async def test_a_training_begins_once(
    client: httpx.AsyncClient, network: str, key: dict[str, str]
) -> None:
    training = await twice(client, f"{network}/trainings", {"steps": 5}, key)
    listed = (await client.get(f"{network}/trainings")).json()["trainings"]
    assert [each["id"] for each in listed] == [training["id"]]


async def test_a_copy_is_made_once_and_told_before_as_it_reads_after(
    client: httpx.AsyncClient, network: str, key: dict[str, str]
) -> None:
    await client.patch(f"{network}/parameters", json={"values": {"w1": 0.7}})
    await client.post(f"{network}/steps", json={"count": 4})
    await client.post(f"{network}/reset", json={"step": 2})
    await client.post(f"{network}/steps", json={"count": 1})
    found = await twice(client, f"{network}/forks", {"step": 3}, key)
    again = (await client.get(f"/networks/{found['id']}")).json()
    assert found == again | {"tokens": None, "tokens_shown": None}
    assert found["spec"]["parameters"]["weights"][0][0][0] == 0.7


@pytest.mark.parametrize("at_zero", [False, True])
async def test_a_reset_is_told_before_as_it_reads_after(
    client: httpx.AsyncClient, network: str, key: dict[str, str], *, at_zero: bool
) -> None:
    """An edit at step 0 has to be seen through the line as it will be."""
    await client.patch(f"{network}/parameters", json={"values": {"w1": 0.7}})
    await client.post(f"{network}/steps", json={"count": 4})
    to = {"step": 0} if at_zero else {"step": 2}
    found = await twice(client, f"{network}/reset", to, key)
    assert found == (await client.get(network)).json()
    assert found["spec"]["parameters"]["weights"][0][0][0] == 0.7


async def test_what_stops_being_finite_is_told_before_as_it_reads_after(
    client: httpx.AsyncClient, key: dict[str, str]
) -> None:
    spec = EXAMPLE | {"optimizer": {"learning_rate": 1e200}}
    linear = {"size": 2, "activation": "linear"}
    spec |= {"layers": [{"size": 2}, linear, linear]}
    network = f"/networks/{(await client.post('/networks', json=spec)).json()['id']}"
    found = await twice(client, f"{network}/steps", {"count": 9}, key)
    assert found["first_not_finite"] is not None
    assert found["first_not_finite"] == (await client.get(network)).json()["first_not_finite"]


async def test_another_request_may_not_take_the_key(
    client: httpx.AsyncClient, network: str, key: dict[str, str], refused: Refused
) -> None:
    await client.post(f"{network}/steps", json={"count": 1}, headers=key)
    answer = await client.post(f"{network}/steps", json={"count": 2}, headers=key)
    refused(answer, 422, "/idempotency-key")
    answer = await client.post(f"{network}/reset", json={"step": 0}, headers=key)
    refused(answer, 422, "/idempotency-key")
    assert (await client.get(network)).json()["step"] == 1


async def test_a_key_is_that_of_one_network(
    client: httpx.AsyncClient, network: str, key: dict[str, str]
) -> None:
    other = f"/networks/{(await client.post('/networks', json=EXAMPLE)).json()['id']}"
    for each in (network, other):
        await client.post(f"{each}/steps", json={"count": 1}, headers=key)
        assert (await client.get(each)).json()["step"] == 1


async def test_a_refusal_is_not_remembered(
    client: httpx.AsyncClient, network: str, key: dict[str, str], refused: Refused
) -> None:
    refused(await client.post(f"{network}/steps", json={"count": 0}, headers=key), 422)
    await twice(client, f"{network}/steps", {"count": 1}, key)


@pytest.mark.parametrize("key", ["", " ", "two words", "k" * 256, "schlüssel"])
async def test_what_is_no_key_is_refused(
    client: httpx.AsyncClient, network: str, key: str, refused: Refused
) -> None:
    headers = {"Idempotency-Key": key.encode("latin-1")}
    answer = await client.post(f"{network}/steps", json={"count": 1}, headers=headers)
    refused(answer, 422, "/idempotency-key")


async def test_a_stale_revision_does_not_matter_to_a_repetition(
    client: httpx.AsyncClient, network: str, key: dict[str, str]
) -> None:
    await twice(client, f"{network}/steps", {"count": 1}, key | {"If-Match": '"r1"'})


async def test_after_a_day_it_is_forgotten(
    client: httpx.AsyncClient, app: FastAPI, network: str, key: dict[str, str]
) -> None:
    path, body = f"{network}/steps", {"count": 1}
    await client.post(path, json=body, headers=key)
    with writing(app.state.services.store._engine) as connection:
        connection.execute(update(answers).values(at=answers.c.at - KEPT_SECONDS - 1))
    await twice(client, path, body, key)
    assert (await client.get(network)).json()["step"] == 2


async def test_the_same_request_while_it_is_under_way(
    client: httpx.AsyncClient, network: str, key: dict[str, str], refused: Refused
) -> None:
    path, body = f"{network}/steps", {"count": 500}
    both = await asyncio.gather(*(client.post(path, json=body, headers=key) for _ in range(2)))
    done, waits = sorted(both, key=lambda answer: answer.status_code)
    assert done.status_code == 200
    assert "still under way" in refused(waits, 409)["detail"]
    again = await client.post(path, json=body, headers=key)
    assert again.content == done.content


async def test_tokens_are_told_once(linked: httpx.AsyncClient, key: dict[str, str]) -> None:
    first = (await linked.post("/networks", json=EXAMPLE, headers=key)).json()
    again = (await linked.post("/networks", json=EXAMPLE, headers=key)).json()
    assert again == first | {"tokens": None, "tokens_shown": False}
    edit = {"Authorization": f"Bearer {first['tokens']['edit']}"}
    links, body = f"/networks/{first['id']}/links", {"role": "view"}
    first = (await linked.post(links, json=body, headers=key | edit)).json()
    again = (await linked.post(links, json=body, headers=key | edit)).json()
    assert again == first | {"token": None, "tokens_shown": False}


async def test_who_may_not_is_told_nothing_of_the_first_answer(
    linked: httpx.AsyncClient, key: dict[str, str]
) -> None:
    made = (await linked.post("/networks", json=EXAMPLE)).json()
    path = f"/networks/{made['id']}/steps"
    for role, status in (("edit", 200), ("view", 403), ("edit", 200)):
        headers = key | {"Authorization": f"Bearer {made['tokens'][role]}"}
        assert (await linked.post(path, json={"count": 1}, headers=headers)).status_code == status


async def test_one_of_two_servers_does_it(
    built: Built, databases: Databases, tmp_path: Path
) -> None:
    """Both ask the database before either has written, so that both begin."""
    url = databases.new()
    apps = [create_app(Settings(url, tmp_path / "kernels"), built) for _ in range(2)]
    one, two = map(connected, apps)
    async with one, two:
        network = f"/networks/{(await one.post('/networks', json=EXAMPLE)).json()['id']}"
        for number in range(1, 13):
            headers = {"Idempotency-Key": f"race-{number}"}
            steps = f"{network}/steps", {"count": 1}
            path, body = steps if number % 2 else ("/networks", EXAMPLE)
            both = await asyncio.gather(
                *(client.post(path, json=body, headers=headers) for client in (one, two))
            )
            assert both[0].content == both[1].content
            assert both[0].is_success
        assert (await two.get(network)).json()["step"] == 6
        assert len((await two.get("/networks")).json()["networks"]) == 1 + 6
    for app in apps:
        app.state.services.store._engine.dispose()
    databases.drop(url)
