"""What every answer carries for its safety, whatever became of the request."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from app.main import create_app
from app.settings import Settings
from app.web.built import Built
from tests.databases import Databases
from tests.web.conftest import connected

pytestmark = pytest.mark.anyio

Refused = Callable[..., dict[str, Any]]
LMS = "https://lms.example.edu"
ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


async def broken() -> None:
    raise RuntimeError("the fault that this test provokes")


@pytest.fixture
def embedded_app(built: Built, databases: Databases, tmp_path: Path) -> Iterator[FastAPI]:
    """Shown in a frame by others, and with an address that fails."""
    url = databases.new()
    app = create_app(Settings(url, tmp_path / "kernels", embed=frozenset({LMS})), built)
    app.router.routes.insert(0, APIRoute("/broken", broken))
    yield app
    app.state.services.store._engine.dispose()
    databases.drop(url)


@pytest.fixture
async def embedded(embedded_app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with connected(embedded_app) as client:
        yield client


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("http://localhost/", 200),
        ("http://localhost/docs", 200),
        ("http://localhost/static/assets/main-1.js", 200),
        ("http://localhost/healthz", 200),
        ("http://localhost/api/v1/catalog", 200),
        ("http://localhost/api/v1/networks?page_size=0", 422),
        ("http://localhost/api/v1/networks/none", 404),
        ("http://localhost/api/v1/data-previews", 405),
        ("http://localhost/nowhere", 404),
        ("http://evil.example/", 403),
        ("http://localhost/broken", 500),
    ],
)
async def test_every_answer_has_them(
    address: str, status: int, embedded: httpx.AsyncClient
) -> None:
    answer = await embedded.get(address)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert f"frame-ancestors {LMS}" in policy


async def test_nobody_shows_it_in_a_frame_unless_named(client: httpx.AsyncClient) -> None:
    policy = (await client.get("/catalog")).headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy


async def test_headers_over_the_limit_are_refused(
    client: httpx.AsyncClient, refused: Refused
) -> None:
    refused(await client.get("/catalog", headers={"X-Long": "a" * 20_000}), 431)
    assert (await client.get("/catalog", headers={"X-Long": "a" * 15_000})).status_code == 200
