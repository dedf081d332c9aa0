"""The application in this process, and the shape that every refusal must have."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.main import create_app
from app.settings import Access, Limits, Settings
from app.web.built import Assets, Built
from app.web.problem_kinds import KINDS
from tests.databases import Databases

TEMPLATES = Path(__file__).parents[2] / "templates"
STRICT = Limits(requests_per_second=4, requests_at_once=3, networks_per_day=5, body_seconds=1)
SMALL = Limits(body_bytes=5_000, parameters=2_000, history_bytes=100_000, traced_numbers=20_000)

Json = dict[str, Any]
Refused = Callable[..., Json]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A page whose files are empty: what it looks like is not tested here."""
    dist = tmp_path_factory.mktemp("dist")
    for name in ("assets/main-1.js", "docs/swagger-ui.css", "docs/swagger-ui-bundle.js"):
        (dist / name).parent.mkdir(exist_ok=True)
        (dist / name).write_text("")
    return Built(TEMPLATES, dist, Assets("assets/main-1.js", ("assets/main-1.css",)))


@pytest.fixture(scope="session")
def app(
    built: Built, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[FastAPI]:
    with made(built, databases, tmp_path_factory.mktemp("app"), Limits()) as app:
        yield app


@pytest.fixture(scope="session")
def small_app(
    built: Built, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[FastAPI]:
    """The same with small limits."""
    with made(built, databases, tmp_path_factory.mktemp("small-app"), SMALL) as app:
        yield app


@pytest.fixture(scope="session")
def linked_app(
    built: Built, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[FastAPI]:
    """Where networks are seen by links."""
    folder = tmp_path_factory.mktemp("linked-app")
    with made(built, databases, folder, Limits(), access="links") as app:
        yield app


@contextmanager
def made(
    built: Built, databases: Databases, folder: Path, limits: Limits, access: Access = "open"
) -> Iterator[FastAPI]:
    url = databases.new()
    app = create_app(Settings(url, folder / "kernels", access=access, limits=limits), built)
    yield app
    app.state.services.store._engine.dispose()  # what a server does when it stops
    databases.drop(url)


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with connected(app) as client:
        yield client


@pytest.fixture
async def small_client(small_app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with connected(small_app) as client:
        yield client


@pytest.fixture
async def linked(linked_app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with connected(linked_app) as client:
        yield client


def connected(app: FastAPI) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app)
    return httpx.AsyncClient(transport=transport, base_url="http://localhost/api/v1")


@pytest.fixture
async def network(client: httpx.AsyncClient) -> str:
    """The address of a fresh worked example."""
    answer = await client.post("/networks", json={"preset": "worked-example"})
    return f"/networks/{answer.json()['id']}"


@pytest.fixture(scope="session")
def refused() -> Refused:
    """`refused(answer, 422, "/layers/0")`: checks the one shape of every error, gives its body."""

    def check(answer: httpx.Response, status: int, *pointers: str) -> Json:
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        problem: Json = json.loads(answer.content)
        assert problem["status"] == status
        told = {f"/docs#problem-{kind.code}": kind for kind in KINDS}[problem["type"]]
        assert (problem["status"], problem["title"]) == (told.status, told.title)
        assert problem["detail"].endswith(".")
        assert ("errors" in problem) == (status == 422)
        faults = problem.get("errors", [])
        assert all(fault["code"] and fault["detail"].endswith(".") for fault in faults)
        assert {*pointers} <= {fault["pointer"] for fault in faults}
        return problem

    return check
