"""The short way past FastAPI's machinery gives what the long way gives, byte for byte."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.web.direct import DirectRoute

pytestmark = pytest.mark.anyio

SHORT = {
    "forward", "backward", "trace", "named_values", "read_network", "change_network",
    "create_network", "list_networks", "take_steps", "reset_network",
    "fork_network",
}  # fmt: skip
LONG_ID = "/networks/" + "a" * 65
JSON = {"content-type": "application/json"}


def asked(method: str, path: str, **more: Any) -> Any:
    return pytest.param(method, path, more, id=f"{method} {path} {more}")


REQUESTS = [
    asked("POST", "{network}/forward", json={}),
    asked("POST", "{network}/forward", json={"inputs": [[0.5, 1]], "overrides": {"w1": 2}}),
    asked("POST", "{network}/backward", json={}),
    asked("POST", "{network}/backward", json={"unknown": 1}),
    asked("POST", "{network}/backward", json={"inputs": [[True, "1"]]}),
    asked("POST", "{network}/backward", json=[]),
    asked("POST", "{network}/backward"),
    asked("POST", "{network}/backward", content=b"{", headers=JSON),
    asked("POST", "{network}/backward", content=b'{"step": NaN}', headers=JSON),
    asked("POST", "{network}/backward", content=b"{}", headers={"content-type": "text/plain"}),
    asked("POST", f"{LONG_ID}/backward", json={}),
    asked("POST", "/networks/none/backward", json={"unknown": 1}),
    asked("PUT", "{network}/backward", json={}),
    asked("GET", "{network}/trace"),
    asked("GET", "{network}/trace?step=0&example=0"),
    asked("GET", "{network}/trace?step=0&seq=0"),
    asked("GET", "{network}/trace?step=1"),
    asked("GET", "{network}/trace?steps=1"),
    asked("GET", "{network}/trace?step=0&step=1"),
    asked("GET", "{network}/values?names=w1,net_h1"),
    asked("GET", "{network}"),
    asked("GET", "{network}?full=true"),
    asked("GET", "{network}", headers={"if-none-match": '"r1"'}),
    asked("GET", LONG_ID),
    asked("POST", "{network}/steps", json={"count": 1}, headers={"if-match": '"r9"'}),
    asked("POST", "{network}/steps", json={"count": 1}, headers={"if-match": "r1"}),
    asked("POST", "{network}/steps", json={"count": 1.5}),
]


@pytest.mark.parametrize(("method", "path", "more"), REQUESTS)
async def test_both_ways_give_the_same_answer(
    method: str,
    path: str,
    more: dict[str, Any],
    app: FastAPI,
    client: httpx.AsyncClient,
    network: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    short = await client.request(method, path.format(network=network), **more)
    for route in direct_routes(app):
        monkeypatch.setattr(route, "_sources", None)
    long = await client.request(method, path.format(network=network), **more)
    assert (short.status_code, short.content) == (long.status_code, long.content)
    assert sorted(short.headers.items()) == sorted(long.headers.items())


async def test_the_endpoints_asked_most_go_the_short_way(app: FastAPI) -> None:
    assert {route.name for route in direct_routes(app) if route._sources is not None} == SHORT


def direct_routes(app: FastAPI) -> list[DirectRoute]:
    return [route for route in app.routes if isinstance(route, DirectRoute)]
