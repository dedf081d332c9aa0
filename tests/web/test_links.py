"""Networks that are seen by links: who has none sees nothing, who may look changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from app.storage.tables import links
from app.web.access import NEEDS, Need
from app.web.guard import Guard
from app.web.throttle import Throttle

pytestmark = pytest.mark.anyio

Refused = Callable[..., dict[str, Any]]
EXAMPLE = {"preset": "worked-example"}
VALUES = {
    "{link_id}": "0",
    "{name:path}": "net_h1",
    "{parameter}": "w1",
    "{training_id}": "0",
}
ASKING = [each for each, need in NEEDS.items() if need is not Need.NOTHING]
BODIES: Mapping[str, dict[str, Any]] = {
    "PATCH": {"name": "Mine"},
    "POST links": {"role": "view"},
    "POST reset": {"step": 0},
    "POST forks": {"step": 0},
    "POST trainings": {"steps": 1},
    "PATCH parameters": {"values": {"w1": 0.5}},
    "PUT cursor": {"step": 0},
}


@dataclass(frozen=True)
class Mine:
    """A network in that mode, and its two tokens."""

    client: httpx.AsyncClient
    id: str
    edit: str
    view: str

    async def ask(self, token: str | None, method: str, path: str, **more: Any) -> httpx.Response:
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        return await self.client.request(
            method, f"/networks/{self.id}{path}", headers=headers, **more
        )


@pytest.fixture
async def mine(linked: httpx.AsyncClient) -> Mine:
    made = (await linked.post("/networks", json=EXAMPLE)).json()
    return Mine(linked, made["id"], **made["tokens"])


def test_every_route_is_listed_once_with_what_it_needs(app: FastAPI, linked_app: FastAPI) -> None:
    for each in (app, linked_app):
        found = [
            f"{method} {route.path}"  # type: ignore[attr-defined]
            for route in each.router.routes
            for method in (getattr(route, "methods", None) or {"GET"}) - {"HEAD"}
        ]
        assert sorted(found) == sorted(NEEDS)


async def test_a_route_that_is_not_listed_is_not_there(linked_app: FastAPI) -> None:
    """Default deny: what somebody adds without a thought for it answers nobody."""
    bare = FastAPI()

    @bare.get("/api/v1/secrets")
    async def secrets() -> str:
        return "all of them"

    asked = httpx.AsyncClient(transport=httpx.ASGITransport(bare), base_url="http://localhost")
    async with asked as client:
        assert (await client.get("/api/v1/secrets")).status_code == 200
        bare.state.services = linked_app.state.services
        Guard(linked_app.state.services.links, Throttle(100, at_once=9)).install(bare)
        assert (await client.get("/api/v1/secrets")).status_code == 404


async def test_nothing_is_asked_for_with_open_access(client: httpx.AsyncClient) -> None:
    made = (await client.post("/networks", json=EXAMPLE)).json()
    assert made["tokens"] is None
    assert (await client.get(f"/networks/{made['id']}/links")).json() == {"links": []}


async def test_there_are_no_links_to_make_with_open_access(
    client: httpx.AsyncClient, network: str, refused: Refused
) -> None:
    answer = await client.post(f"{network}/links", json={"role": "view"})
    assert "SLOWPROP_ACCESS=links" in refused(answer, 409)["detail"]


async def test_creation_answers_with_an_edit_and_a_view_token(mine: Mine) -> None:
    assert (await mine.ask(mine.edit, "POST", "/steps", json={"count": 1})).status_code == 200
    assert (await mine.ask(mine.view, "GET", "")).json()["step"] == 1


@pytest.mark.parametrize(
    "listed", [each for each, need in NEEDS.items() if need is not Need.NOTHING]
)
async def test_each_address_asks_for_what_it_needs(listed: str, mine: Mine) -> None:
    """Without a token as if there were no such network; a view token opens only what looks."""
    method, _, path = listed.partition(" ")
    need, address = NEEDS[listed], path.removeprefix("/api/v1/networks/{id}")
    if need in {Need.CREATE, Need.OPEN}:
        everything = path.removeprefix("/api/v1").replace("{id}", mine.id)
        answer = await mine.client.request(method, everything, json=EXAMPLE)
        assert answer.status_code == (201 if need is Need.CREATE else 404)
        return
    for name, value in VALUES.items():
        address = address.replace(name, value)
    body = BODIES.get(f"{method} {address[1:]}".strip(), {} if method == "POST" else None)
    unknown = Mine(mine.client, "0" * 16, "", "")
    for token in (None, "", "0.0", mine.edit[:-1], mine.edit.upper(), f"x{mine.edit}"):
        nothing = await mine.ask(token, method, address, json=body)
        assert nothing.status_code == 404
        said = (await unknown.ask(mine.edit, method, address, json=body)).text
        assert nothing.text == said.replace(unknown.id, mine.id)
    if address == "/events":
        return  # a stream does not end; tests/live listens to one
    for token, may in ((mine.view, need is Need.VIEW), (mine.edit, True)):
        answer = await mine.ask(token, method, address, json=body)
        assert (answer.status_code != 403) == may, answer.text
        assert answer.status_code != 404 or address.endswith("/0"), answer.text
        assert answer.status_code < 500


async def test_a_token_opens_its_own_network_only(linked: httpx.AsyncClient, mine: Mine) -> None:
    other = (await linked.post("/networks", json=EXAMPLE)).json()
    assert (await mine.ask(other["tokens"]["edit"], "GET", "")).status_code == 404


async def test_another_method_is_still_refused_by_the_route(mine: Mine) -> None:
    assert (await mine.ask(None, "PUT", "/steps")).status_code == 405


async def test_a_token_may_come_in_any_spelling_of_bearer(mine: Mine) -> None:
    address = f"/networks/{mine.id}"
    for scheme, status in (("bearer", 200), ("BEARER", 200), ("Basic", 404), ("", 404)):
        headers = {"Authorization": f"{scheme} {mine.view}"}
        assert (await mine.client.get(address, headers=headers)).status_code == status


async def test_the_refusal_says_what_would_work(mine: Mine, refused: Refused) -> None:
    answer = await mine.ask(mine.view, "POST", "/steps", json={"count": 1})
    assert "one that edits" in refused(answer, 403)["detail"]


async def test_who_may_look_may_take_a_copy_of_his_own(mine: Mine) -> None:
    await mine.ask(mine.edit, "POST", "/steps", json={"count": 3})
    copy = (await mine.ask(mine.view, "POST", "/forks", json={"step": 2})).json()
    own = Mine(mine.client, copy["id"], **copy["tokens"])
    assert (await own.ask(own.edit, "POST", "/steps", json={"count": 2})).json()["step"] == 4
    assert (await own.ask(mine.edit, "GET", "")).status_code == 404
    assert (await mine.ask(own.edit, "GET", "")).status_code == 404


async def test_links_are_listed_without_their_tokens(mine: Mine) -> None:
    made = await mine.ask(mine.edit, "POST", "/links", json={"role": "view"})
    assert made.status_code == 201
    assert made.headers["cache-control"] == "no-store"
    listed = await mine.ask(mine.edit, "GET", "/links")
    found = listed.json()["links"]
    assert [link["role"] for link in found] == ["edit", "view", "view"]
    assert made.json()["id"] == found[2]["id"]
    for token in (mine.edit, mine.view, made.json()["token"]):
        assert token.partition(".")[2] not in listed.text


async def test_a_revoked_link_opens_nothing_at_once(mine: Mine, refused: Refused) -> None:
    made = (await mine.ask(mine.edit, "POST", "/links", json={"role": "edit"})).json()
    assert (await mine.ask(made["token"], "GET", "")).status_code == 200
    gone = await mine.ask(mine.edit, "DELETE", f"/links/{made['id']}")
    assert gone.status_code == 204
    refused(await mine.ask(made["token"], "GET", ""), 404)
    refused(await mine.ask(mine.edit, "DELETE", f"/links/{made['id']}"), 404)


async def test_the_last_link_that_edits_stays(mine: Mine, refused: Refused) -> None:
    first = mine.edit.partition(".")[0]
    answer = await mine.ask(mine.edit, "DELETE", f"/links/{first}")
    assert "last link that edits" in refused(answer, 409)["detail"]
    await mine.ask(mine.edit, "POST", "/links", json={"role": "edit"})
    assert (await mine.ask(mine.edit, "DELETE", f"/links/{first}")).status_code == 204
    refused(await mine.ask(mine.edit, "GET", "/links"), 404)


async def test_a_network_has_a_bounded_number_of_links(mine: Mine) -> None:
    made = [await mine.ask(mine.edit, "POST", "/links", json={"role": "view"}) for _ in range(99)]
    assert [answer.status_code for answer in made] == [201] * 98 + [409]


async def test_no_token_is_kept_as_it_is(mine: Mine, linked_app: FastAPI) -> None:
    link_id, _, secret = mine.edit.partition(".")
    with linked_app.state.services.store._engine.connect() as connection:
        (row,) = connection.execute(select(links).where(links.c.id == link_id))
    assert row.digest == sha256(secret.encode()).digest()
    assert secret not in repr(row)


async def test_links_go_with_their_network(mine: Mine, linked_app: FastAPI) -> None:
    assert (await mine.ask(mine.edit, "DELETE", "")).status_code == 204
    assert linked_app.state.services.links.of(mine.id) == []
    assert (await mine.ask(mine.edit, "GET", "")).status_code == 404


async def test_the_page_does_not_tell_which_networks_there_are(mine: Mine) -> None:
    known = await mine.client.get(f"http://localhost/n/{mine.id}")
    unknown = await mine.client.get("http://localhost/n/0000")
    assert (known.status_code, known.text) == (unknown.status_code, unknown.text)


async def test_it_answers_to_any_name(linked: httpx.AsyncClient) -> None:
    """A page of another site that leads its name here has no token to send."""
    answer = await linked.get("http://lab.example/api/v1/catalog")
    assert answer.status_code == 200


async def test_a_network_that_is_compared_needs_a_token_too(mine: Mine) -> None:
    made = (await mine.client.post("/networks", json=EXAMPLE)).json()
    path = f"/history?series=w5&compare={made['id']}"
    assert (await mine.ask(mine.view, "GET", path)).status_code == 404
    headers = {"Authorization": f"Bearer {mine.view}"}
    for token, status in ((mine.edit, 404), (made["tokens"]["view"], 200)):
        beside = headers | {"Slowprop-Compare-Authorization": f"Bearer {token}"}
        answer = await mine.client.get(f"/networks/{mine.id}{path}", headers=beside)
        assert answer.status_code == status, answer.text
